"""A high-water mark as a text: what it says of its book, and how it is written.

The first line names the form, the book, when and on which host the mark was begun, and how long what it
begins with is. Each line behind it has counters, an event, half of its hash, and a sum over the line.
"""

import os
from collections.abc import Iterator
from stat import S_ISREG

from seqctl.model.classes import NamedTuple
from seqctl.store.sql.log import sealed, sha256

FORMAT = "seqctl-mark\t1\t"
"""How a mark begins: what it is, and the version of its form."""

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

    It was begun `at` an instant on a `host`. `head` is the newest event that is known to have been durable,
    `attempt` one behind it that may have been. The next line goes to `end`; what the mark began with ends at
    `base`.
    """

    __slots__ = ("at", "attempt", "attempt_at", "base", "book", "end", "entries", "head", "host", "whole")

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.entries: dict[Place, Entry] = {}
        self.head: tuple[int, str] | None = None
        self.attempt: tuple[int, str] | None = None
        self.attempt_at = self.end = 0
        self.at = self.host = ""
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
        book, self.at, self.host, size = text.removeprefix(FORMAT).rstrip("\t").split("\t")
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
            raise OSError(f"{path} was not written by seqctl")
        return Written(iter(file))


def is_own(found: os.stat_result) -> bool:
    """Whether it is a file that is nowhere else: no pipe, no device, and no second name of another file."""
    return S_ISREG(found.st_mode) and found.st_nlink == 1


def content(book: str, now: str, lines: list[bytes], head: tuple[int, bytes]) -> bytes:
    """A whole mark: the lines of counters of a book, whose newest event is `head`, at an instant."""
    body = b"".join([b"+" + line for line in [*lines, sealed(b"", head)]])
    first = f"{FORMAT}{book}\t{now}\t{os.uname().nodename}\t{len(body)}\t".encode()
    return first + f"{sha256(first).hexdigest()[:8]}\n".encode() + body


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes to a file, whatever a single write takes. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _text(line: bytes) -> str | None:
    """A line without its sum and line end; None where it was torn or is none of this program's."""
    body, digest = line[:-9], line[-9:]
    if digest != sha256(body).hexdigest()[:8].encode() + b"\n" or not body.endswith(b"\t"):
        return None
    return body[:-1].decode()
