"""The event log: who did what, when; append-only, each event chained to the one before with SHA-256.

What exactly is hashed stands in docs/log.md, with test vectors. The chain hashes the stored columns as
they are, never JSON made again.
"""

import sys

from seqctl.process import Clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.log.events.kinds import Content
    from seqctl.store.sql.connection import Connection

# The small C modules behind hashlib: importing hashlib itself would cost a fifth of `import sqlite3`.
try:
    if sys.version_info >= (3, 12):
        from _sha2 import sha256
    else:
        from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    from hashlib import sha256

__all__ = ["GENESIS", "HASH", "Head", "Log", "event_hash", "sealed", "sha256"]

GENESIS = bytes(32)
"""What the first event is chained to."""

HASH = 32
"""How many hexadecimal digits of an event's hash a high-water mark keeps."""

LEAVING = ("moving to", "moved to")
"""The newest event of a book that is written to no more, since it goes elsewhere or went there.

`model/log/moving.py`, which no issue loads, has these words too.
"""


ONLY_DRAWN = (
    "SELECT EXISTS (SELECT 1 FROM event WHERE id = ? AND hash = ?)"
    " AND NOT EXISTS (SELECT 1 FROM event WHERE id > ? AND action <> 'issue' AND action <> 'reserve')"
)
"""Whether an event is there and only drawn numbers came behind it."""


class Head(tuple[int, bytes]):
    """The newest event of a book: its number and its hash."""

    __slots__ = ()

    @property
    def id(self) -> int:
        """Its number; 0 before the first one."""
        return self[0]

    @property
    def hash(self) -> bytes:
        """Its hash; zeros before the first one."""
        return self[1]


class Log:
    """The events of one book, within a transaction.

    `head` is the last event appended by it, `before` the one that the book ended with until then.
    """

    __slots__ = (
        *("_behind", "_highest", "_last", "_newest", "_now", "actor", "before", "clock", "connection"),
        "head",
    )

    def __init__(self, connection: "Connection", actor: str, clock: Clock) -> None:
        self.connection = connection
        self.actor = actor
        self.clock = clock
        self.head: Head | None = None
        self.before = Head((0, GENESIS))
        self._last: Head | None = None
        self._now: str | None = None
        self._behind: int | None = None
        """The serial behind those of the last event, where that wrote rows of the ledger."""
        self._highest: int | None = None
        """The highest serial of a number that was held when the last event was looked up."""
        self._newest = ""
        """What the last event of the book did."""

    @property
    def now(self) -> str:
        """The instant of the transaction, read once: of its events, deadlines and today's date alike."""
        if self._now is None:
            self._now = self.clock.now()
        return self._now

    def last(self) -> Head:
        """The number and hash of the last event of the book; (0, zeros) before the first one."""
        if self._last is None:
            query = (
                "SELECT id, hash, serial + count, (SELECT max(serial) FROM number), action FROM event"
                " ORDER BY id DESC LIMIT 1"
            )
            row = self.connection.execute(query).fetchone() or (0, GENESIS, 1, None, "")
            self._last = self.before = Head(row[:2])
            self._behind, self._highest, self._newest = row[2:]
        return self._last

    def next_serial(self) -> int:
        """The place of the next number in the order of issue; that of a freed number is not given again."""
        self.last()
        if self._behind is None:
            query = "SELECT serial + count FROM event WHERE serial IS NOT NULL ORDER BY id DESC LIMIT 1"
            (self._behind,) = self.connection.execute(query).fetchone() or (1,)
        return max(self._behind or 1, (self._highest or 0) + 1)

    def only_drawn_since(self, number: int, digest: bytes) -> bool:
        """Whether the book holds this event, and nothing but drawn numbers came after it."""
        return bool(self.connection.execute(ONLY_DRAWN, (number, digest, number)).fetchone()[0])

    def append(self, event: "Content") -> str:
        """Append one event and return its instant; one event covers a request.

        Raises Refused `moving` or `moved` where the book goes elsewhere or went there, and ValueError where a
        text of the event holds a line end.
        """
        detail, serial, count = event.detail(), event.serial, event.count
        if "\n" in f"{self.actor}{event.action}{event.subject}{detail}":
            raise ValueError("a line end in an event would make its hash ambiguous")
        number, previous = self.last()
        if self._newest in LEAVING:
            from seqctl.store.between.leaving import refuse_leaving

            refuse_leaving(self.connection, self._newest, event.action)
        number += 1
        at = self.now
        aim = (event.action, event.subject, event.counter_id, event.first, event.last)
        columns = (at, self.actor, *aim, serial, count, detail)
        digest = event_hash(previous, (number, *columns))
        self.connection.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *columns, digest),
        )
        self.head = self._last = Head((number, digest))
        self._newest = event.action
        if serial is not None and count is not None:
            self._behind = serial + count
        return at


def event_hash(previous: bytes, columns: "tuple[object, ...]") -> bytes:
    """SHA-256 over the hash before and the event's columns, one a line, NULL as an empty line.

    The columns are id, at, actor, action, subject, counter_id, first, last, serial, count, detail. None of
    them holds a line end, so that no two events give the same bytes.
    """
    lines = "\n".join(["" if column is None else str(column) for column in columns])
    digest: bytes = sha256(previous + lines.encode()).digest()
    return digest


def sealed(counters: bytes, head: "tuple[int, bytes]") -> bytes:
    """A line of a high-water mark behind its first character: counters, an event with a part of its hash, a
    sum over the line, a line end.
    """
    body = counters + f"{head[0]}\t{head[1].hex()[:HASH]}\t".encode()
    return body + f"{sha256(body).hexdigest()[:8]}\n".encode()
