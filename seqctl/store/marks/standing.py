"""A high-water mark read as a whole, and how it stands to its book.

Loaded where the last line of the mark is not that of the book's newest event, and for `check`.
"""

from seqctl.model.classes import NamedTuple
from seqctl.model.reports.high_water import (
    ABSENT,
    BEHIND,
    IN_STEP,
    NOT_WHOLE,
    OLDER,
    OTHER_BOOK,
    UNUSABLE,
    Doubt,
    Lag,
)
from seqctl.store.marks.written import Written, read
from seqctl.store.sql.log import GENESIS, HASH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

Head = tuple[int, bytes]
"""The number and hash of an event."""


class Standing(NamedTuple):
    """How a mark stands to the book, and what it says where it can be read."""

    kind: str
    written: Written | None = None


class LostCounter(NamedTuple):
    """A counter whose latest event in the mark the book does not have, and what the book has of it."""

    name: str
    period: str
    scope: str
    marked: int
    id: int | None
    last: int | None


def standing(path: str, connection: "Connection", newest: Head) -> Standing:
    """How a mark stands to the book whose newest event is given. Exact under the write lock."""
    try:
        written = read(path)
    except OSError:
        return Standing(UNUSABLE)
    return Standing(ABSENT) if written is None else Standing(judged(written, connection, newest), written)


def newest_event(connection: "Connection") -> Head:
    """The number and hash of the newest event of a book."""
    row = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], bytes(row[1])) if row else (0, GENESIS)


def lags(written: Written, connection: "Connection") -> list[Lag]:
    """The counters of the book that stand below a mark which knows more than the book."""
    return [
        Lag(lost.name, lost.period, lost.scope, lost.marked, lost.last)
        for lost in lost_counters(written, connection)
        if lost.last is None or lost.last < lost.marked
    ]


def doubts(written: Written, connection: "Connection") -> list[Doubt]:
    """The counters that something happened to since, and whose freed or reserved numbers could come again.

    Where the mark is not whole, all whose latest event it does not know.
    """
    touched = {lost.id for lost in lost_counters(written, connection)}
    known = written.entries if not written.whole else None
    rows = connection.execute(
        "SELECT c.id, s.id, s.name, c.period, c.scope, c.reusable, c.reserved"
        " FROM counter c JOIN sequence s ON s.id = c.sequence_id"
        " WHERE s.mode = 'gapless' AND (c.reusable > 0 OR c.reserved > 0) ORDER BY s.name, c.scope, c.period"
    )
    return [
        Doubt(name, period, scope, freed, reserved)
        for id, sequence, name, period, scope, freed, reserved in rows.fetchall()
        if id in touched or (known is not None and (sequence, period, scope) not in known)
    ]


def lost_counters(written: Written, connection: "Connection") -> list[LostCounter]:
    """The counters of a mark whose latest event the book does not have."""
    held: dict[tuple[int, str], bool] = {}
    names = {entry.name for entry in written.entries.values()}
    found = []
    for (sequence, period, scope), entry in written.entries.items():
        event = entry.event, entry.digest
        if event not in held:
            held[event] = holds(connection, event)
        if held[event]:
            continue
        name = _present_name(connection, sequence, entry.name, names)
        row = connection.execute(
            "SELECT c.id, c.last FROM sequence s JOIN counter c ON c.sequence_id = s.id AND c.period = ?"
            " AND c.scope = ? WHERE s.name = ?",
            (period, scope, name),
        ).fetchone()
        found.append(LostCounter(name, period, scope, entry.last, *(row or (None, None))))
    return found


def _present_name(connection: "Connection", id: int, name: str, names: set[str]) -> str:
    """The name of a sequence of the mark in the book: the same, or the one that it was given since.

    Where the book has no such name, its sequence of that number is meant, unless the mark knows that one too.
    """
    if connection.execute("SELECT 1 FROM sequence WHERE name = ?", (name,)).fetchone() is None:
        row = connection.execute("SELECT name FROM sequence WHERE id = ?", (id,)).fetchone()
        if row is not None and row[0] not in names:
            return str(row[0])
    return name


def judged(written: Written, connection: "Connection", newest: Head) -> str:
    """How what stands in a mark stands to the book."""
    if written.book is None:
        return NOT_WHOLE
    (book,) = connection.execute("SELECT identity FROM book").fetchone() or ("",)
    if written.book != book:
        return OTHER_BOOK
    attempt = written.attempt
    if attempt is not None and holds(connection, attempt):
        written.head, written.attempt = attempt, None
    elif attempt is not None:
        # Its commit never came to be: the process was killed, or the commit failed.
        written.end = written.attempt_at
    head = written.head
    if head is None:
        return NOT_WHOLE
    if not holds(connection, head):
        return OLDER
    if not written.whole:
        return NOT_WHOLE
    return IN_STEP if head == (newest[0], newest[1].hex()[:HASH]) else BEHIND


def holds(connection: "Connection", event: tuple[int, str]) -> bool:
    """Whether the book has an event with this part of its hash."""
    row = connection.execute("SELECT hash FROM event WHERE id = ?", (event[0],)).fetchone()
    return row is not None and bytes(row[0]).hex()[:HASH] == event[1]
