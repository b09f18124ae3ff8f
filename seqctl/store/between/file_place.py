"""A file as the place that a book is moved to."""

import os
import sqlite3
from collections.abc import Iterator
from typing import Any

from seqctl.folders import COMPANIONS
from seqctl.process import Clock
from seqctl.store.between.place import HeldPlace
from seqctl.store.between.rows import TABLES
from seqctl.store.sql.log import Head
from seqctl.store.sqlite.driver import identify
from seqctl.store.sqlite.engine import SqliteStore, open_book, store_at
from seqctl.store.sqlite.file.create import make_file, set_wal
from seqctl.store.sqlite.file.diagnosis import is_empty
from seqctl.store.sqlite.file.migrations import migrate


class FilePlace:
    """A file, made empty where there is none, or what is left in one of a move that broke."""

    def __init__(self, path: str, actor: str, clock: Clock, timeout: float) -> None:
        make_file(path)
        self.shown = os.path.realpath(path)
        self._store = store_at(path, actor, clock, timeout)
        # The mark is begun when the book is opened here: what lies beside an empty file says nothing.
        self._store.high_water = None
        try:
            if is_empty(self._store.connection):
                set_wal(self._store)
            else:
                identify(self._store)
        except BaseException:
            self._store.close()
            raise

    def locked(self) -> "HeldFile":
        """Its lock, whatever lies there."""
        return HeldFile(self._store.write())

    def opened(self) -> SqliteStore:
        """The book that it was filled with."""
        store = self._store
        return open_book(self.shown, store.actor, store.clock, store.timeout)

    def remove(self) -> None:
        """Take the empty file away, and what lies beside it."""
        for suffix in ("", *COMPANIONS):
            if os.path.lexists(self.shown + suffix):
                os.unlink(self.shown + suffix)

    def close(self) -> None:
        """Leave it."""
        self._store.close()


class HeldFile(HeldPlace):
    """The file under SQLite's write lock."""

    connection: sqlite3.Connection

    def is_bare(self) -> bool:
        """Whether there are no tables yet."""
        return is_empty(self.connection)

    def make_tables(self) -> None:
        """Make the tables of a book, without a row."""
        migrate(self.connection)

    def write_rows(self, table: str, columns: list[str], pages: Iterator[list[Any]]) -> None:
        """Write the rows of one table."""
        insert_rows(self.connection, table, columns, pages)

    def finish(self, head: Head, last_counter: int) -> None:
        """Note where the log ends and the highest id that a counter ever had."""
        note_last_counter(self.connection, last_counter)
        self.transaction.log.head = head

    def clear(self) -> None:
        """Take the tables away, with all that they hold."""
        self.connection.execute("PRAGMA defer_foreign_keys = ON")
        others = self.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        for table in [*reversed(TABLES), *(name for (name,) in others if name not in TABLES)]:
            self.connection.execute(f'DROP TABLE "{table}"')
        for (view,) in self.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'view'"
        ).fetchall():
            self.connection.execute(f'DROP VIEW "{view}"')
        self.connection.execute("PRAGMA application_id = 0")
        self.connection.execute("PRAGMA user_version = 0")

    def commit(self) -> None:
        """Make it durable."""
        self.connection.execute("COMMIT")


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: list[str], pages: Iterator[list[Any]]
) -> None:
    """Write the rows of one table of a book into a database of SQLite."""
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for rows in pages:
        connection.executemany(insert, rows)


def note_last_counter(connection: sqlite3.Connection, last_counter: int) -> None:
    """Note the highest id that a counter ever had, which no other counter gets."""
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'counter'")
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('counter', ?)", (last_counter,))
