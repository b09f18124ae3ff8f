"""Tables that other systems export, as the objects that their interfaces give: one a row, by its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seqctl.definitions.foreign.captions import Captions
from seqctl.definitions.sheets.sheet import letters
from seqctl.definitions.tables.csv import CsvTable
from seqctl.definitions.tables.lines import Unreadable
from seqctl.definitions.tables.opening import beginning, opened, shown_name
from seqctl.definitions.tables.source import Texts, open_source
from seqctl.definitions.tables.workbook import BEGINNING, all_sheets
from seqctl.definitions.toml.lines import KeyPath
from seqctl.errors import InvalidInput
from seqctl.model.finding import Finding
from seqctl.model.text import composed

Rows = Iterable[tuple[int, list[str]]]

LOOKED_AT = 5
"""In how many of its first rows the headings of a table are looked for: titles may stand above them."""


class PayloadTable:
    """One table: a CSV file, or a sheet of a workbook. `aliases` are as those of a JSON file.

    An object stands at (its place,), its values at (its place, heading).
    """

    def __init__(self, name: str, rows: Rows, captions: Captions, in_cells: bool) -> None:
        self.name = name
        self.aliases: dict[KeyPath, KeyPath] = {}
        self._captions = captions
        self._in_cells = in_cells
        self._findings: list[Finding] = []
        self._columns: dict[str, int] = {}
        self._lines: list[int] = []
        self._objects: list[dict[str, str | None]] = []
        self._read(list(rows))

    def parse(self) -> tuple[object, list[Finding]]:
        """The objects, or findings that say why there are none."""
        return self._objects, self._findings

    def line(self, path: KeyPath) -> int:
        """The row of a path."""
        place = path[0] if path else None
        return self._lines[place] if isinstance(place, int) and place < len(self._lines) else 1

    def at(self, path: KeyPath) -> str:
        """Where a path stands: `FILE:LINE`, or `FILE:CELL` of a workbook."""
        if not self._in_cells:
            return f"{self.name}:{self.line(path)}"
        return f"{self.name}:{letters(self._columns.get(self.column(path) or '', 0))}{self.line(path)}"

    def column(self, path: KeyPath) -> str | None:
        """The heading under which a path stands, where it has one."""
        for length in range(len(path), 0, -1):
            alias = self.aliases.get(tuple(path[:length]))
            if alias is not None:
                path = (*alias, *path[length:])
                break
        heading = path[1] if path[1:] else None
        return heading if isinstance(heading, str) and heading in self._columns else None

    def _read(self, rows: list[tuple[int, list[str]]]) -> None:
        place = max(range(min(len(rows), LOOKED_AT)), key=lambda at: self._known(rows[at][1]), default=None)
        if place is None or not self._known(rows[place][1]):
            return
        started, header = rows[place]
        for column, heading in enumerate(map(composed, header)):
            if heading.strip() and heading.strip() in self._columns:
                self._fault(started, f"the column {heading.strip()!r} is a duplicate in the header")
            elif heading.strip():
                self._columns[heading.strip()] = column
        for line, cells in rows[place + 1 :]:
            named = {name: cells[at].strip() for name, at in self._columns.items() if at < len(cells)}
            if any(cell.strip() for at, cell in enumerate(cells) if at not in self._columns.values()):
                self._fault(line, "a cell is filled in a column without a heading")
            if any(named.values()):
                self._lines.append(line)
                self._objects.append({name: cell or None for name, cell in named.items()})

    def _known(self, cells: list[str]) -> int:
        """How many of the cells are headings that the system has."""
        return sum(cell in self._captions for cell in cells)

    @property
    def is_known(self) -> bool:
        """Whether it has headings of the system at all; a workbook may hold other sheets beside."""
        return bool(self._columns) or bool(self._findings)

    def _fault(self, line: int, words: str) -> None:
        self._findings.append(Finding("invalid_input", "error", (f"{self.name}:{line}",), words))


def read_tables(path: str, captions: Captions, encoding: str | None = None) -> list[PayloadTable]:
    """The tables of a file, a sheet each; where none has headings of the system, that is a finding of one."""
    name = shown_name(path)
    try:
        with opened(path) as stream:
            if beginning(stream).startswith(BEGINNING):
                sheets = all_sheets(stream)
                named = [(f"{name} ({title})" if len(sheets) > 1 else name, rows) for title, rows in sheets]
                tables = [PayloadTable(title, rows, captions, in_cells=True) for title, rows in named]
            else:
                rows = _text_rows(open_source(path, stream, None, encoding))
                tables = [PayloadTable(name, rows, captions, in_cells=False)]
    except Unreadable as error:
        return [_unreadable(name, "invalid_input", f"{name}:{error.line}", error.words)]
    except InvalidInput as error:
        return [_unreadable(name, error.code, name, error.message, error.hint)]
    known = [table for table in tables if table.is_known]
    words = "has no headings of the system that --from names"
    return known or [
        _unreadable(name, "invalid_input", f"{name}:1", words, "export the table with its captions")
    ]


def _unreadable(name: str, code: str, place: str, words: str, hint: str | None = None) -> PayloadTable:
    table = PayloadTable(name, [], Captions({}), in_cells=False)
    table._findings.append(Finding(code, "error", (place,), words, hint))
    return table


def _text_rows(source: object) -> Iterator[tuple[int, list[str]]]:
    """The rows of CSV, its header among them. Raises Unreadable for what is none, or does not fit."""
    table = source.table() if isinstance(source, Texts) else source
    if not isinstance(table, CsvTable):
        raise Unreadable(1, "is JSON by its content: its name must end with .json")
    yield table.started, table.names
    yield from table.rows()
    for line, words in table.problems:
        raise Unreadable(line, words)
