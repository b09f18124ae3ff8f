"""The gap runs of one counter: they never overlap, and the counter counts what lies in them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter


class Run(NamedTuple):
    """A gap run as it is kept: first and last value, state, and the event that made it."""

    first: int
    last: int
    state: str
    event_id: int


class GapRuns:
    """Gap runs of a counter, lowest first: all of them, or those of a stretch that is about to change."""

    __slots__ = ("_runs", "counter", "step")

    def __init__(self, counter: Counter, step: int, runs: Iterable[Run] = ()) -> None:
        self.counter = counter
        self.step = step
        self._runs = list(runs)

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)

    def put(self, first: int, last: int, state: str, event_id: int) -> None:
        """Make the integers from `first` to `last`, of which none is held, one run, whatever they were."""
        self.clear(first, last)
        self._runs.insert(bisect_left(self._runs, (first,)), Run(first, last, state, event_id))
        self.counter.explain((last - first) // self.step + 1, state)

    def clear(self, first: int, last: int) -> None:
        """Take the integers from `first` to `last` out of the runs."""
        runs, step = self._runs, self.step
        start = bisect_left(runs, (first,))
        if start and runs[start - 1].last >= first:
            start -= 1
        end = start
        rest: list[Run] = []
        while end < len(runs) and runs[end].first <= last:
            run = runs[end]
            if run.first < first:
                rest.append(run._replace(last=first - step))
            if run.last > last:
                rest.append(run._replace(first=last + step))
            self.counter.expose((min(run.last, last) - max(run.first, first)) // step + 1, run.state)
            end += 1
        runs[start:end] = rest
