"""An event of the log as it stands, and which events a list shows."""

from __future__ import annotations

from seqctl.model.classes import NamedTuple, frozen


class Event(NamedTuple):
    """One event with all its columns: those that are hashed, then the hash itself."""

    id: int
    at: str
    actor: str
    action: str
    subject: str
    counter_id: int | None
    first: int | None
    last: int | None
    serial: int | None
    count: int | None  # type: ignore[assignment]
    detail: str
    hash: bytes

    @property
    def words(self) -> str:
        """The event as messages name it."""
        return f"event {self.id} ({self.action} of {self.subject!r} by {self.actor!r} at {self.at})"


@frozen
class EventFilter:
    """Which events a list shows; None is any. `at_from` and `at_to` are instants in UTC, both included.

    `subject` is a sequence, definition or file, also where an event concerned others too. `after` is the id
    behind which a list begins, and `last` asks for so many of the newest.
    """

    at_from: str | None = None
    at_to: str | None = None
    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    limit: int | None = None
    after: int | None = None
    last: int | None = None
