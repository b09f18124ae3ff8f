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
    from seqctl.model.high_water import Lag

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

    __slots__ = ("_file", "_names", "_noted", "path")

    def __init__(self, book: str) -> None:
        self.path = book + SUFFIX
        self._file: int | None = None
        self._noted: tuple[int, bytes] | None = None
        self._names: dict[int, str] = {}

    def in_step(self, connection: Connection) -> bool:
        """Whether the book holds the last event of the mark, or there is no mark to hold it against."""
        line = _parsed(self._tail())
        if line is None:
            return True
        last = (line[0], bytes.fromhex(line[1]))
        if last == self._noted:
            return True
        row = connection.execute("SELECT hash FROM event WHERE id = ?", (line[0],)).fetchone()
        if row is None or bytes(row[0]) != last[1]:
            return False
        self._noted = last
        return True

    def lags(self, connection: Connection) -> "list[Lag]":
        """The counters of the book that stand below their mark; none where the mark is another book's."""
        from seqctl.store.sqlite.high_water_reading import lags

        return lags(self.path, connection)

    def note(self, connection: Connection, head: tuple[int, bytes], counters: dict[int, int]) -> None:
        """Add the last values of counters after a commit; the transaction named them before.

        Passes over whatever fails: the numbers are issued, and nothing may say otherwise any more.
        """
        try:
            if not self.in_step(connection):
                return
            event = f"{head[0]}\t{head[1].hex()}"
            names = self._names
            text = "".join(
                [f"{event}\t{names[id]}\t{last}\n" for id, last in counters.items() if id in names]
            )
            self._append(connection, text.encode())
            self._noted = head
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

    def _append(self, connection: Connection, text: bytes) -> None:
        file = self._opened(os.O_CREAT)
        found = os.fstat(file)
        before = found.st_size
        if found.st_nlink != 1 or not S_ISREG(found.st_mode):
            # A pipe, or a second name of another file: somebody else's, and not to be written.
            return
        if before == 0:
            from seqctl.store.sqlite.beside import make_private

            make_private(file, self.path.removesuffix(SUFFIX))
            row = connection.execute("SELECT hash FROM event WHERE id = 1").fetchone()
            text = f"book\t{bytes(row[0]).hex()}\n".encode() + text
        os.write(file, text)
        if before // COMPACTED != (before + len(text)) // COMPACTED:
            from seqctl.store.sqlite.high_water_reading import compact

            compact(self.path)
            self.close()

    def _tail(self) -> bytes:
        """The last line of the file; empty where there is none."""
        try:
            file = self._opened(0)
            size = os.fstat(file).st_size
            tail = os.pread(file, TAIL, max(size - TAIL, 0))
        except OSError:
            return b""
        whole, _, _ = tail.rpartition(b"\n")
        return whole.rpartition(b"\n")[2]

    def _opened(self, create: int) -> int:
        """The open file. One that was put in its place since is opened instead."""
        if self._file is not None and os.fstat(self._file).st_nlink == 0:
            self.close()
        if self._file is None:
            flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | create
            self._file = os.open(self.path, flags, 0o600)
        return self._file


def _parsed(line: bytes) -> Line | None:
    """A line of the mark; None for the first one and for what was torn."""
    try:
        event, digest, name, period, scope, last = line.decode().split("\t")
        bytes.fromhex(digest)
        return int(event), digest, name, period, scope, int(last)
    except ValueError:
        return None
