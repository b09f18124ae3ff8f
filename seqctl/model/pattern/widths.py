"""How many characters the parts of a pattern always show."""

from seqctl.model.pattern.compiled import ANY_CHECK, ATTRIBUTE, CHECK, DATE, TEXT


def token_width(token: str) -> int:
    """How many digits a date token always shows."""
    if token in ("Q", "H", "FQ"):
        return 1
    if token == "DDD":
        return 3
    if token in ("YYYY", "GGGG", "FY", "FYS", "FYE"):
        return 4
    return 2


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
        from seqctl.model.check_digit.token import check_width

        return check_width(value)
    return exact.get(value, 0) if kind == ATTRIBUTE else 0
