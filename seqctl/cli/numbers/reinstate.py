"""`reinstate`: a void or a release was a mistake."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.numbers.changing import Numbers, Type, show_changed, wanted_numbers
from seqctl.cli.options import reason_text
from seqctl.cli.session import Session


def reinstate_numbers(
    session: Session,
    numbers: Numbers,
    reason: options.Reason,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> None:
    """Undo a void or a release that was a mistake: the number is its document's again."""
    from seqctl.actions.numbers.reinstate import reinstate

    wanted = wanted_numbers(document_type, sequence, period)
    why = reason_text(reason)
    with session.open() as store:
        show_changed(session, reinstate(store, numbers, why, wanted))


COMMAND = Command(reinstate_numbers, example='reinstate INV-2026-00007 --reason "voided by mistake"')
