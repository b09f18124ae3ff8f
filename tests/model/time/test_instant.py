"""Document dates as people give them, and the day that an instant is in a zone."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.errors import UsageError
from seqctl.model.time.instant import check_date, instant_day


@pytest.mark.parametrize(
    ("given_text", "zone", "day"),
    [
        ("2026-06-30", "Asia/Tokyo", date(2026, 6, 30)),
        ("2026-06-30T23:59:59", "Asia/Tokyo", date(2026, 6, 30)),
        ("2026-06-30T23:30Z", "Europe/Berlin", date(2026, 7, 1)),
        ("2026-06-30T23:30+02:00", "Europe/Berlin", date(2026, 6, 30)),
        ("2026-12-31T22:59:59Z", "Europe/Berlin", date(2026, 12, 31)),
        ("2026-12-31T23:00:00Z", "Europe/Berlin", date(2027, 1, 1)),
        ("2027-01-01T04:59-00:00", "America/New_York", date(2026, 12, 31)),
        ("2027-01-01T05:00Z", "America/New_York", date(2027, 1, 1)),
        ("2026-01-01T00:30+05:30", "UTC", date(2025, 12, 31)),
        ("2026-01-01T00:30+14:00", "Pacific/Kiritimati", date(2026, 1, 1)),
        ("2026-03-29T00:59:59Z", "Europe/Berlin", date(2026, 3, 29)),
        ("2028-02-29 12:00", "UTC", date(2028, 2, 29)),
    ],
)
def test_an_instant_is_the_day_that_it_is_in_the_zone(given_text: str, zone: str, day: date) -> None:
    assert check_date(given_text) == given_text
    assert instant_day(given_text, zone) == day


@given(st.dates())
def test_a_plain_date_is_the_same_day_in_every_zone(day: date) -> None:
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert instant_day(check_date(day.isoformat()), zone) == day


@given(st.datetimes())
def test_an_instant_without_an_offset_is_meant_in_the_zone(moment: datetime) -> None:
    assert instant_day(check_date(moment.isoformat()), "Asia/Kolkata") == moment.date()


BAD = [
    "",
    "today",
    "2026",
    "2026-11",
    "20261121",
    "2026-13-01",
    "2026-02-29",
    "2026-11-31",
    "9999-12-32",
    "21.11.2026",
    "11/21/2026",
    "2026-11-21T",
    "2026-11-21T25:00",
    "2026-11-21T23:30+99:00",
    "2026-11-21x23:30",
    "20261121T2330",
    "0000-01-01",
    "2026-11-2１",
]


@pytest.mark.parametrize("text", BAD)
def test_a_text_that_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as refusal:
        check_date(text)
    assert str(refusal.value) == f"{text!r} is not a date"
    hint = refusal.value.hint or ""
    assert "2026-11-21" in hint or "that month ends on 2026-" in hint


@pytest.mark.parametrize("text", ["", "today", "2026-13-01", "2026-02-30T10:00"])
def test_an_instant_that_is_no_date_is_refused_alike(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        instant_day(text, "UTC")


@pytest.mark.parametrize(
    ("text", "zone"),
    [("0001-01-01T00:30+05:00", "UTC"), ("9999-12-31T23:30-05:00", "UTC")],
)
def test_an_instant_whose_day_lies_outside_the_calendar_is_refused(text: str, zone: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        instant_day(text, zone)
