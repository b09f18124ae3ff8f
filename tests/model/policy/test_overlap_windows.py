"""Windows of policies held against each other: days and instants, in the zones of both."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.policy.check import check_policy
from seqctl.model.policy.overlap import covers, windows_overlap
from seqctl.model.policy.policy import Policy
from seqctl.model.time.window import in_window
from tests.amount import amount

ENDS = [None, "2026-01-01", "2026-01-02", "2026-01-01T12:00", "2026-01-02T00:00+01:00", "2026-01-03"]
ZONES = [None, "Asia/Tokyo", "America/Los_Angeles"]
UTC = ZoneInfo("UTC")
DAYS = [date(2025, 12, 30) + timedelta(days) for days in range(7)]
INSTANTS = [
    datetime(2025, 12, 30, tzinfo=UTC) + timedelta(minutes=minutes, microseconds=micro)
    for minutes in range(0, 7 * 24 * 60, 30)
    for micro in (0, 1)
]


def policy(begins: str | None, ends: str | None, zone: str | None = None) -> Policy | None:
    made, _ = check_policy(
        "p",
        {
            "document_type": "t",
            "sequence": "s",
            "effective_from": begins,
            "effective_until": ends,
            "timezone": zone,
        },
    )
    return made


def made(start: str | None, until: str | None, zone: str | None = None) -> Policy:
    item = policy(start, until, zone)
    assert item is not None
    return item


windows = st.builds(policy, st.sampled_from(ENDS), st.sampled_from(ENDS), st.sampled_from(ZONES)).filter(bool)


def effective(item: Policy, moment: date | datetime) -> bool:
    return in_window(item.effective_from, item.effective_until, item.timezone or "UTC", moment)


@settings(max_examples=amount(150), deadline=None)
@given(windows, windows)
def test_no_claim_is_wrong(wide: Policy, narrow: Policy) -> None:
    if covers(wide, narrow, "UTC"):
        for moment in (*DAYS, *INSTANTS):
            assert effective(wide, moment) or not effective(narrow, moment), moment
    common = any(effective(wide, day) and effective(narrow, day) for day in DAYS)
    assert windows_overlap(wide, narrow, "UTC") == common


@pytest.mark.parametrize(
    ("wide", "narrow", "covered"),
    [
        ((None, None), ("2026-01-01", "2026-01-02"), True),
        (("2026-01-01", "2026-01-03"), ("2026-01-01", "2026-01-02"), True),
        (("2026-01-01", None), ("2026-01-01", "2026-01-02"), True),
        (("2026-01-02", None), ("2026-01-01", "2026-01-02"), False),
        (("2026-01-01", "2026-01-03"), (None, "2026-01-02"), False),
        (("2026-01-01T12:00", None), ("2026-01-01", None), False),
        (("2026-01-01", None), ("2026-01-01T12:00", None), True),
    ],
)
def test_covers(
    wide: tuple[str | None, str | None], narrow: tuple[str | None, str | None], covered: bool
) -> None:
    assert covers(made(*wide), made(*narrow), "UTC") is covered


def test_the_same_dates_of_another_zone_are_another_time() -> None:
    assert not covers(made("2026-01-01", None, "America/Los_Angeles"), made("2026-01-01", None), "UTC")
    assert covers(made("2026-01-01", None, "Asia/Tokyo"), made("2026-01-01", None), "UTC")


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_the_ends_of_time_are_no_bug(zone: str) -> None:
    first, last = "0001-01-01T00:00+14:00", "9999-12-31T23:00-12:00"
    assert windows_overlap(made(first, last, zone), made(first, last, zone), "UTC")
    covers(made(first, last, zone), made(first, last, "UTC"), "UTC")
