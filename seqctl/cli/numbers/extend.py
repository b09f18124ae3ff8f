"""`extend`: reservations get a new deadline."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, declared, option
from seqctl.cli.input_file import file_parameters, reading_anew
from seqctl.cli.numbers.changing import (
    Input,
    Numbers,
    SkipInvalid,
    Type,
    given_numbers,
    show_changed,
    wanted_numbers,
)
from seqctl.cli.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.cli.numbers.changing import Reading
    from seqctl.model.number.known_number import KnownNumber

ROLES = ("number", "sequence", "period")
"""What the columns of a file may hold."""


def extend_reservations(
    session: Session,
    ttl: Annotated[str, option("--ttl", metavar="DURATION", help="How long from now, as in 15m, 2h or 1d.")],
    numbers: Numbers = None,
    input_file: Input = None,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
    skip_invalid: SkipInvalid = False,
    dry_run: options.DryRun = False,
    **form: "Any",
) -> int:
    """Give reservations a new deadline, counted from now."""
    from seqctl.actions.numbers.change import extend
    from seqctl.model.time.duration import duration_seconds

    try:
        duration_seconds(ttl)
    except ValueError as error:
        from seqctl.errors import UsageError

        raise UsageError(f"--ttl {ttl!r} is not a duration", "as in 15m, 2h or 1d") from error

    def read() -> "Reading":
        return given_numbers(numbers, input_file, ROLES, form, skip_invalid, dry_run)

    given, wanted = read(), wanted_numbers(document_type, sequence, period)

    def act(given: "Reading") -> "list[KnownNumber]":
        return extend(store, given[0], ttl, wanted)

    with session.open() as store:
        (_, file), done = reading_anew(input_file, read, act, given)
    return show_changed(session, done, file)


COMMAND = Command(
    extend_reservations,
    [*declared(extend_reservations), *file_parameters(*ROLES)],
    example="extend INV-2026-00007 --ttl 2d",
)
