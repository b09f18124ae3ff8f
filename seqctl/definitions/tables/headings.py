"""Where the headings of a table are: in its first line, or below a title; and whether there are any."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from seqctl.model.text import composed

SEPARATORS = (",", ";", "\t")
LOOKED_AT = 20
"""Most lines from the beginning of a file in which headings are looked for."""


def headings(first: str, second: str) -> list[str]:
    """The columns that a first line names, or nothing where it may be a number; `second` is the one below.

    Headings have no digits. A single one is read from a number in letters by the line below, which has some.
    """
    cells = cells_of(first)
    named = _filled(cells)
    if not named or any(character.isdigit() for character in first):
        return []
    if not all(any(character.isalpha() for character in cell) for cell in named):
        return []
    if len(cells) > 1 or any(character.isdigit() for character in second):
        return named
    return []


def below_a_title(lines: Sequence[str]) -> bool:
    """Whether a table with headings begins below lines that have fewer cells than these."""
    filled = [len(_filled(cells_of(line))) for line in lines]
    return any(
        filled[at] > 1 and max(filled[:at]) < filled[at] and headings(line, "")
        for at, line in enumerate(lines[1:], 1)
    )


def heading_row(rows: Sequence[Sequence[str]], wanted: Collection[str]) -> int:
    """Which of the first rows of a table are the headings, by those that are `wanted`.

    The row that has most of them; where none has any and the first row is but a title, the first one below
    that is as wide as any. Where nothing is wanted the first row always is.
    """
    if not wanted:
        return 0
    names = {folded(name) for name in wanted}
    found = [len(names & set(map(folded, cells))) for cells in rows]
    if any(found):
        return found.index(max(found))
    filled = [len(_filled(cells)) for cells in rows]
    widest = max(filled, default=0)
    return filled.index(widest) if widest > 1 and filled[0] == 1 else 0


def cells_of(line: str) -> list[str]:
    """The cells of a line by the separator that parts it into most, without blanks and quotes."""
    return max(
        ([cell.strip().strip('"').strip() for cell in line.split(mark)] for mark in SEPARATORS), key=len
    )


def folded(name: str) -> str:
    """A heading by which columns are found: without regard to capital letters and blanks around it."""
    return composed(name).strip().casefold()


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]
