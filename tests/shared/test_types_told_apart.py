"""What is said of the type of a number also holds for numbers that nobody holds any more."""

import pytest

from tests.book import Book

DAY = ("--date", "2026-03-01")
CODED = """
[sequences.sales]
document_type = ["invoice", "credit_memo"]
type_codes = { invoice = "FA", credit_memo = "AV" }
pattern = "{type}-{number:3}"
manual = true
"""
PLAIN = """
[sequences.notes]
document_type = ["debit_memo", "refund"]
pattern = "{number}/{YYYY}"
reset = "year"
"""


@pytest.fixture
def coded(book: Book) -> Book:
    """Invoices and credit memos on one counter, whose texts show the type. FA-001 was released."""
    book.load(CODED)
    assert book.next("invoice", *DAY) == ["FA-001"]
    book.ok("release", "FA-001", "--reason", "never sent")
    return book


@pytest.fixture
def plain(book: Book) -> Book:
    """Debit memos and refunds whose texts do not show the type. 1/2026 was both, and was released twice."""
    book.load(PLAIN)
    for document_type, record in (("debit_memo", "D-7"), ("refund", "R-9")):
        assert book.next(document_type, *DAY, "--record", record) == ["1/2026"]
        book.ok("release", "1/2026", "--reason", "never sent")
    return book


def sound(book: Book) -> None:
    """Nothing is wrong with the book or its log."""
    assert book.ok("check", "--json").json == []
    assert book.ok("audit", "verify").err == ""


@pytest.mark.parametrize("words", [("void", "--reason", "x"), ("confirm",), ("release",)])
def test_a_number_of_another_type_was_never_freed(coded: Book, words: tuple[str, ...]) -> None:
    action, *options = words
    coded.fails(5, "already_released", action, "FA-001", "--type", "invoice", *options)
    coded.fails(4, "not_found", action, "FA-001", "--type", "credit_memo", *options)


def test_the_life_of_the_type_that_is_named_comes_back(plain: Book) -> None:
    error = plain.fails(
        *(4, "not_found", "reinstate", "1/2026", "--sequence", "notes", "--type", "refund", "--reason", "x"),
        *("--period", "2025"),
    )
    assert "1/2026" in error["message"]
    plain.ok("reinstate", "1/2026", "--type", "debit_memo", "--reason", "it was sent")
    (back,) = plain.numbers()
    assert (back["document_type"], back["record"]) == ("debit_memo", "D-7")
    sound(plain)


def test_without_a_type_the_latest_life_comes_back(plain: Book) -> None:
    plain.ok("reinstate", "1/2026", "--reason", "it was sent")
    (back,) = plain.numbers()
    assert (back["document_type"], back["record"]) == ("refund", "R-9")
    sound(plain)


def test_a_type_that_a_number_never_had_does_not_come_back(book: Book) -> None:
    book.load(PLAIN)
    book.next("refund", *DAY)
    book.ok("release", "1/2026", "--reason", "never sent")
    error = book.fails(
        4, "not_found", "reinstate", "1/2026", "--type", "debit_memo", "--reason", "it was sent"
    )
    assert error["message"] == "no debit_memo ever had the number '1/2026'"
    assert book.numbers() == []


def test_a_freed_number_is_not_adopted_as_another_type_than_it_shows(coded: Book) -> None:
    for words in (("credit_memo",), ("sales", "--type", "credit_memo")):
        error = coded.fails(6, "invalid_input", "adopt", *words, "FA-001", *DAY)
        assert "shows the document type 'invoice', and the command names 'credit_memo'" in str(error)
    path = coded.file("number,document_type\nFA-001,credit_memo\n", "typed.csv")
    error = coded.fails(6, "invalid_input", "adopt", "sales", "--input", path)
    assert "has the document type 'credit_memo', and its number shows 'invoice'" in str(error)
    assert coded.numbers() == []
    coded.ok("adopt", "sales", "FA-001", *DAY)
    assert [(item["number"], item["document_type"]) for item in coded.numbers()] == [("FA-001", "invoice")]
    sound(coded)


def test_a_number_of_a_former_pattern_shows_its_type_too(coded: Book) -> None:
    coded.ok("sequence", "edit", "sales", "--pattern", "{type}/{number}")
    error = coded.fails(6, "invalid_input", "adopt", "credit_memo", "FA-001", *DAY)
    assert "shows the document type 'invoice'" in str(error)
    coded.ok("adopt", "sales", "FA-001", *DAY)
    assert [(item["number"], item["document_type"]) for item in coded.numbers()] == [("FA-001", "invoice")]
    sound(coded)


def test_a_held_number_is_not_adopted_again_as_another_type(coded: Book) -> None:
    assert coded.next("invoice", *DAY) == ["FA-001"]
    error = coded.fails(6, "invalid_input", "adopt", "credit_memo", "FA-001", *DAY)
    assert "shows the document type 'invoice'" in str(error)
