"""Numbers put aside before the lock is taken: in the temporary database of the connection.

It is a file of its own that only this connection can open, which is gone with it: however many numbers there
are, they do not lie in memory, and nobody waits for the lock while they are read from a slow source.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from marshal import dumps, loads

from seqctl.model.classes import NamedTuple
from seqctl.model.reports.staged import StagedNumbers, StagedProblem, Telling
from seqctl.store.sqlite.driver import Connection, Error
from seqctl.store.sqlite.file.translating import translating

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore

TO_ADOPT, UNCHANGED, REFUSED, MISFIT = range(4)
"""What is known of a staged number. A misfit does not fit the pattern, and yet the ledger may hold it."""

TABLES = (
    "CREATE TEMP TABLE staged_packed (id INTEGER PRIMARY KEY, rows BLOB NOT NULL)",
    "CREATE TEMP TABLE staged (line INTEGER PRIMARY KEY, place INTEGER, value INTEGER, text TEXT NOT NULL,"
    " date TEXT, record TEXT, state INTEGER NOT NULL DEFAULT 0, entered TEXT NOT NULL DEFAULT 'issued',"
    " reason TEXT, actor TEXT, source_at TEXT, note TEXT, document_type TEXT)",
    "CREATE TEMP TABLE staged_place (place INTEGER PRIMARY KEY, counter_id INTEGER, space TEXT,"
    " domain TEXT, first INTEGER, last INTEGER, closed_until TEXT, ends TEXT, document_type TEXT NOT NULL,"
    " own_type TEXT NOT NULL)",
    "CREATE TEMP TABLE staged_problem (line INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,"
    " hint TEXT, role TEXT NOT NULL, PRIMARY KEY (line, role))",
    "CREATE TEMP TABLE staged_held (line INTEGER PRIMARY KEY, counter_id INTEGER, value INTEGER)",
)
"""Numbers lie in `staged_packed`, thousands in one row, and only to be asked questions of in `staged`.

`staged_place` has their counters, `staged_held` where the ledger holds misfits. What the input says of a
number stands in `entered` (its state there), `reason`, `actor`, `source_at`, `note` and `document_type`.
"""

StagedRow = tuple[int, int, int, str, str | None, str | None]
"""A staged number in the order of PACKED."""


class StagedPage(NamedTuple):
    """Some staged numbers in the order of the input, and what is told of some of them, by line."""

    rows: list[StagedRow]
    told: dict[int, Telling]


PACKED = ("lines", "places", "values", "texts", "dates", "records")
NAMES = ("staged_packed", "staged", "staged_place", "staged_problem", "staged_held")
COLUMNS = 6
ROWS_AT_ONCE = 150
"""Rows of one statement: SQLite before 3.32 binds at most 999 values."""


class Staging:
    """The staged numbers of one connection, outside of transactions on the book."""

    __slots__ = ("connection", "store")

    def __init__(self, store: "SqliteStore") -> None:
        self.store = store
        self.connection = store.connection

    def begin(self) -> None:
        """Make room for the numbers of one request."""
        with translating(self.store):
            self._drop()
            for statement in TABLES:
                self.connection.execute(statement)

    def add(self, numbers: StagedNumbers) -> None:
        """Put numbers aside that belong to a place, in the order of the input."""
        if numbers.lines:
            with translating(self.store):
                statement = "INSERT INTO temp.staged_packed (rows) VALUES (?)"
                columns = [getattr(numbers, name) for name in PACKED]
                self.connection.execute(statement, (dumps([numbers.told, *columns]),))

    def refuse(self, problems: Iterable[StagedProblem]) -> None:
        """Put numbers aside that cannot be entered, with the reason."""
        with translating(self.store):
            self.connection.execute("BEGIN")
            for problem in problems:
                line, may_be_held, text, date, record, code, message, hint, told, role, place, value = problem
                self.connection.execute(
                    "INSERT OR IGNORE INTO temp.staged (line, state, text, date, record, place, value)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (line, MISFIT if may_be_held else REFUSED, text, date, record, place, value),
                )
                self.connection.execute(
                    "INSERT INTO temp.staged_problem VALUES (?, ?, ?, ?, ?)",
                    (line, code, message, hint, role),
                )
                if told is not None:
                    self._tell({line: told})
            self.connection.execute("COMMIT")

    def unpack(self) -> None:
        """Make it possible to ask questions of all numbers at once, which takes as long as to read them."""
        with translating(self.store):
            self.connection.execute("BEGIN")
            for rows, told in packed(self.connection):
                for start in range(0, len(rows), ROWS_AT_ONCE):
                    some = rows[start : start + ROWS_AT_ONCE]
                    self.connection.execute(_statement(len(some)), list(chain.from_iterable(some)))
                self._tell(told)
            self.connection.execute("CREATE INDEX temp.staged_value ON staged (place, value)")
            self.connection.execute("COMMIT")

    def clear(self) -> None:
        """Throw everything away. What cannot be, goes with the connection."""
        with suppress(Error):
            self._drop()

    def _tell(self, told: dict[int, Telling]) -> None:
        """Note what is told of staged numbers, by line."""
        self.connection.executemany(
            "UPDATE temp.staged SET entered = ?, reason = ?, actor = ?, source_at = ?, note = ?,"
            " document_type = ? WHERE line = ?",
            ((*telling, line) for line, telling in told.items()),
        )

    def _drop(self) -> None:
        for name in NAMES:
            self.connection.execute(f"DROP TABLE IF EXISTS temp.{name}")


def packed(connection: Connection) -> Iterator[StagedPage]:
    """The numbers that were put aside, thousands at a time, in the order of the input."""
    for (rows,) in connection.execute("SELECT rows FROM temp.staged_packed ORDER BY id"):
        told, *columns = loads(rows)
        yield StagedPage(list(zip(*columns, strict=True)), told)


@lru_cache(maxsize=4)
def _statement(rows: int) -> str:
    row = f"({', '.join('?' * COLUMNS)})"
    return "INSERT INTO temp.staged (line, place, value, text, date, record) VALUES " + ", ".join(
        [row] * rows
    )
