"""A queue in front of the write lock, so that no writer starves.

SQLite lets whoever comes first have the lock: a writer that waits sleeps and tries again, and one that has
just committed is back before any sleeper wakes. Here writers wait for two locks: lock Q, lock W, unlock Q,
the transaction, unlock W. Whoever holds Q is the next; whoever gives W away stands behind all who wait for
Q. Those the kernel wakes in the order in which they came, and whoever of them runs first is the next.

It gives order and never safety, which is the business of BEGIN IMMEDIATE. So a lock file that cannot be
used is passed over, and whoever waited in vain tries once without a turn: the queue refuses nothing that
SQLite would allow. The locks are `flock`s, which end with the process that holds them. They stand on two
empty files of their own (closing a descriptor of the database file would drop SQLite's locks), opened for
one transaction at a time, so that files that are removed or exchanged mislead nobody for longer.

Who waits looks at the write lock meanwhile: where it is free and nothing is written, whoever has the turn was
stopped, and is not waited for.
"""

import os
from stat import S_ISREG
from time import monotonic

from seqctl.store.sqlite.driver import LOG, QUEUE, began_at_once, wait_for_locks
from seqctl.store.sqlite.queue.turn import TURN, Turn
from seqctl.store.sqlite.queue.usher import Usher

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore


class Turnstile:
    """The queue as one store sees it; like the store, it serves one thread at a time."""

    __slots__ = ("_path", "_usher")

    def __init__(self, path: str) -> None:
        self._path = path
        self._usher: Usher | None = None

    def begin(self, store: "SqliteStore") -> Turn | None:
        """BEGIN IMMEDIATE in turn, within the store's timeout in all; leave the turn after the transaction.

        What the queue takes of the time is not there for SQLite's busy handler. Returns None where there
        was no turn to be had and the lock was free nevertheless. Raises what SQLite raises.
        """
        deadline = monotonic() + store.timeout
        idle = _IdleLock(store)
        turn = self._queue(store.timeout, idle)
        if idle.taken:
            if turn is not None:
                turn.leave()
            return None
        try:
            try:
                left = max(deadline - monotonic(), 0)
                # Where the turn came at once, telling SQLite of microseconds would cost more than they are.
                wait_for_locks(store, left if left < 0.9 * store.timeout else store.timeout)
                store.connection.execute("BEGIN IMMEDIATE")
            finally:
                wait_for_locks(store, store.timeout)
        except BaseException:
            # Now, and not when somebody lets go of the exception, whose frames keep the turn.
            if turn is not None:
                turn.leave()
            raise
        return turn

    def close(self) -> None:
        """Leave nothing behind; the connection is closed already.

        Whoever queues has the book open, and while anybody has, its write-ahead log is there. Where there is
        none the lock files go. They may go too early or stay: the next writers open them or make new ones.
        """
        if self._usher is not None:
            self._usher.dismiss()
        if os.access(self._path + LOG, os.F_OK):
            return
        for path in (self._path + QUEUE, self._path + TURN):
            try:
                found = os.lstat(path)
                if S_ISREG(found.st_mode) and found.st_size == 0:
                    os.unlink(path)
            except OSError:
                continue

    def _queue(self, timeout: float, idle: "_IdleLock") -> Turn | None:
        """A turn within the time, or None: no lock file is usable, the time is over, or the lock was idle."""
        try:
            turn = Turn(self._path)
            if turn.at_once():
                return turn
        except OSError:
            # A lock file is somebody else's or a link, or the system has no locks to give (ENOLCK).
            return None
        if timeout <= 0 or not self._has_usher():
            return None
        assert self._usher is not None
        return turn if self._usher.wait(turn, timeout, idle.take) else None

    def _has_usher(self) -> bool:
        try:
            if self._usher is None or self._usher.dismissed:
                self._usher = Usher()
        except RuntimeError:
            # No thread is to be had.
            return False
        return True


class _IdleLock:
    """The write lock of a book, taken without a turn where it is free and nobody uses it.

    Whoever has the turn may be stopped (SIGSTOP, a debugger, a frozen container), and would hold up all who
    wait behind. Where turns are taken, the log grows a hundred times between two looks: order is not lost.
    """

    __slots__ = ("_seen", "_store", "taken")

    def __init__(self, store: "SqliteStore") -> None:
        self._store = store
        self._seen: tuple[int, int] | None = None
        self.taken = False

    def take(self) -> bool:
        """Begin the transaction where nothing was written since the last look and the lock is free."""
        path = self._store.real_path
        try:
            found = os.stat(path + LOG if os.access(path + LOG, os.F_OK) else path)
        except OSError:
            return False
        before, self._seen = self._seen, (found.st_mtime_ns, found.st_size)
        if before == self._seen:
            self.taken = began_at_once(self._store)
            wait_for_locks(self._store, self._store.timeout)
        return self.taken
