"""From the date tokens of a number back to a day of the same period."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.calendar import Calendar
from seqctl.model.pattern.compiled import date_token_text
from seqctl.model.pattern.days import day_shown
from seqctl.model.period import period_key

CALENDARS = [
    Calendar("april", 4, 1, "start"),
    Calendar("april-end", 4, 1, "end"),
    Calendar("last", 1, 31, "start"),
    Calendar("december", 12, 31, "end"),
    Calendar("year", 1, 1, "end"),
]
TELLING = [
    ("year", "YYYY"),
    ("year", "YY"),
    ("half-year", "YY H"),
    ("quarter", "YYYY Q"),
    ("month", "YY MM"),
    ("month", "YY DDD"),
    ("week", "GGGG WW"),
    ("week", "YYYY DDD"),
    ("day", "YYYY MM DD"),
    ("day", "YY DDD"),
    ("fiscal-year", "FY"),
    ("fiscal-year", "FYS"),
    ("fiscal-year", "FYE:YY"),
    ("fiscal-year", "FYS:YY FYE:YY"),
    ("fiscal-quarter", "FY FQ"),
    ("fiscal-month", "FY:YY FM"),
    ("fiscal-month", "FYS YY FM"),
    ("fiscal-month", "YYYY MM DD"),
]
DAYS = st.dates(date(1990, 1, 1), date(2110, 12, 31))


def shown_on(day, tokens, calendar):
    return {token: date_token_text(token, day, calendar) for token in tokens}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TELLING), st.sampled_from(CALENDARS), DAYS, st.integers(-45 * 365, 45 * 365))
def test_the_day_found_lies_in_the_period_of_the_number(telling, calendar, day, distance):
    reset, tokens = telling[0], telling[1].split()
    shown = shown_on(day, tokens, calendar)
    found = day_shown(shown, calendar, day + timedelta(distance))
    assert found is not None
    assert shown_on(found, tokens, calendar) == shown
    assert period_key(reset, found, calendar) == period_key(reset, day, calendar)


@pytest.mark.parametrize(
    ("shown", "near", "year"),
    [("26", 2026, 2026), ("75", 2026, 2075), ("77", 2026, 1977), ("99", 2001, 1999), ("01", 1999, 2001)],
)
def test_a_two_digit_year_is_the_year_nearest(shown, near, year):
    assert day_shown({"YY": shown}, None, date(near, 6, 15)).year == year
    calendar = CALENDARS[0]
    found = day_shown({"FYS:YY": shown}, calendar, date(near, 6, 15))
    assert calendar.start_year(found) == year


def test_without_date_tokens_any_day_is_as_good_as_another():
    assert day_shown({}, None, date(2026, 5, 4)) == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("day", "tokens"),
    [
        (date(2024, 2, 29), "MM DD"),
        (date(2020, 12, 31), "WW MM DD"),
        (date(2024, 12, 31), "DDD"),
        (date(2020, 12, 31), "WW"),
        (date(2000, 12, 31), "WW DDD"),
    ],
)
@pytest.mark.parametrize("near", [date(2015, 7, 1), date(2026, 11, 21), date(2027, 1, 1)])
def test_tokens_without_a_year_find_a_day_too(day, tokens, near):
    shown = shown_on(day, tokens.split(), None)
    found = day_shown(shown, None, near)
    assert found is not None
    assert shown_on(found, tokens.split(), None) == shown


@pytest.mark.parametrize(
    "shown",
    [
        {"YYYY": "2026", "MM": "13"},
        {"YYYY": "2026", "MM": "02", "DD": "29"},
        {"YYYY": "2026", "YY": "25"},
        {"YYYY": "2026", "Q": "5"},
        {"MM": "00"},
        {"GGGG": "2025", "WW": "53"},
        {"FYS": "2025", "FYE": "2027"},
        {"YYYY": "0000"},
    ],
)
def test_tokens_that_no_day_shows_find_none(shown):
    assert day_shown(shown, CALENDARS[0], date(2026, 5, 4)) is None


@pytest.mark.parametrize("day", [date(1, 6, 1), date(9998, 6, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("tokens", [("YYYY",), ("YYYY", "MM", "DD"), ("GGGG", "WW")])
def test_the_first_and_the_last_years_are_found_as_well(day, tokens):
    shown = shown_on(day, tokens, None)
    found = day_shown(shown, None, date(2026, 5, 4))
    assert found is not None
    assert shown_on(found, tokens, None) == shown
