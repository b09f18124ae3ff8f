"""Patterns of whose attributes more is known: the codes that `{type}` prints, values of a range."""

from seqctl.model.pattern.compiled import ATTRIBUTE, TEXT, Pattern

TYPE = "type"
"""What the token is called; in a pattern without codes it is an attribute like any other."""


class CodedPattern(Pattern):
    """A pattern in which `{type}` stands for one of some `codes`."""

    __slots__ = ("codes",)

    codes: tuple[str, ...]

    def __init__(self, pattern: Pattern, codes: tuple[str, ...]) -> None:
        super().__init__(pattern.segments, pattern.alpha, pattern.max_width, pattern.exact)
        self.codes = codes

    def is_code(self, name: str) -> bool:
        """Whether an attribute of the segments is the token."""
        return name == TYPE


def coded(pattern: Pattern, codes: tuple[str, ...]) -> Pattern:
    """The pattern with these codes, where there are any and it shows them."""
    return CodedPattern(pattern, codes) if codes and TYPE in pattern.attributes else pattern


def filled(pattern: Pattern, values: dict[str, str]) -> Pattern:
    """A pattern with values in the place of attributes; texts that then meet become one."""
    segments: list[tuple[str, str]] = []
    for kind, value in pattern.segments:
        if kind == ATTRIBUTE and value in values:
            kind, value = TEXT, values[value]
        if kind == TEXT and segments and segments[-1][0] == TEXT:
            segments[-1] = (TEXT, segments[-1][1] + value)
        elif kind != TEXT or value:
            segments.append((kind, value))
    exact = {name: width for name, width in pattern.exact.items() if name not in values}
    return coded(Pattern(tuple(segments), pattern.alpha, pattern.max_width, exact), pattern.codes)
