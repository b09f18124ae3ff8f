"""Reading a rendered number back: its integer, its attributes, and the date that it shows.

A reading is accepted only if rendering it gives the same text again. Several readings mean that the text
is ambiguous, which an issue refuses before such a number can exist.

An attribute ends where a counter or a date begins, and leaves it no character to own. Only a text that cannot
be read so is read with digits beside what is exact: `{number:4}{code}` with `max_width = 4`.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from seqctl.model.check_digit.token import check_token
from seqctl.model.pattern.checked import check_of
from seqctl.model.pattern.compiled import (
    ANY_CHECK,
    ATTRIBUTE,
    CHECK,
    DATE,
    LARGEST_VALUE,
    NUMBER,
    TEXT,
    Pattern,
)
from seqctl.model.pattern.letters import ALPHABET, from_letters
from seqctl.model.pattern.widths import segment_width, token_width

DIGITS = "0123456789"
LONGEST_COUNT = 19
MOST_STEPS = 50_000
"""Numbers take some tens. Where several attributes come twice, a text could be made to take for ever."""


class Reading:
    """One way to read a text by a pattern: the counter's value, date tokens and attributes as shown."""

    __slots__ = ("attributes", "tokens", "value")

    def __init__(self, value: int, tokens: dict[str, str], attributes: dict[str, str]) -> None:
        self.value = value
        self.tokens = tokens
        self.attributes = attributes


def readings(pattern: Pattern, text: str, most: int = 2) -> list[Reading]:
    """The ways to read `text`, at most `most` of them; none where the pattern cannot have rendered it.

    Date tokens are only read as digits here; whether a day shows them is the question of `ShownDates`. A text
    that takes more than MOST_STEPS has no reading: no issue gives out such a number.
    """
    try:
        for owned, exact in grammars(pattern):
            found = _found(_Reader(pattern, text, owned, exact), pattern, most)
            if found:
                return found
    except _TooMuch:
        pass
    return []


def grammars(pattern: Pattern) -> list["tuple[Owned, bool]"]:
    """The ways to read the texts of a pattern, tried in turn until one finds a reading: which characters the
    neighbours of an attribute could own, and whether the counter has its exact width.

    The last one is for numbers from before `max_width` was what it is.
    """
    kinds = [kind for kind, _ in pattern.segments]
    exact = is_exact(pattern)
    ways: list[tuple[Owned, bool]] = [(owned_characters, exact)]
    beside = {frozenset(pair) for pair in pairwise(kinds)}
    fixed = {frozenset((ATTRIBUTE, kind)) for kind in (DATE, CHECK, ANY_CHECK)}
    if fixed & beside or (exact and frozenset((ATTRIBUTE, NUMBER)) in beside):
        ways.append((owned_by_open, exact))
    if exact and not pattern.alpha:
        ways.append((owned_characters, False))
    return ways


def _found(reader: "_Reader", pattern: Pattern, most: int) -> list[Reading]:
    found: list[Reading] = []
    for shown in reader.read():
        number = shown.pop(NUMBER)
        value = from_letters(number, pattern.width) if pattern.alpha else int(number)
        if value > LARGEST_VALUE:
            continue
        tokens = {key[1:]: part for key, part in shown.items() if key[0] == DATE}
        attributes = {key[1:]: part for key, part in shown.items() if key[0] == ATTRIBUTE}
        found.append(Reading(value, tokens, attributes))
        if len(found) == most:
            break
    return found


def is_exact(pattern: Pattern) -> bool:
    """Whether every counter part has the same number of characters."""
    return pattern.width > 0 if pattern.alpha else pattern.max_width == max(pattern.width, 1)


def owned_characters(pattern: Pattern, kind: str) -> str:
    """The characters that a number, date token or check digit beside an attribute could own."""
    if kind == DATE:
        return DIGITS
    if kind == NUMBER:
        return ALPHABET if pattern.alpha else DIGITS
    if kind in (CHECK, ANY_CHECK):
        token = check_of(pattern)
        return token.algorithm.gives if token is not None else ""
    return ""


def owned_by_open(pattern: Pattern, kind: str) -> str:
    """The same for neighbours whose length may vary: what is exact owns its own characters and no more."""
    if kind in (DATE, CHECK, ANY_CHECK) or (kind == NUMBER and is_exact(pattern)):
        return ""
    return owned_characters(pattern, kind)


Owned = Callable[[Pattern, str], str]
"""Tells which characters a segment of a kind could own beside an attribute."""


class _TooMuch(Exception):
    """A text took more steps than any number needs."""


class _Reader:
    """Walks the segments from left to right and tries each end of each part."""

    def __init__(self, pattern: Pattern, text: str, owned: Owned, exact: bool) -> None:
        self.pattern = pattern
        self.owned = owned
        self.exact = exact
        self.text = text
        self.segments = pattern.segments
        self.steps_left = MOST_STEPS
        self.carried = _carried(pattern.segments)
        self.free = _free(pattern, self.carried, owned)
        self.latest = _latest(pattern, len(text))
        self.counter = (0, 0)
        # Places from which nothing can be read, given what the parts that come again have shown so far.
        self.dead: set[tuple[int, tuple[str, ...], int]] = set()
        # The same for free attributes: the first such place, since behind it there are only fewer ends.
        self.dead_from: dict[tuple[int, tuple[str, ...]], int] = {}

    def read(self) -> Iterator[dict[str, str]]:
        """What each part shows, for each way to cut the text. Raises _TooMuch."""
        yield from self._walk(0, 0, {})

    def _walk(self, index: int, position: int, shown: dict[str, str]) -> Iterator[dict[str, str]]:
        if not self.steps_left:
            raise _TooMuch
        self.steps_left -= 1
        if index == len(self.segments):
            if position == len(self.text):
                yield dict(shown)
            return
        if position > self.latest[index]:
            return
        carried = tuple([shown[key] for key in self.carried[index]])
        if (index, carried, position) in self.dead:
            return
        if position >= self.dead_from.get((index, carried), position + 1):
            return
        kind, value = self.segments[index]
        key = NUMBER if kind == NUMBER else kind + value
        before = shown.get(key)
        fruitless = True
        for end in self._ends(index, position, before):
            if kind != TEXT:
                shown[key] = self.text[position:end]
            if kind == NUMBER:
                self.counter = (position, end)
            for reading in self._walk(index + 1, end, shown):
                fruitless = False
                yield reading
            if kind != TEXT and before is None:
                del shown[key]
        if fruitless and self.free[index]:
            self.dead_from[index, carried] = position
        elif fruitless:
            self.dead.add((index, carried, position))

    def _ends(self, index: int, position: int, before: str | None) -> Iterator[int]:
        """Where a part that begins at a position may end; `before` is what it showed where it came before."""
        kind, value = self.segments[index]
        if kind == TEXT:
            if self.text.startswith(value, position):
                yield position + len(value)
        elif kind == DATE:
            end = position + token_width(value)
            part = self.text[position:end]
            fits = len(part) == end - position and all(character in DIGITS for character in part)
            if fits and before in (None, part):
                yield end
        elif kind == NUMBER:
            yield from self._number_ends(position)
        elif kind in (CHECK, ANY_CHECK):
            yield from self._check_ends(kind, value, position)
        elif before is None and self.pattern.is_code(value):
            for code in self.pattern.codes:
                if self.text.startswith(code, position):
                    yield position + len(code)
        elif before is None and value in self.pattern.exact:
            end = position + self.pattern.exact[value]
            if end <= len(self.text):
                yield end
        elif before is None:
            yield from self._attribute_ends(index, position, range(position, len(self.text) + 1))
        elif self.text.startswith(before, position):
            ends = (position + len(before),)
            yield from ends if self.pattern.is_code(value) else self._attribute_ends(index, position, ends)

    def _number_ends(self, position: int) -> Iterator[int]:
        owned = owned_characters(self.pattern, NUMBER)
        width = self.pattern.width
        longest = max(width, 1) if self.exact else max(width, LONGEST_COUNT)
        for end in range(position + 1, min(position + longest, len(self.text)) + 1):
            if self.text[end - 1] not in owned:
                return
            length = end - position
            padded = length > max(width, 1) and self.text[position] == "0"
            if length >= width and not padded:
                yield end

    def _check_ends(self, kind: str, value: str, position: int) -> Iterator[int]:
        """The end of a check digit that is right for what stands to its left; of any one for ANY_CHECK."""
        token = check_token(value)
        end = position + token.algorithm.width
        part = self.text[position:end]
        if len(part) < token.algorithm.width or any(c not in token.algorithm.gives for c in part):
            return
        if kind == CHECK:
            first, last = self.counter
            if token.right(self.text[:position], self.text[first:last]) != part:
                return
        yield end

    def _attribute_ends(self, index: int, position: int, ends: Iterable[int]) -> Iterator[int]:
        """Those of the ends that leave no character beside a neighbour which could own it."""
        if self.segments[index][1] in self.pattern.exact:
            yield from ends
            return
        left = self.owned(self.pattern, self.segments[index - 1][0]) if index else ""
        follows = self.segments[index + 1][0] if index + 1 < len(self.segments) else ""
        right = self.owned(self.pattern, follows)
        for end in ends:
            if end > position and self.text[position] in left:
                return
            if end == position or self.text[end - 1] not in right:
                yield end


def _carried(segments: tuple[tuple[str, str], ...]) -> list[tuple[str, ...]]:
    """For each segment the parts that stand before it and come again, in it or behind it."""
    names = [_name(kind, value) for kind, value in segments]
    return [
        tuple([name for name in dict.fromkeys(names[:index]) if name and name in names[index:]])
        for index in range(len(names))
    ]


def _name(kind: str, value: str) -> str:
    """The part that a segment shows or depends on: a check digit may cover the counter alone."""
    if kind in (DATE, ATTRIBUTE):
        return kind + value
    return NUMBER if kind == NUMBER or (kind == CHECK and value.endswith(":number")) else ""


def _free(pattern: Pattern, carried: list[tuple[str, ...]], owned: Owned) -> list[bool]:
    """For each segment whether it is an attribute that may end anywhere and does not come again."""
    kinds = ["", *(kind for kind, _ in pattern.segments), ""]
    return [
        kind == ATTRIBUTE
        and value not in pattern.exact
        and not pattern.is_code(value)
        and not owned(pattern, kinds[index])
        and not owned(pattern, kinds[index + 2])
        and kind + value not in carried[index]
        and (kind, value) not in pattern.segments[index + 1 :]
        for index, (kind, value) in enumerate(pattern.segments)
    ]


def _latest(pattern: Pattern, length: int) -> list[int]:
    """For each segment the last place where it may begin, since what follows needs the rest."""
    latest = []
    for kind, value in reversed(pattern.segments):
        length -= 1 if kind == NUMBER else segment_width(kind, value, pattern.exact)
        latest.append(length)
    return latest[::-1]
