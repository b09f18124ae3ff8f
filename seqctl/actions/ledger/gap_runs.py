"""The gaps of one counter, as they are at an instant.

A counter that accounts for all of its integers is read from its row alone. Else the held rows are walked
through their index, never the integers: a run of 10**12 integers costs as much as one of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush, merge

from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.number.runs import without
from seqctl.model.reports.stretch import EVERYTHING, FreedValue, Move, Stretch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

Run = tuple[int, int]
"""First and last integer."""


def gaps_of(transaction: Transaction, place: CounterPlace, now: str) -> Iterator[GapRun]:
    """The gaps of a counter, lowest first: the stored runs, and what is missing between held numbers.

    Reservations whose deadline has passed count as freed. A missing run has the event that freed its numbers,
    where there is one. Locks nothing; read it to the end before the counter is changed.
    """
    if place.counter.id is None or not place.counter.used:
        return iter(())
    stored = (GapRun(*row) for row in transaction.gap_scan.runs(place.counter.id))
    parts = [stored, overdue_runs(transaction, place, now), _missing(transaction, place)]
    return merge(*parts, key=lambda run: run.first)


def missing_count(transaction: Transaction, place: CounterPlace, now: str) -> int:
    """How many integers of a counter are missing, from its row; no number is walked over."""
    count = place.integers - place.counter.accounted
    if place.counter.reserved and place.sequence.mode != "gapless":
        assert place.counter.id is not None
        count += len(transaction.gap_scan.overdue(place.counter.id, now))
    return count


def overdue_runs(transaction: Transaction, place: CounterPlace, now: str) -> Iterator[GapRun]:
    """What ended reservations leave: numbers to be issued again, or missing in a standard sequence."""
    counter, step = place.counter, place.sequence.step
    if not counter.reserved:
        return
    assert counter.id is not None
    state = "reusable" if place.sequence.mode == "gapless" else "missing"
    run: tuple[int, int, str] | None = None
    for value, deadline in transaction.gap_scan.overdue(counter.id, now):
        if run is not None and run[1:] == (value - step, deadline):
            run = (run[0], value, deadline)
            continue
        if run is not None:
            yield GapRun(run[0], run[1], state, freed_at=run[2])
        run = (value, value, deadline)
    if run is not None:
        yield GapRun(run[0], run[1], state, freed_at=run[2])


def gaps_within(
    transaction: Transaction, place: CounterPlace, now: str, stretches: Iterable[Stretch]
) -> Iterator[GapRun]:
    """The gaps in some stretches of a counter, as `gaps_of` gives them; no gap reaches out of one.

    Whatever the counter's own counts say: every hole between its rows is looked for.
    """
    assert place.counter.id is not None
    overdue = list(overdue_runs(transaction, place, now))
    explained = _Explained(transaction, place)
    for stretch in stretches:
        stored = (GapRun(*row) for row in transaction.gap_scan.runs(place.counter.id, stretch))
        ended = (run for run in overdue if stretch.first <= run.first <= stretch.last)
        holes = besides_stored(transaction, place, stretch)
        missing = (GapRun(*part, "missing", event) for run in holes for part, event in explained.parts(run))
        yield from merge(stored, ended, missing, key=lambda run: run.first)


def _missing(transaction: Transaction, place: CounterPlace) -> Iterator[GapRun]:
    """The integers neither held nor in a stored run, until as many are found as the counter lacks."""
    left = place.integers - place.counter.accounted
    if left <= 0:
        return
    explained = _Explained(transaction, place)
    for run in besides_stored(transaction, place):
        for (first, last), event_id in explained.parts(run):
            yield GapRun(first, last, "missing", event_id)
            left -= (last - first) // place.sequence.step + 1
            if left <= 0:
                return


def besides_stored(
    transaction: Transaction, place: CounterPlace, within: Stretch = EVERYTHING
) -> Iterator[Run]:
    """The holes between held rows without the stored runs, which lie in them; of a counter or a stretch."""
    counter, step = place.counter, place.sequence.step
    assert counter.id is not None
    stored = ((first, last) for first, last, *_ in transaction.gap_scan.runs(counter.id, within))
    run = next(stored, None)
    first, last = max(within.first, counter.first), min(within.last, counter.last)
    # The last integer of a stretch need not be one that the counter counts.
    last -= (last - counter.first) % step
    for hole in transaction.gap_scan.holes(counter.id, first, last, step):
        inside = []
        while run is not None and run[0] <= hole[1]:
            inside.append(run)
            run = next(stored, None)
        yield from without(hole, inside, step)


class _Explained:
    """Cuts missing runs, which come lowest first, where another event freed their numbers.

    Runs and events are read side by side, so that only values of events that reach into each other are kept.
    A freed number of a gapless sequence is in a stored run: there is no event to look for.
    """

    def __init__(self, transaction: Transaction, place: CounterPlace) -> None:
        assert place.counter.id is not None
        self._step = place.sequence.step
        self._waiting: list[tuple[int, int]] = []
        self._moves: list[Move] = []
        self._freed: Iterator[FreedValue] = iter(())
        if place.sequence.mode != "gapless":
            self._moves = transaction.gap_scan.moves(place.counter.id)
            self._freed = transaction.gap_scan.freed(place.counter.id)
        self._upcoming = next(self._freed, None)

    def parts(self, run: Run) -> Iterator[tuple[Run, int | None]]:
        """A missing run in parts, each with its event, or with none."""
        while self._upcoming is not None and self._upcoming.lowest <= run[1]:
            heappush(self._waiting, (self._upcoming.value, self._upcoming.event_id))
            self._upcoming = next(self._freed, None)
        events: dict[int, int] = {}
        while self._waiting and self._waiting[0][0] <= run[1]:
            value, event_id = heappop(self._waiting)
            # A counter that was set back and came here again has another gap than the event left.
            moved = any(m.event_id > event_id and m.first <= value <= m.last for m in self._moves)
            if value >= run[0] and not moved:
                events[value] = event_id
        return _cut(run, events, self._step)


def _cut(run: Run, events: dict[int, int], step: int) -> Iterator[tuple[Run, int | None]]:
    """A run in parts, each with one event or with none; `events` is ascending."""
    parts: list[tuple[int, int, int]] = []
    for value, event_id in events.items():
        if parts and parts[-1][1:] == (value - step, event_id):
            parts[-1] = (parts[-1][0], value, event_id)
        else:
            parts.append((value, value, event_id))
    at = run[0]
    for first, last, event_id in parts:
        if at < first:
            yield (at, first - step), None
        yield (first, last), event_id
        at = last + step
    if at <= run[1]:
        yield (at, run[1]), None
