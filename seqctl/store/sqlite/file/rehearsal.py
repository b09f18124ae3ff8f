"""A copy of a book to rehearse in: whatever is done in it, the book itself is not touched."""

import sqlite3

from seqctl.model.catalogue.plan import NOWHERE
from seqctl.process import Clock
from seqctl.store.sqlite.driver import translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore

MOST_MEMORY = 200_000_000
"""Larger books are not copied into memory."""

TEMPORARY = ""
"""SQLite's name for a file of its own, which only it can open and which is gone with the connection."""


def open_rehearsal(book: "SqliteStore", clock: Clock) -> "SqliteStore":
    """A copy of one state of a book, ledger and events included, under another clock.

    Blocks no writer. The copy is complete, so that every rule finds in it what it would find in the book. It
    lies in memory, or where it is large in a temporary file that has no name. Closing it throws it away.
    """
    try:
        (pages,) = book.connection.execute("PRAGMA page_count").fetchone()
        (size,) = book.connection.execute("PRAGMA page_size").fetchone()
        copy = sqlite3.connect(NOWHERE if pages * size < MOST_MEMORY else TEMPORARY, isolation_level=None)
    except sqlite3.Error as error:
        raise translated(error, book) from error
    try:
        # All pages in one step: one state of the book, and no other writer makes it start anew.
        book.connection.backup(copy, pages=-1)
        copy.execute("PRAGMA foreign_keys = ON")
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = MEMORY")
    except sqlite3.Error as error:
        copy.close()
        raise translated(error, book) from error
    return type(book)(copy, NOWHERE, book.actor, clock, book.timeout)
