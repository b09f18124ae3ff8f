"""From the key of a period to its first and last day, for every reset and calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.pattern.compiled import PERIODS, period_key
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.period_bounds import period_bounds, start_year

CALENDARS = st.builds(
    lambda day, naming: Calendar("c", day.month, day.day, naming),
    st.dates(date(2001, 1, 1), date(2001, 12, 31)),
    st.sampled_from(["start", "end"]),
)
ENDING = list(PERIODS)[1:]
INDIA = Calendar("india", 4, 1, "start")
LAST = Calendar("last of the month", 10, 31, "end")


@given(st.sampled_from(ENDING), st.dates(), CALENDARS)
def test_a_period_holds_its_days_and_no_others(reset: str, day: date, calendar: Calendar) -> None:
    key = period_key(reset, day, calendar)
    first, last = period_bounds(reset, key, calendar)
    assert first is not None and last is not None
    assert first <= day <= last
    assert {period_key(reset, bound, calendar) for bound in (first, last)} == {key}
    if first > date.min:
        assert period_key(reset, first - timedelta(1), calendar) != key
    if last < date.max:
        assert period_key(reset, last + timedelta(1), calendar) != key


@pytest.mark.parametrize(
    ("reset", "key", "calendar", "first", "last"),
    [
        ("year", "2026", None, "2026-01-01", "2026-12-31"),
        ("half-year", "2026-H1", None, "2026-01-01", "2026-06-30"),
        ("half-year", "2026-H2", None, "2026-07-01", "2026-12-31"),
        ("quarter", "2026-Q4", None, "2026-10-01", "2026-12-31"),
        ("month", "2026-02", None, "2026-02-01", "2026-02-28"),
        ("month", "2024-02", None, "2024-02-01", "2024-02-29"),
        ("week", "2026-W01", None, "2025-12-29", "2026-01-04"),
        ("week", "2026-W53", None, "2026-12-28", "2027-01-03"),
        ("day", "2026-05-04", None, "2026-05-04", "2026-05-04"),
        ("fiscal-year", "FY2025", INDIA, "2025-04-01", "2026-03-31"),
        ("fiscal-quarter", "FY2025-Q4", INDIA, "2026-01-01", "2026-03-31"),
        ("fiscal-month", "FY2025-M12", INDIA, "2026-03-01", "2026-03-31"),
        ("fiscal-year", "FY2026", LAST, "2025-10-31", "2026-10-30"),
        ("fiscal-month", "FY2026-M01", LAST, "2025-10-31", "2025-11-29"),
        ("fiscal-month", "FY2026-M05", LAST, "2026-02-28", "2026-03-30"),
        ("fiscal-month", "FY2024-M05", LAST, "2024-02-29", "2024-03-30"),
        ("fiscal-year", "FY2026", Calendar("c", 1, 1, "end"), "2026-01-01", "2026-12-31"),
    ],
)
def test_the_days_of_some_periods(
    reset: str, key: str, calendar: Calendar | None, first: str, last: str
) -> None:
    assert period_bounds(reset, key, calendar) == (date.fromisoformat(first), date.fromisoformat(last))


def test_all_has_no_end() -> None:
    assert period_bounds("never", "all", None) == (None, None)


@pytest.mark.parametrize(
    ("reset", "key"),
    [("year", "0000"), ("month", "0000-12"), ("fiscal-year", "FY0000"), ("fiscal-year", "FY10000")],
)
def test_periods_beyond_the_first_and_last_day_are_cut_off(reset: str, key: str) -> None:
    first, last = period_bounds(reset, key, Calendar("c", 4, 1, "end"))
    assert first is not None and last is not None
    assert date.min <= first <= last <= date.max


@pytest.mark.parametrize(
    ("reset", "key", "named_by", "first", "last"),
    [
        ("year", "0001", "end", "0001-01-01", "0001-12-31"),
        ("year", "9999", "end", "9999-01-01", "9999-12-31"),
        ("month", "9999-12", "end", "9999-12-01", "9999-12-31"),
        ("fiscal-year", "FY0001", "end", "0001-01-01", "0001-03-31"),
        ("fiscal-year", "FY0001", "start", "0001-04-01", "0002-03-31"),
        ("fiscal-year", "FY0002", "end", "0001-04-01", "0002-03-31"),
        ("fiscal-year", "FY9999", "start", "9999-04-01", "9999-12-31"),
    ],
)
def test_the_first_and_last_periods_end_with_time_itself(
    reset: str, key: str, named_by: str, first: str, last: str
) -> None:
    found = period_bounds(reset, key, Calendar("c", 4, 1, named_by))
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_year_that_names_a_fiscal_year_leads_to_the_year_in_which_it_starts() -> None:
    assert start_year(INDIA, 2025) == 2025
    assert start_year(LAST, 2026) == 2025
    assert start_year(Calendar("c", 1, 1, "end"), 2026) == 2026
