"""Regular expressions of conditions, searched for in a time that grows with the text and never explodes.

The standard engine tries one way after the other: to find that `(a+)+$` is nowhere in forty letters takes it
longer than anybody lives, and all the while `next` would hold the write lock. Here all ways are followed at
once, as sets of places in the expression (Thompson, 1968), and each step that was taken is remembered. What
the standard parser reads means the same, but for what no set of places can tell: an expression that looks
ahead or behind, refers back to a group or gives nothing back is refused when its policy is saved.

Only loaded by an issue that has to decide such a condition.
"""

import re
from functools import lru_cache
from importlib import import_module

from seqctl.model.policy.standard_expression import (
    BEYOND,
    HINT,
    ExpressionProblem,
    StandardExpression,
    compiling,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ExpressionProblem", "RegularExpression", "regular_expression"]

# The parser and compiler behind `re.compile`, under these names since Python 3.11; nobody promises them.
_parser: "Any"
_compiler: "Any"
try:
    _parser, _compiler = import_module("re._parser"), import_module("re._compiler")
except ImportError:
    _parser = _compiler = None

MOST_PLACES = 2000
"""Places in one expression: `x{1000}` has a thousand."""
MOST_STEPS = 20_000
"""Steps that are remembered at once."""

FOUND = -1
NOTHING: frozenset[int] = frozenset()


@lru_cache(maxsize=1024)
def regular_expression(text: str) -> "RegularExpression | StandardExpression":
    """The expression, ready to search. Raises ExpressionProblem."""
    return StandardExpression(text) if _parser is None else RegularExpression(text)


class RegularExpression:
    """An expression as numbered places, each of which takes one character, asks where it is, or goes on.

    `_takes` has the test of a place and the place behind it, `_asks` the same for `^`, `\\b` and their kind,
    `_goes` the places that are reached without a character.
    """

    def __init__(self, text: str) -> None:
        self._takes: dict[int, tuple[_Character, int]] = {}
        self._asks: dict[int, tuple[_Where, int]] = {}
        self._goes: dict[int, list[int]] = {}
        self._steps: dict[tuple[frozenset[int], tuple[str, str, bool]], frozenset[int] | None] = {}
        with compiling(text):
            parsed = _parser.parse(text)
            re.compile(text)
            self._start = self._sequence(parsed, parsed.state.flags, FOUND)

    def search(self, text: str) -> bool:
        """Whether the expression is found anywhere in the text."""
        places = NOTHING
        previous, end = "", len(text)
        for at in range(end + 1):
            here = text[at : at + 1]
            # Where an expression never asks for its surroundings, a step depends on the character alone.
            around = (previous, here, at >= end - 1) if self._asks else ("", here, False)
            step = (places, around)
            if step in self._steps:
                following = self._steps[step]
            else:
                if len(self._steps) >= MOST_STEPS:
                    self._steps.clear()
                following = self._steps[step] = self._step(places, around)
            if following is None:
                return True
            places, previous = following, here
        return False

    def _step(self, places: frozenset[int], around: tuple[str, str, bool]) -> frozenset[int] | None:
        """The places behind the next character; None where the expression was found before it."""
        waiting = [self._start, *places]
        seen = set(waiting)
        following = set()
        while waiting:
            place = waiting.pop()
            if place == FOUND:
                return None
            onwards = self._goes.get(place, [])
            if place in self._takes:
                test, behind = self._takes[place]
                if around[1] and test.takes(around[1]):
                    following.add(behind)
            elif place in self._asks:
                where, behind = self._asks[place]
                onwards = [behind] if where.holds(*around) else []
            fresh = [one for one in onwards if one not in seen]
            seen.update(fresh)
            waiting += fresh
        return frozenset(following)

    def _place(self) -> int:
        place = len(self._takes) + len(self._asks) + len(self._goes)
        if place >= MOST_PLACES:
            raise ExpressionProblem(
                f"the regular expression has more than {MOST_PLACES} places", "repeat fewer times"
            )
        return place

    def _sequence(self, items: "Any", flags: int, behind: int) -> int:
        """The first place of what stands one after the other, with `behind` after the last."""
        for operation, argument in reversed(items):
            behind = self._item(str(operation), argument, flags, behind, (operation, argument))
        return behind

    def _item(self, name: str, argument: "Any", flags: int, behind: int, item: "Any") -> int:
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            place = self._place()
            self._takes[place] = (_Character(item, flags), behind)
            return place
        if name == "AT":
            place = self._place()
            self._asks[place] = (_Where(str(argument), flags), behind)
            return place
        if name == "BRANCH":
            place = self._place()
            self._goes[place] = onwards = []
            onwards += [self._sequence(branch, flags, behind) for branch in argument[1]]
            return place
        if name == "SUBPATTERN":
            _, added, removed, items = argument
            return self._sequence(items, _compiler._combine_flags(flags, added, removed), behind)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, items = argument
            return self._repeated(least, most, items, flags, behind)
        raise ExpressionProblem(BEYOND, HINT)

    def _repeated(self, least: int, most: int, items: "Any", flags: int, behind: int) -> int:
        if most == _parser.MAXREPEAT:
            first = self._place()
            self._goes[first] = onwards = [behind]
            onwards.append(self._sequence(items, flags, first))
        else:
            first = behind
            for _ in range(most - least):
                place = self._place()
                self._goes[place] = onwards = [behind]
                onwards.append(self._sequence(items, flags, first))
                first = place
        for _ in range(least):
            first = self._sequence(items, flags, first)
        return first


class _Character:
    """What one character may be: a literal, a class, any."""

    __slots__ = ("_compiled", "_flags", "_item", "_literal")

    def __init__(self, item: "Any", flags: int) -> None:
        operation, argument = item
        plain = str(operation) == "LITERAL" and not flags & re.IGNORECASE
        self._literal = chr(argument) if plain else None
        self._item = item
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def takes(self, character: str) -> bool:
        if self._literal is not None:
            return character == self._literal
        if self._compiled is None:
            alone = _parser.SubPattern(_parser.State(), [self._item])
            self._compiled = _compiler.compile(alone, self._flags)
        return self._compiled.match(character) is not None


class _Where:
    """What a place between two characters must be: a beginning, an end, an edge of a word."""

    __slots__ = ("_lines", "_name", "_word")

    def __init__(self, name: str, flags: int) -> None:
        self._name = name.removeprefix("AT_")
        self._lines = bool(flags & re.MULTILINE)
        self._word = re.compile(r"\w", flags & re.ASCII).match

    def holds(self, previous: str, here: str, last: bool) -> bool:
        """Whether it is so between two characters, "" being none; `last`: nothing comes behind `here`."""
        if self._name.startswith("BEGINNING"):
            return previous == "" or (previous == "\n" and self._lines and self._name == "BEGINNING")
        if self._name == "END":
            return here == "" or (here == "\n" and (last or self._lines))
        if self._name == "END_STRING":
            return here == ""
        edge = bool(self._word(previous)) != bool(self._word(here))
        return edge == (self._name == "BOUNDARY")
