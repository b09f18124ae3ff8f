"""Whether the first line of a plain list of numbers is that of a table: its headings are no numbers."""

from __future__ import annotations

SEPARATORS = (",", ";", "\t")


def headings(first: str, second: str) -> list[str]:
    """The columns that a first line names, or nothing where it may be a number; `second` is the one below.

    Headings have no digits. A single one is told from a number in letters by the line below, which has some.
    """
    cells = _cells(first)
    named = [cell for cell in cells if cell]
    if not named or any(character.isdigit() for character in first):
        return []
    if not all(any(character.isalpha() for character in cell) for cell in named):
        return []
    if len(cells) > 1 or any(character.isdigit() for character in second):
        return named
    return []


def _cells(line: str) -> list[str]:
    """The cells of a line by the separator that parts it into most, without blanks and quotes."""
    return max(
        ([cell.strip().strip('"').strip() for cell in line.split(mark)] for mark in SEPARATORS), key=len
    )
