"""A high-water mark read as a whole, and how it stands to the book beside it.

Loaded where the last line of the mark is not that of the book's newest event, and for `check`.
"""

import os
from collections.abc import Iterator
from contextlib import closing

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
from seqctl.store.sql.log import GENESIS, sha256
from seqctl.store.sqlite.driver import Connection, connect
from seqctl.store.sqlite.high_water import HASH, Head
from seqctl.store.sqlite.mark.beginning import FORMAT
from seqctl.store.sqlite.mark.beside import is_own

LOOKS = 3
"""How often a reader looks before it believes that something is wrong while others write."""

Place = tuple[int, str, str]
"""Sequence, period and scope of a counter."""


class Entry(NamedTuple):
    """The latest line of one counter: the sequence's name, the last value, and the event with its hash."""

    name: str
    last: int
    event: int
    digest: str


class Written:
    """What stands in a mark. `whole`: every line of it reads, from the first one on.

    `head` is the newest event that is known to have been durable, `attempt` one behind it that may have been.
    The next line goes to `end`; what the mark began with ends at `base`.
    """

    __slots__ = ("attempt", "attempt_at", "base", "book", "end", "entries", "head", "whole")

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.entries: dict[Place, Entry] = {}
        self.head: tuple[int, str] | None = None
        self.attempt: tuple[int, str] | None = None
        self.attempt_at = self.end = 0
        self.book, self.base = self._begun(next(lines, b""))
        self.whole = self.book is not None
        for line in lines:
            self._add(line)
        self.whole = self.whole and self.base <= self.end and self.head is not None

    def _begun(self, line: bytes) -> tuple[str | None, int]:
        """The id of the book, and where what the mark began with ends: from the first line."""
        self.end = len(line)
        text = _text(line)
        if text is None or not text.startswith(FORMAT):
            return None, 0
        book, _, _, size = text.removeprefix(FORMAT).rstrip("\t").split("\t")
        return book, len(line) + int(size)

    def _add(self, line: bytes) -> None:
        at, self.end = self.end, self.end + len(line)
        fields = (_text(line[1:]) or "").split("\t")
        if line[:1] not in (b"+", b"-") or len(fields) % 5 != 2:
            self.whole = False
            return
        event = int(fields[-2]), fields[-1]
        for place in range(0, len(fields) - 2, 5):
            sequence, name, period, scope, last = fields[place : place + 5]
            key = int(sequence), period, scope
            self.entries[key] = Entry(name, int(last), *event)
        self.attempt = None
        if line[:1] == b"-":
            self.attempt, self.attempt_at = event, at
        else:
            self.head = event


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


def read(path: str) -> Written | None:
    """What stands in a mark; None where there is none.

    Raises OSError, also for what is no file of this program: a pipe, or a second name of another file.
    """
    try:
        # A pipe is opened without waiting for whoever writes to it.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        file = open(os.open(path, flags), "rb")
    except FileNotFoundError:
        return None
    with file:
        if not is_own(os.fstat(file.fileno())):
            raise OSError(f"{path} is not a file of this program")
        return Written(iter(file))


def standing(path: str, connection: Connection, newest: Head) -> Standing:
    """How a mark stands to the book whose newest event is given. Exact under the write lock."""
    try:
        written = read(path)
    except OSError:
        return Standing(UNUSABLE)
    return Standing(ABSENT) if written is None else Standing(_judged(written, connection, newest), written)


def standing_meanwhile(path: str, uri: str) -> Standing:
    """The same while others write: the mark is read before the book is looked at, by a connection for it.

    What the mark knew then the book has by now. That the book knows more may be the work of others, and is
    looked at again.
    """
    found = Standing(UNUSABLE)
    for _ in range(LOOKS):
        with closing(connect(uri, timeout=30, uri=True)) as connection:
            try:
                written = read(path)
                newest = newest_event(connection)
                after = read(path)
            except OSError:
                return Standing(UNUSABLE)
            if written is None or after is None:
                found = Standing(ABSENT)
                continue
            found = Standing(_judged(written, connection, newest), written)
            passed = after.head is not None and after.head[0] >= newest[0] and after.whole
            if found.kind in (BEHIND, NOT_WHOLE) and passed:
                found = Standing(_judged(after, connection, newest), after)
                found = Standing(IN_STEP, after) if found.kind == OLDER else found
            if found.kind in (IN_STEP, OLDER, OTHER_BOOK):
                return found
    return found


def newest_event(connection: Connection) -> Head:
    """The number and hash of the newest event of a book."""
    row = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    return (row[0], bytes(row[1])) if row else (0, GENESIS)


def lags(written: Written, connection: Connection) -> list[Lag]:
    """The counters of the book that stand below a mark which knows more than the book."""
    return [
        Lag(lost.name, lost.period, lost.scope, lost.marked, lost.last)
        for lost in lost_counters(written, connection)
        if lost.last is None or lost.last < lost.marked
    ]


def doubts(written: Written, connection: Connection) -> list[Doubt]:
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


def lost_counters(written: Written, connection: Connection) -> list[LostCounter]:
    """The counters of a mark whose latest event the book does not have."""
    held: dict[tuple[int, str], bool] = {}
    names = {entry.name for entry in written.entries.values()}
    found = []
    for (sequence, period, scope), entry in written.entries.items():
        event = entry.event, entry.digest
        if event not in held:
            held[event] = _holds(connection, event)
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


def _present_name(connection: Connection, id: int, name: str, names: set[str]) -> str:
    """The name of a sequence of the mark in the book: the same, or the one that it was given since.

    Where the book has no such name, its sequence of that number is meant, unless the mark knows that one too.
    """
    if connection.execute("SELECT 1 FROM sequence WHERE name = ?", (name,)).fetchone() is None:
        row = connection.execute("SELECT name FROM sequence WHERE id = ?", (id,)).fetchone()
        if row is not None and row[0] not in names:
            return str(row[0])
    return name


def _judged(written: Written, connection: Connection, newest: Head) -> str:
    if written.book is None:
        return NOT_WHOLE
    (book,) = connection.execute("SELECT identity FROM book").fetchone() or ("",)
    if written.book != book:
        return OTHER_BOOK
    attempt = written.attempt
    if attempt is not None and _holds(connection, attempt):
        written.head, written.attempt = attempt, None
    elif attempt is not None:
        # Its commit never came to be: the process was killed, or the commit failed.
        written.end = written.attempt_at
    head = written.head
    if head is None:
        return NOT_WHOLE
    if not _holds(connection, head):
        return OLDER
    if not written.whole:
        return NOT_WHOLE
    return IN_STEP if head == (newest[0], newest[1].hex()[:HASH]) else BEHIND


def _holds(connection: Connection, event: tuple[int, str]) -> bool:
    row = connection.execute("SELECT hash FROM event WHERE id = ?", (event[0],)).fetchone()
    return row is not None and bytes(row[0]).hex()[:HASH] == event[1]


def _text(line: bytes) -> str | None:
    """A line without its sum and line end; None where it was torn or is none of this program's."""
    body, digest = line[:-9], line[-9:]
    if digest != sha256(body).hexdigest()[:8].encode() + b"\n" or not body.endswith(b"\t"):
        return None
    return body[:-1].decode()
