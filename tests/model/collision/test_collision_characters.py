"""What sequences allow in their numbers narrows what attributes can bring in, and so which of them clash."""

import random
import re
from itertools import combinations, product

import pytest

from seqctl.model.collision import NEEDS_ATTRIBUTE, find_collisions
from tests.model.collision.sequences import sequence


@pytest.mark.parametrize(
    ("one", "two", "clash"),
    [
        # The letter before the branch is none that the other allows.
        (("{branch}-{number:3}", "[A-Z0-9-]"), ("x{branch}-{number:3}", None), False),
        (("{branch}-{number:3}", "[A-Za-z0-9-]"), ("x{branch}-{number:3}", None), True),
        (("{branch}-{number:3}", "[A-M0-9-]"), ("{branch}-{number:3}", "[N-Z0-9-]"), True),
        (("{branch:1}-{number:3}", "[A-M0-9-]"), ("{branch:1}-{number:3}", "[N-Z0-9-]"), True),
        (("{code}{number:3}", "[A-M0-9]"), ("N{number:3}", None), False),
        (("{code}{number:3}", "[A-N0-9]"), ("N{number:3}", None), True),
        (("{code:2}-{number}", "[0-9-]"), ("AB-{number}", None), False),
        (("{code:2}/{number}", r"[0-9/]"), ("12/{number}", None), True),
        (("{code}/{number}", r"[0-9/]"), ("{code}/{number}", r"[0-9A-Z/]"), True),
    ],
)
def test_two_sequences(one: tuple[str, str | None], two: tuple[str, str | None], clash: bool) -> None:
    pair = [
        sequence(name, pattern, characters=allowed)
        for name, (pattern, allowed) in (("one", one), ("two", two))
    ]
    found = find_collisions(pair)
    assert [row.certainty for row in found] == ([NEEDS_ATTRIBUTE] if clash else [])
    for row in found:
        for _, allowed in (one, two):
            assert row.text is None or allowed is None or re.fullmatch(allowed + "+", row.text)


@pytest.mark.parametrize(("filled", "clash"), [(False, True), (True, False)])
def test_without_a_character_in_common_only_what_may_be_empty_clashes(filled: bool, clash: bool) -> None:
    scope = {"branch": ()} if filled else {}
    pair = [
        sequence(name, "#{branch}#{number:3}", characters=allowed, scope=scope, end=999)
        for name, allowed in (("one", "[A-M0-9#]"), ("two", "[N-Z0-9#]"))
    ]
    found = find_collisions(pair)
    # `#1#001` is of both: figures are allowed by both.
    assert len(found) == 1
    letters = [
        sequence(name, "#{branch}#{number:3}", kind="alpha", characters=allowed, scope=scope)
        for name, allowed in (("one", "[A-Ma-z#]"), ("two", "[N-Za-z#]"))
    ]
    assert len(find_collisions(letters)) == 1
    apart = [
        sequence(name, "{branch}{number:3}", characters=allowed, scope=scope, end=999)
        for name, allowed in (("one", "[A-M0-9]"), ("two", "[N-Z0-9]"))
    ]
    # A figure before the counter could not be told from it.
    assert [row.text for row in find_collisions(apart)] in ([["001"]] if clash else [[], [None]])


def test_brute_force() -> None:
    """Random pairs with short attributes: a clash that texts of one or two characters show is found."""
    chance = random.Random("characters")
    patterns = ["{a}-{number:2}", "X{a}-{number:2}", "{a:1}-{number:2}", "{a}/{number:2}", "{a}B-{number:2}"]
    sets = ["[A-C0-9/-]", "[B-DX0-9/-]", "[X0-9/-]", "[A-Z0-9/-]", None]
    clashes = 0
    for _ in range(300):
        made = [(chance.choice(patterns), chance.choice(sets)) for _ in range(2)]
        if any(allowed and not re.fullmatch(allowed + "*", literals(pattern)) for pattern, allowed in made):
            # Refused when it is saved.
            continue
        pair = [
            sequence(str(at), pattern, characters=allowed, end=99)
            for at, (pattern, allowed) in enumerate(made)
        ]
        found = find_collisions(pair)
        shown = [texts(pattern, allowed) for pattern, allowed in made]
        alike = any(one & two for one, two in combinations(shown, 2))
        assert not alike or found, made
        clashes += bool(found)
    assert clashes > 50


def literals(pattern: str) -> str:
    """What stands beside the tokens of a pattern."""
    return re.sub(r"\{.*?\}", "", pattern)


def texts(pattern: str, allowed: str | None) -> set[str]:
    """What a pattern shows of its first number, with attributes of up to two of some characters."""
    values = [""] + ["".join(pair) for size in (1, 2) for pair in product("ABCDXY", repeat=size)]
    if ":1}" in pattern:
        values = [value for value in values if len(value) == 1]
    values = [value for value in values if allowed is None or re.fullmatch(allowed + "*", value)]
    return {re.sub(r"\{a(:1)?\}", value, pattern).replace("{number:2}", "01") for value in values}
