"""Texts that were printed, as the log keeps them, and the patterns that sequences had before.

An event that freed numbers keeps their rows. It is found through the index of changes by counter and value.
"""

from collections import OrderedDict
from collections.abc import Iterator
from heapq import merge

from seqctl.json_text import from_json
from seqctl.model.log.told import FREEING, rows_told
from seqctl.model.number.held_number import ROW
from seqctl.model.number.printed import EVENT, TEXT, EndedLife, FormerPattern, Life, PrintedText, Texts
from seqctl.model.reports.stretch import NextSet
from seqctl.store.sql.reports.freed_together import TOGETHER, FreedTogether

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection, Dialect

COUNTER, VALUE, SERIAL = map(ROW.index, ("counter_id", "value", "serial"))
CHANGES = " FROM event WHERE counter_id = ? AND action NOT IN ('issue', 'reserve')"
LIFE = "SELECT id, at, action, detail"
KEPT = 64
"""Events whose rows are kept while a list is read: runs that one event made stand near each other."""


class PrintedTexts:
    """What one book printed before, within a transaction."""

    __slots__ = ("_changed", "_kept", "_wide", "connection", "dialect", "together")

    def __init__(self, connection: "Connection", dialect: "Dialect") -> None:
        self.connection = connection
        self.dialect = dialect
        self.together = FreedTogether(connection)
        self._kept: OrderedDict[int, dict[int, dict[int, tuple[object, ...]]]] = OrderedDict()
        self._wide: dict[int, list[tuple[int, int, int]]] = {}
        self._changed: dict[int, bool] = {}

    def lives(self, counter_id: int, value: int) -> Iterator[Life]:
        """The earlier lives of an integer, the latest first."""
        reaching = f" AND action IN {FREEING} AND first <= ? AND last >= ? ORDER BY id DESC"
        own = self.connection.execute(f"{LIFE}{CHANGES}{reaching}", (counter_id, value, value))
        shared = self.connection.execute(f"{LIFE}{TOGETHER}{reaching}", (value, value))
        for id, at, action, detail in merge(own, shared, key=lambda event: -event[0]):
            for row in from_json(detail)["rows_before"]:
                if row[COUNTER] == counter_id and row[VALUE] == value:
                    yield Life(id, at, action, tuple(row))

    def ended_lives(self, counter_id: int) -> Iterator[EndedLife]:
        """All lives of a counter's integers that ended, in the order of the events that ended them."""
        query = f"SELECT id, at, actor, action, detail{CHANGES} AND action IN {FREEING} ORDER BY id"
        own = self.dialect.rows(self.connection, query, (counter_id,))
        one = "SELECT id, at, actor, action, detail FROM event WHERE id = ?"
        ids = sorted(part.event_id for part in self.together.of(counter_id))
        shared = (self.connection.execute(one, (id,)).fetchone() for id in ids)
        for id, at, actor, action, text in merge(own, shared, key=lambda event: event[0]):
            detail = from_json(text)
            for row, said in rows_told(detail):
                if row[COUNTER] == counter_id:
                    reason = said.get("reason", detail.get("reason"))
                    yield EndedLife(row[VALUE], row[SERIAL], row[TEXT], id, at, actor, action, reason)

    def freed_by(self, event_id: int, counter_id: int) -> Texts:
        """The texts of the numbers of a counter that an event freed."""
        rows = self._rows(event_id).get(counter_id, {}).items()
        return {value: PrintedText(str(row[TEXT]), int(str(row[EVENT]))) for value, row in rows}

    def freed(self, counter_id: int, first: int, last: int) -> Texts:
        """The last texts of those integers of a counter, from one to another, that were freed once."""
        if not self._has_changes(counter_id):
            return {}
        narrow = f"SELECT id{CHANGES} AND first BETWEEN ? AND ? AND last = first"
        found = {id for (id,) in self.connection.execute(narrow, (counter_id, first, last))}
        found |= {id for low, high, id in self._wide_changes(counter_id) if low <= last and high >= first}
        texts: Texts = {}
        for id in sorted(found):
            named = self.freed_by(id, counter_id)
            texts |= {value: text for value, text in named.items() if first <= value <= last}
        return texts

    def held(self, counter_id: int, first: int, last: int) -> Texts:
        """The texts of the numbers that a counter holds, from one integer to another."""
        query = "SELECT value, text, event_id FROM number WHERE counter_id = ? AND value BETWEEN ? AND ?"
        rows = self.connection.execute(query, (counter_id, first, last))
        return {value: PrintedText(text, event_id) for value, text, event_id in rows}

    def former_patterns(self, counter_id: int) -> list[FormerPattern]:
        """The patterns under which a counter counted before, oldest first, and how far it had come."""
        query = (
            "SELECT event_id, first, last, pattern FROM former_pattern WHERE counter_id = ? ORDER BY event_id"
        )
        return [FormerPattern(*row) for row in self.connection.execute(query, (counter_id,))]

    def patterns_before(self, sequence_id: int) -> list[str]:
        """The patterns that a sequence had before while it was used, the latest first."""
        query = (
            "SELECT f.pattern FROM counter c JOIN former_pattern f ON f.counter_id = +c.id"
            " WHERE c.sequence_id = ? GROUP BY f.pattern ORDER BY max(f.event_id) DESC"
        )
        return [pattern for (pattern,) in self.connection.execute(query, (sequence_id,))]

    def moves(self, counter_id: int) -> list[NextSet]:
        """The events that set the next value of a counter, each with that value."""
        query = f"SELECT id, detail{CHANGES} AND action = 'set-next'"
        rows = self.connection.execute(query, (counter_id,))
        return [NextSet(id, int(from_json(detail)["next"])) for id, detail in rows]

    def _rows(self, event_id: int) -> dict[int, dict[int, tuple[object, ...]]]:
        """The rows that an event freed, by counter and value; none where it freed nothing."""
        rows = self._kept.get(event_id)
        if rows is None:
            query = "SELECT action, detail FROM event WHERE id = ?"
            action, detail = self.connection.execute(query, (event_id,)).fetchone() or ("", "")
            rows = self._kept[event_id] = {}
            for row in from_json(detail)["rows_before"] if action in FREEING else ():
                rows.setdefault(row[COUNTER], {})[row[VALUE]] = tuple(row)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return rows

    def _has_changes(self, counter_id: int) -> bool:
        """Whether any event changed numbers of a counter, as far as it may have freed some."""
        if counter_id not in self._changed:
            found = self.connection.execute(f"SELECT 1{CHANGES} LIMIT 1", (counter_id,)).fetchone()
            self._changed[counter_id] = found is not None or bool(self.together.of(counter_id))
        return self._changed[counter_id]

    def _wide_changes(self, counter_id: int) -> list[tuple[int, int, int]]:
        """The events that freed several numbers at once: lowest and highest value of a counter, event."""
        if counter_id not in self._wide:
            query = f"SELECT first, last, id{CHANGES} AND last > first AND action IN {FREEING}"
            own = self.connection.execute(query, (counter_id,)).fetchall()
            self._wide[counter_id] = [*own, *(part[:3] for part in self.together.of(counter_id))]
        return self._wide[counter_id]
