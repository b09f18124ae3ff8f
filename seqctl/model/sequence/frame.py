"""How many characters a sequence shows beside its counter part, at least; what is left is for the counter."""

from seqctl.model.pattern.compiled import ATTRIBUTE
from seqctl.model.pattern.widths import least_width
from seqctl.model.sequence.scope import scope_values
from seqctl.model.sequence.sequence import Sequence


def shortest_frame(sequence: Sequence) -> int:
    """The least number of characters beside the counter part: attributes may be empty."""
    return least_width(sequence.compiled.segments, sequence.compiled.exact)


def scope_frame(sequence: Sequence, scope: str) -> int:
    """The least number of characters beside the counter part of one scope, given as its text.

    Attributes that have no counters of their own may be empty.
    """
    values, exact = scope_values(scope), sequence.compiled.exact
    shown = [name for kind, name in sequence.compiled.segments if kind == ATTRIBUTE and name not in exact]
    return shortest_frame(sequence) + sum(len(values.get(name, "")) for name in shown)
