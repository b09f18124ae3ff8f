"""Shapes and members: what a sequence renders, with its listed attribute values filled in.

A shape is the text around a counter: literals, date tokens, attributes that anybody may choose. Its members
are the sequences that have this shape, each with its values, document dates and periods. An attribute with
listed values is filled in value by value, which makes several members of one sequence.
"""

from collections.abc import Iterable

from seqctl.days import date
from seqctl.model.collision.shapes.choices import Segments, filled_in
from seqctl.model.collision.shapes.days import CalendarKey, DateKey, document_days
from seqctl.model.pattern.compile import FISCAL_TOKENS
from seqctl.model.pattern.compiled import ATTRIBUTE, CHECK, DATE, NUMBER, Pattern
from seqctl.model.pattern.letters import to_letters
from seqctl.model.pattern.widths import least_width
from seqctl.model.sequence.sequence import Sequence


class Shape:
    """What stands around a counter, and how the counter is written. `exact` are the widths of attributes.

    `free`: its texts cannot be written down as numbers, for attributes to choose, or a check digit.
    """

    __slots__ = ("after", "alpha", "before", "exact", "fixed", "free", "key", "members", "tokens", "width")

    def __init__(self, key: tuple[object, ...], segments: Segments, pattern: Pattern) -> None:
        self.key = key
        counter = next(i for i, (kind, _) in enumerate(segments) if kind == NUMBER)
        self.before, self.after = segments[:counter], segments[counter + 1 :]
        self.alpha = pattern.alpha
        self.width = pattern.width
        self.exact = pattern.exact
        self.free = any(kind in (ATTRIBUTE, CHECK) for kind, _ in segments)
        self.tokens = tuple([value for kind, value in segments if kind == DATE])
        self.fixed = least_width(segments, pattern.exact)
        self.members: list[Member] = []

    def block(self, length: int) -> tuple[int, int, int]:
        """The lowest and highest value written with `length` characters, and the value of its zero.

        The zero is what the block of zeros (or of letters a) would count, so that a value less its zero
        is the block read as a number of base 10 or 26.
        """
        if not self.alpha:
            lowest = 0 if length == max(self.width, 1) else 10 ** (length - 1)
            return lowest, 10**length - 1, 0
        if self.width:
            return 0, 26**length - 1, 0
        lowest = (26**length - 1) // 25
        return lowest, 26 * lowest, lowest

    def years(self) -> tuple[int, int]:
        """The first and last calendar year of its members' document dates."""
        first = min(member.dates.first for member in self.members)
        last = max(member.dates.last for member in self.members)
        return date.fromordinal(first).year, date.fromordinal(last).year

    def length_of(self, value: int) -> int:
        """How many characters the counter part of `value` has."""
        if self.alpha:
            return self.width or len(to_letters(value, 0))
        return max(len(str(value)), self.width)


class Member:
    """One sequence in a shape: the values `start`, `start + step` to `last`, and its document dates."""

    __slots__ = ("attributes", "dates", "last", "longest", "owner", "sequence", "shortest", "start")

    def __init__(
        self,
        owner: int,
        sequence: Sequence,
        dates: DateKey,
        attributes: dict[str, str],
        values: tuple[int, int],
        lengths: tuple[int, int],
    ) -> None:
        self.owner = owner
        self.sequence = sequence
        self.dates = dates
        self.attributes = attributes
        self.start, self.last = values
        self.shortest, self.longest = lengths

    def free_attributes(self) -> list[str]:
        """The attributes that are not filled in."""
        names = self.sequence.compiled.attributes
        return [name for name in names if name not in self.attributes]

    def values_between(self, lowest: int, highest: int) -> tuple[int, int] | None:
        """The first and last of its values within these bounds."""
        step = self.sequence.step
        first = self.start
        if lowest > first:
            first += -(-(lowest - first) // step) * step
        last = min(self.last, highest)
        if last < first:
            return None
        return first, last - (last - first) % step


Shapes = dict[tuple[object, ...], Shape]
"""Shapes by their key."""


def add_members(shapes: Shapes, owner: int, sequence: Sequence, choices: Iterable[dict[str, str]]) -> None:
    """Put a sequence into the shapes that it renders: one for each choice of attribute values."""
    pattern = sequence.compiled
    first_day, last_day = document_days(sequence)
    if first_day > last_day:
        return
    fiscal = any(token in FISCAL_TOKENS for token in pattern.date_tokens)
    reset = sequence.reset if sequence.unique == "period" else None
    calendar: CalendarKey | None = None
    if sequence.fiscal and (fiscal or (reset or "").startswith("fiscal-")):
        calendar = sequence.fiscal.key
    dates = DateKey(pattern.date_tokens, calendar, reset, first_day, last_day)
    for attributes in choices:
        segments = filled_in(pattern.segments, attributes) if attributes else pattern.segments
        free = any(kind == ATTRIBUTE for kind, _ in segments)
        # Segments that are equal only because attributes were filled in may be read differently.
        written = pattern.segments if free and attributes else None
        key = (segments, pattern.alpha, calendar if fiscal else None, written, tuple(pattern.exact.items()))
        shape = shapes.get(key)
        if shape is None:
            shape = Shape(key, segments, pattern)
        member = _member(shape, owner, sequence, dates, attributes)
        if member:
            shapes[key] = shape
            shape.members.append(member)


def _member(
    shape: Shape, owner: int, sequence: Sequence, dates: DateKey, attributes: dict[str, str]
) -> Member | None:
    pattern = sequence.compiled
    last = sequence.last_value(shape.fixed)
    start = sequence.start
    if pattern.alpha and not pattern.width and start < 1:
        start += -(-(1 - start) // sequence.step) * sequence.step
    if last < start:
        return None
    last -= (last - start) % sequence.step
    lengths = shape.length_of(start), shape.length_of(last)
    return Member(owner, sequence, dates, attributes, (start, last), lengths)
