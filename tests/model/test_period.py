"""The keys of periods: every reset, year ends of ISO weeks, and reading keys that people write."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.pattern.compiled import PERIODS, period_key
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.period_keys import SHAPES, period_problem

INDIA = Calendar("india", 4, 1, "start")


@pytest.mark.parametrize(
    ("reset", "key"),
    [
        ("never", "all"),
        ("year", "2026"),
        ("half-year", "2026-H1"),
        ("quarter", "2026-Q1"),
        ("month", "2026-03"),
        ("week", "2026-W10"),
        ("day", "2026-03-04"),
        ("fiscal-year", "FY2025"),
        ("fiscal-quarter", "FY2025-Q4"),
        ("fiscal-month", "FY2025-M12"),
    ],
)
def test_every_reset_names_the_period_of_a_day(reset: str, key: str) -> None:
    assert period_key(reset, date(2026, 3, 4), INDIA) == key


def test_every_reset_has_an_example_of_its_key() -> None:
    # The period of a sequence with ranges is the name of a range.
    assert set(SHAPES) == {*PERIODS, "range"}
    for reset, (_, example) in SHAPES.items():
        assert period_problem(reset, example) is None


@pytest.mark.parametrize(
    ("reset", "starts"),
    [("half-year", [1, 7]), ("quarter", [1, 4, 7, 10]), ("month", list(range(1, 13)))],
)
def test_a_part_of_the_year_begins_with_its_first_month(reset: str, starts: list[int]) -> None:
    keys = [period_key(reset, date(2026, month, 1), None) for month in range(1, 13)]
    changes = [month for month in range(1, 13) if month == 1 or keys[month - 1] != keys[month - 2]]
    assert changes == starts
    assert len(set(keys)) == len(starts)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2025, 12, 28), "2025-W52"),
        (date(2025, 12, 29), "2026-W01"),
        (date(2027, 1, 1), "2026-W53"),
        (date(1, 1, 1), "0001-W01"),
        (date(9999, 12, 31), "9999-W52"),
    ],
)
def test_a_week_belongs_to_the_iso_year(day: date, key: str) -> None:
    assert period_key("week", day, None) == key


DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
CALENDARS = st.builds(
    lambda day, naming: Calendar("c", day.month, day.day, naming),
    st.dates(date(2001, 1, 1), date(2001, 12, 31)),
    st.sampled_from(["start", "end"]),
)


@given(st.sampled_from(list(PERIODS)), DAYS, CALENDARS)
def test_every_key_is_one_that_people_may_write(reset: str, day: date, calendar: Calendar) -> None:
    assert period_problem(reset, period_key(reset, day, calendar)) is None


@given(st.sampled_from([*list(PERIODS)[1:6], *list(PERIODS)[6:]]), DAYS, CALENDARS)
def test_a_period_is_one_stretch_of_days_and_keys_sort_by_time(
    reset: str, day: date, calendar: Calendar
) -> None:
    today, tomorrow = (period_key(reset, day + timedelta(offset), calendar) for offset in (0, 1))
    assert today <= tomorrow


@pytest.mark.parametrize(
    ("reset", "key"),
    [
        ("never", "2026"),
        ("year", "26"),
        ("year", "2026 "),
        ("year", "２０２６"),
        ("year", "2026\n"),
        ("half-year", "2026-H3"),
        ("quarter", "2026-Q0"),
        ("month", "2026-13"),
        ("month", "2026-5"),
        ("week", "2025-W53"),
        ("week", "2026-W00"),
        ("week", "2026-W54"),
        ("day", "2026-02-29"),
        ("day", "2026-2-9"),
        ("fiscal-year", "2025"),
        ("fiscal-year", "fy2025"),
        ("fiscal-quarter", "FY2025-Q5"),
        ("fiscal-month", "FY2025-M14"),
        ("year", "0000"),
        ("month", "0000-12"),
        ("fiscal-year", "FY0000"),
        ("fiscal-month", "FY0000-M12"),
    ],
)
def test_a_key_of_no_period_is_refused_with_an_example(reset: str, key: str) -> None:
    problem = period_problem(reset, key)
    assert problem is not None
    assert repr(key) in problem
    assert SHAPES[reset][1] in problem


def test_weeks_53_exist_in_long_years_only() -> None:
    long_years = [year for year in range(2000, 2030) if period_problem("week", f"{year}-W53") is None]
    assert long_years == [2004, 2009, 2015, 2020, 2026]
