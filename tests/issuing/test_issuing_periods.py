"""Counters restart with each period of the document date; every period goes on undisturbed."""

import pytest

from tests.book import Book


def issue(book: Book, name: str, dates: list[str]) -> list[str]:
    return [book.next(name, "--date", date)[0] for date in dates]


def test_a_year_has_its_own_counter_and_a_late_document_continues_the_old_one(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "INV-{YYYY}-{number:5}", "--reset", "year")
    dates = ["2024-12-31", "2025-01-01", "2024-12-31", "2025-06-30", "2024-02-29"]
    assert issue(book, "a", dates) == [
        "INV-2024-00001",
        "INV-2025-00001",
        "INV-2024-00002",
        "INV-2025-00002",
        "INV-2024-00003",
    ]
    assert [number["period"] for number in book.numbers("--period", "2025")] == ["2025", "2025"]


def test_a_fiscal_year_from_june_is_named_by_its_start(book: Book) -> None:
    book.ok("calendar", "add", "june", "--start", "06-01", "--named-by", "start")
    pattern = ("--pattern", "{FY}{MM}-{number:4}", "--reset", "fiscal-year", "--calendar", "june")
    book.ok("sequence", "add", "a", *pattern)
    dates = ["1960-01-15", "1960-12-15", "1961-01-15", "1961-12-15"]
    assert issue(book, "a", dates) == ["195901-0001", "196012-0001", "196001-0002", "196112-0001"]
    assert [number["period"] for number in book.numbers()] == ["FY1959", "FY1960", "FY1960", "FY1961"]


def test_the_first_and_last_day_of_a_fiscal_year_named_by_its_end(book: Book) -> None:
    book.ok("calendar", "add", "uk", "--start", "04-06", "--named-by", "end")
    pattern = ("--pattern", "{FYS}-{FYE:YY}/{number}", "--reset", "fiscal-year", "--calendar", "uk")
    book.ok("sequence", "add", "a", *pattern)
    dates = ["2025-04-05", "2025-04-06", "2026-04-05"]
    assert issue(book, "a", dates) == ["2024-25/1", "2025-26/1", "2025-26/2"]
    assert [number["period"] for number in book.numbers()] == ["FY2025", "FY2026", "FY2026"]


PERIODS = [
    ("never", "{number}", "2026-05-04", "2027-05-04", "all", "all"),
    ("half-year", "{YYYY}{H}-{number}", "2026-06-30", "2026-07-01", "2026-H1", "2026-H2"),
    ("quarter", "{YYYY}{Q}-{number}", "2026-06-30", "2026-07-01", "2026-Q2", "2026-Q3"),
    ("month", "{YYYY}{MM}-{number}", "2026-05-31", "2026-06-01", "2026-05", "2026-06"),
    ("week", "{GGGG}{WW}-{number}", "2025-12-28", "2025-12-29", "2025-W52", "2026-W01"),
    ("day", "{YYYY}{MM}{DD}-{number}", "2026-05-04", "2026-05-05", "2026-05-04", "2026-05-05"),
]


@pytest.mark.parametrize(("reset", "pattern", "first", "second", "one", "two"), PERIODS)
def test_each_reset_names_its_periods(
    book: Book, reset: str, pattern: str, first: str, second: str, one: str, two: str
) -> None:
    book.ok("sequence", "add", "a", "--pattern", pattern, "--reset", reset)
    numbers = [book.ok("next", "a", "--date", date, "--json", "--yes") for date in (first, second)]
    assert [number.json["period"] for number in numbers] == [one, two]
    assert [number.json["value"] for number in numbers] == ([1, 2] if one == two else [1, 1])


FISCAL = [
    ("fiscal-quarter", "{FY}{FQ}-{number}", "2026-03-31", "2026-04-01", "FY2025-Q4", "FY2026-Q1"),
    ("fiscal-month", "{FY}{FM}-{number}", "2026-03-31", "2026-04-30", "FY2025-M12", "FY2026-M01"),
]


@pytest.mark.parametrize(("reset", "pattern", "first", "second", "one", "two"), FISCAL)
def test_fiscal_resets_follow_the_calendar(
    book: Book, reset: str, pattern: str, first: str, second: str, one: str, two: str
) -> None:
    book.ok("calendar", "add", "april", "--start", "04-01")
    book.ok("sequence", "add", "a", "--pattern", pattern, "--reset", reset, "--calendar", "april")
    shown = [book.ok("next", "a", "--date", date, "--json").json for date in (first, second)]
    assert [(number["period"], number["value"]) for number in shown] == [(one, 1), (two, 1)]


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Europe/Berlin", "2025-12-31T23:30:00Z", "2026-01-01"),
        ("Europe/Berlin", "2025-12-31T23:30+01:00", "2025-12-31"),
        ("Europe/Berlin", "2025-12-31T23:30", "2025-12-31"),
        ("Europe/Berlin", "2025-12-31 23:30", "2025-12-31"),
        ("America/New_York", "2026-01-01T04:59:59Z", "2025-12-31"),
        ("America/New_York", "2026-01-01T05:00:00+00:00", "2026-01-01"),
        ("Asia/Tokyo", "2025-12-31T15:00:00.000001Z", "2026-01-01"),
        ("Pacific/Apia", "2025-12-31", "2025-12-31"),
    ],
)
def test_an_instant_is_the_day_that_it_is_in_the_zone_of_the_sequence(
    book: Book, zone: str, instant: str, day: str
) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{YYYY}-{number}", "--reset", "year", "--timezone", zone)
    issued = book.ok("next", "a", "--date", instant, "--json").json
    assert (issued["date"], issued["period"]) == (day, day[:4])


def test_without_a_zone_of_its_own_a_sequence_takes_the_books(nowhere: Book) -> None:
    nowhere.ok("init", "--timezone", "Asia/Tokyo")
    nowhere.ok("sequence", "add", "a")
    assert nowhere.ok("next", "a", "--date", "2025-12-31T15:00Z", "--json").json["date"] == "2026-01-01"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_today_is_the_day_in_the_zone_of_the_sequence(book: Book, zone: str) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    book.ok("sequence", "add", "a", "--timezone", zone)
    before = datetime.now(ZoneInfo(zone)).date()
    day = book.ok("next", "a", "--json").json["date"]
    assert str(before) <= day <= str(datetime.now(ZoneInfo(zone)).date())


@pytest.mark.parametrize(
    "date", ["2026-05-04T12:00+25:00", "2026-05-04T", "2026-05-04Z", "0000-01-01", "10000-01-01"]
)
def test_an_impossible_instant_is_wrong_usage(invoices: Book, date: str) -> None:
    invoices.fails(2, "usage", "next", "invoice", "--date", date)


@pytest.mark.parametrize("instant", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_an_instant_at_the_end_of_all_calendars_is_an_error_and_no_crash(book: Book, instant: str) -> None:
    book.ok("sequence", "add", "a", "--timezone", "Europe/Berlin")
    result = book("next", "a", "--date", instant, "--yes")
    assert result.status in (0, 2)


def test_texts_may_come_again_where_they_are_unique_within_a_period(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "R{number}", "--reset", "month", "--unique", "period")
    assert issue(book, "a", ["2026-05-01", "2026-06-01", "2026-05-02"]) == ["R1", "R1", "R2"]


def test_a_pattern_that_cannot_tell_periods_apart_is_refused(book: Book) -> None:
    error = book.fails(6, "invalid_definition", "sequence", "add", "a", "--reset", "year")
    assert "unique" in error["hint"]
    words = ("sequence", "add", "a", "--pattern", "{YYYY}-{number}", "--reset", "month")
    assert "{YYYY}{MM}" in book.fails(6, "invalid_definition", *words)["hint"]
    assert book.ok("sequence", "list", "--json").json == []
