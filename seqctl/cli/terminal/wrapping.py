"""Words that wrap beneath their column. Document numbers never do: only columns of words are given here."""

from __future__ import annotations

import re

from rich.cells import cell_len

WORDS = frozenset(
    (
        *("about", "answer", "assignments", "conditions", "description", "fields", "hint", "members"),
        *(
            "message",
            "needs",
            "note",
            "other_window_numbers",
            "owners",
            "question",
            "reason",
            "source_actor",
            "sum",
            "title",
        ),
    )
)
"""The columns whose texts are words."""
GLUE = "\N{NO-BREAK SPACE}"
CALL = re.compile(r"seqctl (?:'[^'\n]*'|\"[^\"\n]*\"|(?![,;](?:\s|$))[^\n])+")
"""A command within a hint, up to a comma or semicolon that ends it: quoted texts may hold some."""


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most so many cells, broken at blanks; a longer word stands alone, whole."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width))


def listed(before: str, names: list[str], width: int) -> str:
    """Names in lines of at most so many cells, after some words; no name is broken."""
    glued = [f"{name}," for name in names[:-1]] + names[-1:]
    return wrapped(" ".join([before, *(name.replace(" ", GLUE) for name in glued)]), width).replace(GLUE, " ")


def advice(text: str, width: int) -> str:
    """Words in lines of at most so many cells. Each command stands whole in one, so that it can be copied."""
    glued = CALL.sub(lambda found: found[0].replace(" ", GLUE), text.replace(GLUE, " "))
    return wrapped(glued, width).replace(GLUE, " ")


def longest_word(text: str) -> int:
    """The cells of its longest word: no column is narrower."""
    return max(map(cell_len, text.split()), default=0)


def longest_line(text: str) -> int:
    """The cells of its longest line."""
    return max(map(cell_len, text.split("\n")))


def shared(room: int, least: dict[str, int], wished: dict[str, int]) -> dict[str, int]:
    """How wide each column becomes where several share some room: all grow until they have enough."""
    widths = dict(least)
    left = room - sum(widths.values())
    while left > 0 and (hungry := [name for name in widths if widths[name] < wished[name]]):
        for name in sorted(hungry, key=lambda name: wished[name] - widths[name]):
            more = min(max(left // len(hungry), 1), wished[name] - widths[name], left)
            widths[name] += more
            left -= more
    return widths


def _lines(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line, size = "", 0
    for word in paragraph.split(" "):
        cells = cell_len(word)
        if lines or line or size:
            if size + 1 + cells <= width:
                line, size = f"{line} {word}", size + 1 + cells
                continue
            lines.append(line)
        line, size = word, cells
    return [*lines, line]
