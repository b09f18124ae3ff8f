"""Records written back with what they gained, in the form that they came in.

What the file held is written as it was; only cells that are added are guarded against spreadsheets.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence

from seqctl.definitions.records.records import RecordFile
from seqctl.definitions.tables.json_lines import Written, read_object

Cells = Sequence[str | None]

WRITTEN_END = "\r\n"
"""Before Python 3.13 the writer quotes a carriage return or a line feed only where rows end with it."""


def written_records(
    file: RecordFile, added: tuple[str, ...], gained: Sequence[Cells], guard: Callable[[str], str]
) -> Iterator[str]:
    """The file with the columns `added`; `gained` has their cells for each record, None for no value.

    A column of that name which already exists is filled, else the columns follow the others. `guard` makes
    a cell harmless to spreadsheets.
    """
    if file.separator is None:
        return _json_lines(file, added, gained)
    return _csv(file, file.separator, added, gained, guard)


def _csv(
    file: RecordFile,
    separator: str,
    added: tuple[str, ...],
    gained: Sequence[Cells],
    guard: Callable[[str], str],
) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(_Ended(buffer, file.line_end), delimiter=separator, lineterminator=WRITTEN_END)
    new = [name for name in added if name not in file.columns]
    places = [(file.columns + new).index(name) for name in added]
    if file.marked:
        buffer.write("\ufeff")
    writer.writerow(file.columns + new)
    blank = [""] * len(new)
    for record, cells in zip(file.records, gained, strict=True):
        row = [*record.attributes.values(), *blank]
        for place, cell in zip(places, cells, strict=True):
            row[place] = guard(cell or "")
        writer.writerow(row)
        if buffer.tell() > 65536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


class _Ended:
    """Takes rows that end with WRITTEN_END, and hands them on with the line end of the file."""

    def __init__(self, buffer: io.StringIO, line_end: str) -> None:
        self.buffer = buffer
        self.line_end = line_end

    def write(self, row: str) -> int:
        return self.buffer.write(row.removesuffix(WRITTEN_END) + self.line_end)


def _json_lines(file: RecordFile, added: tuple[str, ...], gained: Sequence[Cells]) -> Iterator[str]:
    for record, cells in zip(file.records, gained, strict=True):
        assert record.source is not None
        values = read_object(record.source)
        values.update(zip(added, cells, strict=True))
        escaped = record.source.isascii()
        pairs = (
            f"{json.dumps(name, ensure_ascii=escaped)}: {_json(value, escaped)}"
            for name, value in values.items()
        )
        yield "{" + ", ".join(pairs) + "}\n"


def _json(value: object, escaped: bool) -> str:
    return value if isinstance(value, Written) else json.dumps(value, ensure_ascii=escaped)
