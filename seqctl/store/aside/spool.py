"""Values put aside in any order and read again key by key: in a temporary database of its own.

It is a file without a name that only this process can read, made when its memory is full, and gone when it is
closed. It knows nothing of the book, so that a transaction that only reads can use it on every engine.
"""

from collections.abc import Iterator
from itertools import groupby
from marshal import dumps, loads
from operator import itemgetter

try:
    from _sqlite3 import connect
except ImportError:
    from sqlite3 import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CACHE = 16 * 1024
"""Kibibytes that are kept in memory; the rest goes to the file."""

LOWEST, HIGHEST = -(2**63), 2**63 - 1

TABLE = "CREATE TABLE spooled (key INTEGER NOT NULL, place INTEGER NOT NULL, value BLOB NOT NULL)"
INDEX = "CREATE INDEX spooled_key ON spooled (key, place)"


class Spool:
    """Values under a key and, beneath it, a place: first all are put aside, then they are read.

    Values are of what `marshal` writes: None, numbers, texts, and tuples, lists and tables of these. Raises
    what SQLite raises where the disk of temporary files is full.
    """

    def __init__(self) -> None:
        self._connection = connect("", isolation_level=None)
        self._connection.execute(f"PRAGMA cache_size = -{CACHE}")
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute(TABLE)
        self._connection.execute("BEGIN")
        self._indexed = False

    def add(self, key: int, place: int, value: "Any") -> None:
        """Put a value aside. Raises ValueError for a key or place of more than 64 bits, and odd values."""
        if not (LOWEST <= key <= HIGHEST and LOWEST <= place <= HIGHEST):
            raise ValueError("a key or a place has more than 64 bits")
        self._connection.execute("INSERT INTO spooled VALUES (?, ?, ?)", (key, place, dumps(value)))

    def keys(self) -> Iterator[int]:
        """Every key once, ascending."""
        self._index()
        rows = self._connection.execute("SELECT DISTINCT key FROM spooled ORDER BY key")
        return (key for (key,) in rows)

    def under(self, key: int) -> "Iterator[list[Any]]":
        """The values of each place under a key: places ascending, values as they came."""
        self._index()
        query = "SELECT place, value FROM spooled WHERE key = ? ORDER BY place, rowid"
        for _, rows in groupby(self._connection.execute(query, (key,)), itemgetter(0)):
            yield [loads(value) for _, value in rows]

    def has(self, key: int, place: int) -> bool:
        """Whether anything was put aside under a key at a place."""
        self._index()
        query = "SELECT 1 FROM spooled WHERE key = ? AND place = ?"
        return self._connection.execute(query, (key, place)).fetchone() is not None

    def close(self) -> None:
        """Throw everything away."""
        self._connection.close()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _index(self) -> None:
        """Sorted once, when the first value is asked for: much cheaper than to keep an order while adding."""
        if not self._indexed:
            self._connection.execute(INDEX)
            self._indexed = True
