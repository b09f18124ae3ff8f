"""One counter as the events make it: where it stands, and its gap runs."""

from __future__ import annotations

from bisect import bisect_left

SELF_ISSUED, ADOPTED = 1, 2
"""Of `use`, as `sequence.used` says it: numbers were issued or reserved, or they were only adopted."""

Run = tuple[int, int, str, int]
"""A gap run: first, last, state, and the event that made it."""


class ReplayedCounter:
    """A counter that is moved by events alone; its fields are those of the stored one.

    `sequence`, `period` and `scope` are its names as the first event that concerns it gives them.
    `use` is 0 where nothing was ever held. `unsure` is an event whose rows do not tell what became of the
    counter's freed numbers; `vague` says that its last value is not known, only that it is not below `last`.
    """

    __slots__ = (
        *("accounted", "event_id", "first", "last", "period", "reserved", "reusable", "runs", "scope"),
        *("sequence", "step", "unsure", "use", "vague"),
    )

    def __init__(self, sequence: str, period: str, scope: str, step: int, event_id: int) -> None:
        self.sequence = sequence
        self.period = period
        self.scope = scope
        self.step = step
        self.event_id = event_id
        self.first = 0
        self.last = -step
        self.accounted = 0
        self.reusable = 0
        self.reserved = 0
        self.runs: list[Run] = []
        self.use = 0
        self.unsure: int | None = None
        self.vague = False

    @property
    def used(self) -> bool:
        """Whether it gave out or passed over anything."""
        return self.last >= self.first

    def begin(self, first: int) -> None:
        """Set the first value of a counter that was never used."""
        self.first, self.last = first, first - self.step

    def reach(self, first: int, last: int) -> None:
        """Pass over a run that lies ahead; a counter that was never used begins at it."""
        if last > self.last:
            if not self.used:
                self.begin(first)
            self.last = last

    def hold(self, count: int, low: int, high: int, given: int | None) -> None:
        """Documents hold so many more integers, the lowest and highest of which are given.

        A counter that was never used begins at the lowest, and stays at a next value that it was `given`.
        """
        if self.used:
            self.first = min(self.first, low)
        else:
            self.begin(low)
            self.last = high if given is None else max(high, given - self.step)
        self.last = max(self.last, high)
        self.accounted += count

    def put(self, first: int, last: int, state: str, event_id: int) -> None:
        """Make the integers from `first` to `last` one gap run, whatever they were."""
        self.clear(first, last)
        self.runs.insert(bisect_left(self.runs, (first,)), (first, last, state, event_id))
        self._count(first, last, state, 1)

    def clear(self, first: int, last: int) -> None:
        """Take the integers from `first` to `last` out of the gap runs."""
        start = bisect_left(self.runs, (first,))
        if start and self.runs[start - 1][1] >= first:
            start -= 1
        end = start
        rest: list[Run] = []
        while end < len(self.runs) and self.runs[end][0] <= last:
            begins, ends, state, event_id = self.runs[end]
            if begins < first:
                rest.append((begins, first - self.step, state, event_id))
            if ends > last:
                rest.append((last + self.step, ends, state, event_id))
            self._count(max(begins, first), min(ends, last), state, -1)
            end += 1
        self.runs[start:end] = rest

    def _count(self, first: int, last: int, state: str, sign: int) -> None:
        integers = sign * ((last - first) // self.step + 1)
        self.accounted += integers
        if state == "reusable":
            self.reusable += integers
