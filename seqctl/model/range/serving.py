"""A sequence as one of its ranges makes it: the range's numbers, and its values in the pattern."""

from seqctl.model.pattern.coded import coded
from seqctl.model.pattern.compiled import ATTRIBUTE, TEXT, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.range.range import Range
    from seqctl.model.sequence.sequence import Sequence


def in_range(sequence: "Sequence", served: "Range") -> "Sequence":
    """The sequence of one range: it goes from its first to its last number and ends when it does.

    The values of the range stand in its pattern as text, so that whatever renders, reads back or compares
    numbers finds them there. Of `warn_at` the range's own replaces the sequence's.
    """
    narrowed = type(sequence)()
    for name in sequence.__slots__:
        if hasattr(sequence, name):
            setattr(narrowed, name, getattr(sequence, name))
    narrowed.served = served
    narrowed.start, narrowed.end = served.first, served.last
    narrowed.effective_from = _later(sequence.effective_from, served.valid_from)
    narrowed.effective_until = _earlier(sequence.effective_until, served.valid_until)
    if served.warn_at is not None:
        narrowed.warn_at = served.warn_at
    if served.values:
        narrowed.compiled = filled(sequence.compiled, served.values)
    return narrowed


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


def _later(one: str | None, other: str | None) -> str | None:
    return max(filter(None, (one, other)), default=None)


def _earlier(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)
