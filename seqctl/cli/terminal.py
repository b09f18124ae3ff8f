"""Tables and progress bars: the only module that knows rich.

Cells are plain text: no markup, no wrapping, and a table that is wider than the terminal is not cut.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seqctl.cli.errors import visible
from seqctl.cli.shown import Record, cell
from seqctl.process import STDOUT

ROWS_AT_ONCE = 1000
UNLIMITED = 1_000_000


def table(records: Iterable[Record], columns: tuple[str, ...], most_important: int) -> Iterator[str]:
    """Records as a table for a terminal, or for a pipe, where no width limits it."""
    on_a_terminal = os.isatty(STDOUT)
    width = _console(on_a_terminal).width if on_a_terminal else UNLIMITED
    rows = iter(records)
    shown: tuple[str, ...] | None = None
    while page := list(islice(rows, ROWS_AT_ONCE)):
        texts = [[visible(cell(record.get(name), name), "\n") for name in columns] for record in page]
        if shown is None:
            shown = _fitting(texts, columns, width, most_important)
        yield _page(texts, columns, shown, on_a_terminal)
    if shown is None:
        yield _page([], columns, columns, on_a_terminal)
    elif len(shown) < len(columns) and on_a_terminal:
        yield _drawn(Text("(-o wide shows every column)", style="dim"), on_a_terminal, 0)


@contextmanager
def progress_bar(things: str, total: int) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr while many things are worked at; it goes when the work is done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(things, total=total)
        yield lambda work, done, total: progress.update(
            task, description=f"{work} {things}", completed=done, total=total
        )


def _console(on_a_terminal: bool, file: io.StringIO | None = None) -> Console:
    force = True if on_a_terminal else None
    return Console(markup=False, highlight=False, emoji=False, file=file, force_terminal=force)


def _fitting(
    texts: list[list[str]], columns: tuple[str, ...], width: int, most_important: int
) -> tuple[str, ...]:
    """The columns that fit beside each other; a column without any content is left out first."""
    widths = dict(zip(columns, _widths(texts, columns), strict=True))
    filled = [name for at, name in enumerate(columns) if at < most_important or any(row[at] for row in texts)]
    while len(filled) > most_important and sum(widths[name] + 2 for name in filled) - 2 > width:
        filled.pop()
    return tuple(filled)


def _widths(texts: list[list[str]], columns: tuple[str, ...]) -> list[int]:
    """How many cells of a terminal each column takes."""
    return [
        max(cell_len(name), 0, *(cell_len(line) for row in texts for line in row[at].split("\n")))
        for at, name in enumerate(columns)
    ]


def _page(
    texts: list[list[str]], columns: tuple[str, ...], shown: tuple[str, ...], on_a_terminal: bool
) -> str:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    places = [columns.index(name) for name in shown]
    for name in shown:
        grid.add_column(Text(name.replace("_", " ")), no_wrap=True, overflow="ignore")
    for row in texts:
        grid.add_row(*[Text(row[place]) for place in places])
    widths = dict(zip(columns, _widths(texts, columns), strict=True))
    return _drawn(grid, on_a_terminal, sum(widths[name] + 2 for name in shown))


def _drawn(what: Table | Text, on_a_terminal: bool, needed: int) -> str:
    """What rich draws, on a console as wide as is needed: a narrower one would cut document numbers."""
    file = io.StringIO()
    console = _console(on_a_terminal, file)
    console.width = max(console.width, needed)
    console.print(what, crop=False, no_wrap=True, overflow="ignore")
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"
