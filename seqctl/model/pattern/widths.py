"""How many characters the parts of a pattern always show.

The width of an attribute, `{branch:3}`, stands in the first line of a stored pattern, behind the version.
"""

from seqctl.model.check_digit.algorithms import ALGORITHMS
from seqctl.model.pattern.compiled import ANY_CHECK, ATTRIBUTE, CHECK, DATE, FORMAT, TEXT


def token_width(token: str) -> int:
    """How many digits a date token always shows."""
    if token in ("Q", "H", "FQ"):
        return 1
    if token == "DDD":
        return 3
    if token in ("YYYY", "GGGG", "FY", "FYS", "FYE"):
        return 4
    return 2


def check_width(name: str) -> int:
    """How many characters a check digit has, by the name of its token behind `check:`."""
    return ALGORITHMS[name.partition(":")[0]].width


def least_width(segments: tuple[tuple[str, str], ...], exact: dict[str, int]) -> int:
    """The least number of characters beside the counter part: attributes without a width may be empty."""
    return sum([segment_width(kind, value, exact) for kind, value in segments])


def segment_width(kind: str, value: str, exact: dict[str, int]) -> int:
    """The least number of characters of one part; 0 for the counter, whose width is its own."""
    if kind == TEXT:
        return len(value)
    if kind == DATE:
        return token_width(value)
    if kind in (CHECK, ANY_CHECK):
        return check_width(value)
    return exact.get(value, 0) if kind == ATTRIBUTE else 0


def first_line(exact: dict[str, int]) -> str:
    """The first line of a stored pattern: the version, and the attributes of which the width is exact."""
    return " ".join((FORMAT, *(f"{name}={width}" for name, width in exact.items())))


def exact_widths(line: str) -> dict[str, int] | None:
    """What `first_line` wrote of widths; None where another version wrote it."""
    version, *widths = line.split(" ")
    pairs = [item.partition("=") for item in widths]
    if version != FORMAT or not all(name and width.isdigit() for name, _, width in pairs):
        return None
    return {name: int(width) for name, _, width in pairs}
