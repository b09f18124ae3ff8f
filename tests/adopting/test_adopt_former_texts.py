"""`adopt` understands every text that a number of the sequence ever had, also after the pattern changed."""

import pytest

from tests.book import Book


@pytest.fixture
def changed(book: Book) -> Book:
    """INV-2026-0003 was released, 6 and 7 were skipped, and then the prefix became RE."""
    book.ok(
        *("sequence", "add", "inv", "--document-type", "invoice", "--pattern", "INV-{YYYY}-{number:4}"),
        *("--reset", "year", "--manual"),
    )
    book.next("inv", "--date", "2026-01-05", "-n", "5")
    book.ok("release", "INV-2026-0003", "--reason", "deleted")
    book.ok("sequence", "set-next", "inv", "8", "--period", "2026", "--reason", "jam")
    book.ok("gaps", "review", "inv", "6..7", "--period", "2026", "--reason", "jam")
    book.ok("sequence", "edit", "inv", "--pattern", "RE-{YYYY}-{number:5}")
    return book


def test_the_ledger_takes_the_text_that_it_printed_itself(changed: Book) -> None:
    (row,) = changed.ok("adopt", "inv", "INV-2026-0003", "--date", "2026-01-05", "-o", "csv").csv
    assert (row["adopted"], row["period"], row["next"]) == ("1", "2026", "00008")
    assert changed.ok("show", "INV-2026-0003", "--json").json["state"] == "issued"
    error = changed.fails(6, "invalid_input", "adopt", "inv", "RE-2026-00003", "--date", "2026-01-05")
    assert "has the same value as 'INV-2026-0003', which is held" in error["message"]
    changed.ok("adopt", "inv", "INV-2026-0003", "--date", "2026-01-05")
    changed.ok("audit", "verify")


def test_the_present_text_is_taken_as_well(changed: Book) -> None:
    changed.ok("adopt", "inv", "RE-2026-00003", "--date", "2026-01-05")
    assert changed.ok("show", "INV-2026-0003", "--json").json["number"] == "RE-2026-00003"


def test_a_text_by_which_lists_show_a_number_that_was_never_printed(changed: Book) -> None:
    changed.ok("adopt", "inv", "INV-2026-0007")
    assert changed.ok("show", "INV-2026-0007", "--json").json["value"] == 7


@pytest.mark.parametrize("text", ["INV-2026-0008", "INV-2026-0099", "INV-2027-0001", "XX-2026-0003"])
def test_what_it_never_printed_it_does_not_take(changed: Book, text: str) -> None:
    error = changed.fails(6, "invalid_input", "adopt", "inv", text)
    assert "does not fit the pattern RE-{YYYY}-{number:5}" in error["message"]


def test_files_mix_old_and_new_texts(changed: Book) -> None:
    path = changed.file("number,date\n  INV-2026-0003 ,2026-01-05\nRE-2026-00009,2026-02-01\n", "all.csv")
    given = ("--input", path, "--column", "number", "--date-column", "date")
    (row,) = changed.ok("adopt", "inv", *given, "-o", "csv").csv
    assert (row["adopted"], row["unchanged"]) == ("2", "0")
    (row,) = changed.ok("adopt", "inv", *given, "-o", "csv").csv
    assert (row["adopted"], row["unchanged"]) == ("0", "2")
    assert "INV-2026-0003" in changed.texts()


def test_one_integer_under_two_texts_stands_twice(changed: Book) -> None:
    path = changed.file("INV-2026-0003\nRE-2026-00003\n", "all.txt")
    error = changed.fails(6, "invalid_input", "adopt", "inv", "--input", path)
    assert "has the same value as 'INV-2026-0003' in line 1" in error["message"]


def test_a_date_of_another_period_is_no_date_of_the_number(changed: Book) -> None:
    changed.fails(6, "invalid_input", "adopt", "inv", "INV-2026-0003", "--date", "2025-12-31")


def test_a_number_from_before_a_limit_was_set(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "X{number}", "--manual")
    book.next("x", "-n", "9")
    book.ok("release", "X8", "--reason", "x")
    book.ok("release", "X9", "--reason", "x")
    book.ok("sequence", "edit", "x", "--end", "7")
    book.ok("adopt", "x", "X8")
    assert "lies beyond the last one" in book.fails(6, "invalid_input", "adopt", "x", "X10")["message"]


def test_two_periods_are_told_apart(book: Book) -> None:
    book.ok(
        *("sequence", "add", "x", "--reset", "year", "--unique", "period", "--pattern", "N{number}"),
        "--manual",
    )
    for year in (2025, 2026):
        book.next("x", "-n", "2", "--date", f"{year}-03-01")
        book.ok("release", "N1", "--period", year, "--reason", "x")
    assert "names 2 numbers" in book.fails(6, "invalid_input", "adopt", "x", "N1")["message"]
    book.ok("adopt", "x", "N1", "--period", "2025")
    book.ok("adopt", "x", "N1", "--date", "2026-03-01")
    assert [number["period"] for number in book.numbers()] == ["2025", "2026", "2025", "2026"]


def test_a_text_that_both_patterns_read_goes_to_whom_it_was_given(book: Book) -> None:
    """2005 is the 2005th number by the first pattern, and the fifth by the second."""
    book.ok("sequence", "add", "x", "--start", "3", "--pattern", "{number}", "--manual")
    book.ok("sequence", "set-next", "x", "2003", "--reason", "x")
    book.next("x", "-n", "4")
    book.ok("release", "2005", "--reason", "x")
    book.ok("sequence", "edit", "x", "--pattern", "2{number:3}")
    book.ok("adopt", "x", "2005")
    assert book.ok("show", "2005", "--json").json["value"] == 2005
    book.ok("adopt", "x", "2900", "--yes")
    assert book.ok("show", "2900", "--json").json["value"] == 900
