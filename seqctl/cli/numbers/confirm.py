"""`confirm`: the documents of reserved numbers exist."""

from seqctl.cli import options
from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Command, declared
from seqctl.cli.input_file import file_parameters, readable_again, reading_anew
from seqctl.cli.numbers.changing import (
    Input,
    Numbers,
    SkipInvalid,
    Type,
    given_numbers,
    show_changed,
    wanted_numbers,
)
from seqctl.cli.session import Agreement, Session, asking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROLES = ("number", "date", "record", "sequence", "period")
"""What the columns of a file may hold."""


def confirm_numbers(
    session: Session,
    numbers: Numbers = None,
    record: options.Record = None,
    date: options.DocumentDate = None,
    input_file: Input = None,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
    skip_invalid: SkipInvalid = False,
    dry_run: options.DryRun = False,
    yes: options.Yes = False,
    **form: "Any",
) -> int:
    """Make reserved numbers issued ones: their document exists."""
    from seqctl.actions.numbers.change import confirm
    from seqctl.model.number.request import check_line
    from seqctl.model.time.instant import check_date

    if date is not None:
        check_date(date)
    check_line("record", record)
    wanted = wanted_numbers(document_type, sequence, period)
    warnings: list[str] = []
    with session.open() as store:
        agreement = Agreement(yes)
        file = None

        def act() -> "Any":
            nonlocal file
            warnings.clear()
            given, file = given_numbers(numbers, input_file, ROLES, form, skip_invalid, dry_run)
            words: dict[str, Any] = {"date": date, "record": record, "confirmed": agreement.confirmed}
            return confirm(store, given, wanted, warn=warnings.append, **words)

        def agreed() -> "Any":
            # Behind a yes nothing would be left in a pipe: --yes has to be given with it.
            return asking(act, agreement) if readable_again(input_file) else act()

        _, done = reading_anew(input_file, lambda: None, lambda _: agreed(), None)
        for warning in warnings:
            warn(warning)
        return show_changed(session, done, file)


COMMAND = Command(
    confirm_numbers,
    [*declared(confirm_numbers), *file_parameters(*ROLES)],
    example="confirm INV-2026-00007 --record 4711",
)
