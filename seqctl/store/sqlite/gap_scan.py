"""Reading what the gaps of one counter are made of: stored runs, holes between held rows, freeing events.

All reads go through an index in ascending order and are fetched as they are asked for: the caller changes
nothing of the counter before it has read to the end.
"""

import sqlite3
from collections.abc import Iterator

from seqctl.store.sqlite.gaps import RunBefore

FREED_VALUE = "'$[12]'"
"""Where a kept row of the ledger has its value."""


class GapScan:
    """Reads of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def runs(self, counter_id: int) -> Iterator[RunBefore]:
        """The stored runs of a counter in order: first, last, state, event."""
        query = "SELECT first, last, state, event_id FROM gap_run WHERE counter_id = ? ORDER BY first"
        return self.connection.execute(query, (counter_id,))

    def values(self, counter_id: int, after: int, most: int) -> list[int]:
        """The held values behind a value, ascending, at most `most`."""
        query = "SELECT value FROM number WHERE counter_id = ? AND value > ? ORDER BY value LIMIT ?"
        return [value for (value,) in self.connection.execute(query, (counter_id, after, most))]

    def value_on(self, counter_id: int, after: int, rows: int) -> int | None:
        """The held value so many rows behind a value; None where there are not that many.

        SQLite steps over rows of the index ten times as fast as it hands them out.
        """
        query = "SELECT value FROM number WHERE counter_id = ? AND value > ? ORDER BY value LIMIT 1 OFFSET ?"
        row = self.connection.execute(query, (counter_id, after, rows - 1)).fetchone()
        return None if row is None else int(row[0])

    def overdue(self, counter_id: int, now: str) -> list[tuple[int, str]]:
        """The values whose reservation ended, ascending, with their deadlines."""
        query = (
            "SELECT value, expires_at FROM number WHERE counter_id = ? AND state = 'reserved'"
            " AND expires_at <= ? ORDER BY value"
        )
        return self.connection.execute(query, (counter_id, now)).fetchall()

    def freed(self, counter_id: int) -> Iterator[tuple[int, int, int]]:
        """The values that events freed, in the order of these events: their lowest value, event, value."""
        query = (
            f"SELECT e.first, e.id, json_extract(kept.value, {FREED_VALUE})"
            " FROM event e, json_each(e.detail, '$.rows_before') kept WHERE e.counter_id = ?"
            " AND e.action NOT IN ('issue', 'reserve') AND e.action IN ('release', 'expire')"
            " ORDER BY e.first"
        )
        return self.connection.execute(query, (counter_id,))

    def moves(self, counter_id: int) -> list[tuple[int, int, int]]:
        """The events that set the next value of a counter: event, first and last value concerned."""
        query = (
            "SELECT id, first, last FROM event WHERE counter_id = ?"
            " AND action NOT IN ('issue', 'reserve') AND action = 'set-next'"
        )
        return self.connection.execute(query, (counter_id,)).fetchall()
