"""How results are printed: the only module that knows rich.

Lists are a table on a terminal and TSV with a header line in a pipe; `-o` decides otherwise. Cells are
text: never markup, never cut where they are document numbers, never obeyed by a terminal or a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice

from seqctl.cli.deliver import STDOUT, write_all
from seqctl.cli.errors import printable
from seqctl.errors import NotDelivered
from seqctl.model.scope import escape

ROWS_AT_ONCE = 500
WORTH_A_BAR = 500
UNLIMITED = 1_000_000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Record = dict[str, object]


def print_list(
    records: Iterable[Record],
    columns: tuple[str, ...],
    output: str | None,
    most_important: int = 3,
) -> None:
    """Print records as a list. `columns` are shown in tables and in TSV and CSV; JSON shows every field.

    A table leaves out columns without content, and on a terminal that is too narrow the last ones, but
    never the first `most_important`.
    """
    chosen = output or ("table" if os.isatty(STDOUT) else "tsv")
    if chosen == "json":
        print_text(_json_lines(records))
    elif chosen == "jsonl":
        print_text(_json(record) + "\n" for record in records)
    elif chosen == "csv":
        print_text(_csv(records, columns))
    elif chosen == "tsv":
        print_text(_tsv(records, columns))
    else:
        _print_table(records, columns, most_important)


def print_record(record: Record, output: str | None) -> None:
    """Print one record: an object in JSON, else a list of its fields."""
    if output in ("json", "jsonl"):
        print_text([_json(record, indent=2 if output == "json" else None) + "\n"])
        return
    fields: list[Record] = [{"field": name, "value": value} for name, value in record.items()]
    print_list(fields, ("field", "value"), output, 2)


def print_text(parts: Iterable[str]) -> None:
    """Write text to standard output as UTF-8. A reader that went away ends it quietly, with status 74."""
    try:
        for part in _gathered(parts):
            write_all(part.encode("utf-8", "backslashreplace"))
    except BrokenPipeError:
        raise SystemExit(NotDelivered.exit_status) from None
    except OSError as error:
        raise NotDelivered(f"the output could not be written: {error.strerror}") from error


@contextmanager
def watching(things: str, total: int) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr while many things are worked at; none off a terminal or for a few."""
    if total < WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda work, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(things, total=total)
        yield lambda work, done, total: progress.update(
            task, description=f"{work} {things}", completed=done, total=total
        )


def cell(value: object, column: str = "") -> str:
    """A field as a table shows it: scopes as `entity=DE/branch=7`, members and lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        separator = ", " if column == "members" else "/"
        return separator.join(f"{name}={_scope_cell(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    return str(value)


def _scope_cell(value: object) -> str:
    return escape(value) if isinstance(value, str) else cell(value)


def _gathered(parts: Iterable[str]) -> Iterator[str]:
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


def _json(record: object, indent: int | None = None) -> str:
    return json.dumps(record, ensure_ascii=False, indent=indent)


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
    return printable(text)


def _csv(records: Iterable[Record], columns: tuple[str, ...]) -> Iterator[str]:
    """CSV whose cells no spreadsheet takes for a formula: such a cell begins with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in chain([list(columns)], ([cell(r.get(name), name) for name in columns] for r in records)):
        writer.writerow([f"'{text}" if text.startswith(FORMULA_SIGNS) else text for text in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _print_table(records: Iterable[Record], columns: tuple[str, ...], most_important: int) -> None:
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=False)
    width = console.width if os.isatty(STDOUT) else UNLIMITED
    rows = iter(records)
    shown: tuple[str, ...] | None = None
    try:
        while page := list(islice(rows, ROWS_AT_ONCE)):
            texts = [[printable(cell(record.get(name), name)) for name in columns] for record in page]
            if shown is None:
                shown = _fitting(texts, columns, width, most_important)
            _print_page(console, texts, columns, shown)
        if shown is None:
            _print_page(console, [], columns, columns)
    except BrokenPipeError:
        raise SystemExit(NotDelivered.exit_status) from None
    if shown is not None and shown is not columns:
        console.print("(-o json shows every field)", style="dim")


def _fitting(
    texts: list[list[str]], columns: tuple[str, ...], width: int, most_important: int
) -> tuple[str, ...]:
    """The columns that fit beside each other; a column without any content is left out first."""
    widths = dict(zip(columns, _widths(texts, columns), strict=True))
    filled = [name for at, name in enumerate(columns) if at < most_important or any(row[at] for row in texts)]
    while len(filled) > most_important and sum(widths[name] + 2 for name in filled) > width:
        filled.pop()
    return tuple(filled) if len(filled) < len(columns) else columns


def _widths(texts: list[list[str]], columns: tuple[str, ...]) -> list[int]:
    """How many cells of a terminal each column takes."""
    from rich.cells import cell_len

    return [
        max(cell_len(name), 0, *(cell_len(line) for row in texts for line in row[at].split("\n")))
        for at, name in enumerate(columns)
    ]


def _print_page(
    console: object, texts: list[list[str]], columns: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    assert isinstance(console, Console)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    places = [columns.index(name) for name in shown]
    for name in shown:
        table.add_column(Text(name.replace("_", " ")), no_wrap=True, overflow="ignore")
    for row in texts:
        table.add_row(*[Text(row[place]) for place in places])
    # A console narrower than the table would cut it: document numbers are never cut.
    needed = sum(width + 2 for width in _widths(texts, columns)) if texts else 0
    console.width = max(console.width, needed)
    console.print(table, crop=False, no_wrap=True, overflow="ignore")
