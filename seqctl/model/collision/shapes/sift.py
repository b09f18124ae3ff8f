"""Which templates of one length can show the same text: an automaton over character classes.

It reads all templates at once and follows only sets in which two or more are alive. A set is divided
by the symbols at the places that tell its templates apart, and two parts stay together while their
symbols share a character. No pair is followed twice, so that the work is bounded by the pairs that
really look alike, and templates that all look alike stay one set.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import TypeVar

from seqctl.model.collision.shapes.frames import ANY, DIGIT, DIGITS, LETTER, SYMBOLS
from seqctl.model.pattern.letters import ALPHABET

Item = TypeVar("Item")
Spend = Callable[[int], None]
Templates = list[str]
Filed = dict[str, dict[str, list[Item]]]
"""Items by the classes of their template, then by the template itself."""

CLASSES = str.maketrans(
    {
        **dict.fromkeys(DIGITS, DIGIT),
        **dict.fromkeys(ALPHABET, LETTER),
        **{symbol: DIGIT for symbol, shown in SYMBOLS.items() if shown.isdigit()},
    }
)
"""Every digit as any digit and every small letter as any letter."""


def alike(
    items: Sequence[Item], templates: Sequence[str], others: int, spend: Spend
) -> Iterator[tuple[list[Item], list[Item]]]:
    """Pairs of lists, each item of the one looking like each of the other; one list for one set.

    The first `others` items are compared with each other and with the rest, the rest not with
    itself. All templates have the same length.
    """
    spend(len(items))
    mine = _filed(items[:others], templates[:others])
    theirs = _filed(items[others:], templates[others:])
    for by_template in mine.values():
        for same in by_template.values():
            if len(same) > 1:
                yield same, same
    # Classes first: many templates have few classes.
    for one, two in _alike_classes(mine, theirs, spend):
        for left, right in _divide(list(one), None if one is two else list(two), spend):
            chosen = [item for template in left for item in one[template]]
            if right is None:
                yield chosen, chosen
            else:
                yield chosen, [item for template in right for item in two[template]]


def _filed(items: Sequence[Item], templates: Sequence[str]) -> Filed[Item]:
    filed: Filed[Item] = {}
    for item, template in zip(items, templates, strict=True):
        by_template = filed.setdefault(template.translate(CLASSES), {})
        by_template.setdefault(template, []).append(item)
    return filed


def _alike_classes(
    mine: Filed[Item], theirs: Filed[Item], spend: Spend
) -> Iterator[tuple[dict[str, list[Item]], dict[str, list[Item]]]]:
    for name in mine:
        yield mine[name], mine[name]
    for left, right in _divide(list(mine), None, spend):
        for name, other in combinations(left, 2) if right is None else product(left, right):
            yield mine[name], mine[other]
    for left, right in _divide(list(mine), list(theirs), spend):
        for name, other in product(left, right or ()):
            yield mine[name], theirs[other]


def _divide(
    left: Templates, right: Templates | None, spend: Spend
) -> Iterator[tuple[Templates, Templates | None]]:
    """Divide one list, compared with itself, or two, compared with each other, until all look alike."""
    pending: list[tuple[Templates, Templates | None]] = [(left, right)]
    while pending:
        left, right = pending.pop()
        if len(left) < 2 if right is None else not (left and right):
            continue
        spend((len(left) + len(right or ())) // 2 + 4)
        if right is not None and len(left) == len(right) == 1:
            if all(map(share, left[0], right[0])):
                yield left, right
            continue
        places, literal = _telling_places(left + (right or []))
        if not places:
            yield left, right
        elif literal:
            pending += _by_literals(left, right, places)
        else:
            pending += _by_symbol(left, right, places[0])


def _telling_places(templates: Templates) -> tuple[list[int], bool]:
    """The places at which some two templates have no character in common.

    If there are places where all show literals, those, and True. Else the most telling one, and False.
    """
    telling: list[int] = []
    literal: list[int] = []
    most = 0
    for place, column in enumerate(zip(*templates, strict=True)):
        symbols = set(column)
        if len(symbols) == 1:
            continue
        literals = sum(symbol not in SYMBOLS and symbol != ANY for symbol in symbols)
        if literals == len(symbols):
            literal.append(place)
        elif literals >= most and any(not share(one, two) for one, two in combinations(symbols, 2)):
            most = literals + 1
            telling = [place]
    return (literal, True) if literal else (telling, False)


def _by_literals(
    left: Templates, right: Templates | None, places: list[int]
) -> Iterator[tuple[Templates, Templates | None]]:
    mine = _grouped(left, places)
    if right is None:
        for part in mine.values():
            if len(part) > 1:
                yield part, None
        return
    theirs = _grouped(right, places)
    for shown, part in mine.items():
        if shown in theirs:
            yield part, theirs[shown]


def _by_symbol(
    left: Templates, right: Templates | None, place: int
) -> Iterator[tuple[Templates, Templates | None]]:
    mine = _grouped(left, [place])
    if right is None:
        for part in mine.values():
            yield part, None
        for one, two in combinations(mine, 2):
            if share(one, two):
                yield mine[one], mine[two]
        return
    theirs = _grouped(right, [place])
    for one, two in product(mine, theirs):
        if share(one, two):
            yield mine[one], theirs[two]


def _grouped(templates: Iterable[str], places: list[int]) -> dict[str, Templates]:
    groups: dict[str, Templates] = {}
    for template in templates:
        shown = "".join([template[place] for place in places])
        groups.setdefault(shown, []).append(template)
    return groups


@lru_cache(maxsize=65536)
def share(one: str, two: str) -> bool:
    """Whether two symbols have a character in common."""
    if one == two or ANY in (one, two):
        return True
    return not set(SYMBOLS.get(one, one)).isdisjoint(SYMBOLS.get(two, two))
