"""The write lock of a book, as SQLite gives it: waited for, or taken at once."""

import os

from seqctl.errors import Busy
from seqctl.store.sqlite.driver import Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore

QUEUE = "-queue"
"""A file of the book's name and this: writers queue for the lock; see `turnstile.py`."""

LOG = "-wal"
"""What SQLite names its write-ahead log after the book; whoever writes in WAL has it open."""

STEPS = 500_000
"""Steps of SQLite's machine, some milliseconds, after which it is asked whether to go on."""


def begin_reading(store: "SqliteStore") -> None:
    """See one state of the book from the first look on. Blocks no writer and waits for none.

    On the command line an interruption ends a query that takes long; in a program signals are its own.
    """
    if store.surroundings is not None:
        store.surroundings.check()
    else:
        store.connection.set_progress_handler(_go_on, STEPS)
    wait_for_locks(store, store.timeout)
    store.connection.execute("BEGIN")


def _go_on() -> int:
    """Whether SQLite is to stop: no. But Python sees to signals here, and what they raise stops it."""
    return 0


def wait_for_locks(store: "SqliteStore", seconds: float) -> None:
    """Let SQLite wait so long for a lock; it counts milliseconds in 31 bits."""
    if store.patience != seconds:
        milliseconds = min(max(int(seconds * 1000), 0), 0x7FFFFFFF)
        store.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
        store.patience = seconds


def began_at_once(store: "SqliteStore") -> bool:
    """Begin a transaction that writes, if the lock is free now. Raises what SQLite raises but for that."""
    wait_for_locks(store, 0)
    try:
        store.connection.execute("BEGIN IMMEDIATE")
    except Error as error:
        from seqctl.store.sqlite.file.failures import explain

        if not isinstance(explain(error, store.path, store.timeout), Busy):
            raise
        return False
    if not os.access(store.real_path + LOG, os.F_OK):
        # In a copy that is not in WAL a commit waits for whoever reads; in WAL it waits for nobody.
        wait_for_locks(store, store.timeout)
    return True
