"""Ranges, steps, letters and batches: what ends is refused, and a refusal consumes nothing."""

import pytest

from tests.book import Book


def exhausted(book: Book, *words: str) -> dict[str, str]:
    """The refusal of a request at the end of the range, after which the ledger is what it was."""
    before = book.texts()
    error = book.fails(5, "exhausted", "next", *words)
    assert book.texts() == before
    assert "nothing was issued" in error["message"]
    assert error["hint"]
    return error


def test_steps_end_where_the_next_one_would_pass_the_end(book: Book) -> None:
    book.ok("sequence", "add", "a", "--start", "1", "--end", "10", "--step", "7")
    assert book.next("a") + book.next("a") == ["1", "8"]
    assert "10" in exhausted(book, "a")["hint"]
    book.fails(5, "exhausted", "peek", "a")


def test_the_end_itself_is_given_out_and_a_raised_end_goes_on(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "2")
    assert book.next("a", "-n", "2") == ["1", "2"]
    exhausted(book, "a")
    book.ok("sequence", "edit", "a", "--end", "3")
    assert book.next("a") == ["3"]


def test_a_batch_is_all_or_nothing(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "5")
    book.next("a", "-n", "3")
    assert "2" in exhausted(book, "a", "-n", "3")["message"]
    assert book.next("a", "-n", "2") == ["4", "5"]


def test_letters_count_on_behind_z(book: Book) -> None:
    book.ok("sequence", "add", "a", "--kind", "alpha", "--start", "y")
    assert book.next("a", "-n", "4") == ["y", "z", "aa", "ab"]


def test_letters_of_a_width_run_from_aaa_to_zzz(book: Book) -> None:
    book.ok("sequence", "add", "a", "--kind", "alpha", "--pattern", "{number:3}")
    assert book.next("a", "-n", "3") == ["aaa", "aab", "aac"]
    assert book.numbers()[0]["value"] == 0
    book.ok("sequence", "set-next", "a", "zzy", "--reason", "near the end")
    assert book.next("a", "-n", "2") == ["zzy", "zzz"]
    exhausted(book, "a")


def test_letters_end_at_their_end(book: Book) -> None:
    book.ok("sequence", "add", "a", "--kind", "alpha", "--end", "c", "--step", "2")
    assert book.next("a", "-n", "2") == ["a", "c"]
    exhausted(book, "a")


def test_one_more_digit_than_the_width_is_fine_and_one_more_than_max_width_is_exhaustion(book: Book) -> None:
    book.ok("sequence", "add", "a", "--width", "2", "--start", "98")
    assert book.next("a", "-n", "3") == ["98", "99", "100"]
    book.ok("sequence", "add", "b", "--width", "2", "--start", "98", "--max-width", "2")
    assert book.next("b", "-n", "2") == ["98", "99"]
    exhausted(book, "b")


def test_one_more_character_than_max_length_is_exhaustion(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "INV-{number}", "--start", "9", "--max-length", "5")
    assert book.next("a") == ["INV-9"]
    exhausted(book, "a")


def test_the_largest_number_that_the_book_can_store_is_the_last(book: Book) -> None:
    last = str(2**63 - 1)
    book.ok("sequence", "add", "a", "--start", last)
    assert book.next("a") == [last]
    assert book.numbers()[0]["value"] == 2**63 - 1
    exhausted(book, "a")


def test_each_period_has_the_whole_range(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{YYYY}-{number}", "--reset", "year", "--end", "1")
    assert book.next("a", "--date", "2024-01-01") == ["2024-1"]
    assert "2024" in exhausted(book, "a", "--date", "2024-01-02")["message"]
    assert book.next("a", "--date", "2025-01-01") == ["2025-1"]


def test_a_batch_prints_one_number_a_line_in_order(invoices: Book) -> None:
    assert invoices.next("invoice", "-n", "1000") == [f"INV-{value:05}" for value in range(1, 1001)]
    assert invoices.next("invoice", "--count", "2", "--contiguous") == ["INV-01001", "INV-01002"]


def test_a_batch_shares_its_date_record_and_key(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3", "--date", "2026-05-04", "--record", "R", "--key", "K")
    shared = {(item["date"], item["record"], item["key"], item["issued_at"]) for item in invoices.numbers()}
    assert len(shared) == 1


@pytest.mark.parametrize(("warn_at", "silent"), [("80%", 3), ("2 left", 2), ("100%", 4), ("0 left", 4)])
def test_warn_at_warns_from_there_on_and_still_issues(book: Book, warn_at: str, silent: int) -> None:
    book.ok("sequence", "add", "a", "--end", "5", "--warn-at", warn_at)
    for value in range(1, silent + 1):
        assert book.next("a") == [str(value)]
    for value in range(silent + 1, 6):
        warned = book.warned("next", "a")
        assert warned.lines == [str(value)]
        assert f"{5 - value} number" in warned.err


def test_warn_at_warns_of_a_batch_that_reaches_it_and_for_each_period_anew(book: Book) -> None:
    words = ("--pattern", "{YYYY}-{number}", "--reset", "year", "--end", "4", "--warn-at", "50%")
    book.ok("sequence", "add", "a", *words)
    book.warned("next", "a", "-n", "2", "--date", "2024-01-01")
    book.ok("next", "a", "--date", "2025-01-01")


def test_warnings_do_not_disturb_json_on_stdout(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "1", "--warn-at", "1%")
    assert book.warned("next", "a", "--json").json["number"] == "1"


def test_one_number_left_is_said_in_the_singular(book: Book) -> None:
    book.ok("sequence", "add", "a", "--end", "2", "--warn-at", "1 left")
    assert "1 numbers" not in book.warned("next", "a").err


@pytest.mark.parametrize(
    "words",
    [
        ("--warn-at", "90%"),
        ("--warn-at", "90", "--end", "9"),
        ("--warn-at", "0%", "--end", "9"),
        ("--warn-at", "101%", "--end", "9"),
        ("--start", "5", "--end", "4"),
        ("--step", "0"),
        ("--start", "-1"),
        ("--start", "a"),
        ("--start", str(2**63)),
        ("--kind", "alpha", "--start", "1"),
        ("--kind", "alpha", "--pattern", "{number:3}", "--start", "ab"),
        ("--pattern", "no number"),
        ("--pattern", "{number}{number}"),
        ("--pattern", "{nmber}{"),
        ("--pattern", "{YYY}-{number}"),
        ("--pattern", "x" * 255 + "{number}"),
        ("--pattern", "a\nb{number}"),
        ("--pattern", "{number}", "--width", "5"),
        ("--max-width", "2", "--start", "100"),
        ("--max-length", "256"),
        ("--reservation-ttl", "soon"),
        ("--effective-from", "2026-02-30"),
        ("--effective-from", "2026-02-01", "--effective-until", "2026-01-31"),
        ("--timezone", "Mars/Olympus"),
        ("--calendar", "nowhere"),
        ("--reset", "fiscal-year", "--pattern", "{YYYY}{number}"),
        ("--scope", "entity"),
        ("--scope", "Entity", "--pattern", "{number}"),
        ("--pattern", "{a}{b}{number}"),
    ],
    ids=" ".join,
)
def test_a_definition_that_cannot_work_is_refused_when_it_is_saved(
    book: Book, words: tuple[str, ...]
) -> None:
    error = book.fails(6, "invalid_definition", "sequence", "add", "a", *words)
    assert "sequences.a" in error["message"] + "".join(error.get("problems", ()))
    assert book.ok("sequence", "list", "--json").json == []
