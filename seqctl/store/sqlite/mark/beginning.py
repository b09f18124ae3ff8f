"""Beginning a high-water mark. Needs the write lock.

The first number of a book begins its mark, so nothing is loaded here that the express lane does without.
"""

import os

from seqctl.store.marks.written import content, write_all
from seqctl.store.sql.log import sealed
from seqctl.store.sqlite.driver import Connection
from seqctl.store.sqlite.high_water import SUFFIX, Head, HighWater
from seqctl.store.sqlite.mark.beside import make_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

COUNTERS = (
    "SELECT c.id, s.id, s.name, c.period, c.scope, c.last FROM counter c JOIN sequence s"
    " ON s.id = c.sequence_id ORDER BY c.id"
)


def begin(mark: HighWater, connection: Connection, head: Head, without: "Iterable[int]" = ()) -> None:
    """Begin a mark anew that knows every counter of the book, as of an event.

    `without` are counters that the transaction changed, and whose line is still to come. Passes over a file
    that cannot be written.
    """
    left_out = set(without)
    lines = [
        sealed("\t".join([str(cell) for cell in row[1:]]).encode() + b"\t", head)
        for row in connection.execute(COUNTERS)
        if row[0] not in left_out
    ]
    exchange(mark, connection, lines, head)


def began_with_first(mark: HighWater, connection: Connection, newest: Head) -> bool:
    """Begin the mark of a book that has none and gave nothing out, so that there is nothing to be told."""
    if os.path.lexists(mark.path) or gave_out(connection, newest[0]) or copied_from(connection) is not None:
        return False
    begin(mark, connection, newest)
    return True


def gave_out(connection: Connection, until: int) -> bool:
    """Whether the book gave numbers out, or took some in, by an event up to that one."""
    query = "SELECT EXISTS (SELECT 1 FROM event WHERE serial IS NOT NULL AND id <= ?)"
    return bool(connection.execute(query, (until,)).fetchone()[0])


def copied_from(connection: Connection) -> str | None:
    """The server of which a book in a file is a backup that nobody accepted; None for any other book."""
    (name,) = connection.execute("SELECT copied_from FROM book").fetchone() or (None,)
    return None if name is None else str(name)


def exchange(mark: HighWater, connection: Connection, lines: list[bytes], head: Head) -> None:
    """Put a mark of these lines in the place of the present one, all at once."""
    query = "SELECT identity, strftime('%Y-%m-%dT%H:%M:%SZ') FROM book"
    book, now = connection.execute(query).fetchone()
    temporary = os.path.join(os.path.dirname(mark.path), f".mark-{os.urandom(8).hex()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            try:
                make_private(descriptor, mark.path.removesuffix(SUFFIX))
                write_all(descriptor, content(book, now, lines, head))
            finally:
                os.close(descriptor)
            os.replace(temporary, mark.path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError:
        return
    mark.close()
    mark.in_step(head)
