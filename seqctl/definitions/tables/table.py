"""One reader for every command that takes a file: rows of the columns that it asks for, as a stream.

However long a CSV or JSON Lines file is, only some thousands of its rows are in memory at once; a workbook
and a whole JSON text are there in proportion.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from operator import itemgetter
from typing import Any, BinaryIO

from seqctl.definitions.tables.columns import SAID, placed, taken
from seqctl.definitions.tables.dates import DateReader, SeenFormats, date_reader
from seqctl.definitions.tables.headings import folded
from seqctl.definitions.tables.json_document import JsonDocument
from seqctl.definitions.tables.lines import NotUtf8, Unreadable
from seqctl.definitions.tables.opening import STANDARD_INPUT, opened, shown_name
from seqctl.definitions.tables.source import Objects, Table, Texts, open_source
from seqctl.definitions.tables.workbook import Workbook
from seqctl.model.classes import field, frozen, replaced

ROWS_AT_ONCE = 5000
MOST_ROWS = 10_000_000
"""Most rows of one file: a transaction has to end some day."""
LARGEST_FILE = 4096 * 1024 * 1024

Row = tuple[Any, ...]
"""The line where a row starts, and the text of each role that was asked for; None where there is none."""


@frozen
class Form:
    """How people say that a file is to be read: columns by their role, the form of dates, the encoding.

    Roles beside the first that are `needed` must have a column; those that are `unwanted` are not looked for
    by their headings.
    """

    columns: dict[str, str] = field(factory=dict)
    date_format: str | None = None
    encoding: str | None = None
    needed: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


OBJECTS_LOOKED_AT = 1000
"""How many objects of a file of JSON say which names there are; each may lack some."""


class TableFile:
    """The rows of one file, or of standard input, to be read once.

    `roles` are what the command asks for, the first of them needed; a file that is no table has that alone,
    one a line. `read_date` makes an ISO date of what a column of dates holds. `faults` are lines that keep
    the file as a whole from being trusted: bytes that are no text, rows that do not fit the headings. `notes`
    is what people should know of how it was read. Both are complete when it was read to its end. `found` has
    the heading of each role that a column was found for.
    """

    def __init__(self, path: str, roles: tuple[str, ...], form: Form | None = None) -> None:
        self.path = path
        self.name = shown_name(path)
        self.roles = roles
        self.form = form or Form()
        self.faults: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.found: dict[str, str] = {}
        self._seen = SeenFormats()
        given = self.form.date_format
        self.read_date: DateReader = self._seen if given is None else date_reader(given)

    def seen_format(self) -> str | None:
        """How the dates that were read seem to be written, as far as those show that are one day alone."""
        return self._seen.only()

    def __iter__(self) -> Generator[list[Row]]:
        """Some rows at a time. Raises NotFound or InvalidInput where the file itself cannot be read."""
        read = 0
        with opened(self.path) as stream:
            rows: Iterator[Row] | None = None
            reading = True
            while reading:
                some: list[Row] = []
                try:
                    rows = rows or self._rows(stream)
                    # What came before a row that cannot be read stays in the list.
                    some.extend(islice(rows, ROWS_AT_ONCE))
                    reading = bool(some)
                    read += len(some)
                    if read > MOST_ROWS:
                        raise Unreadable(some[-1][0], f"the file has more than {MOST_ROWS} rows; split it")
                except Unreadable as error:
                    self.faults.append((error.line, error.words))
                    if isinstance(error, NotUtf8) and not self.found:
                        self.faults += self._beside(error.probable)
                    reading = False
                yield some

    def _beside(self, encoding: str | None) -> list[tuple[int, str]]:
        """What keeps a file from being read beside its encoding: people learn of both in one try."""
        if encoding is None or self.path == STANDARD_INPUT:
            return []
        again = TableFile(self.path, self.roles, replaced(self.form, encoding=encoding))
        with closing(iter(again)) as rows:
            next(rows, None)
        return again.faults

    def _rows(self, stream: BinaryIO) -> Iterator[Row]:
        wanted = [*self.form.columns.values(), *self.roles]
        source = open_source(self.path, stream, LARGEST_FILE, self.form.encoding, wanted)
        if isinstance(source, Workbook):
            if source.is_list() and not self.form.columns:
                source.problems = self.faults
                self.notes += source.notes
                return self._plain(source.texts(), source.started)
            return self._of_table(source)
        if not isinstance(source, Texts):
            return self._of_json(source)
        named = folded(source.first) == self.roles[0]
        if self.form.columns or named or source.is_table():
            return self._of_table(source.table(wanted))
        return self._plain(enumerate(source.all(), source.started), source.started)

    def _plain(self, texts: Iterable[tuple[int, str]], started: int) -> Iterator[Row]:
        """The lines that are not blank, each a number. Raises Unreadable where they need more columns."""
        if self.form.needed:
            words = f"the file is a plain list, without a column for {SAID[self.form.needed[0]]}"
            raise Unreadable(started, f"{words}; give a TARGET")
        rest = (None,) * (len(self.roles) - 1)
        for line, text in texts:
            number = text.rstrip("\r\n")
            if number and not number.isspace():
                yield line, number, *rest

    def _of_table(self, table: Table) -> Iterator[Row]:
        """The cells of the columns that are meant. What does not fit the headings is a fault."""
        table.problems = self.faults
        self.notes += table.notes
        found = self._placed(table.names, table.started)
        # What a role has no column for is taken from behind the last one.
        places = [table.names.index(found[role]) if role in found else -1 for role in self.roles]
        if len(places) == 1:
            return ((line, cells[places[0]]) for line, cells in table.rows())
        pick = itemgetter(*places)
        if -1 not in places:
            return ((line, *pick(cells)) for line, cells in table.rows())
        return ((line, *pick([*cells, None])) for line, cells in table.rows())

    def _of_json(self, source: Objects) -> Iterator[Row]:
        """The values of each object under the names that are meant; a number that is not there is blank."""
        source.problems = self.faults
        source.notes = self.notes
        if isinstance(source, JsonDocument) and not self.form.columns:
            source.single = self.roles[0]
        rows = source.rows()
        begun = [*islice(rows, OBJECTS_LOOKED_AT)]
        if not begun:
            return
        names = list(dict.fromkeys(name for _, values, _ in begun for name in values))
        folded = {name.casefold() for name in names}
        # An object may lack what others have: what an option names is looked for in all of them.
        names += [name for name in self.form.columns.values() if name.casefold() not in folded]
        found = self._placed(names, begun[0][0])
        # What none of the first objects has may come later, under its own name.
        late = [role for role in self.roles if role not in found and role not in self.form.unwanted]
        late = [role for role in late if role not in self.form.columns.values()]
        names = [found.get(role, role if role in late else "") for role in self.roles]
        for line, values, _ in chain(begun, rows):
            cells = [_text(values.get(name)) for name in names]
            for role in [role for role in late if role in values]:
                late.remove(role)
                self.found[role] = role
                self.notes.append(f"{taken({role: role}, [role])}, first in line {line}")
            yield line, cells[0] or "", *cells[1:]

    def _placed(self, names: list[str], started: int) -> dict[str, str]:
        """The column of each role, with a note of those that nobody named."""
        form = self.form
        found, guessed = placed(names, form.columns, self.roles, started, form.needed, form.unwanted)
        self.found.update(found)
        if guessed:
            self.notes.append(taken(found, guessed))
        return found


def _text(value: str | None) -> str | None:
    """The text of a value that is there; of a number, which is a text that knows how it was written."""
    return None if value is None else str(value)
