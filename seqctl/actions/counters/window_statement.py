"""The statement of a window of time: what became of every integer that belongs to it, and the proof.

The equation is (last - first) / step + 1 = the integers of the window by state + those between them that
belong to another window. Both sides are counted by themselves: the left one out of the two ends, the right
one row by row and run by run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import merge

from seqctl.actions.counters.counted import count_held_and_runs
from seqctl.actions.ledger.gap_runs import besides_stored, overdue_runs
from seqctl.actions.ledger.texts import CounterTexts, counter_texts
from seqctl.model.classes import NamedTuple
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.reports.completeness import Completeness
from seqctl.model.reports.windows import OtherNumbers, Window, WindowCounts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


class _Undated(NamedTuple):
    """Integers without a date of their own: a held number or a run of a gap, and whose window has them."""

    first: int
    last: int
    state: str
    text: str | None
    belongs_to: str | None


def state_window(transaction: Transaction, place: CounterPlace, window: Window) -> Completeness | None:
    """What became of the integers of a counter that belong to a window; None where none does.

    Reads all rows of the counter once, and twice where numbers of other windows lie between them.
    """
    counter, now = place.counter, transaction.now
    assert counter.id is not None
    held = transaction.dated.counts(counter.id, *window.ends, now)
    if held.lowest is None or held.highest is None:
        # What has no date belongs to the window of a number that has one.
        return None
    tally = _Tally(held, place.sequence.step)
    for item in _without_date(transaction, place, bool(held.undated)):
        if window.holds(item.belongs_to):
            tally.add(item)
    texts = counter_texts(transaction, place)
    total = (tally.last - tally.first) // place.sequence.step + 1
    others: tuple[OtherNumbers, ...] = ()
    if tally.integers != total:
        others = tuple(_others(transaction, place, window, tally, texts, bool(held.undated)))
    return Completeness(
        place.sequence.name,
        place.scope,
        place.period,
        tally.first,
        tally.last,
        texts.text(tally.first),
        texts.text(tally.last),
        **tally.states,
        total=total,
        faults=count_held_and_runs(transaction, place).faults,
        others=others,
    )


class _Tally:
    """The integers of a window by state, with the lowest and the highest of them."""

    def __init__(self, held: WindowCounts, step: int) -> None:
        assert held.lowest is not None and held.highest is not None
        self.step = step
        self.first, self.last = held.lowest, held.highest
        self.states = {"issued": held.issued, "reserved": held.reserved, "void": held.void}
        self.states |= dict.fromkeys(("reusable", "review", "blocked", "missing"), 0)

    @property
    def integers(self) -> int:
        """How many integers of the window were counted."""
        return sum(self.states.values())

    def add(self, item: _Undated) -> None:
        """Count integers that have no date of their own."""
        self.states[item.state] += (item.last - item.first) // self.step + 1
        self.first, self.last = min(self.first, item.first), max(self.last, item.last)


def _without_date(transaction: Transaction, place: CounterPlace, undated: bool) -> Iterator[_Undated]:
    """All integers of a counter that have no date of their own, lowest first: held ones and gaps."""
    counter, now = place.counter, transaction.now
    assert counter.id is not None
    dated = transaction.dated
    held: Iterator[_Undated] = iter(())
    if undated:
        held = (
            _Undated(item.value, item.value, item.state, item.text, None)
            for item in transaction.dated.undated(counter.id, now)
        )
    gaps = (_Undated(run.first, run.last, run.state, None, None) for run in _gaps(transaction, place))
    for item in merge(held, gaps, key=_first):
        yield item._replace(belongs_to=dated.around(counter.id, item.first, now).date)


def _gaps(transaction: Transaction, place: CounterPlace) -> Iterator[GapRun]:
    """The gaps of a counter, whatever its own counts say: every hole between its rows is looked for."""
    assert place.counter.id is not None
    stored = (GapRun(*row) for row in transaction.gap_scan.runs(place.counter.id))
    missing = (GapRun(*run, "missing") for run in besides_stored(transaction, place))
    overdue = overdue_runs(transaction, place, transaction.now)
    key: Callable[[GapRun], int] = _first
    return merge(stored, overdue, missing, key=key)


def _others(
    transaction: Transaction,
    place: CounterPlace,
    window: Window,
    tally: _Tally,
    texts: CounterTexts,
    undated: bool,
) -> Iterator[OtherNumbers]:
    """What lies between the ends of a window and belongs to another one, lowest first."""
    assert place.counter.id is not None
    ends = (tally.first, tally.last)
    held = (
        OtherNumbers(*(item.value,) * 2, 1, *(item.text,) * 2, item.state, item.date, item.date)
        for item in transaction.dated.outside(place.counter.id, *ends, *window.ends, transaction.now)
    )
    without = (
        _other(item, tally.step, texts)
        for item in _without_date(transaction, place, undated)
        if not window.holds(item.belongs_to) and tally.first < item.first < tally.last
    )
    return merge(held, without, key=_first)


def _other(item: _Undated, step: int, texts: CounterTexts) -> OtherNumbers:
    count = (item.last - item.first) // step + 1
    named = (
        (item.text, item.text) if item.text is not None else (texts.text(item.first), texts.text(item.last))
    )
    return OtherNumbers(item.first, item.last, count, *named, item.state, None, item.belongs_to)


def _first(item: object) -> int:
    first: int = item.first  # type: ignore[attr-defined]
    return first
