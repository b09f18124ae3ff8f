"""Dates of tables: what is certain is read, what could be two days is never guessed."""

from datetime import date, timedelta

import pytest

from seqctl.definitions.tables.dates import certain_date, date_reader
from seqctl.errors import UsageError

DAYS = [date(2023, 12, 28) + timedelta(days) for days in range(800)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-01-02", "2025-01-02"),
        ("2025-01-02T10:00:00+01:00", "2025-01-02T10:00:00+01:00"),
        ("13.01.2025", "2025-01-13"),
        (" 13.1.2025 ", "2025-01-13"),
        ("01/13/2025", "2025-01-13"),
        ("02.02.2025", "2025-02-02"),
        ("2/2/2025", "2025-02-02"),
        ("2025/1/2", "2025-01-02"),
        ("2025.01.02", "2025-01-02"),
        ("20250102", "2025-01-02"),
        ("13.01.2025 9:05", "2025-01-13T09:05"),
        ("13.01.2025 19:05:07", "2025-01-13T19:05:07"),
        ("", ""),
        (" ", " "),
        ("tomorrow", "tomorrow"),
        ("31.02.2025", "31.02.2025"),
        ("2025-13-45", "2025-13-45"),
        ("202611", "202611"),
        ("2026111", "2026111"),
        ("2026-0102", "2026-0102"),
        ("2026-1/2", "2026-1/2"),
        ("19460", "19460"),
    ],
)
def test_what_is_certain(written: str, expected: str) -> None:
    assert certain_date(written) == expected


def test_every_day_in_both_orders() -> None:
    """A day in either order is read as itself, or both days are named."""
    for day in DAYS:
        for form in ("%d.%m.%Y", "%m/%d/%Y"):
            written = day.strftime(form)
            try:
                assert certain_date(written) == day.isoformat()
            except ValueError as error:
                swapped = date(day.year, day.day, day.month)
                assert swapped != day
                assert f"{day} (--date-format" in str(error) and f"{swapped} (--date-format" in str(error)


@pytest.mark.parametrize("written", ["46027", "46027.5", "46027,25"])
def test_a_day_as_spreadsheets_count_them_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="2026-01-05 as spreadsheets count days"):
        certain_date(written)


@pytest.mark.parametrize("written", ["02.01.25", "1/2/25"])
def test_a_short_year_is_not_guessed(written: str) -> None:
    with pytest.raises(ValueError, match="two digits"):
        certain_date(written)


@pytest.mark.parametrize(
    ("form", "python"),
    [
        ("DD.MM.YYYY", "%d.%m.%Y"),
        ("{DD}.{MM}.{YYYY}", "%d.%m.%Y"),
        ("MM/DD/YY", "%m/%d/%y"),
        ("YYYYMMDD", "%Y%m%d"),
        ("DDMMYYYY", "%d%m%Y"),
        ("YYYY MM DD", "%Y %m %d"),
        ("YY-MM-DD", "%y-%m-%d"),
    ],
)
def test_every_day_by_a_format(form: str, python: str) -> None:
    read = date_reader(form)
    for day in DAYS:
        assert read(day.strftime(python)) == day.isoformat()
        assert read(day.isoformat()) == day.isoformat()


def test_zeros_may_be_missing_where_something_parts_the_tokens() -> None:
    assert date_reader("DD.MM.YYYY")("2.1.2025 8:30") == "2025-01-02T08:30"
    for form, written in (("DDMMYYYY", "212025"), ("DD.MM.YYYY", "2025.01.02"), ("DD.MM.YYYY", "30.02.2025")):
        with pytest.raises(ValueError, match="which is no"):
            date_reader(form)(written)


@pytest.mark.parametrize("form", ["", "foo", "DD.MM", "DD.MM.YYYY.YY", "DD.MM.YYYY x", "hh:mm"])
def test_what_is_no_format(form: str) -> None:
    with pytest.raises(UsageError) as caught:
        date_reader(form)
    assert "date format" in str(caught.value)
    assert caught.value.hint
