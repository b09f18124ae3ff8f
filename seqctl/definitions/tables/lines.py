"""The lines of a file of records, read as a stream: decoded one by one, none of them too long.

What a stranger's file may cost is bounded here: the length of a line, the size of the whole, and the number
of cells that are held in memory.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from io import StringIO
from itertools import chain
from typing import BinaryIO, Protocol

BLOCK = 256 * 1024
BETWEEN = r"[\s,;\"]"
"""What stands between words of a list."""
LONGEST_WORD = 40
LONGEST_LINE = 1_000_000
LARGEST_FILE = 256 * 1024 * 1024
MOST_RECORDS = 2_000_000
MOST_CELLS = 50_000_000
BYTE_ORDER_MARK = codecs.BOM_UTF8
WINDOWS = "cp1252"
"""What spreadsheets of western Europe and America write that do not write UTF-8."""
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """What keeps the rest of a file from being read, as `LINE: words`."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(line, words)
        self.line = line
        self.words = words


class NotUtf8(Unreadable):
    """Bytes that are no UTF-8; `probable` is an encoding that reads them, where one is known."""

    def __init__(self, line: int, words: str, probable: str | None) -> None:
        super().__init__(line, words)
        self.probable = probable


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class _CarriageReturns:
    """A stream whose lines end with carriage returns, as one whose lines end with line feeds."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        return self._stream.read(size).replace(b"\r", b"\n")


class Lines:
    """An iterator over the lines of a file, read in blocks. `marked` says that it has a byte order mark.

    `largest` is how many bytes the file may have; None: as many as a file of records. `encoding` is how its
    characters are written; None: UTF-8, or UTF-16 where a mark at the beginning says so.
    """

    def __init__(self, stream: BinaryIO, largest: int | None = None, encoding: str | None = None) -> None:
        self.stream: Readable = stream
        self.largest = LARGEST_FILE if largest is None else largest
        self.encoding = encoding
        self.marked = False

    def __iter__(self) -> Iterator[str]:
        # A block is cut into lines by C code: a line costs no step of this program.
        first = self.stream.read(BLOCK)
        if self.encoding is None and not first.startswith(WIDE_MARKS):
            _check_text(first)
        if b"\r" in first and b"\n" not in first and not first.startswith(WIDE_MARKS):
            # As spreadsheets of old computers end their lines.
            self.stream, first = _CarriageReturns(self.stream), first.replace(b"\r", b"\n")
        encoding = self.encoding or ("utf-16" if first.startswith(WIDE_MARKS) else None)
        blocks = self._blocks(first) if encoding is None else self._decoded(first, encoding)
        return chain.from_iterable(StringIO(block, newline="\n") for block in blocks)

    def _decoded(self, data: bytes, encoding: str) -> Iterator[str]:
        """Whole lines, some at a time, of a file in another encoding than UTF-8."""
        decoder = codecs.getincrementaldecoder(encoding)()
        before = size = 0
        rest = ""
        while True:
            size += len(data)
            if size > self.largest:
                raise Unreadable(before + 1, f"the file is larger than {self.largest >> 20} MiB; split it")
            try:
                text = rest + decoder.decode(data, final=not data)
            except UnicodeError as error:
                words = f"what follows is not {encoding}; say how the file is encoded with --encoding"
                raise Unreadable(before + rest.count("\n") + 1, words) from error
            cut = len(text) if not data else text.rfind("\n") + 1
            block, rest = text[:cut].removeprefix("\ufeff") if not before else text[:cut], text[cut:]
            if len(rest) > LONGEST_LINE or any(len(line) > LONGEST_LINE for line in block.split("\n")):
                raise Unreadable(before + 1, "a line from here on is longer than 1 MB")
            yield block
            before += block.count("\n")
            if not data:
                return
            data = self.stream.read(BLOCK)

    def _blocks(self, data: bytes) -> Iterator[str]:
        """Whole lines of UTF-8, some at a time, decoded."""
        before = size = 0
        rest = b""
        while data:
            if not size and data.startswith(BYTE_ORDER_MARK):
                self.marked = True
                data = data[len(BYTE_ORDER_MARK) :]
            size += len(data)
            if size > self.largest:
                raise Unreadable(before + 1, f"the file is larger than {self.largest >> 20} MiB; split it")
            cut = data.rfind(b"\n") + 1
            if cut:
                block, rest = rest + data[:cut], data[cut:]
                _check_lengths(block, before)
                yield _decoded(block, before)
                before += block.count(b"\n")
            else:
                rest += data
                _check_lengths(rest, before)
            data = self.stream.read(BLOCK)
        if rest:
            yield _decoded(rest, before)


def _check_text(first: bytes) -> None:
    """Raise Unreadable where a file begins as one in UTF-16 without a mark does."""
    start = first[:64]
    if len(start) > 3 and 3 * start.count(0) > len(start):
        encoding = "utf-16-be" if start[0] == 0 else "utf-16-le"
        raise Unreadable(
            1, f"every other byte is zero: it may be UTF-16; try again with --encoding {encoding}"
        )


def _check_lengths(block: bytes, before: int) -> None:
    """Raise Unreadable for a line that is too long; only a long block can hold one."""
    if len(block) <= LONGEST_LINE:
        return
    for place, line in enumerate(block.split(b"\n")):
        if len(line) > LONGEST_LINE:
            raise Unreadable(before + place + 1, "the line is longer than 1 MB")


def _decoded(block: bytes, before: int) -> str:
    try:
        return block.decode()
    except UnicodeDecodeError as error:
        line = before + block.count(b"\n", 0, error.start) + 1
        words = f"the byte 0x{block[error.start]:02x} is not UTF-8"
        start, end = block.rfind(b"\n", 0, error.start) + 1, block.find(b"\n", error.start)
        try:
            read = block[start : None if end < 0 else end].decode(WINDOWS)
        except UnicodeDecodeError:
            raise NotUtf8(line, f"{words}; save the file as UTF-8, or give --encoding", None) from error
        around = len(block[start : error.start].decode(WINDOWS))
        word = re.split(BETWEEN, read[:around])[-1] + re.split(BETWEEN, read[around:])[0]
        words = (
            f"{words}; the word is {word[:LONGEST_WORD]!r} if the file is in {WINDOWS}: --encoding {WINDOWS}"
        )
        raise NotUtf8(line, words, WINDOWS) from error


def room(columns: int) -> int:
    """How many records of so many columns one run takes into memory."""
    return min(MOST_RECORDS, MOST_CELLS // max(columns, 1))


def too_many(line: int, records: int) -> Unreadable:
    """The refusal of a file with more records than that."""
    return Unreadable(line, f"the file has more than {records} records of that width; split it")
