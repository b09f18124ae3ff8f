"""Reading random numbers of random sequences, and telling mutated ones from numbers."""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from seqctl.errors import Refused
from seqctl.model.number.reader import NumberReader, Placed
from seqctl.model.pattern.attributes import check_rendered, neighbour_problem
from seqctl.model.pattern.compile import DATE_TOKENS, compile_pattern
from seqctl.model.pattern.compiled import PERIODS, period_key
from seqctl.model.pattern.expression import Expression
from seqctl.model.pattern.read import Reading, readings
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.scope import scope_text
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.period_bounds import period_bounds
from tests.amount import amount

TODAY = date(2026, 11, 21)
CALENDARS = {
    "april": Calendar("april", 4, 1, "start"),
    "last": Calendar("last", 10, 31, "end"),
    "year": Calendar("year", 1, 1, "end"),
}
UNDECIDED = "the period cannot be read from the number: give a date or --period"
ATTRIBUTES = ("entity", "branch", "letter")
LITERALS = ("-", "-", "/", "A", "1", "-a", "É", "{{", ".*")
TOKEN_SETS: list[list[str]]
TOKEN_SETS = [[], ["YYYY"], ["YY", "MM"], ["YYYY", "MM", "DD"], ["FYS:YY", "FYE:YY"], ["GGGG", "WW"]]


@st.composite
def sequences(draw: st.DrawFn) -> Sequence:
    """A sequence that a definition could be, with every kind of token and field that reading depends on."""
    kind = draw(st.sampled_from(("numeric", "numeric", "alpha")))
    width = draw(st.integers(0, 3))
    tokens = draw(st.sampled_from(TOKEN_SETS) | st.lists(st.sampled_from(DATE_TOKENS), max_size=3))
    attributes = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=3))
    parts = [*tokens, *attributes, f"number:{width}" if width else "number"]
    pattern = ""
    for part in draw(st.permutations(parts)):
        pattern += draw(st.sampled_from(("", "", "", *LITERALS))) + "{" + part + "}"
    pattern += draw(st.sampled_from(("", "", *LITERALS)))
    if any(f"{one}}}{{{other}}}" in pattern for one in ATTRIBUTES for other in ATTRIBUTES):
        pattern = pattern.replace("}{", "}-{")
    start = draw(st.integers(1, 40))
    fields = {
        "kind": kind,
        "pattern": pattern,
        "step": draw(st.sampled_from((1, 1, 2, 7))),
        "max_width": draw(st.sampled_from((None, None, 4))),
        "max_length": draw(st.sampled_from((None, None, 20))),
        "reset": draw(st.sampled_from(list(PERIODS))),
        "calendar": draw(st.sampled_from(sorted(CALENDARS))),
        # Whether the tokens tell the periods apart takes long to decide and is nothing to the reader.
        "unique": "period",
        "scope": draw(st.lists(st.sampled_from(attributes), unique=True)) if attributes else [],
    }
    if kind == "numeric":
        fields |= {"start": start, "end": draw(st.none() | st.integers(start, 5000))}
    made, _ = check_sequence("s", fields, CALENDARS)
    assume(made is not None)
    assert made is not None
    return made


@st.composite
def numbers(draw: st.DrawFn, count: int = 1) -> tuple[Sequence, list[tuple[str, int, date, dict[str, str]]]]:
    """A sequence, and numbers that it could have issued: (text, value, day, attributes)."""
    made = draw(sequences())
    rendered = []
    for _ in range(count):
        attributes = {name: draw(st.text("-A1a0Éb\u0302/", max_size=3)) for name in made.compiled.attributes}
        assume(not any(neighbour_problem(made.compiled, *item) for item in attributes.items()))
        day = draw(st.dates(date(1980, 1, 1), date(2072, 1, 1)))
        before, after = made.compiled.frame(day, made.fiscal, attributes)
        largest = made.last_value(len(before) + len(after))
        assume(largest >= made.start)
        steps = draw(st.integers(0, min(500, (largest - made.start) // made.step)))
        value = made.start + steps * made.step
        text = before + made.compiled.counter_text(value) + after
        try:
            check_rendered(made.compiled, [text], day, attributes)
        except Refused:
            assume(False)
        rendered.append((text, value, day, attributes))
    return made, rendered


@settings(max_examples=amount(150), deadline=None)
@given(numbers())
def test_a_rendered_number_reads_back(
    number: tuple[Sequence, list[tuple[str, int, date, dict[str, str]]]],
) -> None:
    made, [(text, value, day, attributes)] = number
    period = period_key(made.reset, day, made.fiscal)
    placed = Placed(value, period, scope_text(tuple(made.scope), attributes))
    for given_period in (None, period):
        reader = NumberReader(made, TODAY, given_period)
        assert reader.read(text, day) == placed
        assert reader.read(text, day) == placed
    assert NumberReader(made, TODAY, period).read(text) == placed
    assert NumberReader(made, TODAY, scope=attributes).read(text, day) == placed
    assert NumberReader(made, TODAY).read(text) in (placed, UNDECIDED)


@settings(max_examples=amount(80), deadline=None)
@given(numbers(count=3), st.data())
def test_what_is_remembered_changes_no_answer(
    number: tuple[Sequence, list[tuple[str, int, date, dict[str, str]]]], data: st.DataObject
) -> None:
    """One reader for all texts, mutated ones too, answers like one that has never seen such a text."""
    made, rendered = number
    texts = [text for text, *_ in rendered]
    texts += [data.draw(mutated(text)) for text in texts for _ in range(3)]
    days = [None, *(day for _, _, day, _ in rendered)]
    asked = [(text, data.draw(st.sampled_from(days))) for text in [*texts, *texts]]
    reader, forgetful = NumberReader(made, TODAY), NumberReader(made, TODAY)
    for text, day in asked:
        answer = reader.read(text, day)
        assert answer == forgetful.read(text, day)
        forgetful._surroundings.clear()
        if isinstance(answer, Placed):
            assert renders(made, text, answer, day)


def mutated(text: str) -> st.SearchStrategy[Any]:
    """A text with some of its characters changed, doubled or dropped."""

    def change(place: int, character: str) -> str:
        place %= len(text) + 1
        return text[:place] + character + text[place + 1 :]

    def insert(place: int, character: str) -> str:
        place %= len(text) + 1
        return text[:place] + character + text[place:]

    characters = st.sampled_from([*"0123456789-aAbÉ./", "", "\u0302", "٣"])
    return st.builds(change, st.integers(0, 50), characters) | st.builds(
        insert, st.integers(0, 50), characters
    )


def renders(made: Sequence, text: str, placed: Placed, day: date | None) -> bool:
    """Whether the sequence would really render the text for what was read, told without the reader."""
    found = readings(made.compiled, text)
    assert len(found) == 1 and found[0].value == placed.value
    assert (placed.value - made.start) % made.step == 0
    assert placed.scope == scope_text(tuple(made.scope), found[0].attributes)
    for shown in [day] if day else days_of(made, placed.period, found[0].tokens):
        before, after = made.compiled.frame(shown, made.fiscal, found[0].attributes)
        if before + made.compiled.counter_text(placed.value) + after == text:
            assert made.start <= placed.value <= made.last_value(len(before) + len(after))
            return placed.period == period_key(made.reset, shown, made.fiscal)
    return False


def days_of(made: Sequence, period: str, tokens: dict[str, str]) -> Iterable[date]:
    """The days of a period; of one without an end those around the year that is shown, or around today."""
    if not tokens and period == "all":
        return [TODAY]
    first, last = period_bounds(made.reset, period, made.fiscal)
    if first is None or last is None:
        shown = [int(year) for year in tokens.values() if len(year) == 4]
        first = date(max(min(shown, default=TODAY.year - 200) - 1, 1), 1, 1)
        last = date(min(max(shown, default=TODAY.year + 200) + 1, 9999), 12, 31)
    today = min(max(TODAY, first), last).toordinal()
    onwards, backwards = range(today, last.toordinal() + 1), range(today - 1, first.toordinal() - 1, -1)
    found = itertools.chain.from_iterable(itertools.zip_longest(onwards, backwards))
    return (date.fromordinal(ordinal) for ordinal in found if ordinal is not None)


@settings(max_examples=amount(150), deadline=None)
@given(numbers(), st.data())
def test_expressions_read_what_readings_read(
    number: tuple[Sequence, list[tuple[str, int, date, dict[str, str]]]], data: st.DataObject
) -> None:
    made, [(text, *_)] = number
    expression = Expression(made.compiled)
    for changed in [
        text,
        *(data.draw(mutated(text)) for _ in range(8)),
        data.draw(st.text("-A1a0", max_size=12)),
    ]:
        expected = readings(made.compiled, changed)
        found = expression.readings(changed)
        assert [shown(reading) for reading in found] == [shown(reading) for reading in expected]
        match = expression.split(changed)
        if match is not None and len(match.groups()[1]) < 19:
            assert len(expected) == 1
            assert expression.value(match.groups()[1]) == expected[0].value
            assert "".join(match.groups()) == changed


def shown(reading: Reading) -> tuple[int, dict[str, str], dict[str, str]]:
    return reading.value, reading.tokens, reading.attributes


@pytest.mark.parametrize("width", [0, 1, 2, 18, 19, 20, 25])
@pytest.mark.parametrize(
    "pattern",
    ["{number}", "{a}{number}", "{a}0{number}", "{a}-0{number}1{b}", "{number}{a}", "{number}0{a}-{b}"],
)
@pytest.mark.parametrize("text", ["0", "00", "0-01", "7", "07"])
def test_expressions_and_readings_agree_on_widths(width: int, pattern: str, text: str) -> None:
    written = pattern.replace("number", f"number:{width}") if width else pattern
    compiled = compile_pattern(written, False)
    for length in range(27):
        for digit in "09":
            long = text + digit * length
            expected = readings(compiled, long)
            assert [shown(found) for found in Expression(compiled).readings(long)] == [*map(shown, expected)]


@settings(max_examples=amount(200), deadline=None)
@given(
    st.lists(st.sampled_from(DATE_TOKENS), min_size=1, max_size=4),
    st.sampled_from(list(PERIODS)),
    st.sampled_from(sorted(CALENDARS)),
    st.dates(date(1, 1, 1), date(9998, 12, 31)),
    st.integers(-40 * 366, 40 * 366),
)
def test_the_period_of_a_date_that_is_shown_is_found_or_left_open(
    tokens: list[str], reset: str, calendar: str, day: date, distance: int
) -> None:
    pattern = "-".join("{" + token + "}" for token in tokens) + "/{number}"
    assume(CALENDARS[calendar].holds(day))
    fields = {"pattern": pattern, "reset": reset, "calendar": calendar, "unique": "period"}
    made, _ = check_sequence("s", fields, CALENDARS)
    assert made is not None
    before, _ = made.compiled.frame(day, made.fiscal, {})
    near = date.fromordinal(min(max(day.toordinal() + distance, 1), date.max.toordinal()))
    assert NumberReader(made, near).read(before + "1") in (
        Placed(1, period_key(reset, day, made.fiscal), ""),
        UNDECIDED,
    )
