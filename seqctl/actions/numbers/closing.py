"""Numbers of closed periods, which nobody changes."""

from __future__ import annotations

from seqctl.actions.ledger.refusals import closed
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.sequence.sequence import Sequence


def check_open(sequence: Sequence, number: HeldNumber, day: str | None) -> None:
    """Refuse to change a number that is in a closed period; one without a date lies at its period's end."""
    if sequence.closed_until is None:
        return
    if day is None:
        from seqctl.model.time.period_bounds import period_bounds

        end = period_bounds(sequence.reset, number.period, sequence.fiscal)[1]
        day = end.isoformat() if end is not None else None
    if day is not None and day <= sequence.closed_until:
        raise closed(sequence, f"{number.text}, dated {day},", day)
