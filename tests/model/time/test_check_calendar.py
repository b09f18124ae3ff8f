"""Checking a calendar when it is saved."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.time.check_calendar import check_calendar


@given(st.dates().filter(lambda day: (day.month, day.day) != (2, 29)), st.sampled_from(["start", "end"]))
def test_every_day_but_29_february_can_start_a_fiscal_year(day: date, naming: str) -> None:
    written = f"{day.month:02}-{day.day:02}"
    calendar, findings = check_calendar("c", {"start": written, "named_by": naming})
    assert calendar is not None and findings == []
    assert (calendar.name, calendar.start, calendar.named_by) == ("c", written, naming)


def test_a_calendar_is_named_by_its_start_unless_said() -> None:
    calendar, _ = check_calendar("india", {"start": "04-01"})
    assert calendar is not None and calendar.named_by == "start"


@pytest.mark.parametrize(
    "start",
    [
        "",
        "4-1",
        "04-31",
        "13-01",
        "00-10",
        "04/01",
        "April",
        "W01-1",
        "04-1 ",
        401,
        True,
        ["04-01"],
        "2026-04-01",
    ],
)
def test_a_start_that_is_no_month_and_day_is_one_finding(start: str | int | list[str]) -> None:
    calendar, findings = check_calendar("c", {"start": start})
    assert calendar is None
    assert [finding.field for finding in findings] == [("start",)]
    assert repr(start) in findings[0].message
    assert "04-01" in (findings[0].hint or "")


def test_29_february_is_refused_because_it_is_not_in_every_year() -> None:
    calendar, findings = check_calendar("c", {"start": "02-29"})
    assert calendar is None
    assert "29 February" in findings[0].message


def test_the_start_is_required() -> None:
    calendar, findings = check_calendar("c", {})
    assert calendar is None
    assert [(finding.field, finding.message) for finding in findings] == [(("start",), "is missing")]


@pytest.mark.parametrize("named_by", ["begin", "", 1, True, ["start"]])
def test_a_naming_is_start_or_end(named_by: str | int | list[str]) -> None:
    calendar, findings = check_calendar("c", {"start": "04-01", "named_by": named_by})
    assert calendar is None
    assert [finding.field for finding in findings] == [("named_by",)]
    assert "start, end" in findings[0].message


@pytest.mark.parametrize("name", ["", " c", "x" * 256, "a\nb"])
def test_a_calendar_has_a_printable_name(name: str) -> None:
    calendar, findings = check_calendar(name, {"start": "04-01"})
    assert calendar is None
    assert len(findings) == 1


def test_all_problems_of_a_calendar_are_found_at_once_and_the_nearest_key_offered() -> None:
    calendar, findings = check_calendar("c", {"strat": "04-01", "named_by": "middle"})
    assert calendar is None
    assert {finding.place for finding in findings} == {
        "calendars.c.strat",
        "calendars.c.start",
        "calendars.c.named_by",
    }
    assert (
        next(finding.hint for finding in findings if finding.field == ("strat",)) == "did you mean 'start'?"
    )
