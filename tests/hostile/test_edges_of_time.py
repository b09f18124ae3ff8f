"""The first and the last years that dates can have, and fiscal years that reach beyond them."""

import csv
from pathlib import Path

import pytest

from seqctl.model.time.calendar import Calendar
from seqctl.model.time.period_keys import SHAPES, period_problem
from tests.book import Book

DEFINITIONS = """
[calendars.by_start]
start = "04-01"
named_by = "start"
[calendars.by_end]
start = "04-01"
named_by = "end"
[calendars.plain]
start = "01-01"
named_by = "end"
[sequences.s]
calendar = "by_start"
reset = "fiscal-year"
pattern = "{FY}-S-{number}"
[sequences.e]
calendar = "by_end"
reset = "fiscal-year"
pattern = "{FY}-E-{number}"
[sequences.never]
calendar = "by_start"
unique = "period"
pattern = "{FYS}/{FYE}-{number}"
[sequences.january]
calendar = "plain"
reset = "fiscal-month"
pattern = "{FY}-J-{FM}-{number}"
[sequences.year]
reset = "year"
pattern = "{YYYY}-Y-{number}"
"""


def without_mark(info: dict[str, object]) -> dict[str, object]:
    """What `info` says, but for the mark: a look at a book that issued before writes it."""
    return {name: value for name, value in info.items() if not name.startswith("mark")}


@pytest.mark.parametrize(
    ("reset", "key"),
    [
        ("year", "0000"),
        ("half-year", "0000-H1"),
        ("quarter", "0000-Q4"),
        ("month", "0000-05"),
        ("week", "0000-W01"),
        ("day", "0000-01-01"),
        ("fiscal-year", "FY0000"),
        ("fiscal-quarter", "FY0000-Q1"),
        ("fiscal-month", "FY0000-M12"),
    ],
)
def test_there_is_no_year_0(reset: str, key: str) -> None:
    assert repr(key) in (period_problem(reset, key) or "")
    assert period_problem(reset, key.replace("0000", "0001", 1)) is None


@pytest.mark.parametrize("reset", SHAPES)
def test_the_last_year_has_periods(reset: str) -> None:
    assert period_problem(reset, SHAPES[reset][1].replace("2026", "9999").replace("2025", "9999")) is None


def test_set_next_takes_no_counter_of_the_year_0(book: Book) -> None:
    book.load(DEFINITIONS)
    book.fails(2, "usage", "sequence", "set-next", "year", "7", "--reason", "x", "--period", "0000")
    assert book.numbers() == []


def test_a_fiscal_year_lies_within_the_years_of_dates(book: Book) -> None:
    from datetime import date

    april, january = Calendar("c", 4, 1, "end"), Calendar("c", 1, 1, "end")
    assert not april.holds(date(1, 3, 31))
    assert april.holds(date(1, 4, 1))
    assert april.holds(date(9999, 3, 31))
    assert not april.holds(date(9999, 4, 1))
    assert january.holds(date(1, 1, 1)) and january.holds(date(9999, 12, 31))


@pytest.mark.parametrize("command", ["next", "peek", "reserve"])
@pytest.mark.parametrize("day", ["9999-04-01", "9999-12-31", "0001-01-01", "0001-03-31"])
@pytest.mark.parametrize("sequence", ["s", "e", "never"])
def test_a_date_beyond_the_last_fiscal_year_is_refused_and_consumes_nothing(
    book: Book, command: str, sequence: str, day: str
) -> None:
    book.load(DEFINITIONS)
    before = without_mark(book.ok("info", "--json").json)
    error = book.fails(5, "date_period", command, sequence, "--date", day)
    assert day in error["message"]
    assert without_mark(book.ok("info", "--json").json) == before


@pytest.mark.parametrize(
    ("sequence", "day", "number"),
    [
        ("s", "9999-03-31", "9998-S-1"),
        ("e", "9999-03-31", "9999-E-1"),
        ("s", "0001-04-01", "0001-S-1"),
        ("e", "0001-04-01", "0002-E-1"),
        ("never", "9999-03-31", "9998/9999-1"),
        ("january", "9999-12-31", "9999-J-12-1"),
        ("january", "0001-01-01", "0001-J-01-1"),
        ("year", "9999-12-31", "9999-Y-1"),
        ("year", "0001-01-01", "0001-Y-1"),
    ],
)
def test_dates_up_to_there_are_numbered_and_read_back(
    book: Book, sequence: str, day: str, number: str
) -> None:
    book.load(DEFINITIONS)
    assert book("next", sequence, "--date", day, "--yes").lines == [number]
    assert book.ok("show", number, "--json").json["date"] == day
    assert book("check").status == 0, book("check")


def test_assign_lists_the_records_with_such_dates(book: Book, place: Path) -> None:
    book.load(DEFINITIONS)
    (place / "r.csv").write_text("id,day\na,2026-05-04\nb,9999-12-31\n")
    words = ("assign", "e", "--input", place / "r.csv", "--date-column", "day")
    error = book.fails(5, "date_period", *words)
    assert "9999-12-31" in error["message"]
    done = book(*words, "--partial", "-o", "csv")
    assert done.status == 3
    assert [row["number"] for row in csv.DictReader(done.lines)] == ["2027-E-1"]


def test_adopt_tells_such_dates_from_numbers_that_fit(book: Book, place: Path) -> None:
    book.load(DEFINITIONS)
    (place / "n.csv").write_text("number,day\n9999/10000-1,9999-12-31\n9999/9999-1,9999-12-31\n")
    words = ("adopt", "never", "--input", place / "n.csv", "--column", "number", "--date-column", "day")
    error = book.fails(6, "invalid_input", *words)
    assert len(error["problems"]) == 2
    assert book.numbers() == []


@pytest.mark.parametrize("number", ["9999-S-1", "10000-E-1", "0000-S-1"])
def test_a_number_of_such_a_year_does_not_fit(book: Book, number: str) -> None:
    book.load(DEFINITIONS)
    sequence = number.split("-")[1].lower()
    book.fails(6, "invalid_input", "adopt", sequence, number)
    book.fails(4, "not_found", "show", number)
