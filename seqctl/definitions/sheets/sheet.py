"""One sheet with a row a sequence: its headings, and the cells of each row with where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.definitions.sheets.cells import plain_cell
from seqctl.definitions.tables.csv import CsvTable
from seqctl.definitions.tables.dates import date_reader
from seqctl.definitions.tables.lines import Unreadable
from seqctl.definitions.tables.opening import opened, shown_name
from seqctl.definitions.tables.source import Texts, open_source
from seqctl.definitions.tables.workbook import Workbook
from seqctl.definitions.toml.lines import KeyPath
from seqctl.errors import InvalidInput
from seqctl.model.finding import Finding, nearest
from seqctl.model.sequence.fields import FIELD_BY_NAME, SHORTHAND

BESIDE = ("set", "member", "counters")
"""Columns beside the fields: which sets name the sequence for which document types, and next values."""
COLUMNS = (*FIELD_BY_NAME, *SHORTHAND, *BESIDE)

Cells = dict[str, str]


class Sheet:
    """A table that was read: `rows` are the cells of each row by their column, with the row's place.

    `findings` is what keeps it, or rows of it, from being read.
    """

    def __init__(self, path: str, date_format: str | None = None, encoding: str | None = None) -> None:
        self.name = shown_name(path)
        self.findings: list[Finding] = []
        self.columns: dict[str, int] = {}
        self.rows: list[tuple[int, Cells]] = []
        self.read_date = date_reader(date_format)
        self._in_cells = False
        try:
            with opened(path) as stream:
                self._read(open_source(path, stream, None, encoding, COLUMNS))
        except Unreadable as error:
            self._fault(error.line, error.words)
        except InvalidInput as error:
            self.findings.append(Finding(error.code, "error", (), error.message, error.hint))

    def at(self, path: KeyPath) -> str:
        """Where a path (row, column, ...) stands: `FILE:LINE`, or `FILE:CELL` of a workbook."""
        row = path[0]
        if not self._in_cells:
            return f"{self.name}:{row}"
        return f"{self.name}:{letters(self.columns.get(self.column(path), 0))}{row}"

    def column(self, path: KeyPath) -> str:
        """The column of a path; that of the names where it has none of its own."""
        column = str(path[1]) if path[1:] else "name"
        if column in self.columns:
            return column
        # What is wrong with a pattern may come of the parts that stand for it.
        return next((part for part in SHORTHAND if column == "pattern" and part in self.columns), "name")

    def _read(self, source: object) -> None:
        table = source.table(COLUMNS) if isinstance(source, Texts) else source
        if not isinstance(table, CsvTable | Workbook):
            raise Unreadable(1, "is JSON, not a table")
        self._in_cells = isinstance(table, Workbook)
        for note in table.notes:
            self.findings.append(Finding("invalid_input", "warning", (self.name,), note))
        self._read_headings(table.names, table.started)
        if "name" in self.columns:
            try:
                self.rows.extend(self._cells(table))
            finally:
                for line, words in table.problems:
                    self._fault(line, words)

    def _read_headings(self, names: list[str], started: int) -> None:
        for place, heading in enumerate(names):
            if not heading.strip():
                continue
            name = heading.strip().casefold().replace(" ", "_").replace("-", "_")
            subject = self._heading_at(place, started)
            if name not in COLUMNS:
                hint = nearest(name, COLUMNS) or f"the columns are {', '.join(COLUMNS[:6])} ..."
                words = f"there is no field {heading.strip()!r}"
                self.findings.append(Finding("invalid_input", "error", subject, words, hint))
            elif name in self.columns:
                words = f"{name!r} is a duplicate"
                self.findings.append(Finding("invalid_input", "error", subject, words, "keep one of them"))
            else:
                self.columns[name] = place
        if "name" not in self.columns:
            self._fault(started, "there is no column 'name', which names the sequences")
        if "member" in self.columns and "set" not in self.columns:
            subject = self._heading_at(self.columns["member"], started)
            words = (
                "'member' needs the column 'set': it says for which document type a set names the sequence"
            )
            self.findings.append(Finding("invalid_input", "error", subject, words))

    def _cells(self, table: CsvTable | Workbook) -> Iterator[tuple[int, Cells]]:
        blank = [place for place, heading in enumerate(table.names) if not heading.strip()]
        for line, cells in table.rows():
            if any(cell.strip() for cell in cells):
                if any(cells[place].strip() for place in blank):
                    self._fault(line, "a cell is filled in a column without a heading")
                yield line, {name: plain_cell(cells[place]) for name, place in self.columns.items()}

    def _heading_at(self, place: int, row: int) -> tuple[str, ...]:
        return (f"{self.name}:{letters(place)}{row}" if self._in_cells else f"{self.name}:{row}",)

    def _fault(self, line: int, words: str) -> None:
        self.findings.append(Finding("invalid_input", "error", (f"{self.name}:{line}",), words))


def letters(place: int) -> str:
    """The letters of a column, counted from 0: A ... Z, AA ..."""
    text = ""
    while place >= 0:
        text = chr(ord("A") + place % 26) + text
        place = place // 26 - 1
    return text
