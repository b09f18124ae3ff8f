"""The last numbers of a range: blocked with a reason, by `gaps block` or `set-next`, and proved."""

import shlex
from typing import Any

import pytest

from tests.book import Book, Result
from tests.gaps.conftest import runs

RANGE = """
[sequences.invoice]
pattern = "INV-{number:3}"
end = 20
[sequences.by3]
pattern = "S{number}"
start = 10
step = 3
end = 30
[sequences.narrow]
pattern = "N{number:2}"
max_width = 2
[sequences.letters]
kind = "alpha"
pattern = "L{number:2}"
[sequences.yearly]
pattern = "{YYYY}/{branch}/{number}"
reset = "year"
scope = ["branch"]
end = 9
"""


@pytest.fixture
def ranges(book: Book) -> Book:
    book.load(RANGE)
    return book


def block(book: Book, *words: str) -> list[tuple[str, str, str]]:
    return runs(book.ok("gaps", "block", *words, "--reason", "range given back", "--json"))


def proved(book: Book, *words: str) -> dict[str, Any]:
    """The one counter of a statement: it accounts for every integer."""
    row: dict[str, Any]
    (row,) = book.ok("statement", *words, "--json").json
    assert row["proved"] is True, row
    return row


def sound(book: Book) -> None:
    """Nothing is wrong with the book; that a range is used up is no fault of it."""
    assert {finding["code"] for finding in book("check", "--json").json} <= {"near_end"}
    assert book.ok("audit", "verify").status == 0


def test_what_is_left_of_a_range_is_blocked_and_the_statement_is_proved(ranges: Book) -> None:
    ranges.next("invoice", "-n", "15")
    assert block(ranges, "invoice", "INV-016..INV-020") == [("INV-016", "INV-020", "blocked")]
    row = proved(ranges, "invoice")
    assert (row["issued"], row["blocked"], row["total"]) == (15, 5, 20)
    ranges.fails(5, "exhausted", "next", "invoice")
    shown = ranges.ok("show", "INV-018", "--json").json
    assert (shown["state"], shown["reason"]) == ("blocked", "range given back")
    sound(ranges)


def test_set_next_to_one_past_the_end_does_the_same(ranges: Book) -> None:
    ranges.next("invoice", "-n", "15")
    moved = ranges.ok("sequence", "set-next", "invoice", "21", "--reason", "given back", "--json").json
    assert (moved["before"], moved["next"], moved["blocked"]) == ("016", "exhausted", 5)
    assert (proved(ranges, "invoice")["blocked"], runs(ranges.ok("gaps", "--json"))) == (
        5,
        [("INV-016", "INV-020", "blocked")],
    )
    ranges.fails(5, "exhausted", "next", "invoice")
    ranges.ok("sequence", "set-next", "invoice", "18", "--reason", "found three forms")
    assert ranges.next("invoice") == ["INV-018"]
    sound(ranges)


@pytest.mark.parametrize(
    ("name", "past", "beyond", "last"),
    [("by3", "31", "34", "S28"), ("narrow", "100", "101", "N99"), ("letters", "exhausted", "aaa", "Lzz")],
)
def test_one_past_the_end_by_steps_widths_and_letters(
    ranges: Book, name: str, past: str, beyond: str, last: str
) -> None:
    ranges.next(name)
    ranges.fails(2, "usage", "sequence", "set-next", name, beyond, "--reason", "x")
    assert (
        ranges.ok("sequence", "set-next", name, past, "--reason", "x", "--json").json["next"] == "exhausted"
    )
    assert ranges.ok("gaps", name, "--json").json[0]["last_number"] == last
    ranges.fails(5, "exhausted", "next", name)
    proved(ranges, name)
    sound(ranges)


def test_a_run_that_begins_at_the_next_number_is_passed_over_in_the_middle_too(ranges: Book) -> None:
    ranges.next("invoice", "-n", "3")
    assert block(ranges, "invoice", "4..6") == [("INV-004", "INV-006", "blocked")]
    assert ranges.next("invoice") == ["INV-007"]
    events = ranges.ok("audit", "list", "--action", "set-next", "--json").json
    assert [(item["first"], item["last"]) for item in events] == [(4, 6)]
    sound(ranges)


def test_gaps_and_the_next_numbers_in_one_request(ranges: Book) -> None:
    numbers = ranges.next("invoice", "-n", "8")
    ranges.ok("release", numbers[2], *numbers[6:], "--reason", "never sent")
    words = ("invoice", "3", "7..10")
    assert block(ranges, *words, "--dry-run") == block(ranges, *words)
    assert runs(ranges.ok("gaps", "--json")) == [
        ("INV-003", "INV-003", "blocked"),
        ("INV-007", "INV-008", "blocked"),
        ("INV-009", "INV-010", "blocked"),
    ]
    assert ranges.next("invoice") == ["INV-011"]
    sound(ranges)


def test_one_counter_alone_moves(ranges: Book) -> None:
    ranges.next("yearly", "--attr", "branch=A", "--date", "2026-05-04")
    ranges.next("yearly", "--attr", "branch=B", "--date", "2026-05-04")
    block(ranges, "yearly", "2..9", "--period", "2026", "--scope", "branch=A")
    ranges.fails(5, "exhausted", "next", "yearly", "--attr", "branch=A", "--date", "2026-05-04")
    assert ranges.next("yearly", "--attr", "branch=B", "--date", "2026-05-04") == ["2026/B/2"]
    sound(ranges)


def obeyed(book: Book, hint: str) -> Result:
    """Run the command of a hint as it stands."""
    command = hint[hint.index("seqctl ") :].replace("TEXT", "because")
    return book.ok(*shlex.split(command)[1:])


@pytest.mark.parametrize("words", [("16..20",), ("INV-008..INV-009",), ("INV-010",)])
def test_beyond_the_next_number_the_hint_is_a_command_that_works(ranges: Book, words: tuple[str]) -> None:
    ranges.next("invoice", "-n", "5")
    error = ranges.fails(5, "not_reached", "gaps", "block", "invoice", *words, "--reason", "x")
    obeyed(ranges, error["hint"])
    last = words[0].rpartition("..")[2].removeprefix("INV-")
    assert runs(ranges.ok("gaps", "--json")) == [("INV-006", f"INV-{last:>03}", "blocked")]


def test_behind_the_end_there_is_nothing_to_block(ranges: Book) -> None:
    ranges.next("invoice", "-n", "5")
    error = ranges.fails(5, "not_reached", "gaps", "block", "invoice", "6..21", "--reason", "x")
    assert "ends at INV-020" in error["message"]
    obeyed(ranges, error["hint"])
    assert proved(ranges, "invoice")["blocked"] == 15
    error = ranges.fails(5, "not_reached", "gaps", "block", "invoice", "21", "--reason", "x")
    assert "set-next" not in error["hint"] and "gaps block" not in error["hint"]


def test_an_unused_counter_is_given_its_first_value_instead(ranges: Book) -> None:
    words = ("yearly", "2026/A/1..2026/A/4")
    error = ranges.fails(5, "not_reached", "gaps", "block", *words, "--reason", "x")
    obeyed(ranges, error["hint"])
    assert ranges.next("yearly", "--attr", "branch=A", "--date", "2026-05-04") == ["2026/A/5"]
    error = ranges.fails(5, "not_reached", "gaps", "block", "invoice", "1..20", "--reason", "x")
    obeyed(ranges, error["hint"])
    ranges.fails(5, "exhausted", "next", "invoice")
    sound(ranges)


@pytest.mark.parametrize("action", ["restore", "review"])
def test_only_block_passes_over_numbers(ranges: Book, action: str) -> None:
    ranges.next("invoice")
    error = ranges.fails(5, "not_reached", "gaps", action, "invoice", "2..4", "--reason", "x")
    assert "seqctl" not in error["hint"]
    assert ranges.next("invoice") == ["INV-002"]
