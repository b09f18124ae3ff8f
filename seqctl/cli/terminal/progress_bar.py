"""A progress bar on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


@contextmanager
def progress_bar(things: str, total: int) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr while many things are worked at; it goes when the work is done."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(things, total=total)
        yield lambda work, done, total: progress.update(
            task, description=f"{work} {things}", completed=done, total=total
        )
