"""The dates of a rehearsal."""

from datetime import date
from itertools import islice

import pytest

from seqctl.model.time.steps import every


@pytest.mark.parametrize(
    ("step", "first", "expected"),
    [
        ("day", "2026-12-30", ["2026-12-30", "2026-12-31", "2027-01-01"]),
        ("week", "2026-12-28", ["2026-12-28", "2027-01-04", "2027-01-11"]),
        ("month", "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("quarter", "2026-11-30", ["2026-11-30", "2027-02-28", "2027-05-30"]),
        ("month", "1900-01-31", ["1900-01-31", "1900-02-28"]),
        ("month", "2000-01-31", ["2000-01-31", "2000-02-29"]),
        ("1d", "9999-12-30", ["9999-12-30", "9999-12-31"]),
        ("10000d", "2026-01-01", ["2026-01-01", "2053-05-19"]),
        ("year", "2024-02-29", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("10d", "2026-12-25", ["2026-12-25", "2027-01-04"]),
        ("2w", "2026-12-25", ["2026-12-25", "2027-01-08"]),
    ],
)
def test_dates_are_counted_from_the_first(step: str, first: str, expected: list[str]) -> None:
    found = every(step).dates(date.fromisoformat(first), date.max)
    assert [day.isoformat() for day in islice(found, len(expected))] == expected


@pytest.mark.parametrize("step", ["day", "week", "month", "quarter", "year", "3d", "9999w"])
def test_they_end_with_the_last_date_included_and_with_time_itself(step: str) -> None:
    first = date(9999, 12, 29)
    assert next(iter(every(step).dates(first, first))) == first
    assert list(every(step).dates(first, date.max))[-1] <= date.max
    assert list(every(step).dates(date(2026, 1, 2), date(2026, 1, 1))) == []


@pytest.mark.parametrize(
    "text", ["", "d", "0d", "-1d", "1", "days", "1m", "1.5d", "٣d", "10001d", "99999d", "1" * 5000 + "d"]
)
def test_any_other_text_is_no_distance(text: str) -> None:
    with pytest.raises(ValueError, match="not a distance"):
        every(text)
