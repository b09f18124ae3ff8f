"""The statement of a window of time: what became of every integer that belongs to it, and the proof.

The equation is (last - first) / step + 1 = the integers of the window by state + those between them that
belong to another window. Both sides are counted by themselves: the left one out of the two ends, the right
one row by row and run by run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import pairwise, tee

from seqctl.actions.counters.counted import count_held_and_runs
from seqctl.actions.ledger.gap_runs import gaps_within
from seqctl.actions.ledger.texts import counter_texts
from seqctl.model.classes import NamedTuple
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.completeness import Completeness
from seqctl.model.reports.stretch import Stretch
from seqctl.model.reports.windows import OtherNumbers, Window, WindowCounts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


class _Undated(NamedTuple):
    """Integers without a date of their own: a held number with its text, or a run of a gap."""

    first: int
    last: int
    state: str
    text: str | None


def state_window(
    transaction: Transaction,
    place: CounterPlace,
    window: Window,
    most_named: int | None = None,
    document_type: str | None = None,
) -> Completeness | None:
    """What became of the integers of a counter that belong to a window; None where none does.

    With a document type its held numbers among them are counted as well.
    Of the numbers between them that belong to another window all are counted, and `most_named` named; None:
    all. Reads the dates of all rows of the counter once; its gaps, and what lies between the numbers of the
    window, only from the first of them to the last.
    """
    counter, step = place.counter, place.sequence.step
    assert counter.id is not None
    held = transaction.dated.counts(counter.id, *window.ends, transaction.now)
    if held.lowest is None or held.highest is None:
        # What has no date belongs to the window of a number that has one.
        return None
    tally = _Tally(held, step)
    reading = _Reading(transaction, place, window, held)
    for item in reading.without_date(reading.stretches()):
        tally.add(item)
    total = (tally.last - tally.first) // step + 1
    other_window, others = 0, list[OtherNumbers]()
    for other in reading.others(tally.first, tally.last) if tally.integers != total else ():
        other_window += other.count
        if most_named is None or len(others) < most_named:
            others.append(other)
    texts = reading.texts
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
        other_window=other_window,
        others=tuple(others),
        of_type=None if document_type is None else reading.of_type(document_type),
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


class _Reading:
    """Reads one counter for one window of which it holds numbers."""

    def __init__(
        self, transaction: Transaction, place: CounterPlace, window: Window, held: WindowCounts
    ) -> None:
        assert place.counter.id is not None and held.lowest is not None and held.highest is not None
        self.texts = counter_texts(transaction, place)
        self._transaction = transaction
        self._place = place
        self._counter_id = place.counter.id
        self._window = window
        self._ends = (held.lowest, held.highest)
        self._some_undated = held.undated > 0
        self._dated = transaction.dated

    def stretches(self) -> Iterator[Stretch]:
        """The stretches of the counter whose integers without a date belong to the window."""
        now = self._transaction.now
        return self._dated.stretches(self._counter_id, *self._ends, *self._window.ends, now)

    def without_date(self, stretches: Iterable[Stretch]) -> Iterator[_Undated]:
        """The integers of stretches that have no date of their own: gaps and held numbers."""
        transaction, now = self._transaction, self._transaction.now
        again: Iterable[Stretch] = ()
        if self._some_undated:
            stretches, again = tee(stretches)
        gaps = gaps_within(transaction, self._place, now, stretches)
        runs = (_Undated(run.first, run.last, run.state, None) for run in gaps)
        numbers = (
            _Undated(item.value, item.value, item.state, item.text)
            for stretch in again
            for item in self._dated.undated(self._counter_id, stretch, now)
        )
        return merge(runs, numbers, key=_first)

    def of_type(self, document_type: str) -> int:
        """How many held numbers of the window are of a document type."""
        now, own = self._transaction.now, self._place.sequence.document_type
        wanted = (self._counter_id, document_type, own)
        found = self._dated.of_type(*wanted, self._window, now)
        if not self._some_undated:
            return found
        return found + sum(self._dated.undated_of_type(*wanted, each, now) for each in self.stretches())

    def others(self, lowest: int, highest: int) -> Iterator[OtherNumbers]:
        """What lies between two integers of the window and belongs to another one, lowest first."""
        ends = (lowest, highest, *self._window.ends, self._transaction.now)
        dated = (
            OtherNumbers(*(item.value,) * 2, 1, *(item.text,) * 2, item.state, item.date, item.date)
            for item in self._dated.outside(self._counter_id, *ends)
        )
        between = (Stretch(one.last + 1, other.first - 1) for one, other in pairwise(self.stretches()))
        return merge(dated, map(self._other, self.without_date(between)), key=_first)

    def _other(self, item: _Undated) -> OtherNumbers:
        span = self._dated.around(self._counter_id, item.first, self._transaction.now)
        count = (item.last - item.first) // self._place.sequence.step + 1
        first, last = (item.text or self.texts.text(value) for value in (item.first, item.last))
        return OtherNumbers(item.first, item.last, count, first, last, item.state, None, span.date)


def _first(item: object) -> int:
    first: int = item.first  # type: ignore[attr-defined]
    return first
