"""`release`: the documents of numbers never came to be."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.numbers.changing import Numbers, Type, show_changed, wanted_numbers
from seqctl.cli.options import reason_text
from seqctl.cli.session import Session

OptionalReason = Annotated[
    str | None,
    option("--reason", metavar="TEXT", help="Why; kept in the log. Issued numbers need it."),
]


def release_numbers(
    session: Session,
    numbers: Numbers,
    reason: OptionalReason = None,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> None:
    """Give numbers back whose document never came to be; a gapless sequence gives them out again."""
    from seqctl.actions.numbers.change import release

    wanted = wanted_numbers(document_type, sequence, period)
    why = None if reason is None else reason_text(reason)
    with session.open() as store:
        show_changed(session, release(store, numbers, why, wanted))


COMMAND = Command(release_numbers, example='release INV-2026-00007 --reason "order cancelled"')
