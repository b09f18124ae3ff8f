"""Numbers that are issued again: the freed ones of a gapless counter, lowest first, before it counts on.

Only loaded where a counter has freed numbers or reservations.
"""

from __future__ import annotations

from seqctl.actions.ledger.free import free_overdue
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_runs import Run
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.issue import Issue
from seqctl.model.number.runs import joined
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


FEW_RUNS = 100
"""How many runs are looked at one by one: two queries each, a millisecond or two in all."""

Neighbour = tuple[int, str, str]
"""A held number beside a freed run: its value, document date and text."""


class FreeRun:
    """A run of freed values, and the dated numbers below and above it once they were asked for."""

    __slots__ = ("asked", "first", "high", "last", "low")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self.asked = False
        self.low: Neighbour | None = None
        self.high: Neighbour | None = None

    def misfit(self, day: str) -> tuple[str, Neighbour] | None:
        """The neighbour that leaves no room for a document date, and its side; None where it fits."""
        if self.low is not None and self.low[1] > day:
            return "before", self.low
        if self.high is not None and self.high[1] < day:
            return "after", self.high
        return None


class Reuse:
    """The freed values of one counter: `runs`, in order, of which at most the first `most` are looked up.

    Stored ones and those of reservations whose deadline has passed, which are `overdue`. A standard sequence
    has none: its freed numbers are not issued again.
    """

    def __init__(
        self, transaction: Transaction, sequence: Sequence, counter: Counter, most: int | None = None
    ) -> None:
        self.transaction = transaction
        self.sequence = sequence
        self.counter = counter
        self.overdue: list[HeldNumber] = []
        self.runs: list[FreeRun] = []
        assert counter.id is not None
        if counter.reserved:
            self.overdue = transaction.held.overdue(counter.id, transaction.now)
        if sequence.mode == "gapless" and most != 0:
            stored = transaction.gaps.reusable(counter.id, most) if counter.reusable else []
            ended = joined([number.value for number in self.overdue], sequence.step)
            self.runs = [FreeRun(first, last) for first, last in sorted([*stored, *ended])]

    def values(self, count: int, outcome: Issue, limit: int) -> list[int]:
        """The values that a request for `count` numbers gets, ascending, none of them above `limit`.

        Where the sequence refuses dates out of order, only those whose neighbours leave room for the
        document date of `outcome`; where it warns, a warning is added to the outcome.
        """
        found: list[int] = []
        day = outcome.date or ""
        while len(found) < count and (run := self.first(day, limit)) is not None:
            values = range(run.first, min(run.last, limit) + 1, self.sequence.step)[: count - len(found)]
            outcome.warnings += self.warnings(run, day)
            self.take(run, len(values), day, "")
            found += values
        return found

    def first(self, day: str, limit: int) -> FreeRun | None:
        """The run from which a document date takes next a value that is not above `limit`."""
        place = self._place(day)
        run = None if place is None else self.runs[place]
        return None if run is None or run.first > limit else run

    def _place(self, day: str) -> int | None:
        """The first run that a document date may take from; under `refuse` the first few are all looked at.

        Behind them it is found by bisection: under that rule dates never go back from one value to the next,
        so that the runs that fit stand together. Where numbers were adopted out of order, or another rule
        once let dates go back, a run far behind that would fit may be missed, never the reverse.
        """
        runs = self.runs
        if self.sequence.date_order != "refuse":
            return 0 if runs else None
        for at, run in enumerate(runs[:FEW_RUNS]):
            if self._dated(run).misfit(day) is None:
                return at
        low, high = min(FEW_RUNS, len(runs)), len(runs)
        while low < high:
            middle = (low + high) // 2
            above = self._dated(runs[middle]).high
            if above is not None and above[1] < day:
                low = middle + 1
            else:
                high = middle
        return low if low < len(runs) and self._dated(runs[low]).misfit(day) is None else None

    def take(self, run: FreeRun, count: int, day: str, text: str) -> None:
        """Note that a document date took the first values of a run; what lies beside them changes by it."""
        step, place = self.sequence.step, self.runs.index(run)
        taken = (run.first + (count - 1) * step, day, text)
        before = self.runs[place - 1] if place else None
        if before is not None and before.asked and (before.high or taken)[0] >= run.first:
            before.high = (run.first, day, text)
        after = self.runs[place + 1] if place + 1 < len(self.runs) else None
        if after is not None and after.asked and (after.low or taken)[0] <= taken[0]:
            after.low = taken
        run.first += count * step
        if run.first > run.last:
            del self.runs[place]
        elif run.asked:
            run.low = taken

    def take_out(self, values: set[int]) -> list[Run]:
        """Take what is issued again out of the gap runs; returns those as they were, for the event.

        Reservations of the counter whose deadline has passed are recorded as freed first, in an event of
        their own.
        """
        free_overdue(self.transaction, self.sequence, self.counter)
        before: list[Run] = []
        for first, last in joined(sorted(values), self.sequence.step):
            before += self.transaction.gaps.clear(self.counter, first, last, self.sequence.step)
        return before

    def warnings(self, run: FreeRun, day: str) -> list[str]:
        """The warning of a document date that does not fit between the neighbours of a run."""
        if self.sequence.date_order != "warn":
            return []
        misfit = self._dated(run).misfit(day)
        if misfit is None:
            return []
        side, (_, date, text) = misfit
        return [
            f"the document date {day} is out of order: the number {side} the freed one that is issued again,"
            f" {text}, is dated {date}"
        ]

    def _dated(self, run: FreeRun) -> FreeRun:
        if not run.asked:
            assert self.counter.id is not None
            held = self.transaction.held
            run.low = _neighbour(held.dated_below(self.counter.id, run.first))
            run.high = _neighbour(held.dated_above(self.counter.id, run.last))
            run.asked = True
        return run


def _neighbour(number: HeldNumber | None) -> Neighbour | None:
    return None if number is None else (number.value, number.date or "", number.text)
