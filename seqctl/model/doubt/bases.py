"""What the bases of a sequence's references look like: patterns again, compared as those of numbers are.

Letters are compared as small ones, since a reference has no case. What is filled with zeros stands with its
zeros, one pattern for each length of the counter part.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import product
from math import prod

from seqctl.model.check_digit.token import check_token
from seqctl.model.classes import NamedTuple
from seqctl.model.collision.shapes.choices import MOST_COMBINATIONS, filled_in
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.compiled import ATTRIBUTE, CHECK, NUMBER, TEXT, Pattern
from seqctl.model.pattern.widths import segment_width
from seqctl.model.reference.base import base_pattern
from seqctl.model.reference.schemes import SCHEMES, Scheme
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.sequence import Sequence

UNREAD = "?"
"""How the name of an attribute begins that stands for a check digit of which nothing is known."""


class Bases(NamedTuple):
    """The bases of a sequence with one choice of listed attribute values.

    `patterns` are sequences that render them; `exact` says that they render no other text. `leads` is
    whether bases of different lengths cannot become alike when they are filled with zeros.
    """

    chosen: dict[str, str]
    segments: tuple[tuple[str, str], ...]
    patterns: list[Sequence]
    exact: bool
    leads: bool


def listed_values(sequence: Sequence) -> dict[str, tuple[str, ...]]:
    """The attributes of which a sequence lists the values that its numbers can ever have shown.

    What `requires` lists may change at any time, and so is left out once numbers were issued.
    """
    listed = {name: values for name, values in sequence.scope.items() if values}
    if sequence.compiled.codes:
        listed[TYPE] = sequence.compiled.codes
    if not sequence.used:
        for name, values in sequence.requires.items():
            if values:
                listed[name] = tuple([value for value in listed.get(name, values) if value in values])
    return {name: listed[name] for name in sequence.compiled.attributes if name in listed}


def bases_of(sequence: Sequence) -> Iterator[Bases]:
    """The bases of a sequence, for each choice of listed attribute values."""
    listed = listed_values(sequence)
    if prod([len(values) for values in listed.values()]) > MOST_COMBINATIONS:
        listed = {}
    for values in product(*listed.values()):
        yield _bases(sequence, dict(zip(listed, values, strict=True)))


def _bases(sequence: Sequence, chosen: dict[str, str]) -> Bases:
    scheme, pattern = SCHEMES[str(sequence.reference)], base_pattern(sequence)
    template = sequence.reference_base is not None
    segments = []
    for kind, value in filled_in(pattern.segments, chosen):
        if kind == TEXT:
            value = "".join([c for c in value.upper() if template or c in scheme.reads]).lower()
        elif kind == CHECK and not _follows(scheme, value):
            kind, value = ATTRIBUTE, UNREAD + value
        if value or kind != TEXT:
            segments.append((kind, value))
    exact = dict(pattern.exact) if template else {}
    for kind, value in segments:
        if kind == ATTRIBUTE and value[0] == UNREAD and scheme.reads_check(value[1:]):
            exact[value] = segment_width(CHECK, value[1:], {})
    known = all(kind != ATTRIBUTE or value in exact for kind, value in segments)
    whole = tuple(segments)
    patterns = list(_patterns(sequence, scheme, whole, exact, known))
    return Bases(chosen, whole, patterns, known, _leads(scheme, whole, sequence, patterns))


def _follows(scheme: Scheme, name: str) -> bool:
    """Whether a check digit within a base is that of what stands to its left there."""
    algorithm = check_token(name).algorithm
    return algorithm.digits_only and scheme.reads_check(name)


def _patterns(
    sequence: Sequence,
    scheme: Scheme,
    segments: tuple[tuple[str, str], ...],
    exact: dict[str, int],
    known: bool,
) -> Iterator[Sequence]:
    """Sequences whose numbers are the bases, filled with zeros where they are short."""
    pattern = base_pattern(sequence)
    last = sequence.last_value(shortest_frame(sequence))
    beside = sum([segment_width(kind, value, exact) for kind, value in segments if kind != NUMBER])
    shortest, longest = (len(pattern.counter_text(value)) for value in (sequence.start, max(last, 0)))
    if not known or beside + shortest >= scheme.least:
        yield _like(sequence, Pattern(segments, pattern.alpha, None, exact), sequence.start, last)
        return
    for width in range(shortest, longest + 1):
        zeros = "0" * max(scheme.least - beside - width, 0)
        lowest, highest = _values(pattern, width, sequence.start, last)
        lowest += -(lowest - sequence.start) % sequence.step
        if not zeros:
            highest = last
        if lowest <= highest:
            filled = ((TEXT, zeros), *segments) if zeros else segments
            yield _like(sequence, Pattern(_joined(filled), pattern.alpha, None, exact), lowest, highest)
        if not zeros:
            return


def _values(pattern: Pattern, width: int, start: int, last: int) -> tuple[int, int]:
    """The values whose counter part has so many characters."""
    if pattern.alpha:
        below = sum([26**place for place in range(1, width)])
        lowest, highest = (start, last) if pattern.width else (below + 1, below + 26**width)
    else:
        lowest, highest = (0 if width == max(pattern.width, 1) else 10 ** (width - 1)), 10**width - 1
    return max(lowest, start), min(highest, last)


def _joined(segments: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return filled_in(segments, {})


def _like(sequence: Sequence, pattern: Pattern, start: int, last: int) -> Sequence:
    """A sequence that renders a pattern for the values of another one, on any day and in any period."""
    like = copy(sequence)
    like.compiled, like.start, like.end = pattern, start, last
    like.document_type, like.unique = str(sequence.reference), "always"
    like.reference = like.reference_base = like.max_width = like.max_length = None
    if sequence.used:
        # Numbers may be dated in a window that it had before.
        like.effective_from = like.effective_until = None
    like.scope, like.requires = {}, {}
    return like


def _leads(
    scheme: Scheme, segments: tuple[tuple[str, str], ...], sequence: Sequence, patterns: list[Sequence]
) -> bool:
    """Whether zeros in front of a short base cannot make it a longer one."""
    kind, value = segments[0]
    if len(patterns) < 2 or kind == NUMBER:
        return True
    return (kind == TEXT and value[0] != "0") or (
        kind != TEXT and value in ("YYYY", "GGGG", "FY", "FYS", "FYE")
    )
