"""The console that all is drawn with: no markup, no emoji, nothing highlighted, nothing cut.

A pipe has no width. `NO_COLOR`, `FORCE_COLOR`, `COLUMNS` and dumb terminals are honoured, by rich.
"""

from __future__ import annotations

import io
import os

from rich.console import Console, ConsoleDimensions, RenderableType

from seqctl.process import STDOUT

UNLIMITED = 1_000_000
"""Cells of a line that nothing cuts."""


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return os.isatty(STDOUT)


def terminal_width() -> int:
    """How many cells a line of standard output has; a pipe has no end."""
    return _console().width if is_terminal() else UNLIMITED


def drawn(what: RenderableType, needed: int = 0) -> str:
    """What rich draws, on a console as wide as is needed: a narrower one would cut document numbers."""
    file = io.StringIO()
    console = _console(file)
    # A dumb terminal has its width only where its height is set as well.
    console.size = ConsoleDimensions(max(console.width, needed), console.height)
    console.print(what, crop=False, no_wrap=True, overflow="ignore")
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def _console(file: io.StringIO | None = None) -> Console:
    force = True if is_terminal() else None
    return Console(markup=False, highlight=False, emoji=False, file=file, force_terminal=force)
