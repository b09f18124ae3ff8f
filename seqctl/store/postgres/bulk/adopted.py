"""Staged numbers compared with the book, and entered into it, within a transaction.

Every question is asked of all numbers at once, in temporary tables that end with the transaction.
`staging.py` beside this file puts them aside.
"""

from collections.abc import Callable, Iterable, Iterator

from seqctl.json_text import from_json
from seqctl.model.reports.adoption import Tally
from seqctl.model.reports.file_problems import FileProblem
from seqctl.model.reports.staged import (
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
from seqctl.store.aside.put_aside import PutAside
from seqctl.store.postgres.bulk.adopted_rows import NumberWriter
from seqctl.store.postgres.bulk.rows import line, pages
from seqctl.store.postgres.bulk.staging import (
    MISFIT,
    REFUSED,
    STAGED,
    TABLES,
    TO_ADOPT,
    UNCHANGED,
    Staging,
    lines,
    page_of,
    refused_line,
)
from seqctl.store.sql.bulk import ALIKE, HELD_TYPE, TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection

PLACED = " FROM staged a JOIN staged_place p ON p.place = a.place"
"""The staged numbers with their counters."""

AT_ITS_PLACE = (
    " JOIN number n ON n.counter_id = p.counter_id AND n.value = a.value"
    f" WHERE a.state = {TO_ADOPT} AND a.value BETWEEN p.first AND p.last"
)


PROBLEM = "line, code, message, hint, role"
SIFTED = f"SELECT {STAGED} FROM staged WHERE state = {TO_ADOPT} ORDER BY line"
"""The numbers that are to be entered, in the order of the input."""

SIFTED_PAGE = 5000


class AdoptedNumbers:
    """The staged numbers of one request and the book, within a transaction."""

    __slots__ = ("connection", "staging")

    def __init__(self, connection: "ServerConnection", staging: Staging) -> None:
        self.connection = connection
        self.staging = staging
        connection.run(TABLES)
        self._move_problems()
        if staging.unpacked:
            connection.copy_in(f"COPY staged ({STAGED}) FROM STDIN", map(lines, staging.packed()))
            connection.run("CREATE INDEX staged_value ON staged (place, value); ANALYZE staged")

    def _move_problems(self) -> None:
        self.connection.run(
            "CREATE TEMP TABLE staged_refused (LIKE staged INCLUDING DEFAULTS,"
            " number BIGINT GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP"
        )
        for some in self.staging.problems():
            rows = map(refused_line, some)
            self.connection.copy_in(f"COPY staged_refused ({STAGED}, state) FROM STDIN", rows)
            reasons = (line((each.line, each.code, each.message, each.hint, each.role)) for each in some)
            self.connection.copy_in(f"COPY staged_problem ({PROBLEM}) FROM STDIN", reasons)
        # Several things may be wrong with one number.
        self.connection.run(
            f"INSERT INTO staged ({STAGED}, state) SELECT {STAGED}, state FROM staged_refused ORDER BY number"
            " ON CONFLICT (line) DO NOTHING; DROP TABLE staged_refused"
        )

    def add_places(self, places: Iterable[StagedPlace]) -> None:
        """Note the counters that numbers are entered into."""
        self.connection.executemany("INSERT INTO staged_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)

    def held_misfits(self, sequence_ids: list[int], period: str | None) -> list[HeldPlace]:
        """The counters of these sequences that hold numbers which no pattern of theirs reads (any more)."""
        self.connection.execute("DELETE FROM staged_held")
        listed = ", ".join(map(str, sequence_ids)) or "NULL"
        self.connection.execute(
            "INSERT INTO staged_held SELECT a.line, min(n.counter_id), min(n.value) FROM staged a"
            " JOIN number n ON n.text = a.text JOIN counter c ON c.id = n.counter_id"
            f" WHERE a.state = {MISFIT} AND c.sequence_id IN ({listed})"
            " AND (CAST(:period AS TEXT) IS NULL OR c.period = :period) GROUP BY a.line HAVING count(*) = 1",
            {"period": period},
        )
        query = (
            "SELECT sequence_id, period, scope FROM counter WHERE id IN (SELECT counter_id FROM staged_held)"
        )
        return [HeldPlace(*row) for row in self.connection.execute(query)]

    def misfits(self) -> list[Misfit]:
        """The other misfits, in the order of the input."""
        query = (
            f"SELECT line, text, date FROM staged WHERE state = {MISFIT}"
            " AND line NOT IN (SELECT line FROM staged_held) ORDER BY line"
        )
        return [Misfit(*row) for row in self.connection.execute(query)]

    def reword(self, line: int, message: str, hint: str) -> None:
        """Say otherwise what is wrong with a staged number."""
        query = "UPDATE staged_problem SET message = ?, hint = ? WHERE line = ? AND role = 'number'"
        self.connection.execute(query, (message, hint, line))

    def place_misfits(self, placed: list[PlacedMisfit]) -> None:
        """Give misfits their place, value and text, by their lines."""
        query = f"UPDATE staged SET place = ?, value = ?, text = ?, state = {TO_ADOPT} WHERE line = ?"
        self.connection.executemany(query, placed)
        gone = ((line,) for *_, line in placed)
        self.connection.executemany("DELETE FROM staged_problem WHERE line = ?", gone)

    def place_held(self) -> None:
        """Give the numbers that `held_misfits` found the place and value at which they are held."""
        self.connection.execute(
            f"UPDATE staged AS a SET place = p.place, value = h.value, state = {TO_ADOPT}"
            " FROM staged_held h, staged_place p WHERE h.line = a.line AND p.counter_id = h.counter_id"
        )
        self.connection.execute("DELETE FROM staged_problem WHERE line IN (SELECT line FROM staged_held)")

    def twice(self) -> Iterator[Repeat]:
        """The numbers whose integer stands earlier in the input."""
        query = (
            "SELECT a.line, a.text, b.line, b.text FROM"
            " (SELECT place, value, min(line) AS first FROM staged WHERE place IS NOT NULL"
            " GROUP BY place, value HAVING count(*) > 1) d"
            " JOIN staged a ON a.place = d.place AND a.value = d.value AND a.line > d.first"
            " JOIN staged b ON b.line = d.first ORDER BY a.line"
        )
        return map(Repeat._make, self.connection.execute(query))

    def same_text(self) -> Iterator[Repeat]:
        """The same for numbers whose text stands earlier, and may not come again in another counter."""
        query = (
            "SELECT line, text, before, text FROM (SELECT a.line, a.text, lag(a.line) OVER (PARTITION BY"
            f" p.space, p.domain, a.text ORDER BY a.line) AS before{PLACED}"
            f" WHERE a.state = {TO_ADOPT}) AS found WHERE before IS NOT NULL"
        )
        return map(Repeat._make, self.connection.execute(query))

    def leave_unchanged(self) -> int:
        """Mark the numbers that the ledger holds alike already; returns how many."""
        done = self.connection.execute(
            f"UPDATE staged SET state = {UNCHANGED} WHERE line IN (SELECT a.line{PLACED}{AT_ITS_PLACE}{ALIKE}"
            " AND (a.date IS NULL OR a.date IS NOT DISTINCT FROM n.date)"
            " AND (a.record IS NULL OR a.record IS NOT DISTINCT FROM n.record))"
        )
        return done.rowcount

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
            f"SELECT a.line, a.text, a.place, g.state, e.detail{PLACED} JOIN gap_run g"
            " ON g.id = (SELECT id FROM gap_run WHERE counter_id = p.counter_id AND first <= a.value"
            " ORDER BY first DESC LIMIT 1) LEFT JOIN event e ON e.id = g.event_id"
            f" WHERE a.state = {TO_ADOPT} AND a.value BETWEEN p.first AND p.last"
            " AND g.last >= a.value AND g.state IN ('blocked', 'review')"
        )
        # The server's JSON knows no text with a NUL character, which a reason of a file may hold.
        for number, text, place, state, detail in self.connection.execute(query):
            yield Blocked(number, text, place, state, from_json(detail or "{}").get("reason"))

    def any_blocked(self) -> bool:
        """Whether a counter has anything blocked."""
        query = (
            "SELECT EXISTS (SELECT FROM staged_place JOIN gap_run USING (counter_id) WHERE state = 'blocked')"
        )
        return bool(self.connection.execute(query).fetchone()[0])

    def held_elsewhere(self) -> Iterator[HeldElsewhere]:
        """The numbers whose text another integer holds."""
        query = (
            f"SELECT DISTINCT ON (a.line) a.line, a.text, s.name, c.period{PLACED} JOIN number n"
            " ON n.text = a.text JOIN uniqueness u ON u.id = n.uniqueness_id JOIN counter c"
            f" ON c.id = n.counter_id JOIN sequence s ON s.id = c.sequence_id WHERE a.state = {TO_ADOPT}"
            " AND u.space = p.space AND (u.period = '' OR p.domain = '' OR u.period = p.domain)"
            " ORDER BY a.line, n.serial"
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
            f"SELECT line, place, value, text FROM staged WHERE state = {TO_ADOPT} AND line > ?"
            f" AND place IN ({', '.join(map(str, places))}) ORDER BY line LIMIT ?"
        )
        return [StagedText(*row) for row in self.connection.execute(query, (after, most))]

    def refuse(self, problems: list[StagedRefusal]) -> None:
        """Refuse staged numbers. The first reason stays."""
        insert = f"INSERT INTO staged_problem ({PROBLEM}) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        self.connection.executemany(insert, problems)
        refuse = f"UPDATE staged SET state = {REFUSED} WHERE line = ?"
        self.connection.executemany(refuse, ((problem.line,) for problem in problems))

    def problems(self) -> Iterator[FileProblem]:
        """What is wrong, in the order of the input."""
        query = (
            "SELECT a.line, a.text, q.code, q.message, q.hint, q.role FROM staged_problem q"
            " JOIN staged a ON a.line = q.line ORDER BY a.line, q.place"
        )
        return (FileProblem(*row) for row in self.connection.execute(query))

    def unchanged(self) -> dict[int, int]:
        """How many numbers of each place the ledger holds alike."""
        query = f"SELECT place, count(*) FROM staged WHERE state = {UNCHANGED} GROUP BY place"
        return dict(self.connection.execute(query).fetchall())

    def tallies(self) -> list[Tally]:
        """What is to be entered into each place."""
        query = (
            "WITH tally AS (SELECT place, count(*) AS numbers, min(value) AS lowest,"
            " max(value) AS highest, max(date) AS latest FROM staged"
            f" WHERE state = {TO_ADOPT} GROUP BY place),"
            " dated AS (SELECT place, max(value) AS value FROM staged JOIN tally"
            f" USING (place) WHERE state = {TO_ADOPT} AND date = latest GROUP BY place)"
            " SELECT tally.*, dated.value FROM tally LEFT JOIN dated USING (place) ORDER BY place"
        )
        return [Tally(*row) for row in self.connection.execute(query)]

    def jump(self, place: int, beyond: int, most: int) -> Jump | None:
        """The first number above `beyond` that lies more than `most` above the one before it.

        Below `beyond`, where `most` is negative.
        """
        side, order = (">", "ASC") if most > 0 else ("<", "DESC")
        query = (
            "SELECT abs(value - before), text FROM (SELECT value, text,"
            f" lag(value, 1, CAST(:beyond AS BIGINT)) OVER (ORDER BY value {order}) AS before FROM staged"
            f" WHERE place = :place AND state = {TO_ADOPT} AND value {side} :beyond) AS found"
            f" WHERE abs(value - before) > :most ORDER BY value {order} LIMIT 1"
        )
        rows = self.connection.execute(query, {"place": place, "beyond": beyond, "most": abs(most)})
        return next((Jump(*row) for row in rows), None)

    def enter_all(
        self, counters: dict[int, TypedCounter], event_id: int, serial: int, told: Callable[[int], None]
    ) -> Entered:
        """Enter all staged numbers; see `enter_sifted`. None of them needed a question."""
        return NumberWriter(self.connection, counters, event_id, serial).write(self.staging.packed(), told)

    def enter_sifted(
        self, counters: dict[int, TypedCounter], event_id: int, serial: int, told: Callable[[int], None]
    ) -> Entered:
        """Enter the numbers that nothing speaks against; the port says how."""
        # COPY has the session for itself: what it enters is fetched first.
        with PutAside() as sifted:
            for page in pages(self.connection, SIFTED, SIFTED_PAGE):
                sifted.add(page)
            entering = map(page_of, sifted.items())
            return NumberWriter(self.connection, counters, event_id, serial).write(entering, told)

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
            " WINDOW above AS (ORDER BY value)),"
            " back AS (SELECT * FROM pair WHERE ours AND date < date_before)"
            " SELECT (SELECT count(*) FROM back), value, text, date, text_before, date_before FROM back"
            " ORDER BY value LIMIT 1"
        )
        names = {"counter": counter_id, "event": event_id, "lowest": lowest, "highest": highest}
        return next((Backward(*row) for row in self.connection.execute(query, names)), None)

    def mark_adopted(self, sequence_id: int) -> None:
        """Note that numbers of the sequence were adopted: its fields are fixed."""
        self.connection.execute("UPDATE sequence SET used = 2 WHERE id = ? AND used = 0", (sequence_id,))
