"""Patterns whose token `{type}` prints the code of a document type: one of a few texts, known beforehand."""

from seqctl.model.pattern.compiled import Pattern

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
