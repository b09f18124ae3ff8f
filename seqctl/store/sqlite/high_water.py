"""The high-water mark: a file beside a book that knows how far the book came.

A restored or copied older book does not know what was printed since it was copied. The mark does, as long as
it stays beside: it holds every counter and the newest event of the book, and each commit adds one line. What
exactly is recorded, and when, stands in docs/reliability.md. In short:

- The line of a commit is written under the write lock and before the COMMIT, its first character `-`; that
  becomes `+` once the commit is durable and before any number is printed. So a process that is killed in
  between leaves a mark that knows of the event or of the attempt, and never one that lags behind unnoticed.
- A line ends in the event, a part of its hash, and a sum over the line. Where event and hash are those of the
  book's newest event, the mark is in step, which is all that an issue has to look at.

This file is that quick look and the line; what differs otherwise is told apart in `standing.py`.
A mark that cannot be used stops nobody, and none of it is synced: it warns, and safety lies elsewhere.
"""

import os
from stat import S_ISREG

from seqctl.store.sql.log import sealed
from seqctl.store.sqlite.driver import Connection

SUFFIX = "-mark"
"""What the file is named after the book."""

TAIL = 4096
"""More than a line of one counter can have: a name, a period and a scope, an event and its hash."""

COMPACTED = 256 * 1024
"""Each time that the file grew by so much, it is seen whether only the last line of each counter is kept."""

Head = tuple[int, bytes]
"""The number and hash of an event."""


class HighWater:
    """The mark beside one book. It is changed only by who holds the write lock, but for one character."""

    __slots__ = ("_file", "_inode", "_names", "_size", "attempt", "end", "head", "path")

    def __init__(self, book: str) -> None:
        self.path = book + SUFFIX
        self._file: int | None = None
        self._inode = 0
        self._names: dict[int, str] = {}
        self.head: Head | None = None
        """The event of the last line as this store last saw the file, which then ended at `end`."""
        self.end = 0
        self._size = -1
        """How long the file is; -1 where it was not looked at since this store's last commit."""
        self.attempt: int | None = None
        """Where the line stands whose event is not yet known to be durable."""

    def in_step(self, newest: Head) -> bool:
        """Whether the last line is that of the book's newest event; False also where there is no telling."""
        try:
            file, size = self._opened()
            self._size = size
            if size == self.end and self.head == newest:
                return True
            tail = os.pread(file, TAIL, size - TAIL if size > TAIL else 0)
        except OSError:
            return False
        # A line that is longer than the tail does not begin here, and is read as part of the whole file.
        line = tail[tail.rfind(b"\n", 0, -1) + 1 :]
        counters = line[1 : line.rfind(b"\t%d\t" % newest[0]) + 1]
        if line[:1] not in (b"+", b"-") or line[1:] != sealed(counters, newest):
            return False
        self.head, self.end = newest, size
        self.attempt = size - len(line) if line[:1] == b"-" else None
        return True

    def note(self, connection: Connection, before: Head, head: Head, counters: "dict[int, int]") -> bool:
        """Write the line of the commit that comes next: its event and the last values of its counters.

        Needs the write lock. `before` is the newest event without this transaction. Returns False, and writes
        nothing, where the whole file has to be seen to first: `changes.py` does, and adds it.
        """
        if self.head == head:
            return True
        if (self._size >= 0 and self.head == before) or self.in_step(before):
            line = self.line(connection, head, counters)
            if self.end // COMPACTED == (self.end + len(line)) // COMPACTED:
                self.add(line, head)
                return True
        return False

    def line(self, connection: Connection, head: Head, counters: "dict[int, int]") -> bytes:
        """The line of a commit that is not yet known to be durable."""
        names = self._names
        unknown = [id for id in counters if id not in names]
        if unknown:
            # A counter keeps its place, and its number is never given again.
            rows = connection.execute(
                "SELECT c.id, s.id, s.name, c.period, c.scope FROM counter c JOIN sequence s"
                f" ON s.id = c.sequence_id WHERE c.id IN ({', '.join(map(str, unknown))})"
            )
            names.update({row[0]: "\t".join(map(str, row[1:])) for row in rows})
        told = "".join([f"{names[id]}\t{last}\t" for id, last in counters.items() if id in names])
        return b"-" + sealed(told.encode(), head)

    def add(self, line: bytes, head: Head) -> None:
        """Put the line of a commit behind the last one, with which the mark is in step.

        Passes over a file that cannot be written: the mark then lags behind, which the next one that issues
        tells.
        """
        if self.attempt is not None:
            # Whoever wrote it was stopped or killed before he could say that it is durable.
            self.confirm()
        file, end, self.head = self._file, self.end, None
        try:
            if self._size > end:
                # What stands there is of a commit that never came to be.
                os.ftruncate(file, end)  # type: ignore[arg-type]
            if os.pwrite(file, line, end) < len(line):  # type: ignore[arg-type]
                os.ftruncate(file, end)  # type: ignore[arg-type]
                return
        except OSError:
            return
        self.head, self.attempt, self.end = head, end, end + len(line)

    def confirm(self) -> None:
        """Say of the last line that its event is durable. Whoever prints a number does so before."""
        attempt, self.attempt, self._size = self.attempt, None, -1
        if attempt is not None and self._file is not None:
            try:
                os.pwrite(self._file, b"+", attempt)
            except OSError:
                return

    def close(self) -> None:
        """Let go of the file."""
        file, self._file, self.head = self._file, None, None
        if file is not None:
            try:
                os.close(file)
            except OSError:
                # The system has let go of it nevertheless, and what it could not write may be missing.
                return

    def _opened(self) -> "tuple[int, int]":
        """The open file and its size. One that was put in its place since is opened instead.

        Raises OSError, also for what is somebody else's: a pipe, or a second name of another file.
        """
        if self._file is not None:
            found = os.lstat(self.path)
            if found.st_ino == self._inode and found.st_nlink == 1:
                return self._file, found.st_size
            self.close()
        self._file = file = os.open(self.path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        self.head, self.attempt = None, None
        found = os.fstat(file)
        if found.st_nlink != 1 or not S_ISREG(found.st_mode):
            self.close()
            raise OSError(f"{self.path} was not written by seqctl")
        self._inode = found.st_ino
        return file, found.st_size
