"""The mark of a book on a server: a file outside of the cluster that knows how far the book came at least.

Unlike the mark beside a book in a file it is a lower bound: it is written behind a commit, at most once a
second, and always as a whole, so that it knows one state of the book wherever it lies and whoever shares it.
This file is the quick look and the writing; what is written is in `noting.py`.
"""

import os
import time
from stat import S_IMODE

from seqctl.store.marks.written import Written, is_own, write_all
from seqctl.store.sql.log import HASH, sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore, Transaction
    from seqctl.store.sql.connection import Connection, Values

TAIL = 4096
"""More than the first or the last line of a mark has."""

SECONDS = 1
"""Issues write the mark when it is so old."""

HELD = "SELECT hash FROM event WHERE id = ?"


class NamedMark:
    """The file that somebody named. `shown` is its name as given, `path` the file itself.

    `book` and `head` are what the last look found: of which book it is, and the newest event that it knows
    with a part of its hash. `anew` says that the commit which comes next writes all of it.
    """

    __slots__ = ("_reached", "anew", "book", "head", "path", "shown")

    def __init__(self, path: str) -> None:
        self.shown = path
        self.path = os.path.realpath(path)
        self.book: str | None = None
        self.head: tuple[int, str] | None = None
        self.anew = False
        self._reached: bool | None = None

    def look(self, store: "PostgresStore") -> None:
        """See which book it is of and what it knows, before the book is looked at, which knows more then.

        A store that saw no book yet takes no other one than that.
        """
        self.anew, self._reached = False, None
        try:
            start, end = self._ends()
        except OSError:
            start = end = b""
        self.book = Written(iter([start[: start.find(b"\n") + 1]])).book
        self.head = _event(end[end.rfind(b"\n", 0, -1) + 1 :]) if self.book is not None else None
        if store.identity is None:
            store.identity = self.book

    def question(self) -> "tuple[str, Values] | None":
        """What is asked of the book to see whether it has that event; None where none is known."""
        return None if self.head is None else (HELD, (self.head[0],))

    def reached(self, connection: "Connection") -> bool:
        """Whether the book has the newest event that the mark knew at the last look; looked up once."""
        if self._reached is None:
            event, digest = self.head or (0, "")
            row = connection.execute(HELD, (event,)).fetchone() if event else None
            self._reached = row is not None and bytes(row[0]).hex()[:HASH] == digest
        return self._reached

    def noted(self, transaction: "Transaction") -> bytes | None:
        """The whole mark as the commit that comes next leaves the book; None where it stays as it is."""
        if not self.anew and self.reached(transaction.connection) and not self._is_old():
            return None
        from seqctl.store.postgres.marking.noting import noted

        return noted(self, transaction)

    def write(self, content: bytes) -> bool:
        """Put a whole mark in the place of the present one; False where that cannot be written.

        Who may read and write it stays as it was.
        """
        temporary = os.path.join(os.path.dirname(self.path), f".mark-{os.urandom(8).hex()}")
        try:
            file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                try:
                    self._keep_rights(file)
                    write_all(file, content)
                finally:
                    os.close(file)
                os.replace(temporary, self.path)
            except BaseException:
                os.unlink(temporary)
                raise
        except OSError:
            return False
        return True

    def _is_old(self) -> bool:
        try:
            return abs(time.time() - os.stat(self.path).st_mtime) >= SECONDS
        except OSError:
            return False

    def _ends(self) -> tuple[bytes, bytes]:
        """The beginning and the end of the file. Raises OSError, also for what is nobody's mark."""
        # A pipe is opened without waiting for whoever writes to it.
        file = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            found = os.fstat(file)
            if not is_own(found):
                raise OSError(f"{self.path} was not written by seqctl")
            return os.pread(file, TAIL, 0), os.pread(file, TAIL, max(found.st_size - TAIL, 0))
        finally:
            os.close(file)

    def _keep_rights(self, file: int) -> None:
        """Give a new file the rights of the one in whose place it comes, which hosts and users may share."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return
        try:
            os.fchown(file, found.st_uid if os.geteuid() == 0 else -1, found.st_gid)
        except PermissionError:
            # Another group's: nobody gains rights by what follows.
            os.fchmod(file, S_IMODE(found.st_mode) & 0o604)
            return
        os.fchmod(file, S_IMODE(found.st_mode))


def _event(line: bytes) -> tuple[int, str] | None:
    """The event of the last line of a mark; None where it was torn, or may never have been durable."""
    try:
        *counters, event, digest, _ = line[1:].split(b"\t")
        found = int(event), digest.decode("ascii")
        whole = sealed(b"\t".join([*counters, b""]), (found[0], bytes.fromhex(found[1])))
    except ValueError:
        return None
    return found if line == b"+" + whole else None
