"""Reading printed numbers: what was rendered reads back, and whatever does not fit is told in words."""

from datetime import date, timedelta
from typing import Any

import pytest

from seqctl.model.number.reader import NumberReader, Placed
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from tests.amount import amount

TODAY = date(2026, 11, 21)
CALENDARS = {
    "april": Calendar("april", 4, 1, "start"),
    "last": Calendar("last", 10, 31, "end"),
    "year": Calendar("year", 1, 1, "end"),
}
UNDECIDED = "the period cannot be read from the number: give a date or --period"


def sequence(**fields: object) -> Sequence:
    """A sequence as a definition makes it, with a calendar unless another is named."""
    made, findings = check_sequence("s", {"calendar": "april", **fields}, CALENDARS)
    assert made is not None, [str(finding.message) for finding in findings]
    return made


def read(
    text: str,
    day: date | None = None,
    *,
    period: str | None = None,
    given: dict[str, str] | None = None,
    near: date = TODAY,
    **fields: Any,
) -> str | Placed:
    return NumberReader(sequence(**fields), near, period, given).read(text, day)


YEARLY: dict[str, Any] = {"pattern": "INV-{YYYY}-{number:5}", "reset": "year"}
ENTITIES: dict[str, Any] = {"pattern": "{entity}-{number:3}", "scope": {"entity": ["DE", "FR"]}}


@pytest.mark.parametrize(
    ("text", "fields", "placed"),
    [
        ("INV-2026-00042", YEARLY, (42, "2026", "")),
        ("INV-1999-123456", YEARLY, (123456, "1999", "")),
        ("536365", {"pattern": "{letter}{number}"}, (536365, "all", "")),
        ("C536379", {"pattern": "{letter}{number}"}, (536379, "all", "")),
        ("A563185", {"pattern": "{letter}{number}", "scope": ["letter"]}, (563185, "all", "letter=A")),
        ("563186", {"pattern": "{letter}{number}", "scope": ["letter"]}, (563186, "all", "letter=")),
        ("DE-007", ENTITIES, (7, "all", "entity=DE")),
        ("a/b=c-007", {**ENTITIES, "scope": ["entity"]}, (7, "all", "entity=a%2Fb%3Dc")),
        ("x-ab", {"pattern": "x-{number}", "kind": "alpha"}, (28, "all", "")),
        ("x-aab", {"pattern": "x-{number:3}", "kind": "alpha"}, (1, "all", "")),
        ("RE2526/7", {"pattern": "RE{FYS:YY}{FYE:YY}/{number}", "reset": "fiscal-year"}, (7, "FY2025", "")),
        ("2026W53-1", {"pattern": "{GGGG}W{WW}-{number}", "reset": "week"}, (1, "2026-W53", "")),
        ("20240229-1", {"pattern": "{YYYY}{MM}{DD}-{number}", "reset": "day"}, (1, "2024-02-29", "")),
        ("0229-1", {"pattern": "{MM}{DD}-{number}"}, (1, "all", "")),
        ("{1}", {"pattern": "{{{number}}}"}, (1, "all", "")),
        ("99/1899-1", {"pattern": "{YY}/{YYYY}-{number}", "reset": "year"}, (1, "1899", "")),
        ("12A3", {"pattern": "{number}{x}", "scope": ["x"]}, (12, "all", "x=A3")),
        ("A12", {"pattern": "{x}{number}", "scope": ["x"]}, (12, "all", "x=A")),
        ("0", {"start": 0}, (0, "all", "")),
        ("9223372036854775807", {}, (9223372036854775807, "all", "")),
        ("1-A-DE-A-1", {"pattern": "1-{a}-DE-{a}-{number}"}, (1, "all", "")),
        ("A.B.C-1", {"pattern": "{a}.{b}.{c}-{number}"}, (1, "all", "")),
    ],
)
def test_numbers_find_their_counters(text: str, fields: dict[str, Any], placed: tuple[int, str, str]) -> None:
    assert read(text, **fields) == Placed(*placed)


@pytest.mark.parametrize(
    ("text", "fields", "words"),
    [
        ("", {}, "does not fit the pattern {number}"),
        ("INV-2026-42", YEARLY, "does not fit the pattern INV-{YYYY}-{number:5}"),
        ("INV-2026-000042", YEARLY, "does not fit the pattern INV-{YYYY}-{number:5}"),
        ("inv-2026-00042", YEARLY, "does not fit the pattern INV-{YYYY}-{number:5}"),
        (" INV-2026-00042", YEARLY, "does not fit the pattern INV-{YYYY}-{number:5}"),
        ("INV-2026-٠٠٠٤٢", YEARLY, "does not fit the pattern INV-{YYYY}-{number:5}"),
        ("INV-２０２６-00042", YEARLY, "does not fit the pattern INV-{YYYY}-{number:5}"),
        ("INV-2026-00042\n", YEARLY, "holds the character U+000A, which cannot be printed"),
        ("\u202eINV-2026-00042", YEARLY, "holds the character U+202E, which cannot be printed"),
        ("A\u200f-001", {"pattern": "{x}-{number:3}"}, "holds the character U+200F, which cannot be printed"),
        ("A\u0308-001", {"pattern": "{x}-{number:3}"}, "is not in Unicode normal form C"),
        ("9223372036854775808", {}, "does not fit the pattern {number}"),
        ("INV-0000-00042", YEARLY, "shows a date that does not exist"),
        ("20260229-1", {"pattern": "{YYYY}{MM}{DD}-{number}"}, "shows a date that does not exist"),
        ("0230-1", {"pattern": "{MM}{DD}-{number}"}, "shows a date that does not exist"),
        ("2025W53-1", {"pattern": "{GGGG}W{WW}-{number}"}, "shows a date that does not exist"),
        ("7", {"start": 10}, "has the value 7, which lies before the start 10"),
        ("11", {"end": 10}, "has the value 11, which lies beyond the last one, 10"),
        ("100", {"max_width": 2}, "has the value 100, which lies beyond the last one, 99"),
        (
            "A-10",
            {"pattern": "{x}-{number}", "max_length": 3},
            "has the value 10, which lies beyond the last one, 9",
        ),
        (
            "ABC-1",
            {"pattern": "{x}-{number}", "max_length": 3},
            "has no room for a counter within the widths and lengths of the sequence",
        ),
        ("8", {"start": 1, "step": 2}, "has the value 8, which is not on the grid (start 1, step 2)"),
        (
            "c",
            {"kind": "alpha", "start": "b", "step": 3},
            "has the value c, which is not on the grid (start b, step 3)",
        ),
        ("IT-001", ENTITIES, "'IT' is not a value of entity"),
        ("-001", ENTITIES, "'' is not a value of entity"),
        ("FR-001", {**ENTITIES, "scope": [], "requires": {"entity": "DE"}}, "'FR' is not a value of entity"),
        ("A-x-B-2", {"pattern": "{a}-{b}-{number}"}, "can be read in two ways"),
        ("A-x-B-C-2", {"pattern": "{a}-{b}-{c}-{number}"}, "can be read in two ways"),
        ("A-1", {"pattern": "{a}-{number}-{a}"}, "does not fit the pattern {a}-{number}-{a}"),
        ("1A", {"pattern": "{a}{number}"}, "does not fit the pattern {a}{number}"),
    ],
)
def test_what_does_not_fit_is_told_in_words(text: str, fields: dict[str, Any], words: str) -> None:
    assert read(text, **fields) == words


def test_the_document_date_is_held_against_the_number_and_decides_the_period() -> None:
    monthly: dict[str, Any] = {"pattern": "INV-{YYYY}-{number}", "reset": "month", "unique": "period"}
    assert read("INV-2026-1", **monthly) == UNDECIDED
    assert read("INV-2026-1", date(2026, 3, 1), **monthly) == Placed(1, "2026-03", "")
    words = "shows another date than its document date 2025-12-31"
    assert read("INV-2026-1", date(2025, 12, 31), **monthly) == words
    assert read("INV-2026-1", date(2026, 3, 1), period="2026-03", **monthly) == Placed(1, "2026-03", "")
    words = "its document date 2026-03-01 lies in period 2026-03, not 2026-04"
    assert read("INV-2026-1", date(2026, 3, 1), period="2026-04", **monthly) == words


def test_a_given_period_fills_in_what_is_not_shown_and_is_held_against_what_is() -> None:
    monthly: dict[str, Any] = {"pattern": "INV-{YYYY}-{number}", "reset": "month", "unique": "period"}
    assert read("INV-2026-1", period="2026-04", **monthly) == Placed(1, "2026-04", "")
    assert read("INV-2026-1", period="2025-04", **monthly) == "shows a date outside period 2025-04"
    assert read("INV-2026-00001", period="2025", **YEARLY) == "shows period 2026, not 2025"
    assert read("INV-0000-00001", period="2025", **YEARLY) == "shows a date that does not exist"
    assert read("7", period="2025", reset="year", unique="period") == Placed(7, "2025", "")
    assert read("7", reset="year", unique="period") == UNDECIDED
    assert read("05-7", pattern="{MM}-{number}", reset="year", unique="period") == UNDECIDED
    assert read("7", period="all") == Placed(7, "all", "")


@pytest.mark.parametrize(
    ("shown", "near", "period"), [("26", 2026, "2026"), ("75", 2026, "2075"), ("77", 2026, "1977")]
)
def test_a_two_digit_year_is_the_nearest_unless_the_period_is_given(
    shown: str, near: int, period: str
) -> None:
    yearly: dict[str, Any] = {"pattern": "{YY}/{number}", "reset": "year"}
    assert read(f"{shown}/1", near=date(near, 5, 4), **yearly) == Placed(1, period, "")
    assert read(f"{shown}/1", period=f"18{shown}", **yearly) == Placed(1, f"18{shown}", "")


def test_a_given_scope_is_held_against_the_number() -> None:
    assert read("DE-001", given={"entity": "DE"}, **ENTITIES) == Placed(1, "all", "entity=DE")
    assert read("DE-001", given={"entity": "FR"}, **ENTITIES) == "shows entity 'DE', not 'FR'"
    letters: dict[str, Any] = {"pattern": "{letter}{number}"}
    assert read("C12", given={"letter": ""}, **letters) == "shows letter 'C', not ''"
    assert read("Ä-1", given={"x": "A\u0308"}, pattern="{x}-{number}") == Placed(1, "all", "")


def test_a_scope_that_the_number_does_not_show_is_filled_in() -> None:
    """No definition is like that today, but a reader should not need to know."""
    hidden = sequence()
    hidden.scope = {"entity": ("DE", "FR")}
    assert NumberReader(hidden, TODAY, scope={"entity": "FR"}).read("7") == Placed(7, "all", "entity=FR")
    assert NumberReader(hidden, TODAY, scope={"entity": "IT"}).read("7") == "'IT' is not a value of entity"
    words = "entity cannot be read from the number: give --scope entity=VALUE"
    assert NumberReader(hidden, TODAY).read("7") == words


def test_letters_that_melt_with_a_mark_are_seen_beside_remembered_ones() -> None:
    # The mark melts with c but not with b.
    reader = NumberReader(sequence(pattern="{number}{x}", kind="alpha"), TODAY)
    assert reader.read("b\u0302x") == Placed(2, "all", "")
    assert reader.read("b\u0302x") == Placed(2, "all", "")
    assert reader.read("c\u0302x") == "is not in Unicode normal form C"


def test_remembered_surroundings_say_nothing_of_the_value_or_the_date() -> None:
    reader = NumberReader(sequence(pattern="{YYYY}-{number}", start=3, step=2, end=99, reset="year"), TODAY)
    words = [
        ("2026-5", None, Placed(5, "2026", "")),
        ("2026-1", None, "has the value 1, which lies before the start 3"),
        ("2026-6", None, "has the value 6, which is not on the grid (start 3, step 2)"),
        ("2026-101", None, "has the value 101, which lies beyond the last one, 99"),
        ("2026-5", date(2025, 1, 1), "shows another date than its document date 2025-01-01"),
        ("2026-7", None, Placed(7, "2026", "")),
    ]
    for text, day, answer in [*words, *words]:
        assert reader.read(text, day) == answer


@pytest.mark.parametrize(
    "pattern", ["INV-{YYYY}-{number:5}", "{a}{number}", "{a}-{b}-{number}", "{a}-{b}-{c}-{number}"]
)
@pytest.mark.parametrize(
    "rubbish", ["7", "-", "{", "\x00", "\u200f", "٣", "a-", "A1", "\\", "\n", "😀", "\ud800"]
)
def test_rubbish_is_told_from_numbers_whatever_its_length(pattern: str, rubbish: str) -> None:
    reader = NumberReader(sequence(pattern=pattern), TODAY)
    for length in (1, 40, 250, 10_000_000 // len(rubbish)):
        assert isinstance(reader.read(rubbish * length), str | Placed)
    assert isinstance(reader.read("INV-2026-" + "7" * 5_000_000), str)


def test_more_surroundings_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seqctl.model.number.reader.REMEMBERED", 3)
    monkeypatch.setattr("seqctl.model.pattern.shown_dates.YEARS_KEPT", 2)
    reader = NumberReader(sequence(**YEARLY), TODAY)
    for year in [*range(2000, 2010), *range(2000, 2010)]:
        assert reader.read(f"INV-{year}-00001") == Placed(1, str(year), "")


@pytest.mark.parametrize(
    ("tokens", "reset", "decided"),
    [
        ("{YYYY}", "year", True),
        ("{YYYY}", "month", False),
        ("{YYYY}", "fiscal-year", False),
        ("{FY}", "fiscal-year", True),
        ("{FYE:YY}", "fiscal-year", True),
        ("{FY}{MM}", "year", True),
        ("{FY}{MM}", "month", True),
        ("{FY}", "year", False),
        ("{YY}{WW}", "week", False),
        ("{MM}{DD}", "day", False),
        ("{MM}{DD}", "never", True),
        ("{YYYY}{DDD}", "fiscal-month", True),
    ],
)
def test_a_period_is_decided_only_if_every_day_that_is_shown_lies_in_it(
    tokens: str, reset: str, decided: bool
) -> None:
    made = sequence(pattern=tokens + "-{number}", reset=reset, unique="period")
    # In the first week of 2025 lies a day of 2024, which shows the same as the first days of 2024.
    before, _ = made.compiled.frame(date(2024, 12, 30), made.fiscal, {})
    answer = NumberReader(made, TODAY).read(before + "1")
    assert (answer != UNDECIDED) == decided


def test_days_that_come_once_in_eleven_years_are_found_without_a_year() -> None:
    """3 January in week 53: 2027, then 2038."""
    made = sequence(pattern="{WW}-{MM}-{DD}/{number}")
    for year in range(2026, 2042):
        assert NumberReader(made, date(year, 6, 1)).read("53-01-03/1") == Placed(1, "all", "")
    assert isinstance(NumberReader(made, TODAY).read("53-01-04/1"), str)


def test_every_day_of_a_leap_year_reads_back() -> None:
    made = sequence(pattern="{YY}-{DDD}/{number}", reset="day")
    reader = NumberReader(made, TODAY)
    for offset in range(366):
        day = date(2024, 1, 1) + timedelta(offset)
        assert reader.read(f"24-{offset + 1:03}/9") == Placed(9, day.isoformat(), "")
    assert reader.read("23-366/9") == "shows a date that does not exist"


@pytest.mark.parametrize(
    ("reset", "tokens"),
    [
        ("year", "YY"),
        ("half-year", "YY H"),
        ("quarter", "YYYY Q"),
        ("month", "YY MM"),
        ("month", "YY DDD"),
        ("week", "GGGG WW"),
        ("week", "YYYY DDD"),
        ("day", "YYYY MM DD"),
        ("day", "YY DDD"),
        ("fiscal-year", "FY"),
        ("fiscal-year", "FYE:YY"),
        ("fiscal-year", "FYS:YY FYE:YY"),
        ("fiscal-quarter", "FY FQ"),
        ("fiscal-month", "FY:YY FM"),
        ("fiscal-month", "FYS YY FM"),
        ("fiscal-month", "YYYY MM DD"),
    ],
)
@pytest.mark.parametrize("calendar", sorted(CALENDARS))
def test_what_tells_the_periods_apart_is_enough_to_read_them(reset: str, tokens: str, calendar: str) -> None:
    pattern = "".join("{" + token + "}." for token in tokens.split()) + "{number}"
    made = sequence(pattern=pattern, reset=reset, calendar=calendar, unique="period")
    reader = NumberReader(made, TODAY)
    for offset in range(-17500, 17500, 35000 // amount(181)):
        day = TODAY + timedelta(offset)
        before, _ = made.compiled.frame(day, made.fiscal, {})
        period = period_key(reset, day, made.fiscal)
        assert reader.read(before + "1") == Placed(1, period, "")
