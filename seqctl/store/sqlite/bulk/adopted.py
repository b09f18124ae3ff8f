"""Staged numbers compared with the book, and entered into it, within a transaction.

Every question is asked of all numbers at once: SQLite answers it by walking the staged numbers, and what a
person is told of is all that leaves it. `staging.py` beside this file puts them aside.
"""

from collections.abc import Callable, Iterable, Iterator

from seqctl.model.reports.adoption import Tally
from seqctl.model.reports.file_problems import FileProblem
from seqctl.model.reports.staged import (
    UNTOLD,
    Backward,
    Blocked,
    Entered,
    HeldElsewhere,
    HeldPlace,
    InClosedPeriod,
    Jump,
    Misfit,
    Otherwise,
    PlacedMisfit,
    Repeat,
    StagedPlace,
    StagedRefusal,
    StagedText,
    TypedCounter,
)
from seqctl.store.sql.bulk import ALIKE, HELD_TYPE, TYPE
from seqctl.store.sqlite.bulk.adopted_rows import NumberWriter
from seqctl.store.sqlite.bulk.staging import MISFIT, REFUSED, TO_ADOPT, UNCHANGED, StagedPage, packed
from seqctl.store.sqlite.driver import Connection

PLACED = " FROM temp.staged a CROSS JOIN temp.staged_place p ON p.place = a.place"
"""The staged numbers with their counters; CROSS JOIN keeps SQLite from walking the ledger instead."""

AT_ITS_PLACE = (
    " CROSS JOIN number n ON n.counter_id = p.counter_id AND n.value = a.value"
    f" WHERE a.state = {TO_ADOPT} AND a.value BETWEEN p.first AND p.last"
)
BY_PLACE = "+place"
"""Grouped by sorting: in the order of the index every number would have to be looked up by itself."""


class AdoptedNumbers:
    """The staged numbers of one request and the book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add_places(self, places: Iterable[StagedPlace]) -> None:
        """Note the counters that numbers are entered into."""
        self.connection.executemany(
            "INSERT INTO temp.staged_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places
        )

    def held_misfits(self, sequence_ids: list[int], period: str | None) -> list[HeldPlace]:
        """The counters of these sequences that hold numbers which no pattern of theirs reads (any more)."""
        self.connection.execute("DELETE FROM temp.staged_held")
        listed = ", ".join(map(str, sequence_ids))
        self.connection.execute(
            "INSERT INTO temp.staged_held SELECT a.line, n.counter_id, n.value FROM temp.staged a"
            " CROSS JOIN number n ON n.text = a.text CROSS JOIN counter c ON c.id = n.counter_id"
            f" WHERE a.state = {MISFIT} AND c.sequence_id IN ({listed})"
            " AND (:period IS NULL OR c.period = :period) GROUP BY a.line HAVING count(*) = 1",
            {"period": period},
        )
        query = (
            "SELECT sequence_id, period, scope FROM counter"
            " WHERE id IN (SELECT counter_id FROM temp.staged_held)"
        )
        return [HeldPlace(*row) for row in self.connection.execute(query)]

    def misfits(self) -> list[Misfit]:
        """The other misfits, in the order of the input."""
        query = (
            f"SELECT line, text, date FROM temp.staged WHERE state = {MISFIT}"
            " AND line NOT IN (SELECT line FROM temp.staged_held) ORDER BY line"
        )
        return [Misfit(*row) for row in self.connection.execute(query)]

    def reword(self, line: int, message: str, hint: str) -> None:
        """Say otherwise what is wrong with a staged number."""
        query = "UPDATE temp.staged_problem SET message = ?, hint = ? WHERE line = ? AND role = 'number'"
        self.connection.execute(query, (message, hint, line))

    def place_misfits(self, placed: list[PlacedMisfit]) -> None:
        """Give misfits their place, value and text, by their lines."""
        query = f"UPDATE temp.staged SET place = ?, value = ?, text = ?, state = {TO_ADOPT} WHERE line = ?"
        self.connection.executemany(query, placed)
        query = "DELETE FROM temp.staged_problem WHERE line = ?"
        self.connection.executemany(query, ((line,) for *_, line in placed))

    def place_held(self) -> None:
        """Give the numbers that `held_misfits` found the place and value at which they are held."""
        self.connection.execute(
            f"UPDATE temp.staged AS a SET place = p.place, value = h.value, state = {TO_ADOPT}"
            " FROM temp.staged_held h, temp.staged_place p"
            " WHERE h.line = a.line AND p.counter_id = h.counter_id"
        )
        self.connection.execute(
            "DELETE FROM temp.staged_problem WHERE line IN (SELECT line FROM temp.staged_held)"
        )

    def twice(self) -> Iterator[Repeat]:
        """The numbers whose integer stands earlier in the input."""
        query = (
            "SELECT a.line, a.text, b.line, b.text FROM"
            " (SELECT place, value, min(line) AS first FROM temp.staged WHERE place IS NOT NULL"
            " GROUP BY place, value HAVING count(*) > 1) d"
            " CROSS JOIN temp.staged a ON a.place = d.place AND a.value = d.value AND a.line > d.first"
            " CROSS JOIN temp.staged b ON b.line = d.first"
        )
        return map(Repeat._make, self.connection.execute(query))

    def same_text(self) -> Iterator[Repeat]:
        """The same for numbers whose text stands earlier, and may not come again in another counter."""
        query = (
            "SELECT line, text, before, text FROM (SELECT a.line, a.text, lag(a.line) OVER (PARTITION BY"
            f" p.space, p.domain, a.text ORDER BY a.line) AS before{PLACED}"
            f" WHERE a.state = {TO_ADOPT}) WHERE before IS NOT NULL"
        )
        return map(Repeat._make, self.connection.execute(query))

    def leave_unchanged(self) -> int:
        """Mark the numbers that the ledger holds alike already; returns how many."""
        cursor = self.connection.execute(
            f"UPDATE temp.staged SET state = {UNCHANGED} WHERE line IN (SELECT a.line{PLACED}"
            f"{AT_ITS_PLACE}{ALIKE}"
            " AND (a.date IS NULL OR a.date IS n.date)"
            " AND (a.record IS NULL OR a.record IS n.record))"
        )
        return cursor.rowcount

    def held_otherwise(self) -> Iterator[Otherwise]:
        """The numbers at whose integer the ledger holds something else."""
        query = (
            "SELECT a.line, a.text, a.date, a.record, a.entered, n.text, n.state, n.date, n.record,"
            f" n.expires_at, {TYPE}, {HELD_TYPE}{PLACED}{AT_ITS_PLACE}"
        )
        return (Otherwise(*row) for row in self.connection.execute(query))

    def blocked(self) -> Iterator[Blocked]:
        """The numbers whose integer is blocked or under review."""
        query = (
            "SELECT a.line, a.text, a.place, g.state,"
            f" json_extract(e.detail, '$.reason'){PLACED} CROSS JOIN gap_run g"
            " ON g.id = (SELECT id FROM gap_run WHERE counter_id = p.counter_id AND first <= a.value"
            " ORDER BY first DESC LIMIT 1) LEFT JOIN event e ON e.id = g.event_id"
            f" WHERE a.state = {TO_ADOPT} AND a.value BETWEEN p.first AND p.last"
            " AND g.last >= a.value AND g.state IN ('blocked', 'review')"
        )
        return map(Blocked._make, self.connection.execute(query))

    def any_blocked(self) -> bool:
        """Whether a counter has anything blocked."""
        query = (
            "SELECT EXISTS (SELECT 1 FROM temp.staged_place p JOIN gap_run g ON g.counter_id = p.counter_id"
            " WHERE g.state = 'blocked')"
        )
        return bool(self.connection.execute(query).fetchone()[0])

    def held_elsewhere(self) -> Iterator[HeldElsewhere]:
        """The numbers whose text another integer holds."""
        query = (
            f"SELECT a.line, a.text, s.name, c.period{PLACED} CROSS JOIN number n ON n.text = a.text"
            " CROSS JOIN uniqueness u ON u.id = n.uniqueness_id CROSS JOIN counter c ON c.id = n.counter_id"
            f" CROSS JOIN sequence s ON s.id = c.sequence_id WHERE a.state = {TO_ADOPT}"
            " AND u.space = p.space"
            " AND (u.period = '' OR p.domain = '' OR u.period = p.domain) GROUP BY a.line"
        )
        return map(HeldElsewhere._make, self.connection.execute(query))

    def closed(self) -> Iterator[InClosedPeriod]:
        """The numbers that lie in closed periods."""
        query = (
            f"SELECT a.line, coalesce(a.date, p.ends), a.place{PLACED} WHERE a.state = {TO_ADOPT}"
            " AND coalesce(a.date, p.ends) <= p.closed_until"
        )
        return map(InClosedPeriod._make, self.connection.execute(query))

    def remaining(self, places: list[int], after: int, most: int) -> list[StagedText]:
        """The numbers of some places that nothing speaks against, from behind a line on, at most `most`."""
        query = (
            f"SELECT line, place, value, text FROM temp.staged WHERE state = {TO_ADOPT} AND line > ?"
            f" AND place IN ({', '.join(map(str, places))}) ORDER BY line LIMIT ?"
        )
        return [StagedText(*row) for row in self.connection.execute(query, (after, most))]

    def refuse(self, problems: list[StagedRefusal]) -> None:
        """Refuse staged numbers. The first reason stays."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO temp.staged_problem VALUES (?, ?, ?, ?, ?)", problems
        )
        self.connection.executemany(
            f"UPDATE temp.staged SET state = {REFUSED} WHERE line = ?",
            ((problem[0],) for problem in problems),
        )

    def problems(self) -> Iterator[FileProblem]:
        """What is wrong, in the order of the input."""
        query = (
            "SELECT a.line, a.text, q.code, q.message, q.hint, q.role FROM temp.staged_problem q"
            " JOIN temp.staged a ON a.line = q.line ORDER BY a.line, q.rowid"
        )
        return (FileProblem(*row) for row in self.connection.execute(query))

    def unchanged(self) -> dict[int, int]:
        """How many numbers of each place the ledger holds alike."""
        query = f"SELECT place, count(*) FROM temp.staged WHERE state = {UNCHANGED} GROUP BY {BY_PLACE}"
        return dict(self.connection.execute(query).fetchall())

    def tallies(self) -> list[Tally]:
        """What is to be entered into each place."""
        query = (
            "WITH tally AS MATERIALIZED (SELECT place, count(*) AS numbers, min(value) AS lowest,"
            " max(value) AS highest, max(date) AS latest FROM temp.staged"
            f" WHERE state = {TO_ADOPT} GROUP BY {BY_PLACE}),"
            " dated AS MATERIALIZED (SELECT place, max(value) AS value FROM temp.staged CROSS JOIN tally"
            f" USING (place) WHERE state = {TO_ADOPT} AND date = latest GROUP BY {BY_PLACE})"
            " SELECT tally.*, dated.value FROM tally LEFT JOIN dated USING (place)"
        )
        return [Tally(*row) for row in self.connection.execute(query)]

    def jump(self, place: int, beyond: int, most: int) -> Jump | None:
        """The first number above `beyond` that lies more than `most` above the one before it.

        Below `beyond`, where `most` is negative.
        """
        side, order = (">", "ASC") if most > 0 else ("<", "DESC")
        query = (
            "SELECT abs(value - before), text FROM (SELECT value, text, lag(value, 1, :beyond) OVER"
            f" (ORDER BY value {order}) AS before FROM temp.staged WHERE place = :place"
            f" AND state = {TO_ADOPT} AND value {side} :beyond)"
            f" WHERE abs(value - before) > abs(:most) ORDER BY value {order} LIMIT 1"
        )
        row = self.connection.execute(query, {"place": place, "beyond": beyond, "most": most}).fetchone()
        return None if row is None else Jump(*row)

    def enter_all(
        self, counters: dict[int, TypedCounter], event_id: int, serial: int, told: Callable[[int], None]
    ) -> Entered:
        """Enter all staged numbers; see `enter_sifted`. None of them needed a question."""
        return self._enter(packed(self.connection), counters, event_id, serial, told)

    def enter_sifted(
        self, counters: dict[int, TypedCounter], event_id: int, serial: int, told: Callable[[int], None]
    ) -> Entered:
        """Enter the numbers that nothing speaks against; the port says how."""
        return self._enter(self._sifted(), counters, event_id, serial, told)

    def _enter(
        self,
        pages: Iterator[StagedPage],
        counters: dict[int, TypedCounter],
        event_id: int,
        serial: int,
        told: Callable[[int], None],
    ) -> Entered:
        writer = NumberWriter(self.connection, counters, event_id, serial)
        for page in pages:
            writer.write(page)
            told(writer.serial - serial)
        return writer.entered()

    def _sifted(self) -> Iterator[StagedPage]:
        """The numbers that are to be entered, in the order of the input, thousands at a time."""
        cursor = self.connection.execute(
            "SELECT line, place, value, text, date, record, entered, reason, actor, source_at, note,"
            f" document_type FROM temp.staged WHERE state = {TO_ADOPT} ORDER BY line"
        )
        while some := cursor.fetchmany(5000):
            told = {row[0]: row[6:] for row in some if row[6:] != UNTOLD}
            yield StagedPage([row[:6] for row in some], told)

    def entered(self, counter_id: int, first: int, last: int) -> Iterator[int]:
        """The values that a counter holds from one to another, ascending."""
        query = "SELECT value FROM number WHERE counter_id = ? AND value BETWEEN ? AND ? ORDER BY value"
        return (value for (value,) in self.connection.execute(query, (counter_id, first, last)))

    def backward(self, counter_id: int, event_id: int, lowest: int, highest: int) -> Backward | None:
        """Where dates go back from one dated number to the next, as far as an event entered one of the two.

        Looks from the dated number below the lowest that was entered to the one above the highest.
        """
        query = (
            "WITH own AS NOT MATERIALIZED (SELECT value, text, date, event_id FROM number"
            " WHERE counter_id = :counter AND date IS NOT NULL),"
            " dated AS (SELECT * FROM own WHERE value BETWEEN"
            " coalesce((SELECT value FROM own WHERE value < :lowest ORDER BY value DESC LIMIT 1), :lowest)"
            " AND coalesce((SELECT value FROM own WHERE value > :highest ORDER BY value LIMIT 1), :highest)),"
            " pair AS (SELECT text, date, event_id = :event OR lag(event_id) OVER above = :event AS ours,"
            " lag(text) OVER above AS text_before, lag(date) OVER above AS date_before, value FROM dated"
            " WINDOW above AS (ORDER BY value))"
            " SELECT count(*), min(value), text, date, text_before, date_before FROM pair"
            " WHERE ours AND date < date_before"
        )
        names = {"counter": counter_id, "event": event_id, "lowest": lowest, "highest": highest}
        row = self.connection.execute(query, names).fetchone()
        return Backward(*row) if row[0] else None

    def mark_adopted(self, sequence_id: int) -> None:
        """Note that numbers of the sequence were adopted: its fields are fixed."""
        self.connection.execute("UPDATE sequence SET used = 2 WHERE id = ? AND used = 0", (sequence_id,))
