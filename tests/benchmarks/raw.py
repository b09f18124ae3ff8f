"""The reference of most rows: sqlite3 by hand, with as many durable rows and a unique text, and no more."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE counter (id INTEGER PRIMARY KEY, next INTEGER);
INSERT INTO counter VALUES (1, 1);
CREATE TABLE number (id INTEGER PRIMARY KEY, value INTEGER, text TEXT UNIQUE);
CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT, what TEXT);
"""


def raw_tables(folder: Path) -> sqlite3.Connection:
    """A new database in a folder."""
    connection = connect(folder)
    connection.executescript(TABLES)
    return connection


def connect(folder: Path) -> sqlite3.Connection:
    """The database in a folder; each transaction is written out by BEGIN and COMMIT."""
    return sqlite3.connect(folder / "raw.db", isolation_level=None)


def raw_issue(connection: sqlite3.Connection) -> None:
    """One number: counter, number and an audit row in a transaction of its own."""
    connection.execute("BEGIN IMMEDIATE")
    (value,) = connection.execute(
        "UPDATE counter SET next = next + 1 WHERE id = 1 RETURNING next - 1"
    ).fetchone()
    connection.execute("INSERT INTO number (value, text) VALUES (?, ?)", (value, f"INV-2026-{value:08}"))
    connection.execute("INSERT INTO audit (at, what) VALUES (?, ?)", ("2026-11-21T00:00:00Z", "issue" * 20))
    connection.execute("COMMIT")


def raw_batch(connection: sqlite3.Connection, base: int, count: int) -> None:
    """Many numbers in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    rows = ((value, f"INV-2026-{value:08}") for value in range(base, base + count))
    connection.executemany("INSERT INTO number (value, text) VALUES (?, ?)", rows)
    connection.execute("COMMIT")


def rate(count: int, work: Callable[[], object]) -> float:
    """How many a second."""
    return count / seconds(work)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before
