"""Events that annul ranges and open them again."""

from __future__ import annotations

from seqctl.model.classes import frozen
from seqctl.model.log.events.said import OfCounter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState


@frozen
class RangeAnnulled(OfCounter):
    """`range annul`: what no document holds of a range became blocked, as the runs `values`.

    `before` is the first and last value that its counter had, None where it had none; `ended` is true where
    the range got its last number by this event.
    """

    omitted = ("ended",)

    range: str
    reason: str
    values: Sequence[tuple[int, int]]
    runs_before: Sequence[Any]
    before: Sequence[int] | None
    ended: bool | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """The counter goes from the first to the last number of the range, and its blanks are blocked."""
        counter = state.counter(event, self.period, self.scope)
        low, high = int(event.first or 0), int(event.last or 0)
        if not counter.used:
            counter.begin(low, counter.step)
        counter.account_from(min(counter.first, low))
        counter.pass_over(high)
        for first, last in self.values:
            counter.runs.put(first, last, "blocked", event.id)
        state.definitions.annul(event.id, self.range, event.id, high if self.ended else None, self.ended)


@frozen
class RangeReopened(OfCounter):
    """`range reopen`: the blanks of an annulled range are what they were; `runs_after` are the runs in them.

    `ended` is true where the range has no last number again; `before` as `range annul` noted it. `next` is
    where the counter goes on.
    """

    omitted = ("ended",)

    range: str
    reason: str
    values: Sequence[tuple[int, int]]
    runs_after: Sequence[Any]
    before: Sequence[int] | None
    next: int
    ended: bool | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """The blocked runs go, those that were come back, and the counter goes back to where it stood."""
        counter = state.counter(event, self.period, self.scope)
        for first, last in self.values:
            counter.runs.clear(first, last)
        for first, last, kept, event_id in self.runs_after:
            counter.runs.put(first, last, kept, event_id)
        if self.before:
            counter.account_from(int(self.before[0]))
        counter.go_back(int(self.next), counter.step)
        if not counter.used:
            state.give(counter.sequence, counter.period, counter.scope, int(self.next))
        state.definitions.annul(event.id, self.range, None, None, self.ended)
