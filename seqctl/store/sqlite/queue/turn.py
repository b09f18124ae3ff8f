"""A turn at the write lock: two files that are locked one after the other, for one transaction."""

import fcntl
import os

from seqctl.store.sqlite.driver import QUEUE

TURN = "-turn"
"""What the file of the second lock is named after the book; QUEUE is the same of the first."""

_descriptors: set[int] = set()
_forks = 0


class Turn:
    """A place in the queue, then the turn: both lock files, open. Whoever drops it leaves it.

    Raises OSError where a lock file cannot be opened or locked.
    """

    __slots__ = ("_files", "_forks")

    def __init__(self, path: str) -> None:
        self._files: list[int] = []
        self._forks = _forks
        for suffix in (QUEUE, TURN):
            self._files.append(_opened(path, suffix))

    def at_once(self) -> bool:
        """Take the turn if it is free; if not, as much of the way as is free."""
        try:
            for file in self._files:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _close(self._files.pop(0))
        return True

    def wait(self) -> None:
        """Wait for the turn for as long as it takes."""
        for file in self._files:
            fcntl.flock(file, fcntl.LOCK_EX)
        _close(self._files.pop(0))

    def leave(self) -> None:
        """Give the turn, or the place, to the next. In a process forked meanwhile it was never ours."""
        while self._files and self._forks == _forks:
            _close(self._files.pop())

    def __del__(self) -> None:
        self.leave()


def forks() -> int:
    """How often this process was forked off another: what was made before the last time is not its own."""
    return _forks


def _opened(book: str, suffix: str) -> int:
    """A lock file, made where there is none, never through a link."""
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        file = os.open(book + suffix, flags)
        _descriptors.add(file)
    except FileNotFoundError:
        from seqctl.store.sqlite.mark.beside import make_private

        file = os.open(book + suffix, flags | os.O_CREAT, 0o600)
        _descriptors.add(file)
        try:
            make_private(file, book)
        except OSError:
            _close(file)
            raise
    return file


def _close(file: int) -> None:
    """Unlock and close: whatever else has the file open through a fork may keep it so, but not the lock."""
    _descriptors.discard(file)
    try:
        fcntl.flock(file, fcntl.LOCK_UN)
        os.close(file)
    except OSError:
        return


def _forget() -> None:
    """In a forked process: let go of the lock files, or a parent that is killed leaves its locks to it."""
    global _forks
    _forks += 1
    for file in _descriptors:
        os.close(file)
    _descriptors.clear()


os.register_at_fork(after_in_child=_forget)
