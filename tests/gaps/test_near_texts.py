"""A text that is off by case, blanks or leading zeros gets the number that was meant as a hint."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.pattern.near_text import near_texts
from tests.book import Book


@pytest.fixture
def known(book: Book) -> Book:
    book.ok("sequence", "add", "inv", "--pattern", "INV-{YYYY}-{number:4}", "--reset", "year")
    book.next("inv", "-n", "9", "--date", "2026-01-05")
    book.ok("release", "INV-2026-0008", "--reason", "x")
    book.ok("sequence", "add", "till", "--pattern", "{till} No. {number}", "--scope", "till")
    book.next("till", "--attr", "till=Ost 1")
    return book


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("inv-2026-7", "INV-2026-0007"),
        (" INV-2026-0007 ", "INV-2026-0007"),
        ("INV - 2026 - 7", "INV-2026-0007"),
        ("INV-2026-000007", "INV-2026-0007"),
        ("inv-2026-8", "INV-2026-0008"),
        ("OST1 no. 1", "Ost 1 No. 1"),
        ("ost 1 no.01", "Ost 1 No. 1"),
    ],
)
def test_the_number_that_was_meant(known: Book, given: str, meant: str) -> None:
    error = known.fails(4, "not_found", "show", given)
    assert error["hint"].startswith(f"did you mean {meant}? see: seqctl show ")
    assert meant in known.fails(4, "not_found", "void", given, "--reason", "x")["hint"]


@pytest.mark.parametrize("given", ["inv-2026-99", "inv-2027-1", "inv-26-7", "INV-2026", "", "west no. 1"])
def test_what_is_near_nothing(known: Book, given: str) -> None:
    assert known.fails(4, "not_found", "show", given)["hint"] == "see: seqctl numbers"


def test_an_integer_alone_is_told_that_it_needs_a_sequence(known: Book) -> None:
    hint = known.fails(4, "not_found", "show", "7")["hint"]
    assert hint == "a counter value needs its sequence: seqctl show 7 --sequence inv"


def test_a_former_text_is_near_as_well(known: Book) -> None:
    known.ok("sequence", "edit", "inv", "--pattern", "RE-{YYYY}-{number:5}")
    assert "INV-2026-0008" in known.fails(4, "not_found", "show", "inv-2026-8")["hint"]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.text(max_size=300),
    st.sampled_from(["{a}-{b}-{number}", "{number:3}{a}", "A{YYYY}-{number}", "{a} {a} {number}"]),
)
def test_any_text_is_answered_at_once(text: str, pattern: str) -> None:
    assert len(list(near_texts(compile_pattern(pattern, False), text, {}))) <= 1


class TestIntegers:
    def test_where_is_number_7(self, known: Book) -> None:
        found = known.ok("show", "7", "--sequence", "inv", "--period", "2026", "--json").json
        assert (found["number"], found["state"]) == ("INV-2026-0007", "issued")
        found = known.ok("show", "8", "--sequence", "inv", "--period", "2026", "--json").json
        assert (found["number"], found["state"], found["never_printed"]) == (
            "INV-2026-0008",
            "reusable",
            False,
        )
        for value, period in (("10", "2026"), ("744", "2026"), ("1", "2027")):
            found = known.ok("show", value, "--sequence", "inv", "--period", period, "--json").json
            assert (found["value"], found["state"], found["never_printed"]) == (int(value), "unissued", True)
        assert found["number"] == "INV-2027-0001"

    def test_with_a_scope(self, known: Book) -> None:
        found = known.ok("show", "1", "--sequence", "till", "--scope", "till=Ost 1", "--json").json
        assert (found["number"], found["state"]) == ("Ost 1 No. 1", "issued")
        assert "till" in known.fails(2, "usage", "show", "1", "--sequence", "till")["message"]
        known.fails(2, "usage", "show", "1", "--sequence", "till", "--scope", "shop=1")

    def test_what_is_not_said_or_cannot_be(self, known: Book) -> None:
        error = known.fails(2, "usage", "show", "7", "--sequence", "inv")
        assert "which period" in error["message"]
        known.fails(2, "usage", "show", "7", "--sequence", "inv", "--period", "2026-05")
        known.fails(4, "not_found", "show", "7", "--sequence", "nowhere")
        known.ok("sequence", "add", "step", "--step", "10", "--start", "5", "--pattern", "S{number}")
        assert "step is 10" in known.fails(2, "usage", "show", "7", "--sequence", "step")["message"]

    def test_letters(self, book: Book) -> None:
        book.ok("sequence", "add", "l", "--kind", "alpha", "--pattern", "L-{number}")
        book.next("l", "-n", "30")
        assert book.ok("show", "ab", "--sequence", "l", "--json").json["number"] == "L-ab"

    def test_a_text_and_an_integer_that_differ(self, book: Book) -> None:
        book.ok("sequence", "add", "x", "--pattern", "2{number:3}")
        book.next("x", "-n", "5")
        assert book.ok("show", "2005", "--sequence", "x", "--json").json["value"] == 5
        book.ok("release", "2004", "--reason", "x")
        assert book.ok("show", "2004", "--sequence", "x", "--json").json["value"] == 4
        assert book.ok("show", "4", "--sequence", "x", "--json").json["number"] == "2004"


def test_owners_and_note_are_shown(book: Book) -> None:
    book.ok("sequence", "add", "de", "--document-type", "invoice", "--pattern", "DE{number}")
    book.ok("set", "add", "German", "invoice=de")
    book.ok("set", "assign", "German", "company:DE")
    book.next("invoice", "--for", "account:ACME", "--for", "company:DE")
    found = book.ok("show", "DE1", "--json").json
    assert (found["owners"], found["note"], found["earlier_numbers"]) == (
        ["account:ACME", "company:DE"],
        None,
        [],
    )
    book.next("de")
    assert book.ok("show", "DE2", "--json").json["owners"] == []
