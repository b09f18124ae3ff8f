"""`record`: which documents have numbers, and what else is worth to know of them."""

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
from seqctl.errors import UsageError
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.cli.numbers.changing import Reading
    from seqctl.model.number.known_number import KnownNumber

ROLES = ("number", "record", "note", "reason", "sequence", "period")
"""What the columns of a file may hold."""


def note_records(
    session: Session,
    numbers: Numbers = None,
    record: options.Record = None,
    note: Annotated[str | None, option("--note", metavar="TEXT", help="A note about them.")] = None,
    reason: Annotated[
        str | None, option("--reason", metavar="TEXT", help="Why; needed where another record is replaced.")
    ] = None,
    input_file: Input = None,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
    skip_invalid: SkipInvalid = False,
    dry_run: options.DryRun = False,
    **form: "Any",
) -> int:
    """Note which document has a number, or a remark about it.

    An empty record is filled; another one in its place needs --reason. `show` and `numbers` tell the last
    note.
    """
    from seqctl.actions.numbers.change import record as note_record
    from seqctl.model.number.request import check_line

    why = None if reason is None else options.reason_text(reason)
    check_line("record", record)
    if note is not None and not note.strip():
        raise UsageError("--note is blank", "write the note")
    if input_file is None and record is None and note is None:
        raise UsageError("there is nothing to record", "give --record or --note")
    written = None if note is None else composed(note.strip())

    def read() -> "Reading":
        return given_numbers(numbers, input_file, ROLES, form, skip_invalid, dry_run)

    given, wanted = read(), wanted_numbers(document_type, sequence, period)

    def act(given: "Reading") -> "list[KnownNumber]":
        return note_record(store, given[0], wanted, record=record, note=written, reason=why)

    with session.open() as store:
        (_, file), done = reading_anew(input_file, read, act, given)
    return show_changed(session, done, file)


COMMAND = Command(
    note_records,
    [*declared(note_records), *file_parameters(*ROLES)],
    example="record INV-2026-00007 --record 4711",
)
