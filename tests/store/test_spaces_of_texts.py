"""Texts are unique within a space, which several document types can share: what the book holds decides it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.book import Book


@pytest.fixture
def joined(book: Book) -> Book:
    """A book whose debit memos share the space of invoices, both of them without a prefix."""
    book.ok("sequence", "add", "invoice")
    book.ok("sequence", "add", "debit_memo")
    with closing(sqlite3.connect(book.path)) as direct, direct:
        direct.execute("INSERT INTO text_space VALUES ('debit_memo', 'invoice')")
    return book


def test_a_number_of_one_type_is_taken_for_the_other(joined: Book) -> None:
    assert joined.ok("next", "invoice").out == "1\n"
    assert "'invoice'" in joined.fails(5, "number_taken", "next", "debit_memo")["message"]
    joined.fails(5, "number_taken", "peek", "debit_memo")
    joined.fails(6, "invalid_input", "adopt", "debit_memo", "1")
    joined.ok("adopt", "debit_memo", "7")
    assert joined.ok("next", "debit_memo").out == "8\n"
    joined.ok("sequence", "set-next", "invoice", "7", "--reason", "on")
    joined.fails(5, "number_taken", "next", "invoice")


def test_records_are_numbered_within_the_space(joined: Book, place: Path) -> None:
    joined.ok("next", "invoice")
    (place / "r.csv").write_text("id\nA\n", encoding="utf-8")
    joined.fails(5, "number_taken", "assign", "debit_memo", "--input", place / "r.csv")


def test_check_and_verify_know_the_space(joined: Book) -> None:
    joined.ok("next", "invoice")
    joined.ok("adopt", "debit_memo", "9")
    assert joined.ok("check", "--json").json == []
    assert joined.ok("audit", "verify").err == ""
    with closing(sqlite3.connect(joined.path)) as direct, direct:
        direct.execute("DELETE FROM text_space")
    assert {item["code"] for item in joined("check", "--json").json} == {"uniqueness", "counter_changed"}


def test_a_type_that_shares_nothing_is_a_space_by_itself(joined: Book) -> None:
    joined.ok("sequence", "add", "refund")
    joined.ok("next", "invoice")
    assert joined.ok("next", "refund").out == "1\n"
