"""The high-water mark: a file beside a book that says how far numbers were given out from it.

A restored or copied older book does not know what was printed since it was copied. The mark does, as long as
it stays beside: its first line names the book by the hash of its first event, and every commit that moved
counters adds a line for each, with the event and its hash. Where the last event of the mark is not in the
book, the book is older than the numbers that were given out from it.

It only ever warns. A mark that cannot be read or written is passed over, and none of it is synced: a power
cut may shorten it, which lets it notice less and never raises a false alarm.
"""

import os
from stat import S_ISREG

from seqctl.store.sqlite.driver import Connection, Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.high_water import Doubt, Lag

SUFFIX = "-mark"
"""What the file is named after the book."""

TAIL = 4096
"""More than a line can have: a name, a period and a scope, an event and its hash."""

COMPACTED = 256 * 1024
"""Each time that the file grew by so much, only the last line of each counter is kept."""

Line = tuple[int, str, str, str, str, int]
"""Event, hash in hexadecimal, sequence, period, scope, and the counter's last value."""


class HighWater:
    """The mark beside one book. Whoever writes it holds the write lock or has just committed."""

    __slots__ = ("_file", "_names", "_noted", "_size", "path")

    def __init__(self, book: str) -> None:
        self.path = book + SUFFIX
        self._file: int | None = None
        self._names: dict[int, str] = {}
        self._noted: tuple[int, bytes] | None = None
        self._size = 0
        """How long the file was when its last line was `_noted`, which the book holds. Others only add."""

    def in_step(self, connection: Connection) -> bool:
        """Whether the book holds the last event of the mark, or there is no mark to hold it against."""
        try:
            file, size = self._opened(0)
            return self._holds(connection, file, size)
        except OSError:
            return True

    def lags(self, connection: Connection) -> "list[Lag]":
        """The counters of the book that stand below their mark; none where the mark is another book's."""
        from seqctl.store.sqlite.high_water_reading import lags

        return lags(self.path, connection)

    def doubts(self, connection: Connection) -> "list[Doubt]":
        """The counters of the book whose freed or reserved numbers could go out again."""
        from seqctl.store.sqlite.high_water_reading import doubts

        return doubts(self.path, connection)

    def fault(self) -> str | None:
        """Why the file cannot do what it is for, in words; None where it can, or is not there yet."""
        from seqctl.store.sqlite.high_water_reading import fault

        return fault(self.path)

    def note(self, connection: Connection, head: tuple[int, bytes], counters: dict[int, int]) -> None:
        """Add the last values of counters after a commit; the transaction named them before.

        Passes over whatever fails: the numbers are issued, and nothing may say otherwise any more.
        """
        try:
            file, size = self._opened(os.O_CREAT)
            known = size == self._size and self._noted is not None
            if not known and not self._holds(connection, file, size):
                return
            event = f"{head[0]}\t{head[1].hex()}"
            names = self._names
            text = "".join(
                [f"{event}\t{names[id]}\t{last}\n" for id, last in counters.items() if id in names]
            )
            if size == 0:
                from seqctl.store.sqlite.beside import make_private

                make_private(file, self.path.removesuffix(SUFFIX))
                row = connection.execute("SELECT hash FROM event WHERE id = 1").fetchone()
                if row is None:
                    return
                text = f"book\t{bytes(row[0]).hex()}\n{text}"
            length = os.write(file, text.encode())
            self._noted, self._size = head, size + length
            if size // COMPACTED != self._size // COMPACTED:
                from seqctl.store.sqlite.high_water_reading import compact

                compact(self.path)
                self.close()
        except (OSError, Error):
            return

    def name(self, connection: Connection, counters: dict[int, int]) -> None:
        """Look up what names each counter in the file, within the transaction: then it costs no locks.

        A counter keeps its name, and its number is never given again.
        """
        unknown = [id for id in counters if id not in self._names]
        if unknown:
            rows = connection.execute(
                "SELECT c.id, s.name, c.period, c.scope FROM counter c JOIN sequence s"
                f" ON s.id = c.sequence_id WHERE c.id IN ({', '.join(map(str, unknown))})"
            )
            self._names.update({id: f"{name}\t{period}\t{scope}" for id, name, period, scope in rows})

    def forget(self) -> None:
        """Take the mark away: the book beside it is a new one."""
        try:
            os.unlink(self.path)
        except OSError:
            return

    def close(self) -> None:
        """Let go of the file."""
        file, self._file = self._file, None
        if file is not None:
            try:
                os.close(file)
            except OSError:
                # The system has let go of it nevertheless, and what it could not write may be missing.
                return

    def _holds(self, connection: Connection, file: int, size: int) -> bool:
        """Whether the book holds the event of the last line, or there is none."""
        line = _parsed(_last_line(file, size))
        if line is None:
            return True
        last = (line[0], bytes.fromhex(line[1]))
        row = connection.execute("SELECT hash FROM event WHERE id = ?", (last[0],)).fetchone()
        if row is None or bytes(row[0]) != last[1]:
            return False
        self._noted, self._size = last, size
        return True

    def _opened(self, create: int) -> tuple[int, int]:
        """The open file and its size. One that was put in its place since is opened instead.

        Raises OSError, also for what is somebody else's: a pipe, or a second name of another file.
        """
        if self._file is not None:
            found = os.fstat(self._file)
            if found.st_nlink == 1:
                return self._file, found.st_size
            self.close()
        flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | create
        self._file = file = os.open(self.path, flags, 0o600)
        self._noted = None
        found = os.fstat(file)
        if found.st_nlink != 1 or not S_ISREG(found.st_mode):
            self.close()
            raise OSError(f"{self.path} is not a file of this program")
        return file, found.st_size


def _last_line(file: int, size: int) -> bytes:
    """The last line of the file; empty where there is none."""
    tail = os.pread(file, TAIL, max(size - TAIL, 0))
    whole, _, _ = tail.rpartition(b"\n")
    return whole.rpartition(b"\n")[2]


def _parsed(line: bytes) -> Line | None:
    """A line of the mark; None for the first one and for what was torn."""
    try:
        event, digest, name, period, scope, last = line.decode().split("\t")
        bytes.fromhex(digest)
        return int(event), digest, name, period, scope, int(last)
    except ValueError:
        return None
