"""`void`: issued numbers whose documents do not count."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.numbers.changing import Numbers, Type, show_changed, wanted_numbers
from seqctl.cli.options import reason_text
from seqctl.cli.session import Session


def void_numbers(
    session: Session,
    numbers: Numbers,
    reason: options.Reason,
    document_type: Type = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
) -> None:
    """Void issued numbers: they stay accounted for and never come again."""
    from seqctl.actions.numbers.change import void

    wanted = wanted_numbers(document_type, sequence, period)
    why = reason_text(reason)
    with session.open() as store:
        show_changed(session, void(store, numbers, why, wanted))


COMMAND = Command(void_numbers, example='void INV-2026-00007 --reason "wrong customer"')
