"""A file of ranges: a row each, in CSV, a workbook or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from typing import BinaryIO, cast

from seqctl.definitions.json.file import JsonFile
from seqctl.definitions.sheets.cells import plain_cell
from seqctl.definitions.sheets.range_cells import field_of, field_value
from seqctl.definitions.sheets.sheet import letters
from seqctl.definitions.tables.csv import CsvTable
from seqctl.definitions.tables.dates import date_reader
from seqctl.definitions.tables.json_document import LISTS
from seqctl.definitions.tables.lines import Unreadable
from seqctl.definitions.tables.opening import opened, shown_name
from seqctl.definitions.tables.source import Texts, open_source
from seqctl.definitions.tables.workbook import Workbook
from seqctl.definitions.toml.lines import KeyPath
from seqctl.definitions.toml.reader import DefinitionFiles, for_the_log
from seqctl.definitions.toml.sources import Source, source_of
from seqctl.errors import InvalidInput
from seqctl.model.finding import Finding
from seqctl.model.text import composed
from seqctl.model.value import ValueProblem

Row = tuple[int, dict[str, object]]
"""The line of a row, and what stands in it under each heading."""


class RangeFile(DefinitionFiles):
    """The ranges of one file as they are wanted, and what is wrong with it. A place is (line, heading)."""

    def __init__(self, path: str, date_format: str | None = None, encoding: str | None = None) -> None:
        super().__init__(names=for_the_log([shown_name(path)]))
        self.name = shown_name(path)
        self._read_date = date_reader(date_format)
        self._columns: dict[str, int] = {}
        self._in_cells = False
        self._unknown: set[str] = set()
        self.nameless: list[Finding] = []
        """What is wrong with rows that name no range, so that they could be left out."""
        try:
            for line, given in self._rows(path, encoding):
                self._take(line, given)
        except Unreadable as error:
            self._fault(error.line, error.words)
        except InvalidInput as error:
            self.findings.append(Finding(error.code, "error", (), error.message, error.hint))

    @property
    def size(self) -> int:
        """How many ranges there are."""
        return len(self.wanted.ranges)

    def at(self, path: KeyPath) -> str:
        """Where a path stands: `FILE:LINE`, or `FILE:CELL` of a workbook."""
        if not self._in_cells:
            return f"{self.name}:{path[0]}"
        return f"{self.name}:{letters(self._columns.get(self.column(path) or '', 0))}{path[0]}"

    def column(self, path: KeyPath) -> str | None:
        """The heading under which a path stands."""
        field = path[1] if path[1:] else "name"
        return next((heading for heading in self._columns if _named(heading) == field), None)

    def _take(self, line: int, given: dict[str, object]) -> None:
        """Take one row into what is wanted."""
        fields: dict[str, object] = {}
        problems: list[tuple[str, ValueProblem]] = []
        for heading, value in given.items():
            field = self._field(heading, line)
            if field is None:
                continue
            try:
                read = field_value(field, value, self._read_date)
            except ValueProblem as problem:
                problems.append((field, problem))
                continue
            if read is not None and field in fields:
                problems.append((field, ValueProblem("is in two columns", "keep one of them")))
            elif read is not None:
                fields[field] = read
        name = composed(str(fields.pop("name", "")).strip())
        subject = ("ranges", name) if name else (f"{self.name}:{line}",)
        for field, wrong in problems:
            found = Finding("invalid_definition", "error", subject, str(wrong), wrong.hint, (field,))
            (self.findings if name else self.nameless).append(found)
        if not name:
            self._leave(line, "the row names no range, which is the number that the authority gave it")
        elif self.claim(subject, self, (line,)) and not {"sequence", "first"} & {
            field for field, _ in problems
        }:
            self.wanted.ranges[name] = fields

    def _field(self, heading: str, line: int) -> str | None:
        """The field of a heading. One that is not known is reported once."""
        try:
            return field_of(heading)
        except ValueProblem as problem:
            if heading not in self._unknown:
                self._unknown.add(heading)
                place = (f"{self.name}:{line}",)
                self.findings.append(Finding("invalid_input", "error", place, str(problem), problem.hint))
            return None

    def _rows(self, path: str, encoding: str | None) -> Iterator[Row]:
        with opened(path) as stream:
            data = stream.read()
        source = open_source(path, cast(BinaryIO, BufferedReader(BytesIO(data))), None, encoding)
        table = source.table() if isinstance(source, Texts) else source
        if isinstance(table, CsvTable | Workbook):
            yield from self._of_table(table)
        else:
            yield from self._of_json(source_of(data, self.name, "json"))

    def _of_table(self, table: CsvTable | Workbook) -> Iterator[Row]:
        self._in_cells = isinstance(table, Workbook)
        for note in table.notes:
            self.findings.append(Finding("invalid_input", "warning", (self.name,), note))
        named = [(place, heading) for place, heading in enumerate(table.names) if heading.strip()]
        self._columns = {heading: place for place, heading in named}
        for _, heading in named:
            self._field(heading, table.started)
        for line, cells in table.rows():
            if any(cell.strip() for cell in cells):
                yield line, {heading: plain_cell(cells[place]) for place, heading in named}
        for line, words in table.problems:
            self._leave(line, words)

    def _of_json(self, source: Source) -> Iterator[Row]:
        if source.problem is not None:
            self.findings.append(source.problem)
            return
        lines = source.text.splitlines()
        if len([line for line in lines if line.strip()]) > 1 and _is_object(lines):
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, self._object(line, number)
            return
        file = JsonFile(source)
        data, findings = file.parse()
        self.findings.extend(findings)
        path, found = _listed(data) if not findings else ((), [])
        for place, item in enumerate(found):
            if isinstance(item, dict):
                yield file.line((*path, place) if isinstance(data, list) or path else ()), item
            else:
                self._leave(file.line((*path, place)), f"{str(item)[:40]!r} is not an object")

    def _object(self, text: str, line: int) -> dict[str, object]:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Unreadable(line, f"is not valid JSON: {error}") from error
        if not isinstance(value, dict):
            raise Unreadable(line, "is not a JSON object; write one object on each line")
        return value

    def _fault(self, line: int, words: str) -> None:
        self.findings.append(Finding("invalid_input", "error", (f"{self.name}:{line}",), words))

    def _leave(self, line: int, words: str) -> None:
        self.nameless.append(Finding("invalid_input", "error", (f"{self.name}:{line}",), words))


def _named(heading: str) -> str | None:
    try:
        return field_of(heading)
    except ValueProblem:
        return None


def _is_object(lines: list[str]) -> bool:
    """Whether the first line that is not blank is an object by itself: one of JSON Lines."""
    first = next(line for line in lines if line.strip())
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _listed(data: object) -> tuple[KeyPath, list[object]]:
    """The list of objects in JSON, with its path: itself, one under a name for lists, or one object alone."""
    if isinstance(data, list):
        return (), data
    if isinstance(data, dict):
        for name in ("ranges", *LISTS):
            inner = data.get(name)
            if isinstance(inner, list) and all(isinstance(item, dict) for item in inner):
                return (name,), inner
        return (), [data]
    return (), [data]
