"""The blanks of a range: its numbers that no document holds, and what they were before it was annulled."""

from __future__ import annotations

from seqctl.model.classes import NamedTuple
from seqctl.model.log.events.ranges import RangeAnnulled
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.gap_runs import Run
from seqctl.model.number.runs import without

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def blanks_of(
    transaction: Transaction, counter: Counter, first: int, last: int, step: int
) -> list[tuple[int, int]]:
    """The runs from `first` to `last` that no document holds and that are not blocked already."""
    assert counter.id is not None
    blocked = [run for run in transaction.gaps.overlapping(counter.id, first, last) if run.state == "blocked"]
    blanks = []
    for low, high in transaction.gap_scan.holes(counter.id, first, last, step):
        inside = [(run.first, run.last) for run in blocked if low <= run.first <= high]
        blanks += without((low, high), inside, step)
    return blanks


class Restored(NamedTuple):
    """What a range gets back: the runs that are blocked no more, those that were there, where it goes on.

    `before` is the first and last value that its counter had, None where it had none; the first is lower
    where something below it was explained since.
    """

    values: list[tuple[int, int]]
    runs: list[Run]
    following: int
    before: list[int] | None


def restored(
    transaction: Transaction, place: CounterPlace, said: RangeAnnulled, annulled: int, event_id: int
) -> Restored:
    """What the blanks that an event blocked become again. `event_id` is the event that will say so."""
    counter, step = place.counter, place.sequence.step
    assert counter.id is not None
    stored = list(transaction.gap_scan.runs(counter.id))
    values = [(run.first, run.last) for run in stored if run.event_id == annulled]
    runs: list[Run] = []
    for first, last in values:
        blanks = _within([(int(low), int(high)) for low, high in said.values], first, last)
        for low, high, state, made_by in said.runs_before:
            for one, other in _within(blanks, int(low), int(high)):
                runs.append(Run(one, other, str(state), int(made_by)))
        if place.sequence.mode == "gapless":
            # What was held when the range was annulled, and was released since.
            runs += [Run(*run, "reusable", event_id) for run in without((first, last), blanks, step)]
    others = [run for run in stored if run.event_id != annulled] + runs
    last = int(said.before[1]) if said.before else place.sequence.start - step
    highest = transaction.gaps.highest_held(counter.id)
    last = max([last, *(run.last for run in others), *([] if highest is None else [highest])])
    before = None
    if said.before:
        first = min([int(said.before[0]), *(run.first for run in others)])
        lowest = transaction.held.between(counter.id, counter.first, first, 1)
        before = [min([first, *(number.value for number in lowest)]), int(said.before[1])]
    return Restored(values, sorted(runs), last + step, before)


def _within(runs: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """The parts of runs that lie between two integers."""
    return [(max(low, first), min(high, last)) for low, high in runs if low <= last and high >= first]
