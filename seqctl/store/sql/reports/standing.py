"""How counters stand: what they hold, counted row by row, and how fast numbers have been going out lately."""

from seqctl.model.reports.completeness import HeldCounts
from seqctl.model.reports.counter_status import Lately, NumberAt, Pace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from seqctl.store.sql.connection import Connection


RECENT = "serial >= :serial"
OWN = " AND event_id NOT IN (SELECT id FROM event WHERE id >= :event AND action = 'adopt')"
"""Rows that are not adopted, among those written lately."""

NUMBER_AT = (
    "SELECT n.text, n.date, e.at, e.action FROM number n LEFT JOIN event e ON e.id = n.event_id WHERE "
)
"""A number with the instant and the action of the event that gave it out."""


class Standing:
    """Counts over the ledger of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def held(self, counter_id: int, first: int, last: int, step: int, now: str) -> HeldCounts:
        """Count what a counter holds: a walk over its index, whatever the counter's own counts say."""
        of = "SELECT count(*) FROM number WHERE counter_id = ?"
        (every,) = self._one(of, counter_id)
        (below,) = self._one(of + " AND value < ?", counter_id, first)
        (above,) = self._one(of + " AND value > ?", counter_id, last)
        between = 0
        if step > 1:
            test = " AND value BETWEEN ? AND ? AND (value - ?) % ? <> 0"
            (between,) = self._one(of + test, counter_id, first, last, first, step)
        (reserved,) = self._one(of + " AND state = 'reserved'", counter_id)
        (overdue,) = self._one(of + " AND state = 'reserved' AND expires_at <= ?", counter_id, now)
        return HeldCounts(every, reserved, overdue, below + above + between)

    def void(self, counter_id: int) -> int:
        """How many numbers of a counter are void. Reads its rows."""
        query = "SELECT count(*) FROM number WHERE counter_id = ? AND state = 'void'"
        return int(self._one(query, counter_id)[0])

    def voids(self) -> dict[int, int]:
        """How many numbers of each counter are void. Reads the whole ledger once, in its own order."""
        query = "SELECT +counter_id, count(*) FROM number WHERE state = 'void' GROUP BY +counter_id"
        return dict(self.connection.execute(query).fetchall())

    def rows(self) -> int:
        """How many rows the ledger has at most: the last place in the order of issue."""
        return int(self._one("SELECT coalesce(max(serial), 0) FROM number")[0])

    def held_in_runs(self, counter_id: int) -> int:
        """How many numbers of a counter lie in a gap run and are held all the same; none, if all is well."""
        query = (
            "SELECT coalesce(sum((SELECT count(*) FROM number n WHERE n.counter_id = g.counter_id"
            " AND n.value BETWEEN g.first AND g.last)), 0) FROM gap_run g WHERE g.counter_id = ?"
        )
        return int(self._one(query, counter_id)[0])

    def under_review(self, counter_id: int, step: int) -> int:
        """How many integers of a counter are under review."""
        query = (
            "SELECT coalesce(sum((last - first) / CAST(? AS BIGINT) + 1), 0) FROM gap_run"
            " WHERE counter_id = ? AND state = 'review'"
        )
        return int(self._one(query, step, counter_id)[0])

    def event_since(self, instant: str) -> int:
        """The first event at or after an instant, found by bisection: events are in the order of time.

        One past the last event where there is none. A clock that went back makes this inexact, never slow.
        """
        (last,) = self._one("SELECT coalesce(max(id), 0) FROM event")
        low, high = 1, last + 1
        while low < high:
            middle = (low + high) // 2
            found = self.connection.execute("SELECT at FROM event WHERE id = ?", (middle,)).fetchone()
            if found is not None and found[0] < instant:
                low = middle + 1
            else:
                high = middle
        return low

    def written_since(self, event_id: int) -> Lately:
        """Which rows of the ledger were written by an event and those after it."""
        query = "SELECT serial FROM event WHERE id >= ? AND serial IS NOT NULL ORDER BY id LIMIT 1"
        found = self.connection.execute(query, (event_id,)).fetchone()
        last = self.rows()
        if found is None:
            return Lately(event_id, last + 1, 0, False)
        query = "SELECT EXISTS (SELECT 1 FROM event WHERE id >= ? AND action = 'adopt')"
        (adopted,) = self._one(query, event_id)
        return Lately(event_id, found[0], last - found[0] + 1, bool(adopted))

    def pace(self, counter_id: int, has_reserved: int, lately: Lately) -> Pace | None:
        """What one counter gave out lately; walks its index, and its rows only where that is needed.

        Adopted and reserved numbers do not count.
        """
        # The sign keeps SQLite from reading all rows written since instead of the counter's index.
        query = "SELECT count(*), min(serial), max(serial) FROM number WHERE counter_id = :counter AND +"
        query += RECENT
        if has_reserved:
            query += " AND state <> 'reserved'"
        if lately.adopted:
            query += OWN
        given = {"serial": lately.serial, "event": lately.event_id, "counter": counter_id}
        row = self.connection.execute(query, given).fetchone()
        return Pace(*row) if row[0] else None

    def paces(self, lately: Lately) -> dict[int, Pace]:
        """The same for every counter; reads the rows that were written lately, and no older ones."""
        query = (
            f"SELECT +counter_id, count(*), min(serial), max(serial) FROM number WHERE {RECENT}"
            f" AND state <> 'reserved'{OWN if lately.adopted else ''} GROUP BY +counter_id"
        )
        rows = self.connection.execute(query, {"serial": lately.serial, "event": lately.event_id})
        return {counter_id: Pace(*pace) for counter_id, *pace in rows}

    def by_day(self, lately: Lately) -> "Iterator[tuple[int, str, int]]":
        """What each counter gave out lately, day by day in UTC: its id, the day, how many numbers.

        Adopted and reserved numbers do not count. Reads the rows that were written lately.
        """
        query = (
            "SELECT n.counter_id, substr(e.at, 1, 10), count(*)"
            " FROM number n JOIN event e ON e.id = n.event_id"
            " WHERE n.serial >= ? AND n.state <> 'reserved' AND e.action <> 'adopt'"
            " GROUP BY n.counter_id, substr(e.at, 1, 10)"
        )
        yield from self.connection.execute(query, (lately.serial,))

    def issued_at(self, serial: int) -> NumberAt | None:
        """The number of a place in the order of issue."""
        row = self.connection.execute(NUMBER_AT + "n.serial = ?", (serial,)).fetchone()
        return NumberAt(*row) if row else None

    def highest(self, counter_id: int) -> NumberAt | None:
        """The highest number that a counter holds and that is no reservation."""
        query = NUMBER_AT + "n.counter_id = ? AND n.state <> 'reserved' ORDER BY n.value DESC LIMIT 1"
        row = self.connection.execute(query, (counter_id,)).fetchone()
        return NumberAt(*row) if row else None

    def highest_before(self, counter_id: int, serial: int) -> NumberAt | None:
        """The highest number of a counter that was given out before a place in the order of issue."""
        query = NUMBER_AT + "n.counter_id = ? AND +n.serial < ? ORDER BY n.value DESC LIMIT 1"
        row = self.connection.execute(query, (counter_id, serial)).fetchone()
        return NumberAt(*row) if row else None

    def _one(self, query: str, *values: object) -> tuple[int, ...]:
        row: tuple[int, ...] = self.connection.execute(query, values).fetchone()
        return row
