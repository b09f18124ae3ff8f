"""Durations, and the value from which a sequence warns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.sequence.warning import ending, of_days, of_numbers, reached, warn_from, warnings_text
from seqctl.model.time.duration import duration_seconds
from seqctl.model.value import ValueProblem


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
    with pytest.raises(ValueError, match=r"neither a percentage, a number left|is not a whole number"):
        warn_from(warn_at, 1, 10, 1)


@pytest.mark.parametrize("warn_at", ["0%", "101%"])
def test_a_share_lies_between_1_and_100_percent(warn_at: str) -> None:
    with pytest.raises(ValueError, match="not between 1% and 100%"):
        warn_from(warn_at, 1, 10, 1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("90%", "90%"),
        (" 90% ", "90%"),
        ("90%, 100 left,30 days", "90%, 100 left, 30 days"),
        (["30 days", "1 day", "30 days"], "30 days, 1 day"),
    ],
)
def test_several_warnings_are_kept_as_one_text(written: object, kept: str) -> None:
    assert warnings_text(written) == kept
    assert warnings_text(kept) == kept


@pytest.mark.parametrize(
    "written", ["", "90", [], [5], 90, True, {"a": 1}, ["90%", ""], "90%,", "-1 days", "days", "1.5 days"]
)
def test_what_is_no_warning_is_refused(written: object) -> None:
    with pytest.raises(ValueProblem) as problem:
        warnings_text(written)
    assert "30 days" in str(problem.value.hint)


def test_warnings_count_numbers_or_days() -> None:
    assert of_numbers("90%, 1 day, 2 left, 30 days") == ["90%", "2 left"]
    assert of_days("90%, 1 day, 2 left, 30 days") == ["1 day", "30 days"]


@pytest.mark.parametrize(
    ("value", "warning"), [(4, None), (5, "50%"), (7, "50%"), (8, "2 left"), (10, "2 left")]
)
def test_of_several_warnings_the_one_reached_last_is_told(value: int, warning: str | None) -> None:
    assert reached("50%, 2 left, 30 days", 1, 10, 1, value) == warning


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-30", None),
        ("2026-12-01", "ends in 30 days, on 2026-12-31 (warn_at is 30 days)"),
        ("2026-12-24", "ends in 7 days, on 2026-12-31 (warn_at is 7 days)"),
        ("2026-12-30", "ends in 1 day, on 2026-12-31 (warn_at is 7 days)"),
        ("2026-12-31", "ends on this day, 2026-12-31 (warn_at is 7 days)"),
        ("2027-01-01", None),
    ],
)
def test_days_warn_before_the_last_one(day: str, words: str | None) -> None:
    assert ending("7 days, 90%, 30 days", "2026-12-31", date.fromisoformat(day)) == words
    assert ending("90%", "2026-12-31", date.fromisoformat(day)) is None
    assert ending("30 days", None, date.fromisoformat(day)) is None
