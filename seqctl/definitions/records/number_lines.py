"""Files of numbers that exist already: a plain list, CSV or JSON Lines, read as a stream.

However long a file is, only some thousands of its lines are in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from seqctl.definitions.records.csv import CsvTable
from seqctl.definitions.records.headings import headings, members
from seqctl.definitions.records.json import JsonTable
from seqctl.definitions.records.lines import Lines, Unreadable
from seqctl.definitions.records.records import first_line, is_json, opened, shown_name
from seqctl.model.classes import frozen
from seqctl.model.reports.adoption import NumberLine
from seqctl.model.text import composed

LINES_AT_ONCE = 5000
MOST_NAMED = 10
MOST_NUMBERS = 10_000_000
"""Most numbers of one file: a transaction has to end some day."""
LARGEST_FILE = 4096 * 1024 * 1024


@frozen
class NumberColumns:
    """The columns of a table that hold the number, and where there are such its document date and record."""

    number: str
    date: str | None = None
    record: str | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return tuple(name for name in (self.number, self.date, self.record) if name is not None)


class NumberFile:
    """The numbers of one file, or of standard input, to be read once.

    Without `columns` it is a plain list, one number a line. `faults` are lines that keep the file as a whole
    from being trusted: bytes that are no text, rows that do not fit the header.
    """

    def __init__(self, path: str, columns: NumberColumns | None = None) -> None:
        self.path = path
        self.name = shown_name(path)
        self.columns = columns
        self.faults: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[list[NumberLine]]:
        """Some lines at a time. Raises NotFound or InvalidInput where the file itself cannot be read."""
        read = 0
        with opened(self.path) as stream:
            lines: Iterator[NumberLine] | None = None
            reading = True
            while reading:
                some: list[NumberLine] = []
                try:
                    lines = lines or self._lines(stream)
                    # What came before a line that cannot be read stays in the list.
                    some.extend(islice(lines, LINES_AT_ONCE))
                    reading = bool(some)
                    read += len(some)
                    if read > MOST_NUMBERS:
                        raise Unreadable(
                            some[-1][0], f"the file has more than {MOST_NUMBERS} numbers; split it"
                        )
                except Unreadable as error:
                    self.faults.append((error.line, error.words))
                    reading = False
                yield some

    def _lines(self, stream: BinaryIO) -> Iterator[NumberLine]:
        texts = iter(Lines(stream, LARGEST_FILE))
        return _plain(texts) if self.columns is None else self._table(texts, self.columns)

    def _table(self, texts: Iterator[str], columns: NumberColumns) -> Iterator[NumberLine]:
        """The numbers of a table. What does not fit its header is a fault."""
        started, first = first_line(texts)
        if not first:
            raise Unreadable(1, "the file is empty; its first line names the columns")
        if is_json(self.path, first):
            lines = JsonTable(texts, first, started)
            lines.problems = self.faults
            return _objects(lines, columns)
        table = CsvTable(texts, first, started, columns.given)
        table.problems = self.faults
        return _rows(table, columns)


def _plain(texts: Iterator[str]) -> Iterator[NumberLine]:
    """The lines that are not blank. Raises Unreadable where the first one is that of a table."""
    numbers = (
        (line, number)
        for line, text in enumerate(texts, 1)
        if (number := text.rstrip("\r\n")) and not number.isspace()
    )
    first = list(islice(numbers, 2))
    if first:
        columns = headings(first[0][1], first[-1][1]) or members(first[0][1])
        if columns:
            words = f"the file is a table with the columns {', '.join(map(repr, columns[:MOST_NAMED]))}"
            raise Unreadable(first[0][0], f"{words}; name that of the numbers: --column {columns[0]}")
    for line, number in chain(first, numbers):
        yield line, number, None, None


def _rows(table: CsvTable, columns: NumberColumns) -> Iterator[NumberLine]:
    at = table.place(columns.number)
    if columns.record is None and columns.date is None:
        return ((line, cells[at], None, None) for line, cells in table.rows())
    if columns.record is None:
        dated = table.place(columns.given[1])
        return ((line, cells[at], cells[dated], None) for line, cells in table.rows())
    held_by = table.place(columns.record)
    if columns.date is None:
        return ((line, cells[at], None, cells[held_by]) for line, cells in table.rows())
    dated = table.place(columns.date)
    return ((line, cells[at], cells[dated], cells[held_by]) for line, cells in table.rows())


def _objects(table: JsonTable, columns: NumberColumns) -> Iterator[NumberLine]:
    """The values of each object; a number that is not there is blank."""
    number = composed(columns.number)
    for line, values, _ in table.rows():
        yield line, str(values.get(number, "")), _value(values, columns.date), _value(values, columns.record)


def _value(values: dict[str, str], column: str | None) -> str | None:
    """The text of a column that is there; of a number, which is a text that knows how it was written."""
    found = None if column is None else values.get(composed(column))
    return None if found is None else str(found)
