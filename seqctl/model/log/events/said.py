"""What all kinds of events share: how fields become columns and a detail, and come back from them."""

from __future__ import annotations

from seqctl.json_text import to_compact_json, to_json
from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, ClassVar, Self

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState, ReplayedCounter

COLUMNS = ("action", "subject", "counter_id", "first", "last", "serial", "count")
"""The columns of an event that its content fills."""


class Said:
    """What one kind of event says, beside who did it and when.

    Its fields are the columns of the event that it uses, then the parts of its detail in the order in
    which they are written. docs/log.md is the reference; tests/audit/golden holds each kind to its bytes.
    `twice` are columns that the detail has too, `omitted` parts of it that are left out where they are None.
    """

    __slots__ = ()

    _fields: ClassVar[tuple[str, ...]]
    detailed: ClassVar[tuple[str, ...]]
    twice: ClassVar[tuple[str, ...]] = ()
    omitted: ClassVar[tuple[str, ...]] = ()

    action: str
    subject: str
    counter_id: int | None = None
    first: int | None = None
    last: int | None = None
    serial: int | None = None
    count: int | None = None

    def __init_subclass__(cls) -> None:
        fields = cls.__dict__.get("_fields", ())
        cls.detailed = tuple(name for name in fields if name not in COLUMNS or name in cls.twice)

    @classmethod
    def read(cls, event: Event, detail: dict[str, Any]) -> Self:
        """What a stored event says. Raises KeyError where its detail lacks a part."""
        columns = {name: getattr(event, name) for name in COLUMNS if name in cls._fields}
        given = {name: detail.get(name) if name in cls.omitted else detail[name] for name in cls.detailed}
        return cls(**columns | given)

    def parts(self) -> dict[str, object]:
        """The parts of the detail in the order in which they are written."""
        named = {name: getattr(self, name) for name in self.detailed}
        return {name: part for name, part in named.items() if part is not None or name not in self.omitted}

    def detail(self) -> str:
        """The detail as it is stored."""
        return to_json(self.parts())

    def apply(self, event: Event, state: BookState) -> None:
        """Change a state as the event changed the book. Raises what a detail of another form raises."""


@frozen
class OfCounter(Said):
    """What events begin with that concern values of one counter: which ones, and its period and scope."""

    action: str
    subject: str
    counter_id: int
    first: int
    last: int
    period: str
    scope: str


@frozen
class OfCounters(Said):
    """What events begin with that concern values of one counter, or of several of one request.

    Of several `counter_id`, `period` and `scope` are None, and `first` and `last` those of all of them. Then
    the `counters` that end the detail have of each its id, sequence, period, scope, lowest and highest value,
    and the count; runs begin with the id of their counter, as rows always do.
    """

    action: str
    subject: str
    counter_id: int | None
    first: int
    last: int
    period: str | None
    scope: str | None


def counters_moved(
    said: OfCounters, counters: Sequence[Any] | None, event: Event, state: BookState
) -> dict[int, ReplayedCounter]:
    """The counters that an event concerns, by their ids. Raises KeyError where its detail lacks a part."""
    if counters is not None:
        return {
            int(id): state.counter_named(int(id), (str(name), str(period), str(scope)), event.id)
            for id, name, period, scope, *_ in counters
        }
    if said.counter_id is None or said.period is None or said.scope is None:
        raise KeyError("counters")
    return {said.counter_id: state.counter(event, said.period, said.scope)}


class Compact(Said):
    """The same, written without blanks."""

    __slots__ = ()

    def detail(self) -> str:
        """The detail as it is stored."""
        return to_compact_json(self.parts())
