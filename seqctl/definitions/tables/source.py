"""What a file turns out to be: a workbook, JSON in one of its forms, or lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from seqctl.definitions.tables.csv import DECLARED, CsvTable
from seqctl.definitions.tables.headings import headings
from seqctl.definitions.tables.json_document import JsonDocument, is_document
from seqctl.definitions.tables.json_lines import JsonTable
from seqctl.definitions.tables.lines import Lines, Unreadable
from seqctl.definitions.tables.opening import beginning, first_line, is_json
from seqctl.definitions.tables.workbook import BEGINNING, OLD_BEGINNING, Workbook

Objects = JsonTable | JsonDocument
Table = CsvTable | Workbook


class Texts:
    """Lines of text: CSV, or a plain list. `marked` says that they begin with a byte order mark."""

    def __init__(self, first: str, started: int, rest: Iterator[str], marked: bool) -> None:
        self.first = first
        self.started = started
        self.marked = marked
        self._rest = rest
        self._looked_at: list[str] = []

    def is_table(self) -> bool:
        """Whether the first line is one of headings, by itself and the one that follows."""
        self._looked_at += _to_the_next(self._rest)
        return bool(headings(self.first, self._looked_at[-1]) or DECLARED.fullmatch(self.first))

    def table(self) -> CsvTable:
        """The lines as CSV. Raises Unreadable where there are none, or where the headings are unfit."""
        if not self.first:
            raise Unreadable(1, "the file is empty; its first line names the columns")
        return CsvTable(chain(self._looked_at, self._rest), self.first, self.started)

    def all(self) -> Iterator[str]:
        """All lines from the first on that is not blank."""
        return chain([self.first], self._looked_at, self._rest)


def open_source(
    path: str, stream: BinaryIO, largest: int | None, encoding: str | None
) -> Workbook | Objects | Texts:
    """What an opened file holds, by its first bytes, its name and its first line.

    `largest` bounds the size of a text; see `Lines`. Raises Unreadable, and InvalidInput for a workbook that
    this install does not read.
    """
    start = beginning(stream)
    if start.startswith(OLD_BEGINNING):
        raise Unreadable(1, "this is an Excel file of the old kind (.xls): save it as .xlsx or CSV")
    if start.startswith(BEGINNING):
        return Workbook(stream)
    lines = Lines(stream, largest, encoding)
    texts = iter(lines)
    started, first = first_line(texts)
    if not is_json(path, first):
        return Texts(first, started, texts, lines.marked)
    if first and is_document(first):
        return JsonDocument("\n" * (started - 1) + first + "".join(texts))
    return JsonTable(texts, first, started)


def _to_the_next(texts: Iterator[str]) -> Iterator[str]:
    """The blank lines that follow and the one behind them, or a last blank one."""
    for text in texts:
        yield text
        if text.strip():
            return
    yield ""
