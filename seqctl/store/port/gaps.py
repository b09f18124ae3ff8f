"""Gap runs: stored stretches of integers that no document holds, and what gaps are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_runs import Run
from seqctl.model.reports.stretch import EndedReservation, FreedValue, Move, Stretch


class StoredGapRuns(Protocol):
    """The gap runs of one book, within a transaction."""

    def put(self, counter: Counter, first: int, last: int, step: int, state: str, event_id: int) -> list[Run]:
        """Make all integers from `first` to `last` one run of that state, whatever they were before.

        None of them may be held. Returns the runs that were cut or replaced, as they were.
        """
        ...

    def clear(self, counter: Counter, first: int, last: int, step: int) -> list[Run]:
        """Take all integers from `first` to `last` out of the runs. Returns the runs as they were."""
        ...

    def overlapping(self, counter_id: int, first: int, last: int) -> list[Run]:
        """The runs that hold an integer from `first` to `last`, in order, uncut."""
        ...

    def reusable(self, counter_id: int, most: int | None) -> list[Stretch]:
        """The lowest runs of numbers that go out again, in order; at most `most` of them."""
        ...

    def held_from(self, counter_id: int, value: int, most: int) -> list[str]:
        """The numbers that a counter holds from a value on, lowest first, at most `most`."""
        ...

    def highest_held(self, counter_id: int) -> int | None:
        """The highest value that a counter holds."""
        ...


class GapScan(Protocol):
    """Reads of one book, within a transaction."""

    def runs(self, counter_id: int) -> Iterator[Run]:
        """The stored runs of a counter in order: first, last, state, event."""
        ...

    def holes(self, counter_id: int, first: int, last: int, step: int) -> Iterator[Stretch]:
        """The runs of integers from `first` to `last` that have no row in the ledger, in order.

        Steps from row to row, however far apart their integers are: a block of rows whose last one is as
        many steps on as there are rows has no hole.
        """
        ...

    def overdue(self, counter_id: int, now: str) -> list[EndedReservation]:
        """The values whose reservation ended, ascending, with their deadlines."""
        ...

    def freed(self, counter_id: int) -> Iterator[FreedValue]:
        """The values that events freed, in the order of these events: their lowest value, event, value."""
        ...

    def moves(self, counter_id: int) -> list[Move]:
        """The events that set the next value of a counter: event, first and last value concerned."""
        ...
