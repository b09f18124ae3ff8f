"""A store in a program that does other things too: threads, forks, and the book's file opened past SQLite.

SQLite's locks are those of a process. They do not go along with a fork, and closing any descriptor of the
file drops all of them; then the last other process to close the book takes its log away, and what is written
here goes nowhere. So a store of the library looks at each transaction whether it stands where it was opened.
"""

import os
from threading import get_ident
from weakref import WeakSet

from seqctl.errors import NotDelivered, UsageError
from seqctl.store.sqlite.driver import LOG, Error
from seqctl.store.sqlite.engine import SqliteStore

_opened: "WeakSet[SqliteStore]" = WeakSet()
_inherited: list[SqliteStore] = []
"""Stores that were open when this process was forked: SQLite takes their locks for those of this process."""


class Surroundings:
    """The process and the thread in which a store was opened, and the log that it writes to."""

    __slots__ = ("_log", "_process", "_store", "_thread")

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._process, self._thread = os.getpid(), get_ident()
        self._log = self._present_log()
        _opened.add(store)

    def check(self) -> None:
        """Raise UsageError where the store cannot be relied on any more: before each transaction."""
        path = self._store.path
        if os.getpid() != self._process:
            raise UsageError(
                f"this store of {path} was opened before the process was forked",
                "open the book in the process that uses it: SQLite's locks do not go along with a fork",
            )
        self.check_thread()
        if self._lost_log():
            raise UsageError(
                f"the log of {path} was taken away while this store had it open",
                "open the book anew; and let nothing in this program open and close the file of the book,"
                " which drops SQLite's locks",
            )

    def check_thread(self) -> None:
        """Raise UsageError in another thread than the store's own; also before the store is closed."""
        if get_ident() != self._thread:
            raise UsageError(
                f"this store of {self._store.path} was opened in another thread",
                "open one in each thread, and close it there",
            )

    def check_committed(self) -> None:
        """Raise NotDelivered where a commit went to a log that is not the book's any more."""
        if self._lost_log():
            raise NotDelivered(
                f"the log of {self._store.path} was taken away while this was committed to it: it is lost",
                "open the book anew, and check with: seqctl numbers",
            )

    def _lost_log(self) -> bool:
        return self._log is not None and self._present_log() != self._log

    def _present_log(self) -> int | None:
        try:
            return os.stat(self._store.real_path + LOG).st_ino
        except FileNotFoundError:
            return None


def leave_inherited(path: str) -> None:
    """Let go of what a forked process inherited of a book, before it opens the book itself.

    Raises UsageError where that cannot be: the store is of another thread, or in the middle of a transaction.
    """
    real_path = os.path.realpath(path)
    for store in [store for store in _inherited if store.real_path == real_path]:
        try:
            if store.connection.in_transaction:
                raise UsageError(
                    f"this process was forked in the middle of a transaction on {path}",
                    "fork before or after",
                )
            store.connection.close()
        except Error as error:
            if "closed" in str(error):
                _inherited.remove(store)
                continue
            raise UsageError(
                f"this process was forked while another thread of its parent had {path} open",
                "fork before any thread opens the book, or start processes anew (spawn)",
            ) from error
        _inherited.remove(store)


def _remember_inherited() -> None:
    _inherited.extend(_opened)
    _opened.clear()


os.register_at_fork(after_in_child=_remember_inherited)
