"""What a file turns out to be: a workbook, JSON in one of its forms, or lines of text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, islice
from typing import BinaryIO

from seqctl.definitions.tables.csv import DECLARED, CsvTable
from seqctl.definitions.tables.headings import (
    LOOKED_AT,
    below_a_title,
    cells_of,
    heading_row,
    headings,
)
from seqctl.definitions.tables.json_document import JsonDocument, is_document, is_record
from seqctl.definitions.tables.json_lines import JsonTable
from seqctl.definitions.tables.lines import Lines, Unreadable
from seqctl.definitions.tables.opening import beginning, first_line, is_json
from seqctl.definitions.tables.workbook import BEGINNING, OLD_BEGINNING, Workbook

Objects = JsonTable | JsonDocument
Table = CsvTable | Workbook


NOT_READ = {
    OLD_BEGINNING: "this is an Excel file of the old kind (.xls): save it as .xlsx or CSV",
    b"\x1f\x8b": "this is a compressed file (gzip): unpack it, or pipe it in with gunzip -c and --input -",
    b"%PDF": "this is a PDF file: export the list as CSV or .xlsx",
}
"""Files of other kinds, by their first bytes, and what to do with them."""


class Texts:
    """Lines of text: CSV, or a plain list. `marked` says that they begin with a byte order mark."""

    def __init__(self, first: str, started: int, rest: Iterator[str], marked: bool) -> None:
        self.first = first
        self.started = started
        self.marked = marked
        self._rest = rest
        self._looked_at: list[str] = []

    def is_table(self) -> bool:
        """Whether the first line is one of headings, by itself and the next, or a title above some."""
        self._look()
        filled = [line for line in self._looked_at if line.strip()]
        second = filled[0] if filled else ""
        return bool(
            headings(self.first, second)
            or DECLARED.fullmatch(self.first)
            or below_a_title([self.first, *filled])
        )

    def table(self, wanted: Collection[str] = ()) -> CsvTable:
        """The lines as CSV, from its headings on; see `heading_row` for those `wanted`.

        Raises Unreadable where there are none, or where they are unfit.
        """
        if not self.first:
            raise Unreadable(1, "the file is empty; its first line names the columns")
        self._look()
        declared = DECLARED.fullmatch(self.first)
        begun = [*([] if declared else [self.first]), *self._looked_at]
        at = heading_row([cells_of(line) for line in begun], wanted)
        first = begun[at] if begun else ""
        started = self.started + at + (declared is not None)
        lines = chain(begun[at + 1 :], self._rest)
        return CsvTable(lines, first, started, None if declared is None else declared[1])

    def all(self) -> Iterator[str]:
        """All lines from the first on that is not blank."""
        return chain([self.first], self._looked_at, self._rest)

    def _look(self) -> None:
        """Look at some lines behind the first."""
        if not self._looked_at:
            self._looked_at += islice(self._rest, LOOKED_AT)


def open_source(
    path: str,
    stream: BinaryIO,
    largest: int | None,
    encoding: str | None,
    wanted: Collection[str] = (),
) -> Workbook | Objects | Texts:
    """What an opened file holds, by its first bytes, its name and its first line.

    `largest` bounds the size of a text; see `Lines`. `wanted` are headings by which that row of a workbook is
    found. Raises Unreadable, and InvalidInput for a workbook that
    this install does not read.
    """
    start = beginning(stream)
    for begins, words in NOT_READ.items():
        if start.startswith(begins):
            raise Unreadable(1, words)
    if start.startswith(BEGINNING):
        return Workbook(stream, wanted)
    lines = Lines(stream, largest, encoding)
    texts = iter(lines)
    started, first = first_line(texts)
    if not is_json(path, first):
        return Texts(first, started, texts, lines.marked)
    if first and is_document(first):
        rest = [*texts]
        if is_record(first) and any(not line.isspace() for line in rest):
            return JsonTable(iter(rest), first, started)
        return JsonDocument("\n" * (started - 1) + first + "".join(rest))
    return JsonTable(texts, first, started)
