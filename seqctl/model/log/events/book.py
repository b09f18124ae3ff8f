"""Events that change definitions, and the book as a whole."""

from __future__ import annotations

from seqctl.model.classes import frozen
from seqctl.model.log.events.said import Compact, Said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState


@frozen
class Defined(Compact):
    """`import`, `sequence add` and the like: definitions and settings of the book changed.

    `changes` has of each its kind, name, action and fields as {field: [old, new]}; `origins` what other
    systems say of sequences beside their fields.
    """

    omitted = ("origins",)

    action: str
    subject: str
    changes: Sequence[Any]
    origins: dict[str, Any] | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """Definitions are as the changes leave them, and so are first values and former patterns."""
        for change in self.changes:
            state.define(event.id, change)
        for name, origin in (self.origins or {}).items():
            state.definitions.note_origin(event.id, name, origin)


@frozen
class BookMade(Compact):
    """`init`: the book begins, with a schema, a time zone and, from schema 2 on, an identity."""

    omitted = ("identity",)

    action: str
    subject: str
    timezone: str
    version: int
    identity: str | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """The book has its settings."""
        state.definitions.begin(event, self.timezone, int(self.version))
        if self.identity is not None:
            state.definitions.identify(event.id, self.identity)


@frozen
class BookUpgraded(Compact):
    """`upgrade`: the book has another schema, and an identity where it had none."""

    action: str
    subject: str
    version: int
    identity: str

    def apply(self, event: Event, state: BookState) -> None:
        """The book has its identity."""
        state.definitions.identify(event.id, self.identity)


@frozen
class CopyAccepted(Said):
    """`accept`: a restored or copied book goes on; `mark` is the newest event that its mark knew."""

    action: str
    subject: str
    reason: str
    mark: int | None


@frozen
class Moved(Said):
    """`moving to`, `moved from`, `moved to`: a book goes to another file or server, which `address` names."""

    action: str
    subject: str
    address: str


@frozen
class MoveAbandoned(Said):
    """`abandon`: the book stays where it is; what was copied to `address` is gone."""

    action: str
    subject: str
    address: str
    reason: str
