"""Attribute values: which ones a sequence lists, and its pattern with them filled in."""

from collections.abc import Iterator
from itertools import product
from math import prod

from seqctl.model.pattern.attributes import neighbour_problem, width_words
from seqctl.model.pattern.checked import unread_words
from seqctl.model.pattern.compiled import ATTRIBUTE, TEXT
from seqctl.model.pattern.read import owned_by_open
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import text_problem

MOST_COMBINATIONS = 1000
"""Up to so many combinations of listed values are filled in; beyond they count as freely chosen."""

Segments = tuple[tuple[str, str], ...]


def has_listed_values(sequence: Sequence) -> bool:
    """Whether the pattern shows an attribute with listed values."""
    return any(allowed_values(sequence, name) for name in sequence.compiled.attributes)


def allowed_values(sequence: Sequence, name: str) -> tuple[str, ...]:
    """The listed values of an attribute, which scope and requires may both restrict; none: any value."""
    if sequence.compiled.is_code(name):
        return sequence.compiled.codes
    scope, requires = sequence.scope.get(name, ()), sequence.requires.get(name, ())
    if scope and requires:
        # No common value is not the same as any value: a value that is never allowed stands for it.
        return tuple([value for value in scope if value in requires]) or ("\n",)
    return scope or requires


def combinations(sequence: Sequence) -> Iterator[dict[str, str]]:
    """The combinations of listed attribute values that the pattern shows: one empty one without any."""
    names = [name for name in sequence.compiled.attributes if allowed_values(sequence, name)]
    listed = [
        [value for value in allowed_values(sequence, name) if _may_stand(sequence, name, value)]
        for name in names
    ]
    if prod(map(len, listed)) > MOST_COMBINATIONS:
        yield {}
        return
    for values in product(*listed):
        yield dict(zip(names, values, strict=True))


def _may_stand(sequence: Sequence, name: str, value: str) -> bool:
    pattern = sequence.compiled
    unusable = text_problem(value) or width_words(pattern, name, value) or unread_words(pattern, name, value)
    return not unusable and not neighbour_problem(pattern, name, value, owned_by_open)


def filled_in(segments: Segments, attributes: dict[str, str]) -> Segments:
    """The segments with these attributes as literals, literals that touch being one."""
    filled: list[tuple[str, str]] = []
    for kind, value in segments:
        if kind == ATTRIBUTE and value in attributes:
            kind, value = TEXT, attributes[value]
        if kind == TEXT and filled and filled[-1][0] == TEXT:
            filled[-1] = (TEXT, filled[-1][1] + value)
        elif kind != TEXT or value:
            filled.append((kind, value))
    return tuple(filled)
