"""All rows of a book from one engine to another, a page at a time, with their ids, serials and hashes.

The source is written to by nobody meanwhile: each page begins behind the last row of the one before.
"""

import sqlite3
from collections.abc import Iterator

from seqctl.store.sqlite.file.migrations import migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from seqctl.store.sql.connection import Connection

TABLES = {
    "calendar": ("id",),
    "sequence": ("id",),
    "range": ("id",),
    "sequence_set": ("id",),
    "set_member": ("document_type", "set_id"),
    "assignment": ("kind", "id"),
    "policy": ("id",),
    "text_space": ("document_type",),
    "uniqueness": ("id",),
    "counter": ("id",),
    "number": ("serial",),
    "gap_run": ("id",),
    "former_pattern": ("counter_id", "event_id"),
    "number_source": ("serial",),
    "event": ("id",),
    "book": ("id",),
}
"""What a book is made of in every engine, each table after what it refers to, and the key of its rows."""

PAGE = 500
"""Rows that are moved at once: an event of many numbers has megabytes."""


def columns() -> dict[str, list[str]]:
    """The columns of each table, which are the same in every engine, quoted."""
    schema = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.execute("BEGIN IMMEDIATE")
        migrate(schema)
        return {
            table: [f'"{row[1]}"' for row in schema.execute(f"PRAGMA table_info({table})")]
            for table in TABLES
        }
    finally:
        schema.close()


def pages(connection: "Connection", table: str, listed: list[str]) -> "Iterator[list[Any]]":
    """The rows of a table in the order of its key, some at a time."""
    keys = [f'"{key}"' for key in TABLES[table]]
    places = [listed.index(key) for key in keys]
    order, marks = ", ".join(keys), ", ".join("?" * len(keys))
    query = f"SELECT {', '.join(listed)} FROM {table}"
    rows = connection.execute(f"{query} ORDER BY {order} LIMIT {PAGE}").fetchall()
    while rows:
        yield rows
        last = [rows[-1][place] for place in places]
        following = f"{query} WHERE ({order}) > ({marks}) ORDER BY {order} LIMIT {PAGE}"
        rows = connection.execute(following, last).fetchall()


def copy_all(
    source: "Connection",
    write: "Callable[[str, list[str], Iterator[list[Any]]], object]",
    watch: "Callable[[str], object]",
) -> None:
    """Hand the rows of every table of a book to `write`, with the table and its columns."""
    for table, listed in columns().items():
        watch(table)
        write(table, listed, pages(source, table, listed))
