"""Completeness of a counter: what became of every integer from its first value to its last, and the proof."""

from collections.abc import Iterable

from seqctl.model.classes import NamedTuple, frozen
from seqctl.model.finding import Finding
from seqctl.model.reports.windows import OtherNumbers


class HeldCounts(NamedTuple):
    """How many numbers a counter holds.

    `reserved` includes those that are `overdue`; `strange` are those that no counting can have given: outside
    the counter's first and last value, or between its steps.
    """

    all: int
    reserved: int
    overdue: int
    strange: int


@frozen
class RunCounts:
    """How many integers the gap runs of a counter hold, by state, and how many runs cannot be right."""

    reusable: int
    review: int
    blocked: int
    wrong: int

    @property
    def integers(self) -> int:
        """All integers of the runs."""
        return self.reusable + self.review + self.blocked


def count_runs(runs: Iterable[tuple[int, int, str, int]], first: int, last: int, step: int) -> RunCounts:
    """Count ascending gap runs (first, last, state, event) of a counter that went from `first` to `last`.

    A run is wrong that leaves these bounds or the steps of the counter, or overlaps the run before it.
    """
    counts = {"reusable": 0, "review": 0, "blocked": 0}
    wrong, free_from = 0, first
    for begins, ends, state, _ in runs:
        counts[state] += (ends - begins) // step + 1
        fits = (
            free_from <= begins <= ends <= last and not (begins - first) % step and not (ends - first) % step
        )
        wrong += not fits
        free_from = max(free_from, ends + step)
    return RunCounts(**counts, wrong=wrong)


@frozen
class Completeness:
    """What became of the integers of one counter, from its first value to its last.

    `total` is (last - first) / step + 1, and `counted` the sum of what became of them. `faults` says why the
    two do not prove each other; nothing but damage or tampering can bring that about. In a window of time
    `first` and `last` are the lowest and the highest number that belong to it, `other_window` counts those
    between them that belong to another window, and `others` names them. `of_type` counts the held numbers of
    the document type that was asked for, where one was.
    """

    sequence: str
    scope: str
    period: str
    first: int | None
    last: int | None
    first_number: str | None
    last_number: str | None
    issued: int
    reserved: int
    void: int
    reusable: int
    review: int
    blocked: int
    missing: int
    total: int
    faults: tuple[str, ...] = ()
    other_window: int = 0
    others: tuple[OtherNumbers, ...] = ()
    of_type: int | None = None

    @property
    def counted(self) -> int:
        """The sum of what became of the integers."""
        held = self.issued + self.reserved + self.void
        gaps = self.reusable + self.review + self.blocked + self.missing
        return held + gaps + self.other_window

    @property
    def proved(self) -> bool:
        """Whether the sum is the total, and each integer was counted once."""
        return self.counted == self.total and not self.faults

    @property
    def complete(self) -> bool:
        """Whether nothing is unexplained: no integer is missing or under review."""
        return self.proved and not self.missing and not self.review

    def finding(self) -> Finding:
        """What is said where the sum is not proved."""
        where = f"sequence {self.sequence!r}"
        if self.scope:
            where += f" for {self.scope}"
        if self.period != "all":
            where += f" in period {self.period}"
        message = f"{where} has {self.total} integers, and what became of them adds up to {self.counted}"
        if self.faults:
            message += f" ({'; '.join(self.faults)})"
        return Finding(
            "unproved", "error", (self.sequence,), message, "the book is damaged; see: seqctl check"
        )
