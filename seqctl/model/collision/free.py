"""Patterns with attributes that anybody may choose: whether a value makes two sequences clash. And patterns
with a check digit, which is any that its algorithm gives until an example shows the one that is right.

What stands before the first such attribute and after the last is sifted by the automaton; for what is left
an example is looked for by reading the texts of the one with the pattern of the other.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from seqctl.days import date
from seqctl.model.collision.found import NEEDS_ATTRIBUTE, PROVED, UNPROVED, Rendering, Search
from seqctl.model.collision.report import SAMPLE_VALUES, Reporter, rendered, sample_values, samples_for
from seqctl.model.collision.shapes.choices import Segments
from seqctl.model.collision.shapes.days import Days
from seqctl.model.collision.shapes.frames import ANY, counter_symbols, symbols_of
from seqctl.model.collision.shapes.shapes import Member, Shape
from seqctl.model.collision.shapes.sift import alike
from seqctl.model.collision.shapes.words import PatternReader, shortest_common_text
from seqctl.model.pattern.compiled import ATTRIBUTE, CHECK

TRIED_CHECKS = 200
"""How many values of two patterns are tried of which one has a check digit: one in ten is right by chance."""


class FreeSearch:
    """The search for clashes between different shapes of which at least one has a free attribute."""

    def __init__(self, shapes: Iterable[Shape], search: Search, days: Days) -> None:
        self.search = search
        self.reader = Reporter(search, days).reader
        self.shapes = list(shapes)
        self.tried: set[tuple[int, int]] = set()

    def run(self) -> None:
        """Find a partner for every open sequence that has one."""
        for left, right in alike_shapes(self.shapes, self.search):
            self._compare(left, right)
            if left is not right:
                self._compare(right, left)

    def _compare(self, shapes: list[Shape], others: list[Shape]) -> None:
        """Look for partners of the open sequences of the first shapes."""
        for shape in shapes:
            for other in others:
                if not self._any_open(shape):
                    break
                self.search.spend(1)
                pair = min(id(shape), id(other)), max(id(shape), id(other))
                if shape is not other and pair not in self.tried:
                    self.tried.add(pair)
                    self._compare_members(shape, other)

    def _any_open(self, shape: Shape) -> bool:
        return any(member.owner in self.search.open for member in shape.members)

    def _compare_members(self, shape: Shape, other: Shape) -> None:
        for member in shape.members:
            for partner in other.members:
                self.search.spend(1)
                if self.search.is_open(member.owner, partner.owner):
                    self._try_out(shape, member, other, partner)

    def _try_out(self, shape: Shape, member: Member, other: Shape, partner: Member) -> None:
        owners = member.owner, partner.owner
        tries = TRIED_CHECKS if _is_checked(shape, other) else 1
        for text in chain(_samples(member, partner, tries), _samples(partner, member, tries)):
            self.search.spend(40)
            renderings = self.reader.both(member, partner, text)
            if renderings:
                certainty = (
                    NEEDS_ATTRIBUTE if member.free_attributes() or partner.free_attributes() else PROVED
                )
                self.search.record(owners, text, certainty, renderings)
                return
        if tries > 1 and any(_all_tried(one, tries) for one in (member, partner)):
            return
        readers = PatternReader(shape, member), PatternReader(other, partner)
        common = shortest_common_text(*readers, self.search.spend)
        if common is not None:
            # A text that only steps, dates or a check digit may yet forbid is worth a warning, though not an
            # example.
            renderings = self.reader.both(member, partner, common)
            example = common if renderings else None
            certainty = NEEDS_ATTRIBUTE if member.free_attributes() or partner.free_attributes() else PROVED
            if renderings is None and _is_checked(shape, other):
                certainty = UNPROVED
            self.search.record(owners, example, certainty, renderings or (None, None))


def _is_checked(*shapes: Shape) -> bool:
    """Whether one of the shapes has a check digit."""
    return any(kind == CHECK for shape in shapes for kind, _ in (*shape.before, *shape.after))


def owners_alike(shapes: Iterable[Shape], search: Search) -> set[int]:
    """The sequences with free attributes that look like another, and those that they look like."""
    shapes = list(shapes)
    pairs = chain((([shape], [shape]) for shape in shapes), alike_shapes(shapes, search))
    found: set[int] = set()
    for left, right in pairs:
        owners = {member.owner for shape in chain(left, right) for member in shape.members}
        search.spend(len(owners))
        if len(owners) > 1:
            found |= owners
    return found


def alike_shapes(shapes: list[Shape], search: Search) -> Iterator[tuple[list[Shape], list[Shape]]]:
    """Pairs of lists of shapes that look alike at both ends, one of each two having free attributes."""
    # Free shapes first: only those are compared with each other.
    items: list[Shape] = []
    edges: list[tuple[str, str]] = []
    free = 0
    for shape in sorted(shapes, key=lambda shape: not shape.free):
        if not shape.free and not free:
            return
        before = len(items)
        for edge in _edges(shape):
            items.append(shape)
            edges.append(edge)
        free += shape.free * (len(items) - before)
        search.spend(4 + 2 * (len(items) - before))
    width = max((len(head) for head, _ in edges[:free]), default=0)
    depth = max((len(tail) for _, tail in edges[:free]), default=0)
    templates = [head[:width].ljust(width, ANY) + tail[:depth].ljust(depth, ANY) for head, tail in edges]
    yield from alike(items, templates, free, search.spend)


def _edges(shape: Shape) -> Iterator[tuple[str, str]]:
    """What a shape shows for certain from the left and, backwards, from the right.

    One pair for each length of its counter, if the counter is seen from either side.
    """
    before, after = _until_attribute(shape.before), _until_attribute(shape.after[::-1])
    left_is_whole = len(before) == len(shape.before)
    right_is_whole = len(after) == len(shape.after)
    years = shape.years() if shape.tokens else None
    head, tail = symbols_of(before, years), symbols_of(after[::-1], years)[::-1]
    if not left_is_whole and not right_is_whole:
        yield head, tail
        return
    shortest = min(member.shortest for member in shape.members)
    longest = max(member.longest for member in shape.members)
    for length in range(shortest, longest + 1):
        counter = counter_symbols(shape, length)
        whole_head, whole_tail = head, tail
        if left_is_whole:
            whole_head += counter + symbols_of(_until_attribute(shape.after), years)
        if right_is_whole:
            last = _until_attribute(shape.before[::-1])[::-1]
            whole_tail += (symbols_of(last, years) + counter)[::-1]
        yield whole_head, whole_tail


def _until_attribute(segments: Segments) -> Segments:
    attribute = [index for index, (kind, _) in enumerate(segments) if kind == ATTRIBUTE]
    return segments[: attribute[0]] if attribute else segments


def _all_tried(member: Member, tries: int) -> bool:
    """Whether so many tries are all texts that a member has, so that they decide."""
    values = range(member.start, member.last + 1, member.sequence.step)
    return len(values) <= tries and not member.free_attributes() and not member.dates.tokens


def _samples(member: Member, other: Member, tries: int) -> Iterator[str]:
    """Texts of a member that the other might render too: so many from where both have begun."""
    step = member.sequence.step
    reached = member.start + max(0, -(-(other.start - member.start) // step)) * step
    common_day = max(member.dates.first, other.dates.first)
    days = {member.dates.first, min(common_day, member.dates.last)}
    samples = samples_for(member, other) if member.free_attributes() else SAMPLE_VALUES[:1]
    first = member.start if _all_tried(member, tries) else min(reached, member.last)
    shared = range(first, member.last + 1, step)[:tries]
    for value in dict.fromkeys((*shared, member.start)):
        for day in sorted(days, reverse=True):
            for sample in samples:
                chosen = (*member.attributes.items(), *sample_values(member, other, sample))
                yield rendered(member, Rendering(value, date.fromordinal(day), chosen))
