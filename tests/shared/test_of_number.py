"""`next TYPE --of NUMBER`: a credit memo asks as its invoice was asked."""

import pytest

from tests.book import Book

SETS = """
[sequences.invoice-de]
document_type = "invoice"
pattern = "DE{number:3}"

[sequences.memo-de]
document_type = "credit_memo"
pattern = "CDE{branch}-{number:3}"
scope = ["branch"]

[sequences.invoice]
pattern = "I{number:3}"

[sequences.credit_memo]
pattern = "C{number:3}"

[sets.main]
default = true
members = { invoice = "invoice", credit_memo = "credit_memo" }

[sets.de]
members = { invoice = "invoice-de", credit_memo = "memo-de" }
assignments = ["account:ACME"]
"""


@pytest.fixture
def book_of_sets(book: Book) -> Book:
    """A book with a set of its own for one account, whose credit memos count by branch."""
    book.load(SETS)
    return book


def test_a_memo_takes_the_set_of_the_owners_of_its_invoice(book_of_sets: Book) -> None:
    book = book_of_sets
    acme = ("--for", "account:ACME")
    assert book.next("invoice", *acme) == ["DE001"]
    assert book.next("invoice") == ["I001"]
    branch = ("--attr", "branch=7")
    assert book.next("credit_memo", "--of", "DE001", *branch) == ["CDE7-001"]
    assert book.next("credit_memo", "--of", "I001") == ["C001"]
    # The memo keeps the owners, and its scope: what follows it needs neither.
    assert book.next("credit_memo", "--of", "CDE7-001") == ["CDE7-002"]
    assert book.ok("peek", "credit_memo", "--of", "CDE7-001").lines == ["CDE7-003"]
    assert book.ok("reserve", "credit_memo", "--of", "CDE7-001").lines == ["CDE7-003"]
    assert "memo-de" in book.ok("explain", "credit_memo", "--of", "CDE7-001").out
    book.ok("void", "DE001", "--reason", "wrong")
    assert book.next("credit_memo", "--of", "DE001", *branch) == ["CDE7-004"]
    assert book.ok("audit", "verify").err == ""


def test_a_set_that_was_named_serves_again(book_of_sets: Book) -> None:
    assert book_of_sets.next("invoice", "--set", "de") == ["DE001"]
    book_of_sets.ok("set", "rename", "de", "germany")
    assert book_of_sets.next("credit_memo", "--of", "DE001", "--attr", "branch=1") == ["CDE1-001"]


def test_what_is_given_and_differs_is_refused(book_of_sets: Book) -> None:
    book = book_of_sets
    book.next("invoice", "--for", "account:ACME")
    book.next("credit_memo", "--of", "DE001", "--attr", "branch=7")
    asked = ("next", "credit_memo", "--of", "CDE7-001")
    book.fails(5, "wrong_target", *asked, "--attr", "branch=8")
    book.fails(5, "wrong_target", *asked, "--for", "account:OTHER")
    book.fails(5, "wrong_target", *asked, "--set", "main")
    assert book.next(*asked[1:], "--attr", "branch=7", "--for", "account:ACME") == ["CDE7-002"]
    assert book.next(*asked[1:], "--set", "de") == ["CDE7-003"]
    assert book.next("credit_memo", "--of", "DE001", "--sequence", "credit_memo") == ["C001"]


def test_a_number_that_nobody_holds_is_not_found(book_of_sets: Book) -> None:
    book_of_sets.fails(4, "not_found", "next", "credit_memo", "--of", "DE001")
    book_of_sets.next("invoice", "--for", "account:ACME")
    book_of_sets.ok("release", "DE001", "--reason", "never sent")
    book_of_sets.fails(4, "not_found", "next", "credit_memo", "--of", "DE001")


def test_a_text_of_two_numbers_is_refused(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    book.ok("sequence", "add", "order")
    book.next("invoice")
    book.next("order")
    book.fails(5, "ambiguous_number", "next", "invoice", "--of", "1")


def test_a_key_binds_the_number_that_is_followed(book_of_sets: Book) -> None:
    book = book_of_sets
    book.next("invoice", "--for", "account:ACME", "-n", "2")
    asked = ("credit_memo", "--key", "k", "--attr", "branch=7")
    assert book.next(*asked, "--of", "DE001") == ["CDE7-001"]
    assert book.next(*asked, "--of", "DE001") == ["CDE7-001"]
    book.fails(5, "key_reused", "next", *asked, "--of", "DE002")
    book.fails(5, "key_reused", "next", *asked)
