"""Events that freed numbers of several counters at once, by counter.

Such an event names no counter in its columns, and the lowest and highest value of all its counters; which
they are, its detail says.
"""

from seqctl.json_text import from_json
from seqctl.model.classes import NamedTuple
from seqctl.model.log.told import FREEING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from seqctl.store.sql.connection import Connection

TOGETHER = " FROM event WHERE counter_id IS NULL AND action NOT IN ('issue', 'reserve')"


class FreedPart(NamedTuple):
    """What an event freed of one counter: lowest and highest value, the event, and what it did."""

    lowest: int
    highest: int
    event_id: int
    action: str


class FreedTogether:
    """The events of one book that freed numbers of several counters, read once within a transaction."""

    __slots__ = ("_parts", "connection")

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self._parts: dict[int, list[FreedPart]] | None = None

    def of(self, counter_id: int) -> "Sequence[FreedPart]":
        """What such events freed of a counter, in the order of the events."""
        if self._parts is None:
            self._parts = {}
            query = f"SELECT id, action, detail{TOGETHER} AND first >= 0 AND action IN {FREEING} ORDER BY id"
            for event_id, action, detail in self.connection.execute(query):
                for id, _, _, _, lowest, highest, _ in from_json(detail)["counters"]:
                    self._parts.setdefault(id, []).append(FreedPart(lowest, highest, event_id, action))
        return self._parts.get(counter_id, ())
