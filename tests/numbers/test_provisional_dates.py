"""The date of a reservation is provisional: it counts for the order of dates when it is confirmed."""

import pytest

from tests.book import Book


@pytest.fixture
def till(book: Book) -> Book:
    """A till that keeps its numbers in the order of dates, and has reserved five of them on 2 March."""
    book.ok(
        "sequence", "add", "t", "--pattern", "{till}-{number:4}", "--scope", "till", "--date-order", "refuse"
    )
    book.ok(
        *("reserve", "t", "--attr", "till=A", "-n", "5", "--ttl", "30d", "--contiguous"),
        *("--date", "2026-03-02"),
    )
    return book


def test_a_till_confirms_its_block_day_by_day(till: Book) -> None:
    till.ok("confirm", "A-0001", "--date", "2026-03-02")
    till.ok("confirm", "A-0002", "--date", "2026-03-03")
    till.ok("confirm", "A-0005", "--date", "2026-03-05")
    error = till.fails(5, "date_order", "confirm", "A-0004", "--date", "2026-03-06")
    assert "the number after it, A-0005, is dated 2026-03-05" in error["message"]
    assert error["hint"] == "the days from 2026-03-03 to 2026-03-05 fit: give one of them with --date"
    till.ok("confirm", "A-0004", "--date", "2026-03-04")
    till.ok("confirm", "A-0003", "--date", "2026-03-03")
    assert [number["date"][-2:] for number in till.numbers()] == ["02", "03", "03", "04", "05"]
    till.ok("check")


def test_without_a_date_it_is_that_of_the_reservation_or_a_refusal(till: Book) -> None:
    till.ok("confirm", "A-0001")
    assert till.numbers()[0]["date"] == "2026-03-02"
    till.ok("confirm", "A-0003", "--date", "2026-03-04")
    till.ok("confirm", "A-0002")
    error = till.fails(5, "date_order", "confirm", "A-0004")
    assert error["hint"] == "the days from 2026-03-04 on fit: give one of them with --date"
    assert till.numbers()[3]["state"] == "reserved"


def test_the_numbers_of_one_call_stand_in_each_others_way(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "refuse")
    book.ok("reserve", "x", "--date", "2026-03-05")
    # A reservation does not count, so that this one may have an earlier date.
    book.ok("reserve", "x", "--date", "2026-03-02")
    assert "1, is dated 2026-03-05" in book.fails(5, "date_order", "confirm", "2", "1")["message"]
    assert [number["state"] for number in book.numbers()] == ["reserved", "reserved"]
    book.ok("confirm", "2", "1", "--date", "2026-03-02")


def test_a_reservation_does_not_keep_earlier_dates_out(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "refuse")
    book.next("x", "--date", "2026-01-05")
    book.ok("reserve", "x", "--date", "2026-12-31")
    assert book.next("x", "--date", "2026-01-06") == ["3"]
    error = book.fails(5, "date_order", "confirm", "2")
    assert error["hint"] == "the days from 2026-01-05 to 2026-01-06 fit: give one of them with --date"
    book.ok("confirm", "2", "--date", "2026-01-06")
    book.ok("audit", "verify")
    book.ok("check")


def test_numbers_without_a_date_are_passed_over(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "refuse", "--manual")
    book.ok("adopt", "x", "1", "--date", "2026-01-05")
    book.ok("adopt", "x", "2")
    book.ok("reserve", "x", "--date", "2026-01-05")
    error = book.fails(5, "date_order", "confirm", "3", "--date", "2026-01-04")
    assert "the number before it, 1, is dated 2026-01-05" in error["message"]


def test_the_days_that_fit_are_those_that_the_number_shows(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{YYYY}{MM}-{number}", "--date-order", "refuse")
    book.ok("reserve", "x", "--date", "2026-01-20")
    book.ok("reserve", "x", "--date", "2026-01-20")
    book.next("x", "--date", "2026-01-08")
    assert (
        "the days from 2026-01-01 to 2026-01-08" in book.fails(5, "date_order", "confirm", "202601-1")["hint"]
    )
    book.ok("confirm", "202601-1", "--date", "2026-01-08")
    assert "only 2026-01-08 fits" in book.fails(5, "date_order", "confirm", "202601-2")["hint"]


def test_no_day_fits(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{YYYY}{MM}{DD}-{number}", "--date-order", "refuse")
    book.ok("reserve", "x", "--date", "2026-01-20")
    book.next("x", "--date", "2026-01-08")
    error = book.fails(5, "date_order", "confirm", "20260120-1")
    assert error["hint"] == "no day fits: give it back with: seqctl release 20260120-1, and take another"
    book.ok("release", "20260120-1")


def test_where_dates_are_only_watched_the_answer_names_what_is_in_the_way(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "warn")
    book.ok("reserve", "x", "--date", "2026-01-20")
    book.next("x", "--date", "2026-01-08")
    warned = book.warned("confirm", "1")
    assert "1 is dated 2026-01-20, out of order: the number after it, 2, is dated 2026-01-08" in warned.err


def test_a_provisional_date_in_a_closed_period_is_replaced(book: Book) -> None:
    book.ok("sequence", "add", "x")
    book.ok("reserve", "x", "--date", "2026-01-20")
    book.ok("sequence", "add", "y")
    book.next("y", "--date", "2026-01-20")
    book.ok("reserve", "y", "--date", "2026-02-20")
    book.ok("close", "y", "--through", "2026-01-31", "--reason", "filed")
    book.fails(5, "closed", "confirm", "2", "--date", "2026-01-31")
    book.ok("confirm", "2", "--date", "2026-02-01")
