"""A sequence as one of its ranges makes it: the range's numbers, and its values in the pattern."""

from seqctl.model.pattern.coded import filled

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


def _later(one: str | None, other: str | None) -> str | None:
    return max(filter(None, (one, other)), default=None)


def _earlier(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)
