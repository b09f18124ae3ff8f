"""Reading what the gaps of one counter are made of: stored runs, holes between held rows, freeing events.

All reads go through an index in ascending order and are fetched as they are asked for: the caller changes
nothing of the counter before it has read to the end.
"""

from collections.abc import Iterator
from heapq import merge

from seqctl.json_text import from_json
from seqctl.model.number.gap_runs import Run
from seqctl.model.number.held_number import ROW
from seqctl.model.reports.stretch import EVERYTHING, EndedReservation, FreedValue, Move, Stretch
from seqctl.store.sql.reports.freed_together import FreedTogether

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection, Dialect

BLOCK = 256
"""Held rows that are stepped over at once. Of larger blocks more must be looked through for one hole."""
LEAF = 16
"""So few rows are read one by one."""

VALUES = "SELECT value FROM number WHERE counter_id = ? AND value > ? AND value <= ? ORDER BY value"
COUNTER, VALUE = ROW.index("counter_id"), ROW.index("value")
"""Where a kept row of the ledger has its counter and its value."""


class GapScan:
    """Reads of one book, within a transaction."""

    __slots__ = ("connection", "dialect", "together")

    def __init__(self, connection: "Connection", dialect: "Dialect") -> None:
        self.connection = connection
        self.together = FreedTogether(connection)
        self.dialect = dialect

    def runs(self, counter_id: int, within: Stretch = EVERYTHING) -> Iterator[Run]:
        """The stored runs of a counter, or those that begin in a stretch of it, lowest first."""
        query = (
            "SELECT first, last, state, event_id FROM gap_run WHERE counter_id = ? AND first BETWEEN ? AND ?"
            " ORDER BY first"
        )
        return map(Run._make, self.dialect.rows(self.connection, query, (counter_id, *within)))

    def holes(self, counter_id: int, first: int, last: int, step: int) -> Iterator[Stretch]:
        """The runs of integers from `first` to `last` that have no row in the ledger, in order.

        Rows above `last` are not looked at.
        Steps from row to row, however far apart their integers are: a block of rows whose last one is as
        many steps on as there are rows has no hole.
        """
        after = first - step
        while (reached := self._value_on(counter_id, after, last, BLOCK)) is not None:
            if reached != after + BLOCK * step:
                yield from self._holes_among(counter_id, after, BLOCK, reached, step)
            after = reached
        for value in self._values(counter_id, after, last, BLOCK):
            if value > after + step:
                yield Stretch(after + step, value - step)
            after = value
        if after < last:
            yield Stretch(after + step, last)

    def _holes_among(
        self, counter_id: int, after: int, rows: int, reached: int, step: int
    ) -> Iterator[Stretch]:
        """The holes among so many rows behind a value, found by halving; the last row is `reached`."""
        if rows <= LEAF:
            for value in self._values(counter_id, after, reached, rows):
                if value > after + step:
                    yield Stretch(after + step, value - step)
                after = value
            return
        half = rows // 2
        middle = self._value_on(counter_id, after, reached, half)
        assert middle is not None
        if middle != after + half * step:
            yield from self._holes_among(counter_id, after, half, middle, step)
        if reached != middle + (rows - half) * step:
            yield from self._holes_among(counter_id, middle, rows - half, reached, step)

    def _value_on(self, counter_id: int, after: int, most: int, rows: int) -> int | None:
        """The held value so many rows behind a value; None where there are not that many up to `most`.

        SQLite steps over rows of the index ten times as fast as it hands them out.
        """
        given = (counter_id, after, most, rows - 1)
        row = self.connection.execute(VALUES + " LIMIT 1 OFFSET ?", given).fetchone()
        return None if row is None else int(row[0])

    def _values(self, counter_id: int, after: int, last: int, most: int) -> list[int]:
        """The held values behind a value and up to another, ascending, at most `most` of them."""
        rows = self.connection.execute(VALUES + " LIMIT ?", (counter_id, after, last, most))
        return [value for (value,) in rows.fetchall()]

    def overdue(self, counter_id: int, now: str) -> list[EndedReservation]:
        """The values whose reservation ended, ascending, with their deadlines."""
        query = (
            "SELECT value, expires_at FROM number WHERE counter_id = ? AND state = 'reserved'"
            " AND expires_at <= ? ORDER BY value"
        )
        return [EndedReservation(*row) for row in self.connection.execute(query, (counter_id, now))]

    def freed(self, counter_id: int) -> Iterator[FreedValue]:
        """The values that events freed, in the order of these events: their lowest value, event, value."""
        query = (
            "SELECT first, id, detail FROM event WHERE counter_id = ? AND action NOT IN ('issue', 'reserve')"
            " AND action IN ('release', 'expire') ORDER BY first, id"
        )
        own = self.dialect.rows(self.connection, query, (counter_id,))
        parts = self.together.of(counter_id)
        shared = sorted((part.lowest, part.event_id) for part in parts if part.action != "reconcile")
        one = "SELECT detail FROM event WHERE id = ?"
        read = ((lowest, id, *self.connection.execute(one, (id,)).fetchone()) for lowest, id in shared)
        for lowest, id, detail in merge(own, read, key=lambda event: event[0]):
            for row in from_json(detail)["rows_before"]:
                if row[COUNTER] == counter_id:
                    yield FreedValue(lowest, id, row[VALUE])

    def moves(self, counter_id: int) -> list[Move]:
        """The events that set the next value of a counter: event, first and last value concerned."""
        query = (
            "SELECT id, first, last FROM event WHERE counter_id = ?"
            " AND action NOT IN ('issue', 'reserve') AND action = 'set-next'"
        )
        return [Move(*row) for row in self.connection.execute(query, (counter_id,))]
