"""Reading a high-water mark as a whole: loaded where the book beside it is older, or the mark grew long."""

import os
import tempfile

from seqctl.model.high_water import Doubt, Lag
from seqctl.store.sqlite.beside import make_private
from seqctl.store.sqlite.driver import Connection
from seqctl.store.sqlite.high_water import SUFFIX, Line, _parsed

Place = tuple[str, str, str]
"""Sequence, period and scope."""


def lags(path: str, connection: Connection) -> list[Lag]:
    """The counters of a book that stand below their mark; none where the mark is another book's."""
    first, latest = _read(path)
    if not _is_of_this_book(first, connection):
        return []
    found = []
    for (name, period, scope), line in latest.items():
        row = connection.execute(
            "SELECT c.last FROM sequence s LEFT JOIN counter c ON c.sequence_id = s.id AND c.period = ?"
            " AND c.scope = ? WHERE s.name = ?",
            (period, scope, name),
        ).fetchone()
        last = row[0] if row is not None else None
        if last is None or last < line[5]:
            found.append(Lag(name, period, scope, line[5], last))
    return found


def doubts(path: str, connection: Connection) -> list[Doubt]:
    """The counters whose freed or reserved numbers could go out again.

    None where the mark is another book's.
    """
    if not _is_of_this_book(_read(path)[0], connection):
        return []
    rows = connection.execute(
        "SELECT s.name, c.period, c.scope, c.reusable, c.reserved"
        " FROM counter c JOIN sequence s ON s.id = c.sequence_id"
        " WHERE s.mode = 'gapless' AND (c.reusable > 0 OR c.reserved > 0) ORDER BY s.name, c.scope, c.period"
    )
    return [Doubt(*row) for row in rows]


def compact(path: str) -> None:
    """Keep the latest line of each counter, the latest event last; the file is exchanged as a whole.

    One that cannot be read is kept as it is.
    """
    first, latest = _read(path)
    if not latest:
        return
    lines = [f"book\t{first}\n"]
    for line in sorted(latest.values()):
        lines.append("\t".join(map(str, line)) + "\n")
    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)), prefix=".mark-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            make_private(descriptor, path.removesuffix(SUFFIX))
            file.write("".join(lines).encode())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def fault(path: str) -> str | None:
    """Why the mark cannot do what it is for, in words; None where it can, or is not there yet."""
    if not os.path.exists(path):
        return None
    if not os.access(path, os.R_OK | os.W_OK):
        return "cannot be read and written"
    first, _ = _read(path)
    return None if first or os.path.getsize(path) == 0 else "is not what this program wrote"


def _is_of_this_book(first: str, connection: Connection) -> bool:
    row = connection.execute("SELECT hash FROM event WHERE id = 1").fetchone()
    return row is not None and first == bytes(row[0]).hex()


def _read(path: str) -> tuple[str, dict[Place, Line]]:
    """The hash that names the book, and for each counter its latest line.

    Not its highest: a counter may have gone back since, over numbers that nobody held.
    """
    first = ""
    latest: dict[Place, Line] = {}
    try:
        # A pipe is opened without waiting for whoever writes to it.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with open(os.open(path, flags), "rb") as file:
            for written in file:
                if written.startswith(b"book\t"):
                    first = written.decode("ascii", "replace").strip().partition("\t")[2]
                line = _parsed(written.rstrip(b"\n")) if written.endswith(b"\n") else None
                if line is not None:
                    place = line[2:5]
                    if place not in latest or latest[place][0] <= line[0]:
                        latest[place] = line
    except OSError:
        return "", {}
    return first, latest
