"""Records from CSV, as spreadsheets write it: commas, semicolons or tabs, quotes, line ends inside quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain

from seqctl.definitions.tables.columns import check_headings
from seqctl.definitions.tables.lines import Unreadable
from seqctl.model.text import composed

SEPARATORS = (",", ";", "\t")
MOST_COLUMNS = 16_384
WORDS = {
    "field larger than field limit": "a field is longer than 131072 characters",
    "new-line character seen in unquoted field": "a carriage return is outside quotes",
    "unexpected end of data": "the quotes are never closed",
    "expected after": "text follows a closing quote",
}
"""What the messages of the csv module mean."""


DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""A first line that spreadsheets write to say what parts the cells."""


def separator_of(line: str) -> str:
    """The separator that occurs most in a header line, outside quotes."""
    outside = "".join(line.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


class CsvTable:
    """The rows of one CSV file under its header. `problems` are rows that do not fit the header.

    `first` is the header's line and `started` its place in the file. `separator` is what the file says that
    it is parted by. Rows of blank cells are passed over.
    """

    def __init__(self, lines: Iterator[str], first: str, started: int, separator: str | None = None) -> None:
        self.separator = separator or separator_of(first)
        self.line_end = "\r\n" if first.endswith("\r\n") else "\n"
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.started = started
        self._before = started - 1
        self._reader = csv.reader(chain([first], lines), delimiter=self.separator, strict=True)
        self.columns = self._header()

    def _header(self) -> list[str]:
        """The names of the columns. Raises Unreadable where they are unfit."""
        try:
            header = next(self._reader)
        except csv.Error as error:
            raise self._unreadable(error) from error
        if len(header) > MOST_COLUMNS:
            raise Unreadable(self.started, f"the header has more than {MOST_COLUMNS} columns")
        self.names = [composed(name) for name in header]
        check_headings(self.names, self.started)
        return header

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that fits the header, with the line where it starts.

        Raises Unreadable where the rest cannot be read.
        """
        reader, width = self._reader, len(self.names)
        following = self._before + 1
        started = reader.line_num + following
        try:
            for cells in reader:
                if not any(cells):
                    pass
                elif len(cells) == width:
                    yield started, cells
                else:
                    words = f"the row has {len(cells)} fields and the header has {width}"
                    self.problems.append((started, words))
                started = reader.line_num + following
        except csv.Error as error:
            self.started = started
            raise self._unreadable(error) from error

    def _unreadable(self, error: csv.Error) -> Unreadable:
        said = str(error)
        words = next((words for known, words in WORDS.items() if known in said), said)
        return Unreadable(self.started, words)
