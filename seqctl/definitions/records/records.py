"""Files of records: CSV or JSON Lines, from a file or standard input, read once and checked.

Everything that is wrong with the file is found before any record is numbered: problems name file and line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import BinaryIO

from seqctl.definitions.records.csv import CsvRecords
from seqctl.definitions.records.json import JsonRecords
from seqctl.definitions.records.lines import Lines, Unreadable
from seqctl.errors import InvalidInput, NotFound
from seqctl.model.classes import mutable
from seqctl.model.number.request import LONGEST_TEXT
from seqctl.model.reports.record import Record

STANDARD_INPUT = "-"
JSON_ENDINGS = (".jsonl", ".ndjson", ".json")
CSV_ENDINGS = (".csv", ".tsv")


@mutable
class RecordFile:
    """A file that was read: how messages name it, its records, and the form to write them back in.

    `separator` is None for JSON Lines; `columns` are those of CSV as the header spells them; `marked` says
    that the file began with a byte order mark.
    """

    name: str
    records: list[Record]
    columns: list[str]
    separator: str | None
    line_end: str = "\n"
    marked: bool = False


def read_records(path: str, id_column: str, needed: tuple[str, ...] = ()) -> RecordFile:
    """Read a file of records whose CSV header has the columns `needed` and that of the ids.

    Raises NotFound where there is no file, InvalidInput with every problem where it cannot be taken.
    """
    name = shown_name(path)
    with opened(path) as stream:
        return _read(stream, name, path, id_column, needed)


def shown_name(path: str) -> str:
    """How messages name a file."""
    return "standard input" if path == STANDARD_INPUT else path


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input. Raises NotFound or InvalidInput, also while it is read."""
    try:
        with _stream(path) as stream:
            yield stream
    except FileNotFoundError:
        raise NotFound(f"there is no file {path!r}", "check the path") from None
    except OSError as error:
        words = f"{shown_name(path)} cannot be read: {error.strerror}"
        raise InvalidInput("invalid_input", words) from error


def _stream(path: str) -> nullcontext[BinaryIO] | BinaryIO:
    if path != STANDARD_INPUT:
        return open(path, "rb")
    if sys.stdin is None:
        raise InvalidInput("invalid_input", "standard input is closed", "name a file, or pipe one in")
    return nullcontext(sys.stdin.buffer)


def _read(stream: BinaryIO, name: str, path: str, id_column: str, needed: tuple[str, ...]) -> RecordFile:
    lines = Lines(stream)
    problems: list[tuple[int, str]] = []
    file = RecordFile(name, [], [], None)
    try:
        texts = iter(lines)
        started, first = first_line(texts)
        file.marked = lines.marked
        source: CsvRecords | JsonRecords
        if is_json(path, first):
            source = JsonRecords(texts, first, started, id_column)
        elif first:
            source = table = CsvRecords(texts, first, started, id_column, needed)
            file.columns, file.separator, file.line_end = table.columns, table.separator, table.line_end
        else:
            raise Unreadable(1, "the file is empty; its first line names the columns")
        # The same list, so that what was found before the rest became unreadable is told too.
        source.problems = problems
        source.read(file.records)
    except Unreadable as error:
        problems.append((error.line, error.words))
    problems += _id_problems(file.records, id_column)
    if problems:
        raise _invalid(name, sorted(problems))
    return file


def first_line(texts: Iterator[str]) -> tuple[int, str]:
    """The first line that is not blank, with its place in the file; "" where there is none."""
    return next(((at, line) for at, line in enumerate(texts, 1) if line.strip()), (1, ""))


def is_json(path: str, first: str) -> bool:
    """Whether a file with that first line is JSON Lines: by its name, else by its first character."""
    ending = path.lower()
    if ending.endswith(JSON_ENDINGS) or ending.endswith(CSV_ENDINGS):
        return ending.endswith(JSON_ENDINGS)
    return first.lstrip().startswith("{")


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
            problems.append((line, f"the id {id!r} stands in line {seen[id]} already"))
    return problems


def _invalid(name: str, problems: list[tuple[int, str]]) -> InvalidInput:
    told = [f"{name}:{line}: {words}" for line, words in problems]
    if len(told) == 1:
        return InvalidInput("invalid_input", f"{told[0]}; nothing was issued", "mend the file and try again")
    error = InvalidInput(
        "invalid_input", f"{len(told)} problems in {name}; nothing was issued", "mend the file and try again"
    )
    error.problems = tuple(told)
    return error
