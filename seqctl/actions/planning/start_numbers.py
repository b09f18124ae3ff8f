"""Planning the start number of a prefix in use: the same is unchanged, a higher one moves the counter."""

from __future__ import annotations

from seqctl.model.catalogue.catalogue import StartNumber
from seqctl.model.catalogue.plan import CounterMove, Plan
from seqctl.model.finding import Finding
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.sequence import Sequence


def plan_start_number(
    start: StartNumber, sequence: Sequence, place: tuple[str, str], values: tuple[int, int], plan: Plan
) -> None:
    """Plan the start number of a counter in use. `values` are its next value and the start number.

    What was passed over is blocked. A start number below the next value is refused, unless it is the one that
    was given last: then nothing changes.
    """
    (period, scope), (upcoming, value) = place, values
    if value == upcoming or value == start.known:
        return
    shown = [counter_shown(sequence, item) for item in values]
    if value < upcoming:
        message = f"the prefix is in use and goes on at {shown[0]}; it cannot go back to {shown[1]}"
        hint = f"leave the start number out, or write {shown[0]} or a higher one"
        field = ("counters", period)
        plan.findings.append(
            Finding("backwards", "error", ("sequences", sequence.name), message, hint, field)
        )
        return
    skipped = (value - upcoming) // sequence.step
    plan.moves.append(CounterMove(sequence.name, scope, period, value, skipped, start.reason))
    last = counter_shown(sequence, value - sequence.step)
    run = shown[0] if skipped == 1 else f"{shown[0]}..{last}"
    fields = {f"counters.{period}": list(shown), f"gaps.{period}": [None, [f"{run} blocked: {start.reason}"]]}
    plan.note("sequence", sequence.name, fields)  # type: ignore[arg-type]
