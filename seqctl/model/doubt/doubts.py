"""Whether the references of a scheme tell all numbers of a book apart: proved, refuted, or neither.

Between sequences, and between the values of a scope, bases are compared as numbers are (`bases.py`). Within
one counter they differ where every part but the counter has a known width. What remains is tried with some
hundreds of numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy

from seqctl.days import date
from seqctl.model.classes import NamedTuple
from seqctl.model.collision import PROVED, Collision, Rendering, find_collisions
from seqctl.model.doubt.bases import UNREAD, Bases, bases_of, listed_values
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, Pattern, period_key
from seqctl.model.pattern.periods import undistinguished_days
from seqctl.model.reference.base import References
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.scope import scope_text
from seqctl.model.sequence.sequence import Sequence

DAYS = tuple(
    [date(year, month, day) for year in (2026, 2027) for month, day in ((1, 5), (2, 1), (11, 5), (12, 31))]
)
"""Days that are tried, of two years and of months of one and two digits."""

MOST_TRIED = 20
"""How many choices of listed values are tried."""


class Alike(NamedTuple):
    """Two numbers that would get one reference."""

    reference: str
    first: str
    second: str


class Doubt(NamedTuple):
    """Sequences whose references may be alike, two or one with itself, with an example where there is one."""

    first: str
    second: str
    alike: Alike | None


class Shown(NamedTuple):
    """A number that was tried: what names it within its sequence, and its text."""

    place: tuple[str, str, int]
    text: str


def find_doubts(sequences: Iterable[Sequence], former: Collection[str]) -> list[Doubt]:
    """The sequences whose references are not proved to differ from each other and from all others.

    `former` are the names of those with numbers of another pattern: of these nothing is proved.
    """
    doubts: list[Doubt] = []
    schemes: dict[str, list[Sequence]] = {}
    for sequence in sequences:
        if sequence.reference is not None:
            schemes.setdefault(sequence.reference, []).append(sequence)
    for group in schemes.values():
        patterns: list[Sequence] = []
        for sequence in group:
            bases = list(bases_of(sequence))
            patterns += [pattern for each in bases for pattern in each.patterns]
            if sequence.name in former or not _tells_itself_apart(sequence, bases):
                doubts.append(Doubt(sequence.name, sequence.name, _tried(sequence)))
        by_name = {sequence.name: sequence for sequence in group}
        doubts += [_between(by_name, found) for found in find_collisions(patterns)]
        if any(sequence.name in former for sequence in group):
            others = [sequence.name for sequence in group if sequence.name not in former]
            old = next(sequence.name for sequence in group if sequence.name in former)
            doubts += [Doubt(old, name, None) for name in others]
    return doubts


def _tells_itself_apart(sequence: Sequence, bases: list[Bases]) -> bool:
    """Whether the references of one sequence surely differ."""
    if sequence.reset == "range":
        # What its ranges hold is theirs, and they come and go.
        return False
    tokens: tuple[str, ...] = ()
    for each in bases:
        free = {value for kind, value in each.segments if kind == ATTRIBUTE and value[0] != UNREAD}
        if not each.exact or not each.leads or not set(sequence.scope) <= free | set(each.chosen):
            return False
        tokens = tuple([value for kind, value in each.segments if kind == DATE])
    if undistinguished_days(tokens, sequence.reset, sequence.fiscal) is not None:
        return False
    if len(bases) < 2:
        return True
    # The choices are compared with each other as sequences are, under names of their own.
    named, seen = [], {}
    for at, each in enumerate(bases):
        key = each.segments, scope_text(tuple(sequence.scope), _scoped(sequence, each.chosen))
        if key in seen:
            continue
        seen[key] = at
        for pattern in each.patterns:
            other = copy(pattern)
            other.name = str(at)
            named.append(other)
    return not find_collisions(named)


def _scoped(sequence: Sequence, chosen: dict[str, str]) -> dict[str, str]:
    return {name: chosen.get(name, "") for name in sequence.scope}


def _tried(sequence: Sequence) -> Alike | None:
    """Two numbers of one sequence with one reference, among some that are tried."""
    references = References(sequence, [sequence.compiled])
    seen: dict[str, Shown] = {}
    for shown in _samples(sequence) if sequence.reset != "range" else ():
        reference = references.of(shown.text, shown.place[2])
        if reference is None:
            continue
        earlier = seen.setdefault(reference, shown)
        if earlier.place != shown.place:
            return Alike(reference, earlier.text, shown.text)
    return None


def _samples(sequence: Sequence) -> Iterator[Shown]:
    """Some numbers of a sequence: on some days, with some listed values, of values of each length."""
    listed, pattern = listed_values(sequence), sequence.compiled
    days = DAYS if pattern.date_tokens or sequence.reset != "never" else DAYS[:1]
    last = sequence.last_value(shortest_frame(sequence))
    step, start = sequence.step, sequence.start
    values = [start + at * step for at in range(12)]
    for power in range(1, 19):
        low = 10**power + -(10**power - start) % step
        values += [low + at * step for at in range(4)]
    values = [value for value in dict.fromkeys(values) if value <= last]
    for chosen in _chosen(pattern, listed):
        for day in days:
            if not _dated(sequence, day):
                continue
            scope = scope_text(tuple(sequence.scope), {name: chosen.get(name, "") for name in sequence.scope})
            period = period_key(sequence.reset, day, sequence.fiscal)
            before, after = pattern.frame(day, sequence.fiscal, chosen)
            for value, text in zip(values, pattern.texts(before, values, after), strict=True):
                yield Shown((scope, period, value), text)


def _chosen(pattern: Pattern, listed: dict[str, tuple[str, ...]]) -> Iterator[dict[str, str]]:
    """Some choices of attribute values; those that anybody may choose are one figure."""
    plain = {name: "1" * pattern.exact.get(name, 1) for name in pattern.attributes}
    first = plain | {name: values[0] for name, values in listed.items() if values}
    yield first
    for name, values in listed.items():
        for value in values[1:MOST_TRIED]:
            yield {**first, name: value}


def _between(sequences: dict[str, Sequence], found: Collision) -> Doubt:
    """What a clash of two bases means: with an example where both numbers really have one reference."""
    pairs = ((found.first, found.first_renders), (found.second, found.second_renders))
    texts, references = [], []
    for name, rendering in pairs if found.certainty == PROVED else ():
        assert rendering is not None and found.text is not None
        shown = _rendered(sequences[name], rendering, found.text)
        if shown is None:
            break
        texts.append(shown)
        references.append(References(sequences[name], [sequences[name].compiled]).of(shown, rendering.value))
    alike = None
    if len(texts) == 2 and references[0] is not None and references[0] == references[1]:
        alike = Alike(references[0], texts[0], texts[1])
    return Doubt(found.first, found.second, alike)


def _dated(sequence: Sequence, day: date) -> bool:
    """Whether a document of a sequence may have this date."""
    begins, ends = sequence.effective_from or "", sequence.effective_until or "9"
    return begins <= day.isoformat() <= ends and (sequence.fiscal is None or sequence.fiscal.holds(day))


def _rendered(sequence: Sequence, rendering: Rendering, base: str) -> str | None:
    """The number of a sequence that has this base, by the value and the day that render it."""
    for each in bases_of(sequence):
        for pattern in each.patterns:
            if not _dated(sequence, rendering.day):
                return None
            if pattern.start <= rendering.value <= (pattern.end or 0) and not pattern.compiled.attributes:
                before, after = pattern.compiled.frame(rendering.day, sequence.fiscal, {})
                if pattern.compiled.text(before, rendering.value, after) == base:
                    (shown, *_) = _chosen(sequence.compiled, {})
                    around = sequence.compiled.frame(rendering.day, sequence.fiscal, shown | each.chosen)
                    return sequence.compiled.text(around[0], rendering.value, around[1])
    return None
