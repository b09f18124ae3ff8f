"""Fiscal years and their months, for every start and both namings."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.time.calendar import Calendar

STARTS = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: (day.month, day.day))
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def month_starts(start: tuple[int, int], year: int) -> list[date]:
    """The first days of the twelve fiscal months that begin in the fiscal year that starts in `year`."""
    firsts = []
    for offset in range(12):
        years, month = divmod(start[0] - 1 + offset, 12)
        length = monthrange(year + years, month + 1)[1]
        firsts.append(date(year + years, month + 1, min(start[1], length)))
    return firsts


@pytest.mark.parametrize(
    ("day", "by_start", "by_end"),
    [
        (date(1960, 1, 1), 1959, 1960),
        (date(1960, 5, 31), 1959, 1960),
        (date(1960, 6, 1), 1960, 1961),
        (date(1960, 12, 31), 1960, 1961),
        (date(2000, 2, 29), 1999, 2000),
    ],
)
def test_a_fiscal_year_from_june_is_named_by_its_start_or_its_end(
    day: date, by_start: int, by_end: int
) -> None:
    assert Calendar("c", 6, 1, "start").fiscal_year(day) == by_start
    assert Calendar("c", 6, 1, "end").fiscal_year(day) == by_end


def test_april_2025_to_march_2026_is_2025_by_start_and_2026_by_end() -> None:
    first, last = date(2025, 4, 1), date(2026, 3, 31)
    for naming, year in (("start", 2025), ("end", 2026)):
        calendar = Calendar("india", 4, 1, naming)
        assert {calendar.fiscal_year(first), calendar.fiscal_year(last)} == {year}
        assert calendar.fiscal_year(first - timedelta(1)) == year - 1
        assert calendar.fiscal_year(last + timedelta(1)) == year + 1


@pytest.mark.parametrize("naming", ["start", "end"])
@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_a_fiscal_year_from_new_year_is_the_calendar_year_either_way(naming: str, day: date) -> None:
    calendar = Calendar("c", 1, 1, naming)
    assert calendar.start_year(day) == calendar.end_year(day) == calendar.fiscal_year(day) == day.year
    assert calendar.fiscal_month(day) == day.month
    assert calendar.fiscal_quarter(day) == (day.month - 1) // 3 + 1


@given(STARTS, DAYS)
def test_a_fiscal_month_begins_on_the_start_day_or_the_last_of_a_shorter_month(
    start: tuple[int, int], day: date
) -> None:
    year = day.year - (day < date(day.year, *start))
    begun = [first for first in month_starts(start, year) if first <= day]
    calendar = Calendar("c", *start, "start")
    assert calendar.fiscal_month(day) == len(begun)
    assert calendar.fiscal_quarter(day) == (len(begun) - 1) // 3 + 1


@given(STARTS, DAYS)
def test_start_and_end_year_are_the_years_of_the_first_and_last_day(
    start: tuple[int, int], day: date
) -> None:
    calendar = Calendar("c", *start, "start")
    first = max(d for d in (date(day.year - 1, *start), date(day.year, *start)) if d <= day)
    last = date(first.year + 1, *start) - timedelta(1)
    assert first <= day <= last
    assert (calendar.start_year(day), calendar.end_year(day)) == (first.year, last.year)
    assert Calendar("c", *start, "end").fiscal_year(day) == last.year
    assert calendar.fiscal_year(day) == first.year


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 1, 30), 12),
        (date(2026, 1, 31), 1),
        (date(2026, 2, 27), 1),
        (date(2026, 2, 28), 2),
        (date(2028, 2, 28), 1),
        (date(2028, 2, 29), 2),
        (date(2100, 2, 28), 2),
        (date(2000, 2, 28), 1),
        (date(2026, 3, 30), 2),
        (date(2026, 3, 31), 3),
        (date(2026, 4, 30), 4),
        (date(2026, 12, 31), 12),
    ],
)
def test_months_that_begin_on_the_31st_begin_on_the_last_of_a_shorter_month(day: date, month: int) -> None:
    assert Calendar("c", 1, 31, "start").fiscal_month(day) == month


def test_the_start_of_a_calendar_is_written_as_month_and_day() -> None:
    assert Calendar("c", 4, 1, "start").start == "04-01"
    assert Calendar("c", 12, 31, "start").start == "12-31"
