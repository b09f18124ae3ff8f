"""A pattern as regular expressions, which read a million numbers in about a second.

They accept what `readings` accepts and nothing else. Patterns that are too much for them (many attributes, or
one that comes twice) are left to it. Whether a text has a second reading is seen by matching twice: lazily,
which finds the reading whose parts are shortest from left to right, and greedily, which finds the one whose
parts are longest. Where both are the same there is no other between them.

Never loaded by an issue: it needs `re`.
"""

import re
from collections.abc import Callable, Iterator

from seqctl.model.check_digit.token import CheckToken, check_token
from seqctl.model.classes import NamedTuple
from seqctl.model.pattern.attributes import always_readable
from seqctl.model.pattern.checked import check_of
from seqctl.model.pattern.compiled import (
    ANY_CHECK,
    ATTRIBUTE,
    CHECK,
    DATE,
    HOLE,
    LARGEST_VALUE,
    MAXIMUM_LENGTH,
    NUMBER,
    TEXT,
    Pattern,
)
from seqctl.model.pattern.letters import ALPHABET, from_letters
from seqctl.model.pattern.read import (
    DIGITS,
    LONGEST_COUNT,
    Owned,
    Reading,
    grammars,
    owned_characters,
    readings,
)
from seqctl.model.pattern.widths import token_width

CLASSES = {"": "", DIGITS: "0-9", ALPHABET: "a-z"}
MOST_ATTRIBUTES = 2
"""With more of them a text full of separators has more splits than an expression should try."""

Match = Callable[[str], re.Match[str] | None]


class CheckedSplit(NamedTuple):
    """What stands before the counter of a text whose check digit is right, the counter, and what stands after
    it, with a HOLE in the place of the check digit."""

    parts: tuple[str, str, str]

    def groups(self) -> tuple[str, ...]:
        """The three of them, as a match gives them."""
        return self.parts


Split = Callable[[str], re.Match[str] | CheckedSplit | None]


class Expression:
    """A pattern ready to read texts.

    `split` matches a text that has exactly one reading, in three groups: what stands before the counter,
    the counter, what stands after it. Where it gives None, ask `readings`. `value` turns a counter part into
    the value that it counts.
    """

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self.value = _value_of(pattern)
        self._ways = [_Way(pattern, owned, exact) for owned, exact in grammars(pattern)]
        self.split: Split = self._ways[0].split if len(self._ways) == 1 else self._split

    def readings(self, text: str) -> list[Reading]:
        """The ways to read `text`, at most two: the same as `seqctl.model.pattern.read.readings`."""
        for way in self._ways:
            found = way.readings(text)
            if found is None:
                return readings(self._pattern, text)
            if found:
                return found
        return []

    def _split(self, text: str) -> re.Match[str] | CheckedSplit | None:
        for way in self._ways:
            if not way.usable or way.reads(text):
                return way.split(text)
        return None


class _Way:
    """One grammar of a pattern as expressions."""

    def __init__(self, pattern: Pattern, owned: Owned, exact: bool) -> None:
        self._pattern = pattern
        self._value = _value_of(pattern)
        kinds = [kind for kind, _ in pattern.segments]
        self._check = check_of(pattern) if CHECK in kinds else None
        shown = [segment for segment in pattern.segments if segment[0] in (DATE, ATTRIBUTE)]
        attributes = sum(kind == ATTRIBUTE and not pattern.is_code(value) for kind, value in shown)
        self.usable = attributes <= MOST_ATTRIBUTES and len(shown) == len(set(shown))
        self._certain = not attributes or (owned is owned_characters and always_readable(pattern))
        self._lazy: Match = _nothing
        self._greedy: Match = _nothing
        self.split: Split = _nothing
        if not self.usable:
            return
        lazy = list(_parts(pattern, "?", owned, exact))
        self._lazy = _by_name(lazy)
        counter, check = kinds.index(NUMBER), kinds.index(CHECK) if self._check is not None else None
        self._three_parts = self.split = _in_three_parts(
            [part for _, part in lazy], counter, check, self._check
        )
        if not self._certain:
            self._greedy = _by_name(list(_parts(pattern, "", owned, exact)))
            self.split = self._split_if_certain

    def reads(self, text: str) -> bool:
        """Whether there is a reading at all."""
        return self._lazy(text) is not None

    def readings(self, text: str) -> list[Reading] | None:
        """The one reading of a text, or none; None where expressions cannot tell."""
        if not self.usable:
            return None
        match = self._lazy(text)
        if match is None:
            return []
        if not self._certain and not _alike(match, self._greedy(text)):
            return None
        shown = match.groupdict()
        if not self._is_checked(match, shown.pop(CHECK, None)):
            return []
        value = self._value(shown.pop(NUMBER))
        if value > LARGEST_VALUE:
            return []
        tokens = {name[1:].replace("_", ":"): part for name, part in shown.items() if name[0] == DATE}
        attributes = {name[1:]: part for name, part in shown.items() if name[0] == ATTRIBUTE}
        return [Reading(value, tokens, attributes)]

    def _is_checked(self, match: re.Match[str], check: str | None) -> bool:
        """Whether the check digit of a text is right, or there is none that must be."""
        if self._check is None:
            return True
        return self._check.right(match.string[: match.start(CHECK)], match[NUMBER]) == check

    def _split_if_certain(self, text: str) -> re.Match[str] | CheckedSplit | None:
        match = self._lazy(text)
        if match is None or not _alike(match, self._greedy(text)):
            return None
        return self._three_parts(text)


def _value_of(pattern: Pattern) -> Callable[[str], int]:
    if not pattern.alpha:
        return int
    width = pattern.width
    return lambda letters: from_letters(letters, width)


def _nothing(text: str) -> re.Match[str] | None:
    """The expression of a pattern that none can read."""
    return None


def _alike(match: re.Match[str], other: re.Match[str] | None) -> bool:
    # The groups are all parts of variable length in order: the same texts stand at the same places.
    return other is not None and match.groups() == other.groups()


Parts = list[tuple[str, str]]
"""The name of each segment's group (none for a literal) and the expression of what it may hold."""


def _by_name(named: Parts) -> Match:
    """The expression with a named group for each part."""
    parts = [f"(?P<{name}>{part})" if name else part for name, part in named]
    return re.compile("".join(parts), re.DOTALL).fullmatch


def _in_three_parts(parts: list[str], counter: int, check: int | None, token: CheckToken | None) -> Split:
    """The expression with three groups: before the counter, the counter, after it."""
    before, after = "".join(parts[:counter]), "".join(parts[counter + 1 :])
    if check is None or token is None:
        return re.compile(f"({before})({parts[counter]})({after})", re.DOTALL).fullmatch
    between, rest = "".join(parts[counter + 1 : check]), "".join(parts[check + 1 :])
    in_five = f"({before})({parts[counter]})({between})({parts[check]})({rest})"
    match_five = re.compile(in_five, re.DOTALL).fullmatch
    right, hole = token.right, HOLE * token.algorithm.width

    def split(text: str) -> CheckedSplit | None:
        match = match_five(text)
        if match is None:
            return None
        before, number, between, check, rest = match.groups()
        if right(before + number + between, number) != check:
            return None
        return CheckedSplit((before, number, between + hole + rest))

    return split


def _parts(pattern: Pattern, lazy: str, owned: Owned, exact: bool) -> Iterator[tuple[str, str]]:
    """The parts of a pattern; their quantifiers carry `lazy` (`?` or nothing)."""
    for index, (kind, value) in enumerate(pattern.segments):
        if kind == TEXT:
            yield "", re.escape(value)
        elif kind == DATE:
            # The name of a group holds no colon, and that of a date token no underscore.
            yield DATE + value.replace(":", "_"), f"[0-9]{{{token_width(value)}}}"
        elif kind in (CHECK, ANY_CHECK):
            algorithm = check_token(value).algorithm
            # The name of a group: what need not be right has none.
            yield CHECK if kind == CHECK else "", f"[{_class(algorithm.gives)}]{{{algorithm.width}}}"
        elif kind == ATTRIBUTE and pattern.is_code(value):
            # The shortest first where the shortest reading is looked for.
            codes = sorted(pattern.codes, key=len, reverse=not lazy)
            yield ATTRIBUTE + value, "|".join(map(re.escape, codes))
        elif kind == ATTRIBUTE and value in pattern.exact:
            yield ATTRIBUTE + value, f".{{{pattern.exact[value]}}}"
        elif kind == ATTRIBUTE:
            yield ATTRIBUTE + value, _attribute(pattern, index, lazy, owned)
        else:
            yield NUMBER, _number(pattern, lazy, exact)


def _number(pattern: Pattern, lazy: str, exact: bool) -> str:
    """The counter part: the width exactly, or more without a leading zero."""
    width = pattern.width
    if exact and not pattern.alpha:
        return f"[0-9]{{{max(width, 1)}}}"
    if pattern.alpha:
        return f"[a-z]{{{width}}}" if width else f"[a-z]{{1,{LONGEST_COUNT}}}{lazy}"
    if width >= LONGEST_COUNT:
        return f"[0-9]{{{width}}}"
    if width <= 1:
        return f"0|[1-9][0-9]{{0,{LONGEST_COUNT - 1}}}{lazy}"
    short, long = f"[0-9]{{{width}}}", f"[1-9][0-9]{{{width},{LONGEST_COUNT - 1}}}{lazy}"
    return f"{short}|{long}" if lazy else f"{long}|{short}"


def _class(characters: str) -> str:
    """Some characters as an expression's class writes them between its brackets."""
    known = CLASSES.get(characters)
    return re.escape(characters) if known is None else known


def _attribute(pattern: Pattern, index: int, lazy: str, owned: Owned) -> str:
    """An attribute: empty, or a text whose ends the neighbours could not own."""
    kinds = ["", *(kind for kind, _ in pattern.segments), ""]
    left = _class(owned(pattern, kinds[index]))
    right = _class(owned(pattern, kinds[index + 2]))
    first = f"(?![{left}])" if left else ""
    last = f"[^{right}]" if right else "."
    return f"(?:{first}.{{0,{MAXIMUM_LENGTH - 1}}}{lazy}{last})?{lazy}"
