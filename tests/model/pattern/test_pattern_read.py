"""Reading numbers back: the truth is among the readings, and the readings are all that there are."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from seqctl.errors import Refused
from seqctl.model.pattern.attributes import always_readable, check_rendered, neighbour_problem
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, LARGEST_VALUE, NUMBER, TEXT, Pattern
from seqctl.model.pattern.letters import from_letters
from seqctl.model.pattern.read import Reading, readings
from seqctl.model.pattern.widths import token_width
from seqctl.model.time.calendar import Calendar
from tests.amount import amount

CALENDAR = Calendar("c", 4, 1, "end")
DIGITS = set("0123456789")
PART = st.sampled_from(["-", "A", "1", "-a", "{{", "{YY}", "{Q}", "{FYE:YY}", "{entity}", "{branch}"])
PARTS = st.lists(PART, max_size=3).map("".join)
NUMBER_TOKEN = st.sampled_from(["{number}", "{number:1}", "{number:2}", "{number:3}"])
PATTERN = st.builds("{}{}{}".format, PARTS, NUMBER_TOKEN, PARTS).filter(
    lambda text: not any(pair in text for pair in ("y}{e", "y}{b", "h}{e", "h}{b"))
)
VALUE = st.text("-A1a0", max_size=3)


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
    kind, value = pattern.segments[index]
    if kind == TEXT:
        return part == value
    if (kind, value) in pattern.segments[:index] and part != shown[pattern.segments.index((kind, value))]:
        return False
    if kind == DATE:
        return len(part) == token_width(value) and set(part) <= DIGITS
    if kind == ATTRIBUTE:
        return neighbour_problem(pattern, value, part) is None
    try:
        number = from_letters(part, pattern.width) if pattern.alpha else int(part)
        return 0 <= number <= LARGEST_VALUE and pattern.counter_text(number) == part
    except ValueError:
        return False


def rendered(pattern: Pattern, reading: Reading) -> str:
    def part(kind: str, value: str) -> str:
        shown = {TEXT: value, NUMBER: pattern.counter_text(reading.value)}
        return shown.get(kind) or (reading.tokens if kind == DATE else reading.attributes)[value]

    return "".join(part(kind, value) for kind, value in pattern.segments)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[Pattern, str, int, dict[str, str]]:
    """A pattern, and a number of it whose attributes stand well beside their neighbours."""
    pattern = compile_pattern(draw(PATTERN), draw(st.booleans()))
    attributes = {name: draw(VALUE) for name in pattern.attributes}
    assume(all(neighbour_problem(pattern, name, value) is None for name, value in attributes.items()))
    value = draw(st.integers(1, 26**pattern.width - 1 if pattern.alpha and pattern.width else 3000))
    before, after = pattern.frame(draw(st.dates(date(2000, 1, 1), date(2049, 1, 1))), CALENDAR, attributes)
    return pattern, before + pattern.counter_text(value) + after, value, attributes


@settings(max_examples=amount(250), deadline=None)
@given(numbers())
def test_the_truth_is_among_the_readings_and_each_reading_renders_the_text(
    number: tuple[Pattern, str, int, dict[str, str]],
) -> None:
    pattern, text, value, attributes = number
    found = readings(pattern, text, most=10_000)
    assert (value, attributes) in [(reading.value, reading.attributes) for reading in found]
    assert {rendered(pattern, reading) for reading in found} == {text}


@settings(max_examples=amount(250), deadline=None)
@given(numbers())
def test_the_readings_are_all_the_ways_to_cut_the_text(
    number: tuple[Pattern, str, int, dict[str, str]],
) -> None:
    pattern, text, _, _ = number
    names = [kind + value for kind, value in pattern.segments]
    found = set()
    for reading in readings(pattern, text, most=10_000):
        shown = {ATTRIBUTE + name: value for name, value in reading.attributes.items()}
        shown |= {DATE + name: value for name, value in reading.tokens.items()}
        shown[NUMBER + str(pattern.width)] = pattern.counter_text(reading.value)
        found.add(tuple(shown.get(name, name[1:]) for name in names))
    assert found == set(ways(pattern, text))


@settings(max_examples=amount(250), deadline=None)
@given(numbers())
def test_a_number_that_is_not_refused_has_exactly_one_reading(
    number: tuple[Pattern, str, int, dict[str, str]],
) -> None:
    pattern, text, _, attributes = number
    count = sum(1 for _ in ways(pattern, text))
    if always_readable(pattern):
        assert count == 1
    try:
        check_rendered(pattern, [text], date(2026, 1, 1), attributes)
    except Refused as refusal:
        assert refusal.code == "ambiguous_attribute"
        assert count > 1
    else:
        assert count == 1


@pytest.mark.parametrize(
    ("pattern", "alpha", "text"),
    [
        ("INV-{number}", False, "INV-"),
        ("INV-{number}", False, "inv-1"),
        ("INV-{number}", False, "INV-1 "),
        ("INV-{number}", False, "INV-01"),
        ("INV-{number}", False, "INV-١"),
        ("INV-{number:3}", False, "INV-12"),
        ("INV-{number:3}", False, "INV-0123"),
        ("{YYYY}-{number}", False, "026-1"),
        ("{YYYY}-{number}", False, "20x6-1"),
        ("{number}", True, "A"),
        ("{number}", True, "1"),
        ("{number:3}", True, "aa"),
        ("{number:3}", True, "aaaa"),
        ("{entity}-{number}-{entity}", False, "A-1-B"),
        ("{entity}{number}", False, "1A"),
        ("{YY}-{number}-{YY}", False, "26-1-27"),
        ("{number}", False, str(LARGEST_VALUE + 1)),
        ("{number:25}", False, "9" * 25),
        ("{number}", True, "z" * 14),
    ],
)
def test_a_text_that_the_pattern_cannot_have_rendered_has_no_reading(
    pattern: str, alpha: bool, text: str
) -> None:
    assert readings(compile_pattern(pattern, alpha), text) == []


@pytest.mark.parametrize(
    ("pattern", "alpha", "value"),
    [
        ("{number}", False, 0),
        ("{number}", False, LARGEST_VALUE),
        ("{number:25}", False, 7),
        ("{number}", True, LARGEST_VALUE),
    ],
)
def test_the_shortest_and_the_longest_counters_read_back(pattern: str, alpha: bool, value: int) -> None:
    compiled = compile_pattern(pattern, alpha)
    assert [reading.value for reading in readings(compiled, compiled.counter_text(value))] == [value]


def test_a_long_text_with_many_attributes_is_read_in_no_time() -> None:
    pattern = compile_pattern("{a}-{b}-{c}-{d}-{e}-{f}-{number}", False)
    assert readings(pattern, "-" * 120 + "x") == []
    assert len(readings(pattern, "-" * 120 + "1")) == 2
