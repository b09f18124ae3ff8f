"""The documents of a file beside the ledger: in temporary tables of the connection, which SQL can join.

The documents outlive transactions of the book; what is found for them in the ledger belongs to the
transaction in which it was looked up. Nothing of it locks the book.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from seqctl.model.number.held_number import HeldNumber
from seqctl.model.reports.reconciliation import (
    ComparedCounter,
    DatedBackward,
    Namesake,
    PlacedDocument,
    Posted,
)
from seqctl.store.sql.held import HELD
from seqctl.store.sqlite.driver import Error
from seqctl.store.sqlite.file.translating import translating

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore

CACHE = 64 * 1024
"""Kibibytes of the temporary tables in memory; the rest goes to a file that no one else can open."""

ROWS_AT_ONCE = 150
"""Rows of one statement: SQLite before 3.32 binds at most 999 values."""
INSERT = "INSERT INTO temp.document (line, text, date, void, domain) VALUES "
ROW = "(?, ?, ?, ?, ?)"

DOCUMENT = (
    "CREATE TEMP TABLE document (place INTEGER PRIMARY KEY, line INTEGER NOT NULL, text TEXT NOT NULL,"
    " date TEXT, void INTEGER NOT NULL, domain TEXT)"
)
AIMED = (
    "CREATE TEMP TABLE aimed (counter_id INTEGER PRIMARY KEY, by_period INTEGER NOT NULL, low TEXT,"
    " high TEXT, undated INTEGER NOT NULL)"
)
NAMED = "CREATE TEMP TABLE named (text TEXT, uniqueness_id INTEGER, PRIMARY KEY (text, uniqueness_id))"
UNSURE = "CREATE TEMP TABLE unsure (text TEXT PRIMARY KEY)"
MATCHED = "CREATE TEMP TABLE matched (serial INTEGER PRIMARY KEY, place INTEGER NOT NULL UNIQUE)"
CANDIDATES = (
    " FROM temp.document d CROSS JOIN number n ON n.text = d.text"
    " CROSS JOIN temp.aimed a ON a.counter_id = n.counter_id WHERE "
)
"""Documents with the numbers of the ledger that have their text, within the counters that are compared."""

UNDATED = "a.by_period AND a.undated AND d.date IS NULL AND d.text NOT IN (SELECT text FROM temp.unsure)"
"""Documents without a date whose text names a number of one period alone."""

FREED = (
    "INSERT OR IGNORE INTO temp.named SELECT json_extract(kept.value, '$[13]') AS text,"
    " coalesce(c.domain_id, c.uniqueness_id)"
    " FROM temp.aimed a CROSS JOIN counter c ON c.id = a.counter_id CROSS JOIN event e"
    " ON e.counter_id = c.id AND e.action NOT IN ('issue', 'reserve'),"
    " json_each(e.detail, '$.rows_before') kept WHERE a.by_period AND a.undated"
    " AND e.action IN ('release', 'expire', 'reconcile')"
    " AND text IN (SELECT d.text FROM temp.document d WHERE d.date IS NULL)"
)
FREED_TOGETHER = (
    "INSERT OR IGNORE INTO temp.named SELECT json_extract(kept.value, '$[13]') AS text,"
    " coalesce(c.domain_id, c.uniqueness_id) FROM event e"
    " CROSS JOIN json_each(e.detail, '$.rows_before') kept"
    " CROSS JOIN temp.aimed a ON a.counter_id = json_extract(kept.value, '$[0]')"
    " CROSS JOIN counter c ON c.id = a.counter_id WHERE a.by_period AND a.undated"
    " AND e.counter_id IS NULL AND e.first >= 0 AND e.action NOT IN ('issue', 'reserve')"
    " AND e.action IN ('release', 'expire', 'reconcile')"
    " AND text IN (SELECT d.text FROM temp.document d WHERE d.date IS NULL)"
)
"""The texts of documents without a date that numbers had which were freed, of one counter or of several."""

POSTED = (
    "SELECT d.place, d.line, d.text, d.date, d.void, d.domain, n.serial, n.state, n.date, n.expires_at,"
    " s.name, CASE s.\"unique\" WHEN 'period' THEN c.period END"
)
HOLDING = (
    " LEFT JOIN temp.matched m ON m.place = d.place LEFT JOIN number n ON n.serial = m.serial"
    " LEFT JOIN counter c ON c.id = n.counter_id LEFT JOIN sequence s ON s.id = c.sequence_id"
)

NO_DOCUMENT = (
    "NOT EXISTS (SELECT 1 FROM temp.matched m WHERE m.serial = n.serial)"
    " AND n.text NOT IN (SELECT text FROM temp.unsure)"
)


class Documents:
    """The documents of one file; a context that ends with them."""

    __slots__ = ("connection", "store")

    def __init__(self, store: "SqliteStore") -> None:
        self.store = store
        self.connection = store.connection

    def __enter__(self) -> "Documents":
        with translating(self.store):
            self.connection.execute(f"PRAGMA temp.cache_size = -{CACHE}")
            self.connection.execute("DROP TABLE IF EXISTS temp.document")
            self.connection.execute(DOCUMENT)
        return self

    def __exit__(self, *_: object) -> None:
        # What cannot be thrown away goes with the connection.
        with suppress(Error):
            self.connection.execute("DROP TABLE temp.document")

    def load(self, documents: Iterable[PlacedDocument]) -> None:
        """Keep documents in their order."""
        waiting = iter(documents)
        with translating(self.store):
            self.connection.execute("BEGIN")
            while some := list(islice(waiting, ROWS_AT_ONCE)):
                values = [value for row in some for value in row]
                self.connection.execute(f"{INSERT}{', '.join([ROW] * len(some))}", values)
            self.connection.execute("COMMIT")

    def match(self, counters: Iterable[ComparedCounter]) -> None:
        """Find the number of each document in the counters aimed at, within a transaction of the book.

        A number belongs to the first document that has it. Where texts are unique within a period only, the
        document date decides. One without a date has the number of its text where that names a number of one
        period alone, those that were freed included; else nobody knows which is meant, and none is.
        """
        execute = self.connection.execute
        execute(AIMED)
        self.connection.executemany("INSERT INTO temp.aimed VALUES (?, ?, ?, ?, ?)", counters)
        execute(MATCHED)
        execute(NAMED)
        execute(UNSURE)
        execute(
            f"INSERT OR IGNORE INTO temp.matched SELECT n.serial, d.place{CANDIDATES}"
            " NOT a.by_period OR d.date BETWEEN a.low AND a.high ORDER BY d.place"
        )
        if execute("SELECT 1 FROM temp.aimed WHERE by_period LIMIT 1").fetchone():
            self._match_undated()
        if execute(
            "SELECT (SELECT count(*) FROM temp.document) > (SELECT count(*) FROM temp.matched)"
        ).fetchone()[0]:
            execute("CREATE INDEX temp.document_text ON document (text)")

    def _match_undated(self) -> None:
        execute = self.connection.execute
        execute(f"INSERT OR IGNORE INTO temp.named SELECT d.text, n.uniqueness_id{CANDIDATES}{UNDATED}")
        execute(FREED)
        execute(FREED_TOGETHER)
        execute("INSERT INTO temp.unsure SELECT text FROM temp.named GROUP BY text HAVING count(*) > 1")
        execute(
            f"INSERT OR IGNORE INTO temp.matched SELECT n.serial, d.place{CANDIDATES}{UNDATED}"
            " ORDER BY d.place"
        )

    def periods_meant(self, document: Posted) -> list[str]:
        """The periods of the numbers that a document without a date may have, where there are several."""
        if document.date is not None:
            return []
        rows = self.connection.execute(
            "SELECT u.period FROM temp.unsure JOIN temp.named USING (text)"
            " JOIN uniqueness u ON u.id = uniqueness_id WHERE text = ? ORDER BY u.period",
            (document.number,),
        )
        return [period for (period,) in rows]

    def unposted(self, counter_id: int, first: str | None, last: str | None) -> Iterator[HeldNumber]:
        """The issued numbers of a counter that no document has, by value; with dates in some span, or none.

        Not those that may be the number of a document of which nobody knows which one it has.
        """
        dated = "" if first is None and last is None else " AND (n.date BETWEEN ? AND ? OR n.date IS NULL)"
        rows = self.connection.execute(
            f"{HELD}WHERE n.counter_id = ? AND n.state = 'issued'{dated} AND {NO_DOCUMENT} ORDER BY n.value",
            (counter_id, *((first or "", last or "9999-12-31") if dated else ())),
        )
        return (HeldNumber(*row) for row in rows)

    def undated(self, counter_id: int) -> int:
        """How many issued numbers of a counter have neither a date nor a document."""
        query = (
            "SELECT count(*) FROM number n WHERE n.counter_id = ? AND n.state = 'issued' AND n.date IS NULL"
            f" AND {NO_DOCUMENT}"
        )
        return int(self.connection.execute(query, (counter_id,)).fetchone()[0])

    def differing(self) -> Iterator[Posted]:
        """The documents that hold no number, and those that are not as their number, in their order."""
        rows = self.connection.execute(
            f"{POSTED} FROM temp.document d{HOLDING} WHERE n.serial IS NULL OR d.void OR n.state <> 'issued'"
            " OR d.date <> n.date ORDER BY d.place"
        )
        return (Posted(*row) for row in rows)

    def namesakes(self, document: Posted) -> Iterator[Namesake]:
        """The other documents of a text.

        Read one by one: of a million documents with one text mostly the first is all that is looked at.
        """
        rows = self.connection.execute(
            f"{POSTED}, coalesce(NOT a.by_period, 0) FROM temp.document d{HOLDING}"
            " LEFT JOIN temp.aimed a ON a.counter_id = n.counter_id"
            " WHERE d.text = ? AND d.place <> ? ORDER BY d.place",
            (document.number, document.place),
        )
        return (Namesake(Posted(*row), bool(single)) for *row, single in rows)

    def out_of_order(self) -> Iterator[DatedBackward]:
        """Documents dated before the nearest dated one with a lower number of their counter."""
        # Sorted by SQL and compared here: a window function would carry whole rows through its sorting.
        rows = self.connection.execute(
            "SELECT n.counter_id, d.date, d.place FROM temp.matched m CROSS JOIN temp.document d"
            " ON d.place = m.place CROSS JOIN number n ON n.serial = m.serial WHERE d.date IS NOT NULL"
            " ORDER BY n.counter_id, n.value"
        )
        before, latest, neighbour = None, "", 0
        for counter_id, day, place in rows:
            if counter_id == before and day < latest:
                yield DatedBackward(self._document(place), self._document(neighbour))
            before, latest, neighbour = counter_id, day, place

    def _document(self, place: int) -> Posted:
        query = f"{POSTED} FROM temp.document d{HOLDING} WHERE d.place = ?"
        return Posted(*self.connection.execute(query, (place,)).fetchone())
