"""Files of records: CSV or JSON Lines, from a file or standard input, read once and checked.

Everything that is wrong with the file is found before any record is numbered: problems name file and line.
"""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.definitions.tables.columns import check_unique, named
from seqctl.definitions.tables.csv import CsvTable
from seqctl.definitions.tables.headings import folded
from seqctl.definitions.tables.lines import MOST_CELLS, MOST_RECORDS, Unreadable, room, too_many
from seqctl.definitions.tables.opening import opened, shown_name, unfit
from seqctl.definitions.tables.source import Objects, Table, Texts, open_source
from seqctl.definitions.tables.workbook import Workbook
from seqctl.errors import InvalidInput
from seqctl.model.classes import field, mutable
from seqctl.model.number.request import LONGEST_TEXT
from seqctl.model.reports.record import Record, Row
from seqctl.model.text import composed, shell_word


@mutable
class RecordFile:
    """A file that was read: how messages name it, its records, and the form to write them back in.

    `separator` is None for JSON; `columns` are those of a table as its headings spell them; `marked` says
    that the file began with a byte order mark. `spelled` has the columns that were asked for as the file
    spells them.
    """

    name: str
    records: list[Record]
    columns: list[str]
    separator: str | None
    line_end: str = "\n"
    marked: bool = False
    spelled: dict[str, str] = field(factory=dict)

    def column(self, heading: str) -> str | None:
        """The column of that heading, whatever its capital letters; None where there is none.

        Raises InvalidInput where there are several.
        """
        every = (record.attributes for record in self.records)
        names = self.columns or dict.fromkeys(name for attributes in every for name in attributes)
        found = [name for name in names if folded(name) == heading]
        if len(found) > 1:
            told = " and ".join(map(repr, found))
            words = f"the columns {told} could both hold the {heading}s"
            raise InvalidInput(
                "invalid_input", words, f"name one of them: --{heading}-column {shell_word(found[0])}"
            )
        return found[0] if found else None


def read_records(
    path: str, id_column: str, needed: tuple[str, ...] = (), encoding: str | None = None
) -> RecordFile:
    """Read a file of records whose headings have the columns `needed` and that of the ids.

    Raises NotFound where there is no file, InvalidInput with every problem where it cannot be taken.
    """
    file = RecordFile(shown_name(path), [], [], None)
    problems: list[tuple[int, str]] = []
    wanted = (id_column, *needed)
    with opened(path) as stream:
        try:
            _read(file, open_source(path, stream, None, encoding, wanted), wanted, problems)
        except Unreadable as error:
            problems.append((error.line, error.words))
    problems += _id_problems(file.records, id_column)
    if problems:
        raise unfit(file.name, problems, "nothing was issued")
    return file


def _read(
    file: RecordFile,
    source: Table | Objects | Texts,
    needed: tuple[str, ...],
    problems: list[tuple[int, str]],
) -> None:
    """Read the records of a source. `problems` has what was found also where the rest is unreadable."""
    if isinstance(source, Texts):
        file.marked = source.marked
        table = source.table(needed)
        file.line_end = table.line_end
        source = table
    source.problems = problems
    if isinstance(source, CsvTable | Workbook):
        # A workbook is written back as CSV.
        file.separator = source.separator
        file.columns = source.columns
        check_unique(source.names, source.started)
        file.spelled = {name: _named(name, source, needed[0]) for name in needed}
        _read_rows(source, file.spelled[needed[0]], file.records)
    else:
        _read_objects(source, needed, file)


def _named(name: str, table: CsvTable | Workbook, id_column: str) -> str:
    """The heading that a column is named by. Raises Unreadable, for the ids with the option."""
    try:
        return named(name, table.names, table.started)
    except Unreadable as error:
        if name != id_column or not table.names:
            raise
        option = f"--id-column {shell_word(table.names[0])}"
        words = f"{error.words}; name the one that tells the records apart: {option}"
        raise Unreadable(error.line, words) from error


def _read_rows(table: Table, id_column: str, records: list[Record]) -> None:
    """Append the records of a table."""
    id_at = table.names.index(id_column)
    places = {name: place for place, name in enumerate(table.names) if name.strip()}
    append, most = records.append, room(len(table.names))
    for line, cells in table.rows():
        append(Row(line, cells[id_at], cells, places))
        if len(records) > most:
            raise too_many(line, most)


def _read_objects(table: Objects, needed: tuple[str, ...], file: RecordFile) -> None:
    """Append the records of JSON. An object may lack what others have."""
    cells, records, spelled = 0, file.records, file.spelled
    missing = {folded(name): name for name in needed}
    id_name = composed(needed[0])
    for line, attributes, source in table.rows():
        if missing:
            for key in attributes:
                name = missing.pop(folded(key), None)
                if name is not None:
                    spelled[name] = composed(name) if composed(name) in attributes else key
            id_name = spelled.get(needed[0], id_name)
        records.append(Record(line, attributes.get(id_name, ""), attributes, source))
        cells += len(attributes) + 1
        if len(records) > MOST_RECORDS or cells > MOST_CELLS:
            raise too_many(line, len(records) - 1)


def _id_problems(records: Iterable[Record], id_column: str) -> list[tuple[int, str]]:
    """Ids that are blank, unusable or not unique."""
    ids = [record.id for record in records]
    plain = "".join(ids).isprintable() and all(map(str.strip, ids))
    if plain and len(set(ids)) == len(ids) and max(map(len, ids), default=0) <= LONGEST_TEXT:
        return []
    problems = []
    seen: dict[str, int] = {}
    for record in records:
        id, line = record.id, record.line
        if not id.strip():
            problems.append((line, f"the id is blank (column {id_column!r})"))
        elif not id.isprintable() or len(id) > LONGEST_TEXT:
            words = (
                f"the id {id[:LONGEST_TEXT]!r} is not one line of 1 to {LONGEST_TEXT} printable characters"
            )
            problems.append((line, words))
        elif seen.setdefault(id, line) != line:
            problems.append((line, f"the id {id!r} is already on line {seen[id]}"))
    return problems
