"""What random histories of ranges found, each with its right values."""

import pytest

from seqctl.model.time.instant import later
from seqctl.process import Clock
from tests.book import Book

TWO = """
[sequences.f]
pattern = "F{number}"
reset = "range"
[ranges.A]
sequence = "f"
first = 1
last = 3
valid_until = 2026-06-30
[ranges.B]
sequence = "f"
first = 11
last = 20
valid_until = 2026-12-31
"""
WHY = ("--reason", "so it is")
DAY = ("--date", "2026-05-05")


def sound(book: Book) -> None:
    assert book.ok("audit", "verify").status == 0
    codes = {item["code"] for item in book.run("check", "--json").json}
    assert codes <= {"range_missing", "range_blank", "unexplained_gap"}


def standing(book: Book, name: str) -> tuple[int, int, str]:
    row = book.ok("range", "show", name, "--json").json
    return row["used"], row["left"], row["state"]


def test_a_batch_out_of_two_ranges_is_one_request_of_its_key(book: Book) -> None:
    book.load(TWO)
    assert book.next("f", "-n", "4", "--key", "k", *DAY) == ["F1", "F2", "F3", "F11"]
    sound(book)
    book.ok("release", "F2", *WHY)
    book.ok("reinstate", "F2", *WHY)
    assert book.next("f", "-n", "4", "--key", "k", *DAY) == ["F1", "F2", "F3", "F11"]
    book.ok("release", "F1", "F2", "F3", "F11", *WHY)
    assert book.next("f", "--key", "k", *DAY) == ["F1"]
    book.fails(5, "key_reused", "reinstate", "F2", *WHY)
    sound(book)


def test_what_a_batch_takes_from_a_further_range_may_have_been_reserved(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.load(TWO)
    book.ok("reserve", "f", "-n", "4", *DAY, "--ttl", "1s")
    tomorrow = later(Clock().now(), 86_400)
    monkeypatch.setattr(Clock, "now", lambda self: tomorrow)
    texts = ["F1", "F2", "F3", "F11", "F12"]
    assert book.ok("peek", "f", "-n", "5", *DAY).lines == texts
    assert book.next("f", "-n", "5", *DAY) == texts
    sound(book)


def test_one_run_is_taken_of_the_range_that_has_one_whatever_another_holds(book: Book) -> None:
    book.load(TWO.replace('reset = "range"', 'reset = "range"\ndate_order = "refuse"', 1))
    book.ok("next", "f", "-n", "2", "--date", "2026-06-01")
    book.fails(5, "date_order", "next", "f", *DAY)
    assert book.next("f", "-n", "2", "--contiguous", *DAY) == ["F11", "F12"]


def test_an_unused_range_may_be_annulled_and_opened_again(book: Book) -> None:
    book.load(TWO)
    book.ok("range", "annul", "A", *WHY, "--yes")
    book.ok("gaps", "review", "f", "F2", *WHY)
    sound(book)
    book.ok("range", "reopen", "A", *WHY)
    book.ok("range", "annul", "B", *WHY, "--yes")
    book.ok("range", "reopen", "B", *WHY)
    sound(book)
    assert book.next("f", "-n", "2", *DAY) == ["F3", "F11"]
    sound(book)


def test_a_reservation_that_ended_is_left_to_a_range_again(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.load(TWO)
    book.ok("reserve", "f", "-n", "3", *DAY, "--ttl", "1s")
    assert standing(book, "A")[:2] == (3, 0)
    tomorrow = later(Clock().now(), 86_400)
    monkeypatch.setattr(Clock, "now", lambda self: tomorrow)
    assert standing(book, "A")[:2] == (0, 3)


def test_a_last_number_that_was_lowered_leaves_nothing_behind_it(book: Book) -> None:
    book.load(TWO)
    book.ok("next", "f", "-n", "3", *DAY)
    book.ok("release", "F2", "F3", *WHY)
    book.ok("range", "edit", "A", "--last", "2")
    assert standing(book, "A")[:2] == (1, 1)
    error = book.fails(5, "exhausted", "reinstate", "F3", *WHY)
    assert "first: seqctl range edit A --last 3" in error["hint"]
    book.ok("range", "edit", "A", "--last", "3")
    book.ok("reinstate", "F3", *WHY)
    sound(book)


def test_nothing_comes_back_into_an_annulled_range(book: Book) -> None:
    book.load(TWO)
    book.ok("sequence", "edit", "f", "--manual")
    book.ok("next", "f", *DAY)
    book.ok("range", "annul", "A", *WHY, "--yes")
    book.ok("release", "F1", *WHY)
    book.fails(5, "blocked", "reinstate", "F1", *WHY)
    book.ok("gaps", "review", "f", "F1", *WHY)
    book.ok("import", "-", input='[ranges.C]\nsequence = "f"\nfirst = 1\nlast = 3\n')
    # The text is of the new range by now, and still to come there.
    book.fails(5, "no_range", "reinstate", "F1", *WHY, "--period", "A")
    book.fails(6, "invalid_input", "adopt", "f", "F1", "--period", "A")
    assert book.next("f", "--range", "C", *DAY) == ["F1"]
    book.fails(6, "collision", "range", "reopen", "A", *WHY)
    sound(book)


def test_a_range_that_gets_its_end_back_is_held_against_all_that_it_had(book: Book) -> None:
    book.load(
        '[sequences.f]\npattern = "F{number}"\nreset = "range"\n[ranges.A]\nsequence = "f"\nfirst = 1\n'
    )
    book.ok("next", "f", "-n", "3")
    book.ok("range", "annul", "A", *WHY, "--yes")
    book.ok("import", "-", input='[ranges.B]\nsequence = "f"\nfirst = 4\nlast = 9\n')
    book.fails(6, "collision", "range", "reopen", "A", *WHY)
