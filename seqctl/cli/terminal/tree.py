"""Reasoning as a tree: each branch a line of words, with what it rests on beneath it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from seqctl.cli.errors import visible
from seqctl.cli.terminal.console import UNLIMITED, drawn, terminal_width
from seqctl.cli.terminal.wrapping import wrapped

NARROWEST = 20


class Branch:
    """A line of the tree: its words, their style, and the branches beneath it."""

    __slots__ = ("branches", "style", "words")

    def __init__(self, words: str, style: str = "", branches: list[Branch] | None = None) -> None:
        self.words = words
        self.style = style
        self.branches = branches or []


def tree(root: Branch) -> Iterator[str]:
    """The tree, line by line."""
    yield drawn(Text(visible(root.words), root.style or "bold"), UNLIMITED)
    yield from _beneath(root, "")


def _beneath(branch: Branch, margin: str) -> Iterator[str]:
    for place, item in enumerate(branch.branches):
        last = place == len(branch.branches) - 1
        first, rest = (margin + "└── ", margin + "    ") if last else (margin + "├── ", margin + "│   ")
        beneath = rest + ("│ " if item.branches else "  ")
        lines = wrapped(visible(item.words), max(terminal_width() - len(rest) - 2, NARROWEST)).split("\n")
        text = Text.assemble((first, "dim"), (lines[0], item.style))
        for line in lines[1:]:
            text.append("\n" + beneath, "dim").append(line, item.style)
        yield drawn(text, UNLIMITED)
        yield from _beneath(item, rest)
