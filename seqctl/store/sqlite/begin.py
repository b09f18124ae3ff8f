"""How a transaction begins: one that reads at once, one that writes when it is its turn."""

import os

from seqctl.errors import Busy
from seqctl.store.sqlite.driver import Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore
    from seqctl.store.sqlite.turn import Turn

QUEUE = "-queue"
"""A file of the book's name and this: writers queue for the lock; see `turnstile.py`."""


def begin_writing(store: "SqliteStore") -> "Turn | None":
    """Take the write lock: at once where nobody queues for it, else in turn. Raises what SQLite raises.

    The first writer who finds the lock taken puts the queue up; a book that has one writer never sees it.
    """
    if store.turnstile is None:
        if not os.access(store.real_path + QUEUE, os.F_OK) and _began_at_once(store):
            return None
        from seqctl.store.sqlite.turnstile import Turnstile

        store.turnstile = Turnstile(store.real_path)
    return store.turnstile.begin(store.connection, store.timeout)


def begin_reading(store: "SqliteStore") -> None:
    """See one state of the book from the first look on. Blocks no writer and waits for none."""
    store.connection.execute("BEGIN")


def _began_at_once(store: "SqliteStore") -> bool:
    store.connection.execute(busy_timeout(0))
    try:
        store.connection.execute("BEGIN IMMEDIATE")
    except Error as error:
        from seqctl.store.sqlite.failures import explain

        if not isinstance(explain(error, store.path, store.timeout), Busy):
            raise
        return False
    finally:
        store.connection.execute(busy_timeout(store.timeout))
    return True


def busy_timeout(seconds: float) -> str:
    """The statement by which SQLite waits so long for a lock; it counts milliseconds in 31 bits."""
    return f"PRAGMA busy_timeout = {min(max(int(seconds * 1000), 0), 0x7FFFFFFF)}"
