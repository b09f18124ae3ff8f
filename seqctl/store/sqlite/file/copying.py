"""A consistent copy of a book, taken while others write."""

import os
import sqlite3
import tempfile

from seqctl.errors import DatabaseUnusable, NotDelivered, UsageError
from seqctl.folders import database_at, destination, is_regular, put_in_place, standing_at
from seqctl.store.sqlite.driver import file_uri, translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from seqctl.store.sqlite.engine import SqliteStore


class Copying:
    """One state of a book in a temporary file beside the place that it is to get.

    SQLite's backup interface copies all pages in one step: other writers go on, and none of them makes it
    start anew. The copy is synced, and readable for its owner alone from the first byte on, whoever might
    read the file that it replaces. Made by copying: raises UsageError where the target is the book itself or
    no regular file, NotDelivered where it cannot be written. `book_file` is the book's own, where it has one.
    """

    def __init__(self, book: "Any", target: str, book_file: str | None) -> None:
        self.book = book
        try:
            self.path = _free_place(book_file, target)
            descriptor, self.temporary = tempfile.mkstemp(dir=os.path.dirname(self.path), prefix=".backup-")
            os.fchmod(descriptor, 0o600)
            os.close(descriptor)
        except OSError as error:
            raise NotDelivered(
                f"{target} cannot be written: {error.strerror}",
                "name a file in a folder that you may write",
            ) from error
        try:
            self.write()
            _sync(self.temporary)
        except BaseException:
            self.give_up()
            raise

    def write(self) -> None:
        """Write the book to the temporary file."""
        _copy(self.book, self.opened)

    def opened(self) -> sqlite3.Connection:
        """The temporary file as a database. Not made here: SQLite makes files that everybody may read."""
        return sqlite3.connect(file_uri(self.temporary), isolation_level=None, uri=True)

    def put_in_place(self) -> None:
        """Put the copy in its place, all at once. Raises NotDelivered."""
        try:
            put_in_place(self.temporary, self.path)
        except OSError as error:
            raise NotDelivered(f"{self.path} cannot be written: {error.strerror}") from error

    def give_up(self) -> None:
        """Take an unfinished copy away."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(self.temporary + suffix):
                os.unlink(self.temporary + suffix)


def _free_place(book: str | None, target: str) -> str:
    """Where the target leads to. Raises UsageError where no copy may go there."""
    if not target:
        raise UsageError("the file of the copy has no name", "name a file, as in /safe/numbers-monday.db")
    path = destination(target)
    if book is not None and os.path.exists(path) and os.path.samefile(path, book):
        raise UsageError(f"{target} is the database itself", "name another file")
    other = database_at(path)
    if other not in (None, path):
        raise UsageError(f"{target} is a part of the database {other}", "name another file")
    if os.path.exists(path + "-wal"):
        raise UsageError(f"{target} is a database in use: {target}-wal lies beside it", "name another file")
    if os.path.isdir(path) or not is_regular(standing_at(target)):
        raise UsageError(f"{target} is not a regular file", "name a file")
    return path


def _copy(book: "SqliteStore", opened: "Callable[[], sqlite3.Connection]") -> None:
    try:
        copy = opened()
        try:
            # Synced when it is complete, not page by page.
            copy.execute("PRAGMA synchronous = OFF")
            book.connection.backup(copy, pages=-1)
            copy.execute("UPDATE book SET copied_event = (SELECT max(id) FROM event)")
        finally:
            copy.close()
    except sqlite3.Error as error:
        # An error of the target is told as the target's: a full disk is not the book's fault.
        told = translated(error, book)
        if isinstance(told, DatabaseUnusable) and told.code in ("disk_full", "read_only"):
            raise NotDelivered(
                f"the copy could not be written: {error}", "make room, or name a file elsewhere"
            ) from error
        raise told from error


def _sync(temporary: str) -> None:
    descriptor = os.open(temporary, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
