"""Kinds of owners that are near each other: added, left out, changed and swapped letters."""

import random

import pytest

from seqctl.model.owner import KINDS, blank_at_an_end, distance, near_kind


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("", "", 0),
        ("", "ab", 2),
        ("company", "company", 0),
        ("company", "compani", 1),
        ("company", "ocmpany", 1),
        ("company", "ocmpnay", 2),
        ("company", "cmpani", 2),
        ("abc", "cab", 2),
        ("ca", "abc", 2),
    ],
)
def test_the_distance_counts_steps_of_single_letters(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


def stepped(word: str, generator: random.Random) -> str:
    """The word after one step, at a place that no other step touched: what lies behind it stays."""
    place = generator.randrange(len(word))
    kind = generator.choice(["add", "drop", "change", "swap"])
    if kind == "add":
        return word[:place] + "x" + word[place:]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "change":
        return word[:place] + "x" + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def test_every_word_one_or_two_steps_away_is_near() -> None:
    generator = random.Random(11)
    for _ in range(2000):
        kind = generator.choice(KINDS)
        once = stepped(kind, generator)
        assert distance(kind, once) <= 1
        assert near_kind(once, list(KINDS)) == kind
        assert distance(kind, stepped(once, generator)) <= 2


@pytest.mark.parametrize(
    ("kind", "near"),
    [("tills", "till"), ("til", "till"), ("ti", None), ("tillxx", None), ("bills", None), ("ligne", None)],
)
def test_short_words_are_near_in_one_letter_only(kind: str, near: str | None) -> None:
    assert near_kind(kind, ["till"]) == near


def test_the_nearest_is_named() -> None:
    assert near_kind("branck", ["branches", "branch", "brand"]) == "branch"


@pytest.mark.parametrize(
    "text", ["a ", " a", "a\u00a0", "\u3000a", "a\ufe0f", "a\u200d", "\u3164", "a\U000e0101"]
)
def test_what_nobody_sees_at_an_end_is_found(text: str) -> None:
    assert blank_at_an_end(text)


@pytest.mark.parametrize("text", ["a", "a b", "Ünal & Co", "社", "e\u0301"])
def test_what_is_seen_is_no_blank(text: str) -> None:
    assert not blank_at_an_end(text)
