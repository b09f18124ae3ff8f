"""A book of a server as a book in a file: for a backup, and to rehearse in."""

import sqlite3
from functools import partial

from seqctl.errors import NotDelivered
from seqctl.model.catalogue.plan import NOWHERE
from seqctl.process import Clock
from seqctl.store.between.file_place import insert_rows, note_last_counter
from seqctl.store.between.rows import copy_all
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.copying import Copying
from seqctl.store.sqlite.file.migrations import migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore


class ServerCopying(Copying):
    """One state of a book of a server, in a temporary file of SQLite beside the place that it is to get."""

    book: "PostgresStore"

    def write(self) -> None:
        """Write the book to the temporary file, which knows of which book it is a copy."""
        copy = self.opened()
        try:
            # Synced when it is complete.
            copy.execute("PRAGMA synchronous = OFF")
            copy.execute("PRAGMA journal_mode = WAL")
            write_book(self.book, copy)
            copy.execute(
                "UPDATE book SET copied_event = (SELECT max(id) FROM event), copied_from = ?",
                (self.book.path,),
            )
        except sqlite3.Error as error:
            raise NotDelivered(
                f"the copy could not be written: {error}", "make room, or name a file elsewhere"
            ) from error
        finally:
            copy.close()


def copy_to_file(book: "PostgresStore", target: str) -> Copying:
    """Copy one state of a book to a temporary file beside `target`, while others write."""
    return ServerCopying(book, target, None)


def open_rehearsal(book: "PostgresStore", clock: Clock) -> SqliteStore:
    """A copy of one state of a book in a temporary file without a name, under another clock."""
    copy = sqlite3.connect("", isolation_level=None)
    try:
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = MEMORY")
        write_book(book, copy)
        copy.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        copy.close()
        raise
    return SqliteStore(copy, NOWHERE, book.actor, clock, book.timeout)


def write_book(book: "PostgresStore", copy: sqlite3.Connection) -> None:
    """Write one state of a book of a server to an empty database of SQLite, in one transaction."""
    with book.read() as transaction:
        copy.execute("BEGIN IMMEDIATE")
        migrate(copy)
        copy_all(transaction.connection, partial(insert_rows, copy), lambda table: None)
        note_last_counter(copy, transaction.stored_definitions.next_counter_id() - 1)
        copy.execute("COMMIT")
