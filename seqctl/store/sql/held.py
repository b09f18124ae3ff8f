"""Held numbers one by one: finding them, changing their state, freeing them.

What `next` itself reads and writes is in `ledger.py`; this is loaded by what happens to a number later.
"""

from collections.abc import Iterator

from seqctl.json_text import from_json, to_json
from seqctl.model.log.told import FREEING, Freeing
from seqctl.model.number.counter import Counter
from seqctl.model.number.held_number import ROW, TYPE, HeldNumber, whole_row
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reports.stretch import DatedValue
from seqctl.model.sequence.scope import scope_values
from seqctl.store.sql.needed import COUNTER
from seqctl.store.sql.reports.freed_together import TOGETHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from seqctl.store.sql.connection import Connection

HELD = (
    "SELECT n.counter_id, n.uniqueness_id, n.date, n.state, n.record, n.key, n.key_space, n.policy,"
    " n.set_name, n.expires_at, n.event_id, n.serial, n.value, n.text, n.reused, n.document_type,"
    " n.change_id,"
    " c.sequence_id, s.name, s.document_type, c.period, c.scope"
    " FROM number n JOIN counter c ON c.id = n.counter_id JOIN sequence s ON s.id = c.sequence_id "
)
COUNTER_ID, VALUE, TEXT = map(ROW.index, ("counter_id", "value", "text"))
FREED = "SELECT id, at, action, detail"
OVERDUE = "n.state = 'reserved' AND n.expires_at <= ?"
DATED = "n.date IS NOT NULL AND n.state <> 'reserved'"
"""What counts for the order of dates."""


class HeldNumbers:
    """The rows of the ledger of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def named(self, text: str, wanted: NumberFilter) -> list[HeldNumber]:
        """The held numbers with that text, among those of a sequence, document type or period."""
        tests: list[tuple[str, object]] = [
            (" AND s.name = ?", wanted.sequence),
            (" AND coalesce(n.document_type, s.document_type) = ?", wanted.document_type),
            (" AND c.period = ?", wanted.period),
        ]
        given = [(test, value) for test, value in tests if value is not None]
        query = HELD + "WHERE n.text = ?" + "".join(test for test, _ in given)
        rows = self.connection.execute(query, [text, *(value for _, value in given)])
        found = [HeldNumber(*row) for row in rows]
        if not wanted.scope:
            return found
        return [item for item in found if set(wanted.scope) <= set(scope_values(item.scope).items())]

    def at(self, counter_id: int, value: int) -> HeldNumber | None:
        """The held number of an integer of a counter."""
        query = HELD + "WHERE n.counter_id = ? AND n.value = ?"
        row = self.connection.execute(query, (counter_id, value)).fetchone()
        return HeldNumber(*row) if row else None

    def between(self, counter_id: int, first: int, last: int, most: int) -> list[HeldNumber]:
        """The held numbers from one integer of a counter to another, lowest first, at most `most`."""
        query = HELD + "WHERE n.counter_id = ? AND n.value BETWEEN ? AND ? ORDER BY n.value LIMIT ?"
        rows = self.connection.execute(query, (counter_id, first, last, most))
        return [HeldNumber(*row) for row in rows]

    def overdue(self, counter_id: int, now: str) -> list[HeldNumber]:
        """The reservations of a counter whose deadline has passed, by value."""
        query = HELD + f"WHERE n.counter_id = ? AND {OVERDUE} ORDER BY n.value"
        return [HeldNumber(*row) for row in self.connection.execute(query, (counter_id, now))]

    def open_reservations(self, counter_id: int, until: str, undated: int, now: str) -> list[str]:
        """The numbers of a counter that live reservations dated up to a day hold, lowest first.

        `undated` is 1 where those without a date lie up to that day as well.
        """
        query = (
            "SELECT text FROM number WHERE counter_id = ? AND state = 'reserved' AND expires_at > ?"
            " AND (date <= ? OR (date IS NULL AND ? = 1)) ORDER BY value"
        )
        return [text for (text,) in self.connection.execute(query, (counter_id, now, until, undated))]

    def overdue_counters(self, now: str) -> Iterator[int]:
        """The counters that have reservations whose deadline has passed."""
        query = "SELECT id FROM counter c WHERE reserved > 0 AND EXISTS (SELECT 1 FROM number n WHERE"
        rows = self.connection.execute(f"{query} n.counter_id = c.id AND {OVERDUE}) ORDER BY id", (now,))
        return (id for (id,) in rows.fetchall())

    def of_reference(self, kept: str) -> HeldNumber | None:
        """The number with a reference, of those that are kept; it is written `SCHEME REFERENCE`."""
        row = self.connection.execute(HELD + "WHERE n.reference = ?", (kept,)).fetchone()
        return HeldNumber(*row) if row else None

    def without_reference(self, sequence_id: int, after: int, most: int) -> list[HeldNumber]:
        """The numbers of a sequence that have no kept reference, behind a serial, at most `most`."""
        query = (
            HELD
            + "WHERE c.sequence_id = ? AND n.reference IS NULL AND n.serial > ? ORDER BY n.serial LIMIT ?"
        )
        return [HeldNumber(*row) for row in self.connection.execute(query, (sequence_id, after, most))]

    def keep_reference(self, serial: int, kept: str) -> None:
        """Keep the reference of a number, which no other has."""
        self.connection.execute("UPDATE number SET reference = ? WHERE serial = ?", (kept, serial))

    def forget_references(self, sequence_id: int) -> None:
        """Keep no reference of a sequence's numbers any more."""
        query = (
            "UPDATE number SET reference = NULL WHERE reference IS NOT NULL"
            " AND counter_id IN (SELECT id FROM counter WHERE sequence_id = ?)"
        )
        self.connection.execute(query, (sequence_id,))

    def counter(self, counter_id: int) -> Counter:
        """The counter with that id, which a held number names."""
        query = f"{COUNTER} FROM counter WHERE id = ?"
        return Counter(*self.connection.execute(query, (counter_id,)).fetchone())

    def latest_dated(self, counter_id: int) -> DatedValue | None:
        """The latest document date of a counter's numbers and the highest of them that carries it.

        The date of a reservation is provisional and does not count. Reads all rows of the counter: asked for
        only where dates went back after the latest was freed.
        """
        row = self.connection.execute(
            f"SELECT n.date, n.value FROM number n WHERE n.counter_id = ? AND {DATED}"
            " ORDER BY n.date DESC, n.value DESC LIMIT 1",
            (counter_id,),
        ).fetchone()
        return DatedValue(*row) if row else None

    def dated_below(self, counter_id: int, value: int) -> HeldNumber | None:
        """The nearest number below a value that has a document date and is not only reserved."""
        return self._neighbour("n.value < ?", "DESC", counter_id, value)

    def dated_above(self, counter_id: int, value: int) -> HeldNumber | None:
        """The nearest number above a value that has a document date and is not only reserved."""
        return self._neighbour("n.value > ?", "ASC", counter_id, value)

    def _neighbour(self, side: str, order: str, counter_id: int, value: int) -> HeldNumber | None:
        row = self.connection.execute(
            HELD + f"WHERE n.counter_id = ? AND {side} AND {DATED} ORDER BY n.value {order} LIMIT 1",
            (counter_id, value),
        ).fetchone()
        return HeldNumber(*row) if row else None

    def was_reserved(self, number: HeldNumber) -> bool:
        """Whether a number began its present life as a reservation."""
        query = "SELECT action FROM event WHERE id = ?"
        row = self.connection.execute(query, (number.event_id,)).fetchone()
        return row is not None and row[0] == "reserve"

    def last_freed(self, counter_id: int, value: int) -> Freeing | None:
        """When and how an integer of a counter was last freed: the instant and the action."""
        reaching = f"AND action IN {FREEING} AND first <= ? AND last >= ?"
        changes = f"{FREED} FROM event WHERE counter_id = ? AND action NOT IN ('issue', 'reserve') {reaching}"
        found = self.connection.execute(changes, (counter_id, value, value)).fetchall()
        found += self.connection.execute(f"{FREED}{TOGETHER} {reaching}", (value, value))
        for _, at, action, detail in sorted(found, reverse=True):
            for row in from_json(detail)["rows_before"]:
                if row[COUNTER_ID] == counter_id and row[VALUE] == value:
                    return Freeing(at, action)
        return None

    def last_freed_text(self, text: str, wanted: NumberFilter) -> Freeing | None:
        """When and how a number with that text was last freed: the instant and the action.

        Looks through the events that freed numbers, latest first; asked for only before a refusal.
        """
        query = (
            f"SELECT at, action, detail FROM event WHERE action IN {FREEING}"
            " AND action NOT IN ('issue', 'reserve') AND instr(detail, ?) > 0 ORDER BY id DESC"
        )
        # As the detail writes it: JSON, other characters as they are.
        for at, action, detail in self.connection.execute(query, (to_json(text),)).fetchall():
            for row in from_json(detail)["rows_before"]:
                if row[TEXT] == text and self._passes(row, wanted):
                    return Freeing(at, action)
        return None

    def _passes(self, row: "Sequence[Any]", wanted: NumberFilter) -> bool:
        """Whether a number that an event kept passes a filter."""
        query = (
            "SELECT 1 FROM counter c JOIN sequence s ON s.id = c.sequence_id WHERE c.id = :counter"
            " AND (CAST(:sequence AS TEXT) IS NULL OR s.name = :sequence)"
            " AND (CAST(:type AS TEXT) IS NULL OR coalesce(CAST(:noted AS TEXT), s.document_type) = :type)"
            " AND (CAST(:period AS TEXT) IS NULL OR c.period = :period)"
        )
        given = {
            "counter": row[COUNTER_ID],
            "sequence": wanted.sequence,
            "noted": whole_row(row)[TYPE] or None,
            "type": wanted.document_type,
            "period": wanted.period,
        }
        return self.connection.execute(query, given).fetchone() is not None

    def change(self, number: HeldNumber, change_id: int) -> None:
        """Write back state, date, record and deadline of a number, and the event that changed them."""
        self.connection.execute(
            "UPDATE number SET state = ?, date = ?, record = ?, expires_at = ?, change_id = ?"
            " WHERE serial = ?",
            (number.state, number.date, number.record, number.expires_at, change_id, number.serial),
        )

    def put_back(self, number: HeldNumber) -> None:
        """Put a row that was taken out of the ledger back, at its place in the order of issue."""
        marks = ", ".join("?" * len(ROW))
        self.connection.execute(f"INSERT INTO number ({', '.join(ROW)}) VALUES ({marks})", number.columns)

    def of_serial(self, serial: int) -> str | None:
        """The text of the number at a place in the order of issue."""
        row = self.connection.execute("SELECT text FROM number WHERE serial = ?", (serial,)).fetchone()
        return str(row[0]) if row else None

    def of_key(self, key: str, key_space: int, besides_event: int) -> list[HeldNumber]:
        """The numbers of a key that other events than one issued, in the order of issue."""
        query = HELD + "WHERE n.key = ? AND n.key_space = ? AND n.event_id <> ? ORDER BY n.serial"
        return [HeldNumber(*row) for row in self.connection.execute(query, (key, key_space, besides_event))]

    def remove(self, serials: list[int]) -> None:
        """Take rows out of the ledger: no document holds these numbers any more."""
        self.connection.executemany("DELETE FROM number WHERE serial = ?", [(item,) for item in serials])
