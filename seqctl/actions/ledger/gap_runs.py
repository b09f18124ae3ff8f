"""The gaps of one counter, as they are at an instant.

A counter that accounts for all of its integers is told from its row alone. Else the held rows are walked
through their index, never the integers: a run of 10**12 integers costs as much as one of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush, merge

from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.number.runs import without

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
    """What ended reservations leave: numbers to be given out again, or missing in a standard sequence."""
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


def _missing(transaction: Transaction, place: CounterPlace) -> Iterator[GapRun]:
    """The integers neither held nor in a stored run, until as many are found as the counter lacks."""
    left = place.integers - place.counter.accounted
    if left <= 0:
        return
    runs = besides_stored(transaction, place)
    if place.sequence.mode == "gapless":
        found: Iterator[tuple[Run, int | None]] = ((run, None) for run in runs)
    else:
        # A freed number of a gapless sequence is in a stored run: there is no event to look for.
        found = _explained(transaction, place, runs)
    for (first, last), event_id in found:
        yield GapRun(first, last, "missing", event_id)
        left -= (last - first) // place.sequence.step + 1
        if left <= 0:
            return


def besides_stored(transaction: Transaction, place: CounterPlace) -> Iterator[Run]:
    """The holes between held rows without the stored runs, which lie in them."""
    counter, step = place.counter, place.sequence.step
    assert counter.id is not None
    stored = ((first, last) for first, last, *_ in transaction.gap_scan.runs(counter.id))
    run = next(stored, None)
    for hole in transaction.gap_scan.holes(counter.id, counter.first, counter.last, step):
        inside = []
        while run is not None and run[0] <= hole[1]:
            inside.append(run)
            run = next(stored, None)
        yield from without(hole, inside, step)


def _explained(
    transaction: Transaction, place: CounterPlace, runs: Iterable[Run]
) -> Iterator[tuple[Run, int | None]]:
    """Missing runs, cut where another event freed their numbers, each with its event.

    Runs and events are read side by side, so that only values of events that reach into each other are kept.
    """
    assert place.counter.id is not None
    moves = transaction.gap_scan.moves(place.counter.id)
    freed = transaction.gap_scan.freed(place.counter.id)
    upcoming = next(freed, None)
    waiting: list[tuple[int, int]] = []
    for run in runs:
        while upcoming is not None and upcoming[0] <= run[1]:
            heappush(waiting, (upcoming[2], upcoming[1]))
            upcoming = next(freed, None)
        events: dict[int, int] = {}
        while waiting and waiting[0][0] <= run[1]:
            value, event_id = heappop(waiting)
            # A counter that was set back and came here again has another gap than the event left.
            if value >= run[0] and not any(m[0] > event_id and m[1] <= value <= m[2] for m in moves):
                events[value] = event_id
        yield from _cut(run, events, place.sequence.step)


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
