"""`show`: where is number 744? Every integer of every counter has an answer, with all that happened to it."""

import json
from typing import Any

import pytest

from tests.book import Book
from tests.gaps.conftest import PAST, LetExpire, Lose


def shown(book: Book, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = book.ok("show", *words, "--json").json
    return found


def story(found: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The actions of its events with their reasons."""
    return [(event["action"], event["detail"].get("reason")) for event in found["events"]]


def test_every_integer_of_a_counter_has_a_state(ten: Book, lose: Lose) -> None:
    lose(1, 1)
    ten.ok("gaps", "block", "invoice", "4", "--reason", "torn up")
    ten.ok("gaps", "review", "invoice", "5", "--reason", "asked the branch")
    ten.ok("void", "INV-00006", "--reason", "wrong customer")
    expected = ["missing", "issued", "issued", "blocked", "review", "void", "issued", "reusable", "issued"]
    expected += ["issued", "unissued", "unissued"]
    texts = [f"INV-{value:05}" for value in range(1, 13)]
    assert [shown(ten, text)["state"] for text in texts] == expected
    for gap in ten.ok("gaps", "--json").json:
        found = shown(ten, gap["first_number"])
        assert {name: found[name] for name in ("state", "reason", "actor", "since")} == {
            name: gap[name] for name in ("state", "reason", "actor", "since")
        }


def test_a_freed_number_keeps_the_names_of_a_held_one(ten: Book) -> None:
    held, freed = shown(ten, "INV-00001"), shown(ten, "INV-00004")
    assert [name for name in freed if name != "since"] == list(held)
    assert (freed["number"], freed["value"], freed["sequence"], freed["scope"]) == (
        *("INV-00004", 4, "invoice"),
        {},
    )
    assert (freed["date"], freed["record"], freed["issued_at"], freed["reused"]) == (None, None, None, False)
    assert story(freed) == [("issue", None), ("release", "never sent")]


def test_all_lives_of_a_number_are_told(ten: Book) -> None:
    ten.ok("gaps", "block", "invoice", "4", "--reason", "by hand")
    ten.ok("gaps", "review", "invoice", "4", "--reason", "by mistake")
    ten.ok("gaps", "restore", "invoice", "4", "--reason", "it was not")
    ten.next("invoice", "--date", "2026-02-01")
    ten.ok("void", "INV-00004", "--reason", "wrong customer")
    found = shown(ten, "INV-00004")
    assert story(found) == [
        *(("issue", None), ("release", "never sent"), ("block", "by hand"), ("review", "by mistake")),
        *(("restore", "it was not"), ("issue", None), ("void", "wrong customer")),
    ]
    assert (found["state"], found["date"], found["reason"]) == ("void", "2026-02-01", "wrong customer")


def test_the_reason_of_an_earlier_life_is_not_that_of_the_present_one(ten: Book) -> None:
    ten.next("invoice")
    found = shown(ten, "INV-00004")
    assert (found["state"], found["reason"], found["reused"]) == ("issued", None, True)
    assert found["issued_at"] == found["events"][-1]["at"]


def test_events_whose_range_spans_a_number_that_they_do_not_concern(ten: Book) -> None:
    ten.ok("gaps", "block", "invoice", "4", "8", "--reason", "x")
    ten.ok("void", "INV-00001", "INV-00010", "--reason", "x")
    assert story(shown(ten, "INV-00003")) == [("issue", None)]
    assert story(shown(ten, "INV-00007")) == [("issue", None)]
    assert [action for action, _ in story(shown(ten, "INV-00005"))] == ["issue", "release"]
    assert [action for action, _ in story(shown(ten, "INV-00008"))] == ["issue", "release", "block"]
    assert [action for action, _ in story(shown(ten, "INV-00010"))] == ["issue", "void"]


def test_a_reservation_past_its_deadline(book: Book, let_expire: LetExpire) -> None:
    book.ok("sequence", "add", "g", "--pattern", "G{number}")
    book.ok("sequence", "add", "s", "--pattern", "S{number}", "--mode", "standard")
    for name in ("g", "s"):
        book.ok("reserve", name, "-n", "2")
    let_expire(1)
    for text, state in (("G1", "reusable"), ("S1", "missing")):
        found = shown(book, text)
        assert (found["state"], found["reason"]) == (state, "reservation expired")
        assert found["since"] == found["expires_at"] == PAST
    assert shown(book, "G2")["state"] == "reserved"
    book.ok("expire")
    assert story(shown(book, "S1")) == [("reserve", None), ("expire", None)]
    assert shown(book, "S1")["reason"] == "reservation expired"


def test_before_the_first_and_not_yet_given_out(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "X{number}")
    assert shown(book, "X7")["state"] == "unissued"
    book.ok("sequence", "set-next", "x", "500", "--reason", "migrated")
    assert shown(book, "X499")["state"] == "before_first"
    assert shown(book, "X499")["reason"] == "migrated"
    assert shown(book, "X500")["state"] == "unissued"
    book.next("x")
    assert shown(book, "X500")["state"] == "issued"
    book.ok("sequence", "set-next", "x", "600", "--reason", "a new block")
    found = shown(book, "X599")
    assert (found["state"], found["reason"], story(found)) == (
        *("blocked", "a new block"),
        [("set-next", "a new block")],
    )


def test_periods_and_scopes(monthly: Book) -> None:
    monthly.ok("release", "DE-2026-01-002", "--reason", "x")
    assert shown(monthly, "DE-2026-01-002")["state"] == "reusable"
    found = shown(monthly, "FR-2026-02-001")
    assert (found["state"], found["period"], found["scope"]) == ("unissued", "2026-02", {"entity": "FR"})
    monthly.fails(4, "not_found", "show", "DE-2026-13-001")
    monthly.fails(4, "not_found", "show", "DE-2026-01-002", "--period", "2026-02")
    monthly.fails(4, "not_found", "show", "DE-2026-01-002", "--sequence", "other")
    monthly.fails(4, "not_found", "show", "DE-2026-01-002", "--type", "other")
    assert shown(monthly, "DE-2026-01-002", "--sequence", "m", "--type", "M", "--period", "2026-01")


def test_a_text_that_no_sequence_prints(ten: Book) -> None:
    ten.fails(4, "not_found", "show", "INV-4")
    ten.fails(4, "not_found", "show", "")
    ten.fails(4, "not_found", "show", "é\t[red]")


def test_numbers_with_tokens_as_the_list_of_gaps_shows_them(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{letter}{YYYY}-{MM}-{number:3}", "--reset", "year")
    book.next("x", "-n", "4", "--date", "2026-05-04", "--attr", "letter=A")
    book.ok("release", "A2026-05-002", "--reason", "x")
    found = shown(book, "{letter}2026-{MM}-002")
    assert (found["state"], found["value"], found["period"]) == ("reusable", 2, "2026")
    assert shown(book, "A2026-05-002")["state"] == "reusable"


def test_an_integer_that_is_held_under_another_text(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{letter}{number}")
    book.next("x", "--attr", "letter=A")
    error = book.fails(4, "not_found", "show", "B1")
    assert "held as A1" in error["message"]
    assert error["hint"] == "see: seqctl show A1"


class TestAnEarlierPattern:
    @pytest.fixture
    def renamed(self, invoices: Book) -> Book:
        invoices.next("invoice", "-n", "3")
        invoices.ok("release", "INV-00001", "INV-00002", "--reason", "never sent")
        invoices.ok("sequence", "edit", "invoice", "--pattern", "R-{number:3}")
        return invoices

    def test_a_freed_number_is_found_by_the_text_that_it_had(self, renamed: Book) -> None:
        found = shown(renamed, "INV-00002")
        assert (found["number"], found["state"], found["value"]) == ("INV-00002", "reusable", 2)
        assert shown(renamed, "R-002")["state"] == "reusable"

    def test_one_that_went_out_again_leads_to_its_present_text(self, renamed: Book) -> None:
        renamed.next("invoice")
        found = shown(renamed, "INV-00001")
        assert (found["number"], found["earlier_numbers"], found["state"]) == (
            "R-001",
            ["INV-00001"],
            "issued",
        )
        assert [action for action, _ in story(shown(renamed, "R-001"))] == ["issue", "release", "issue"]
        assert "held as INV-00003" in renamed.fails(4, "not_found", "show", "R-003")["message"]


class TestSeveralSequences:
    @pytest.fixture
    def two(self, book: Book) -> Book:
        """Two sequences that print bare integers: a came to 5, and 3 was freed; b came to 2."""
        for name, count in (("a", 5), ("b", 2)):
            book.ok("sequence", "add", name)
            book.next(name, "-n", count)
        book.ok("release", "3", "--reason", "x")
        return book

    def test_a_gap_is_told_rather_than_a_number_to_come(self, two: Book) -> None:
        found = shown(two, "3")
        assert (found["sequence"], found["state"]) == ("a", "reusable")
        assert shown(two, "3", "--sequence", "b")["state"] == "unissued"

    def test_two_numbers_to_come_are_told_apart_by_options(self, two: Book) -> None:
        assert "'a'" in two.fails(5, "ambiguous_number", "show", "9")["message"]
        assert shown(two, "9", "--type", "b")["sequence"] == "b"

    def test_periods_that_the_number_does_not_show(self, book: Book, lose: Lose) -> None:
        book.ok("sequence", "add", "x", "--reset", "year", "--unique", "period", "--pattern", "X{number}")
        for year in (2025, 2026):
            book.next("x", "-n", "3", "--date", f"{year}-05-04")
        lose(1, 2)
        lose(2, 2)
        book.fails(5, "ambiguous_number", "show", "X2")
        found = shown(book, "X2", "--period", "2026")
        assert (found["state"], found["period"]) == ("missing", "2026")
        assert shown(book, "X4", "--period", "2025")["state"] == "unissued"


def test_a_number_of_a_batch_that_assign_gave(book: Book) -> None:
    book.ok("sequence", "add", "bill")
    path = book.file("id,amount\n1,5\n2,6\n", "records.csv")
    book.ok("assign", "bill", "--input", path)
    book.ok("release", "2", "--reason", "x")
    assert [action for action, _ in story(shown(book, "2"))] == ["assign", "release"]


def test_people_see_the_reasons_of_the_events(ten: Book) -> None:
    rows = {row["field"]: row["value"] for row in ten.ok("show", "INV-00004").rows}
    assert rows["state"] == "reusable"
    assert rows["event 4"].endswith("Ines: release (never sent)")
    assert json.loads(ten.ok("show", "INV-00004", "-o", "jsonl").out)["state"] == "reusable"
