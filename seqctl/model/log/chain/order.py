"""The places that events really had, where somebody gave them others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seqctl.model.log.event import Event


class Order:
    """What a walk along the chain found out about places.

    Events that stand too far by some places are shifted back, moved ones are put where they belong, and those
    that were never part of the chain are left out.
    """

    def __init__(self) -> None:
        self.shift = 0
        self.moved: set[int] = set()
        self._shifts: list[tuple[int, int]] = []
        self._placed: dict[int, Event] = {}
        self._left_out: set[int] = set()

    @property
    def unchanged(self) -> bool:
        """Whether every event stands in its place."""
        return not (self._placed or self._left_out or self._shifts)

    def shift_from(self, id: int, shift: int) -> None:
        """Note that the events from one on stand so many places too far."""
        self.shift = shift
        self._shifts.append((id, shift))

    def place(self, event: Event, number: int) -> None:
        """Note the number that an event really had; its present place is another one's."""
        self._placed[number] = event._replace(id=number)
        self.moved.add(event.id)

    def leave_out(self, *ids: int) -> None:
        """Note that no event of the chain stands at some places."""
        self._left_out.update(ids)

    def restore(self, events: Iterable[Event]) -> Iterator[Event]:
        """Stored events in the places that they really had."""
        waiting = sorted(self._placed, reverse=True)
        for event in events:
            if event.id in self._left_out:
                continue
            number = event.id - self._shift_at(event.id)
            while waiting and waiting[-1] < number:
                yield self._placed[waiting.pop()]
            if waiting and waiting[-1] == number:
                yield self._placed[waiting.pop()]
            else:
                yield event if number == event.id else event._replace(id=number)
        while waiting:
            yield self._placed[waiting.pop()]

    def _shift_at(self, id: int) -> int:
        return next((shift for start, shift in reversed(self._shifts) if id >= start), 0)
