"""Durations, and the value from which a sequence warns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.sequence.warning import warn_from
from seqctl.model.time.duration import duration_seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1s", 1), ("30s", 30), ("15m", 900), ("2h", 7200), ("1d", 86400), ("366d", 31622400), ("090s", 90)],
)
def test_a_duration_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert duration_seconds(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "15", "m", "15 m", "15M", "1.5h", "-1m", "+1m", "15min", "1w", "١m", "²s", "1h30m", " 1s"]
)
def test_any_other_text_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        duration_seconds(text)


@pytest.mark.parametrize("text", ["0s", "0d", "367d", "31622401s", "999999999d"])
def test_a_duration_lasts_from_a_second_to_366_days(text: str) -> None:
    with pytest.raises(ValueError, match="not between 1 second and 366 days"):
        duration_seconds(text)


@pytest.mark.parametrize(
    ("warn_at", "start", "last", "step", "first"),
    [
        ("90%", 1, 10, 1, 9),
        ("90%", 1, 100, 1, 90),
        ("90%", 1, 9, 1, 9),
        ("50%", 1, 3, 1, 2),
        ("1%", 1, 10, 1, 1),
        ("100%", 1, 10, 1, 10),
        ("90%", 1001, 1010, 1, 1009),
        ("50%", 10, 100, 10, 50),
        ("50%", 0, 17575, 1, 8787),
        ("3 left", 1, 10, 1, 7),
        ("0 left", 1, 10, 1, 10),
        ("9 left", 1, 10, 1, 1),
        ("100 left", 1, 10, 1, 1),
        ("3left", 1, 10, 1, 7),
        ("2 left", 5, 24, 5, 10),
        ("90%", 7, 7, 1, 7),
    ],
)
def test_a_sequence_warns_from_its_share_on(
    warn_at: str, start: int, last: int, step: int, first: int
) -> None:
    assert warn_from(warn_at, start, last, step) == first


RANGES = st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(1, 7))


@given(RANGES, st.integers(1, 100))
def test_a_percent_warns_exactly_where_that_share_is_used_up(
    given_range: tuple[int, int, int], percent: int
) -> None:
    start, length, step = given_range
    values = list(range(start, start + length + 1, step))
    expected = next(v for used, v in enumerate(values, 1) if used * 100 >= percent * len(values))
    assert warn_from(f"{percent}%", start, start + length, step) == expected


@given(RANGES, st.integers(0, 600))
def test_a_rest_warns_exactly_where_at_most_so_many_remain(
    given_range: tuple[int, int, int], rest: int
) -> None:
    start, length, step = given_range
    values = list(range(start, start + length + 1, step))
    expected = next(v for used, v in enumerate(values, 1) if len(values) - used <= rest)
    assert warn_from(f"{rest} left", start, start + length, step) == expected


@pytest.mark.parametrize("warn_at", ["", "90", "%", "left", "x%", "-1%", "1.5%", "x left", "-3 left", "٩%"])
def test_any_other_text_is_refused(warn_at: str) -> None:
    with pytest.raises(ValueError, match=r"neither a share nor a rest|is not a whole number"):
        warn_from(warn_at, 1, 10, 1)


@pytest.mark.parametrize("warn_at", ["0%", "101%"])
def test_a_share_lies_between_1_and_100_percent(warn_at: str) -> None:
    with pytest.raises(ValueError, match="not between 1% and 100%"):
        warn_from(warn_at, 1, 10, 1)
