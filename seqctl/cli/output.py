"""How results are printed: JSON, CSV, TSV and, in `terminal.py`, tables.

Lists are a table on a terminal and TSV with a header line in a pipe; `-o` decides otherwise. Cells are
text: never markup, never cut where they are document numbers, never obeyed by a terminal or a spreadsheet.
"""

from __future__ import annotations

import os
from itertools import chain

from seqctl.cli.errors import json_visible, visible
from seqctl.cli.layout import Layout
from seqctl.cli.shown import Record, cell
from seqctl.errors import NotDelivered
from seqctl.json_text import to_json
from seqctl.process import STDOUT, write_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import closing
else:

    class closing:
        """`contextlib.closing`, whose module costs a quarter of `import sqlite3`."""

        def __init__(self, thing):
            self.thing = thing

        def __enter__(self):
            return self.thing

        def __exit__(self, *error):
            self.thing.close()


__all__ = [
    "closing",
    "gathered",
    "print_list",
    "print_record",
    "print_row",
    "print_text",
    "rendered_list",
    "rendered_record",
]


FIELDS = Layout(("field", "value"))
"""One record as a list of its fields."""


def rendered_list(
    records: Iterable[Record],
    layout: Layout,
    output: str | None,
    only: tuple[str, ...] | None = None,
    zone: str | None = None,
) -> Iterator[str]:
    """Records as a list. The columns of `layout` are shown in tables, TSV and CSV; JSON shows every field.

    A table leaves out columns without content, and on a terminal that is too narrow what is incidental; a
    wide one leaves nothing out. `only` are the columns that somebody asked for, which are then all that is
    shown, in JSON as well. Tables show instants in `zone`.
    """
    if only is not None:
        layout = layout.only(only)
        records = ({name: record.get(name) for name in only} for record in records)
    chosen = output or ("table" if os.isatty(STDOUT) else "tsv")
    if chosen == "json":
        return _json_lines(records)
    if chosen == "jsonl":
        return (_json(record) + "\n" for record in records)
    if chosen == "csv":
        return _csv(records, layout.columns)
    if chosen == "tsv":
        return _tsv(records, layout.columns)
    from seqctl.cli.terminal.table import table, wide_table

    return wide_table(records, layout, zone) if chosen == "wide" else table(records, layout, zone)


def rendered_record(record: Record, output: str | None, zone: str | None = None) -> Iterator[str]:
    """One record: an object in JSON, a card on a terminal, else a list of its fields."""
    if output in ("json", "jsonl"):
        return iter([(json_visible(_indented(record)) if output == "json" else _json(record)) + "\n"])
    if output in (None, "table") and os.isatty(STDOUT):
        from seqctl.cli.terminal.card import card

        return card(record, zone)
    fields: list[Record] = [{"field": name, "value": value} for name, value in record.items()]
    return rendered_list(fields, FIELDS, output)


def print_list(
    records: Iterable[Record],
    layout: Layout,
    output: str | None,
    only: tuple[str, ...] | None = None,
    zone: str | None = None,
) -> None:
    """Print records as a list, as `rendered_list` says."""
    print_text(rendered_list(records, layout, output, only, zone))


def print_row(record: Record, output: str | None) -> None:
    """Print one record whose fields are few: an object in JSON, else a list of one line."""
    if output in ("json", "jsonl"):
        print_record(record, output)
    else:
        print_list([record], Layout(tuple(record)), output)


def print_record(record: Record, output: str | None, zone: str | None = None) -> None:
    """Print one record, as `rendered_record` says."""
    print_text(rendered_record(record, output, zone))


def print_text(parts: Iterable[str]) -> None:
    """Write text to standard output as UTF-8. A reader that went away ends it quietly, with status 74."""
    try:
        for part in gathered(parts):
            write_all(part.encode("utf-8", "backslashreplace"))
    except BrokenPipeError:
        raise SystemExit(NotDelivered.exit_status) from None
    except OSError as error:
        raise NotDelivered(
            f"the output could not be written: {error.strerror}",
            "the changes were made; only the output was lost",
        ) from error


def gathered(parts: Iterable[str]) -> Iterator[str]:
    """Parts joined to pieces worth a system call."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > 65536:
            yield "".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting)


def _json(record: object) -> str:
    return json_visible(to_json(record))


def _indented(value: object, margin: str = "\n") -> str:
    """A value as `json.dumps(value, ensure_ascii=False, indent=2)` gives it."""
    inner = margin + "  "
    if value and isinstance(value, dict):
        parts = [f"{to_json(name)}: {_indented(item, inner)}" for name, item in value.items()]
        return "{" + inner + f",{inner}".join(parts) + margin + "}"
    if value and isinstance(value, list | tuple):
        return "[" + inner + f",{inner}".join([_indented(item, inner) for item in value]) + margin + "]"
    return to_json(value)


def _json_lines(records: Iterable[Record]) -> Iterator[str]:
    """A JSON array with one record a line, written as it is read."""
    separator = "[\n"
    for record in records:
        yield separator + _json(record)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _tsv(records: Iterable[Record], columns: tuple[str, ...]) -> Iterator[str]:
    yield "\t".join(columns) + "\n"
    for record in records:
        yield "\t".join(_tsv_cell(cell(record.get(name), name)) for name in columns) + "\n"


def _tsv_cell(text: str) -> str:
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        for character, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
            text = text.replace(character, escaped)
    return visible(text)


def _csv(records: Iterable[Record], columns: tuple[str, ...]) -> Iterator[str]:
    """CSV whose cells no spreadsheet takes for a formula and no terminal obeys."""
    import csv
    import io

    from seqctl.model.cell import guarded

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in chain([list(columns)], ([cell(r.get(name), name) for name in columns] for r in records)):
        writer.writerow([visible(guarded(text), "\t\n") for text in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
