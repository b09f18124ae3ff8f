"""Events that change gap runs, where a counter goes on, and what is closed."""

from __future__ import annotations

from seqctl.model.classes import frozen
from seqctl.model.log.events.said import OfCounter, Said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState


@frozen
class RunsTurned(OfCounter):
    """`restore`, `block` and `review`: runs of integers that nothing holds got another state."""

    reason: str
    to: str
    values: Sequence[tuple[int, int]]
    runs_before: Sequence[Any]

    def apply(self, event: Event, state: BookState) -> None:
        """The runs are put; one that lies ahead is passed over, and a new counter begins at it."""
        counter = state.counter(event, self.period, self.scope)
        for first, last in self.values:
            if not counter.used:
                counter.begin(first, counter.step)
            counter.pass_over(last)
            counter.runs.put(first, last, self.to, event.id)
        # Gap records of another system may be the first that is known of a counter.
        counter.adopt()


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
