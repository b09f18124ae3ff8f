"""How far a sequence can count until a payment reference no longer fits."""

from seqctl.model.pattern.compiled import ATTRIBUTE, CHECK, DATE, LARGEST_VALUE, TEXT
from seqctl.model.pattern.widths import segment_width
from seqctl.model.reference.base import base_pattern
from seqctl.model.reference.schemes import SCHEMES, Scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.pattern.compiled import Pattern
    from seqctl.model.sequence.sequence import Sequence

LONGEST_COUNT = 19
"""Digits of the largest integer."""


def largest_with_reference(sequence: "Sequence") -> int:
    """The largest value whose reference fits, attributes that may be empty being empty; -1 where none does.

    The values before it fit as well: the first that does not ends the counting.
    """
    assert sequence.reference is not None
    scheme = SCHEMES[sequence.reference]
    pattern = base_pattern(sequence)
    if pattern.alpha and not scheme.letters:
        return LARGEST_VALUE
    beside = least_beside(pattern, scheme, sequence.reference_base is not None)
    width = len(pattern.counter_text(sequence.start))
    if not scheme.takes(beside + width):
        return -1
    while width < LONGEST_COUNT and scheme.takes(beside + width + 1):
        width += 1
    if not pattern.alpha:
        return int(10**width) - 1
    if pattern.width:
        return LARGEST_VALUE
    return sum([26**place for place in range(1, min(width, 14) + 1)])


def least_beside(pattern: "Pattern", scheme: Scheme, template: bool) -> int:
    """The least number of characters of a base beside its counter part.

    Of a template all characters count, of a number those that the scheme reads.
    """
    count = 0
    for kind, value in pattern.segments:
        if kind == TEXT:
            count += len(value) if template else len([c for c in value.upper() if c in scheme.reads])
        elif kind == DATE:
            count += segment_width(kind, value, {})
        elif kind == CHECK:
            count += segment_width(kind, value, {}) if template or scheme.reads_check(value) else 0
        elif kind == ATTRIBUTE and template:
            count += pattern.exact.get(value, 0)
    return count
