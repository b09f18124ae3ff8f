"""The shorthand of a pattern: a prefix, a suffix and a least width around the number."""

from seqctl.model.pattern.compiled import NUMBER, TEXT
from seqctl.model.sequence.sequence import Sequence


def shorthand_of(sequence: Sequence) -> dict[str, object] | None:
    """The prefix, suffix and width of a sequence's pattern; None for one that has other tokens too."""
    segments = sequence.compiled.segments
    kinds = [kind for kind, _ in segments]
    if set(kinds) - {TEXT, NUMBER}:
        return None
    number = kinds.index(NUMBER)
    texts = [value for _, value in segments]
    return {
        "prefix": "".join(texts[:number]),
        "suffix": "".join(texts[number + 1 :]),
        "width": sequence.compiled.width,
    }
