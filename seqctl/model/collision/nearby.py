"""The sequences that a few changed ones could clash with, told by a glance at each other one."""

from collections.abc import Collection
from math import gcd

from seqctl.model.collision.shapes.choices import Segments, allowed_values
from seqctl.model.collision.shapes.frames import SYMBOLS, symbols_of
from seqctl.model.collision.shapes.sift import share
from seqctl.model.pattern.compiled import DATE, NUMBER, TEXT
from seqctl.model.sequence.sequence import Sequence

MOST_CHANGED = 50
"""With more changed sequences the glance at every pair would cost more than it saves."""

Edge = tuple[bool, str]
"""What a pattern shows on one side: whether it begins with the counter there, and its symbols."""


def nearby(group: dict[str, list[Sequence]], changed: Collection[str]) -> dict[str, list[Sequence]]:
    """The changed sequences of a document type, and those not plainly apart from all of them."""
    names = [name for name in group if name in changed]
    if not names:
        return {}
    if len(names) > MOST_CHANGED:
        return group
    chosen = [(sequence, _edges(sequence)) for name in names for sequence in group[name]]
    near = {name: group[name] for name in names}
    for name, sequences in group.items():
        if name not in near:
            for sequence in sequences:
                edges = _edges(sequence)
                if not all(
                    _edges_apart(edges, other_edges) or _values_apart(sequence, other)
                    for other, other_edges in chosen
                ):
                    near[name] = sequences
    return near


def _edges(sequence: Sequence) -> tuple[Edge, Edge]:
    segments = sequence.compiled.segments
    return _edge(segments, False), _edge(segments[::-1], True)


def _edge(segments: Segments, backwards: bool) -> Edge:
    counter = segments[0][0] == NUMBER
    end = int(counter)
    while end < len(segments) and segments[end][0] in (TEXT, DATE):
        end += 1
    seen = segments[int(counter) : end]
    symbols = symbols_of(seen[::-1])[::-1] if backwards else symbols_of(seen)
    # Where the counter's length is open, only text that it could not own tells where it ends.
    if counter and (symbols[:1].isalnum() or symbols[:1] in SYMBOLS):
        return True, ""
    return counter, symbols


def _edges_apart(edges: tuple[Edge, Edge], others: tuple[Edge, Edge]) -> bool:
    """Whether two patterns plainly show different texts at their beginning or at their end."""
    for (counter, symbols), (other_counter, other_symbols) in zip(edges, others, strict=True):
        if counter == other_counter and not all(map(share, symbols, other_symbols)):
            return True
    return False


def _values_apart(sequence: Sequence, other: Sequence) -> bool:
    """Whether one pattern has no value of both, and so shows no text of both."""
    pattern, other_pattern = sequence.compiled, other.compiled
    if pattern.segments != other_pattern.segments or pattern.alpha != other_pattern.alpha:
        return False
    if pattern.exact != other_pattern.exact:
        return False
    if any(allowed_values(one, name) for one in (sequence, other) for name in pattern.attributes):
        return False
    if sequence.end is not None and sequence.end < other.start:
        return True
    if other.end is not None and other.end < sequence.start:
        return True
    return (sequence.start - other.start) % gcd(sequence.step, other.step) != 0
