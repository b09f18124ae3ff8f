"""Events one after the other, with a look at the next."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.log.event import Event


class Lookahead:
    """Events one after the other, the next of which can be looked at."""

    def __init__(self, events: Iterator[Event]) -> None:
        self.events = events
        self.waiting: Event | None = None

    def __iter__(self) -> Iterator[Event]:
        while True:
            if self.waiting is not None:
                event, self.waiting = self.waiting, None
                yield event
                continue
            following = next(self.events, None)
            if following is None:
                return
            yield following

    def peek(self) -> Event | None:
        """The next event, or None at the end."""
        if self.waiting is None:
            self.waiting = next(self.events, None)
        return self.waiting

    def skip_to(self, id: int) -> None:
        """Pass over the events below a number."""
        while (event := self.peek()) is not None and event.id < id:
            self.waiting = None
