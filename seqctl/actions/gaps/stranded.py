"""Freed numbers that no document can take any more: no date fits between their neighbours, or no range."""

from __future__ import annotations

from seqctl.days import date, timedelta
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.sequence.frame import scope_frame
from seqctl.model.sequence.scope import scope_problem, scope_values
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

LAST_DAY, NEVER = "9999-12-31", "9999-99-99"


def is_stranded(transaction: Transaction, place: CounterPlace, run: GapRun) -> bool:
    """Whether a reusable run will never be issued again as things stand.

    Its last value lies beyond what end, widths and lengths allow; or no day is at once in its period, within
    the window of the sequence, after its closed days and, where it refuses dates out of order, between the
    dates of the neighbours.
    """
    if _out_of_range(place, run.last):
        return True
    sequence = place.sequence
    first, last = period_bounds(sequence.reset, place.period, sequence.fiscal)
    lower = [_text(first), sequence.effective_from, _day_after(sequence.closed_until)]
    upper = [_text(last), sequence.effective_until]
    if sequence.date_order == "refuse":
        assert place.counter.id is not None
        below = transaction.held.dated_below(place.counter.id, run.first)
        above = transaction.held.dated_above(place.counter.id, run.last)
        lower.append(below.date if below is not None else None)
        upper.append(above.date if above is not None else None)
    return max(day or "" for day in lower) > min(day or LAST_DAY for day in upper)


def _out_of_range(place: CounterPlace, value: int) -> bool:
    """Whether a value lies beyond the last that the counter can give, or its scope is served no more."""
    sequence, scope = place.sequence, scope_values(place.scope)
    if scope_problem(sequence.scope, place.scope):
        return True
    requires = sequence.requires
    if any(requires.get(name) and value not in requires[name] for name, value in scope.items()):
        return True
    return value > sequence.last_value(scope_frame(sequence, place.scope))


def _day_after(day: str | None) -> str | None:
    if day is None:
        return None
    if day == LAST_DAY:
        return NEVER
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
