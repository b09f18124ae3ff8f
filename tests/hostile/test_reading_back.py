"""Texts made to be hard to read back: attributes that come again, and separators in their values."""

import os
from collections.abc import Iterator
from datetime import date
from time import process_time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from seqctl.model.pattern import read
from seqctl.model.pattern.attributes import neighbour_problem
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.pattern.compiled import ATTRIBUTE, LARGEST_VALUE, NUMBER, TEXT, Pattern
from seqctl.model.pattern.read import readings
from tests.book import Book

EXAMPLES = int(os.environ.get("SEQCTL_EXAMPLES", "1000"))
SECONDS = 20
"""Far more than is needed, even by a slow machine with much else to do; processor time, not the clock's."""

TOKEN = st.sampled_from(["{a}", "{a}", "{b}", "{b}", "{c}"])
BETWEEN = st.sampled_from(["-", "-", "/", "1-", "--", "{Q}"])
VALUES = st.text("--1a/", max_size=4)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Some attributes, most of them more than once, with a counter somewhere."""
    tokens = draw(st.lists(TOKEN, min_size=2, max_size=5))
    tokens.insert(draw(st.integers(0, len(tokens))), "{number}")
    text = tokens[0]
    for token in tokens[1:]:
        text += draw(BETWEEN) + token
    return compile_pattern(text, False)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[Pattern, str]:
    pattern = draw(patterns())
    attributes = {name: draw(VALUES) for name in pattern.attributes}
    assume(not any(neighbour_problem(pattern, *item) for item in attributes.items()))
    before, after = pattern.frame(date(2026, 5, 4), None, attributes)
    return pattern, before + str(draw(st.integers(1, 120))) + after


def ways(
    pattern: Pattern, text: str, index: int = 0, shown: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Every way to cut a text into the parts of a pattern, tried without any cleverness."""
    if index == len(pattern.segments):
        if not text:
            yield shown
        return
    for end in range(len(text) + 1):
        if may_be(pattern, index, text[:end], shown):
            yield from ways(pattern, text[end:], index + 1, (*shown, text[:end]))


def may_be(pattern: Pattern, index: int, part: str, shown: tuple[str, ...]) -> bool:
    kind, value = segment = pattern.segments[index]
    if kind == TEXT:
        return part == value
    if segment in pattern.segments[:index] and part != shown[pattern.segments.index(segment)]:
        return False
    if kind == ATTRIBUTE:
        return not neighbour_problem(pattern, value, part)
    if kind == NUMBER:
        return part.isdigit() and str(int(part)) == part and int(part) <= LARGEST_VALUE
    return len(part) == 1 and part.isdigit()


def check(number: tuple[Pattern, str]) -> None:
    pattern, text = number
    told = []
    for reading in readings(pattern, text, most=10_000):
        shown = {NUMBER: str(reading.value)}
        shown |= {ATTRIBUTE + name: value for name, value in reading.attributes.items()}
        shown |= {"D" + name: value for name, value in reading.tokens.items()}
        told.append(
            tuple(
                value if kind == TEXT else shown[kind if kind == NUMBER else kind + value]
                for kind, value in pattern.segments
            )
        )
    assert told == list(ways(pattern, text))


@settings(max_examples=120, deadline=None)
@given(numbers())
def test_the_readings_of_parts_that_come_again_are_all_that_there_are(number: tuple[Pattern, str]) -> None:
    check(number)


@pytest.mark.long
@settings(max_examples=EXAMPLES, deadline=None)
@given(numbers())
def test_the_readings_of_many_texts_are_all_that_there_are(number: tuple[Pattern, str]) -> None:
    check(number)


@pytest.mark.parametrize(
    ("pattern", "text", "ways"),
    [
        ("{a}-{b}-{c}-{a}-{number}", "-".join(("-" * 50 + "x", "-" * 50, "-" * 50, "-" * 50 + "x", "1")), 2),
        ("{a}-{b}-{c}-{a}-{number}", "-" * 240 + "x", 0),
        ("{a}-{b}-{c}-{a}-{number}", "-" * 240 + "1", 2),
        ("-".join(f"{{a{place}}}" for place in range(200)) + "-{number}", "-" * 200 + "1", 1),
        ("-".join(f"{{a{place}}}" for place in range(200)) + "-{number}", "-" * 250 + "x", 0),
        ("-".join(f"{{a{place}}}" for place in range(200)) + "-{number}", "-" * 250 + "1", 2),
    ],
)
def test_long_texts_are_read_in_bounded_time(pattern: str, text: str, ways: int) -> None:
    begun = process_time()
    assert len(readings(compile_pattern(pattern, False), text)) == ways
    assert process_time() - begun < SECONDS


@pytest.mark.parametrize("text", ["-" * 240 + "x", "-" * 120 + "x" + "-" * 120])
def test_a_text_that_would_take_for_ever_has_no_reading(text: str) -> None:
    pattern = compile_pattern("{a}-{b}-{c}-{d}-{b}-{a}-{d}-{c}-{number}", False)
    begun = process_time()
    assert readings(pattern, text) == []
    assert process_time() - begun < SECONDS


def test_a_text_has_no_reading_where_its_readings_cannot_all_be_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pattern = compile_pattern("{a}-{b}-{number}", False)
    assert len(readings(pattern, "x-y-1")) == 1
    monkeypatch.setattr(read, "MOST_STEPS", 6)
    assert readings(pattern, "x-y-1") == []


def test_next_refuses_such_a_number_in_bounded_time_and_consumes_nothing(book: Book) -> None:
    book.ok("sequence", "add", "s", "--pattern", "{a}-{b}-{c}-{a}-{number}")
    hard = [f"--attr=a={'-' * 50}x", f"--attr=b={'-' * 50}", f"--attr=c={'-' * 50}"]
    begun = process_time()
    error = book.fails(5, "ambiguous_attribute", "next", "s", *hard)
    assert "two ways" in error["message"]
    assert process_time() - begun < 2 * SECONDS
    assert book.next("s", "--attr=a=x", "--attr=b=y", "--attr=c=z") == ["x-y-z-x-1"]
