"""Events that change gap runs, where a counter goes on, and what is closed."""

from __future__ import annotations

from seqctl.model.classes import frozen
from seqctl.model.log.events.said import OfCounter, OfCounters, Said, counters_moved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState


@frozen
class RunsTurned(OfCounters):
    """`restore`, `block` and `review`: runs of integers that nothing holds got another state.

    `each` has the reason of each of the `values`, where these are several; then `reason` is None.
    """

    omitted = ("period", "scope", "file", "each", "counters")

    reason: str | None
    to: str
    values: Sequence[Sequence[int]]
    runs_before: Sequence[Any]
    file: str | None = None
    each: list[dict[str, Any]] | None = None
    counters: Sequence[Any] | None = None

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The runs, each behind the id of its counter."""
        for run in self.values:
            id = self.counter_id if self.counters is None else run[0]
            yield int(id or 0), int(run[-2]), int(run[-1])

    def apply(self, event: Event, state: BookState) -> None:
        """The runs are put; one that lies ahead is passed over, and a new counter begins at it."""
        counters = counters_moved(self, self.counters, event, state)
        for id, first, last in self.runs():
            counter = counters[id]
            if not counter.used:
                # Gap records of another system may be the first that is known of a counter.
                counter.begin(first, counter.step)
                counter.adopt()
            counter.pass_over(last)
            counter.runs.put(first, last, self.to, event.id)


@frozen
class NextValueSet(OfCounter):
    """`set-next`: a counter goes on at `next`, not at `before`.

    `lost` is true where a counter without numbers goes past those that an older copy knows nothing of.
    """

    omitted = ("lost",)

    before: int
    next: int
    reason: str
    runs_before: Sequence[Any]
    lost: bool | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """Forward what is skipped is blocked, back its runs go; an unused counter begins there."""
        counter = state.counter(event, self.period, self.scope)
        following, step = int(self.next), counter.step
        if self.lost:
            counter.begin(int(self.before), step)
        before = counter.last + step
        if not counter.used and not self.lost:
            counter.begin(following, step)
        elif following > before:
            counter.runs.put(before, following - step, "blocked", event.id)
            counter.pass_over(following - step)
        else:
            counter.runs.clear(following, before - step)
            counter.go_back(following, step)
        if not counter.used:
            state.give(counter.sequence, counter.period, counter.scope, following)


@frozen
class ClosingMoved(Said):
    """`close` and `reopen`: a sequence is closed through the day `until`, and was through `before`."""

    action: str
    subject: str
    before: str | None
    until: str | None
    reason: str

    def apply(self, event: Event, state: BookState) -> None:
        """The sequence is closed through another day."""
        state.closed[event.subject] = self.until
