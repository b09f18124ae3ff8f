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


JOIN = (
    "INSERT INTO text_space VALUES ('debit_memo', 'invoice')",
    "UPDATE counter SET domain_id = (SELECT id FROM uniqueness WHERE space = 'invoice')"
    " WHERE uniqueness_id = (SELECT id FROM uniqueness WHERE space = 'debit_memo')",
    "UPDATE number SET uniqueness_id = (SELECT id FROM uniqueness WHERE space = 'invoice')"
    " WHERE uniqueness_id = (SELECT id FROM uniqueness WHERE space = 'debit_memo')",
)
"""What joins two spaces that both hold numbers: not one column or index more, and no row hashed anew."""


@pytest.fixture
def used(book: Book) -> Book:
    """A book in which invoices and debit memos have texts of their own, some of them changed and freed."""
    book.ok("sequence", "add", "invoice", "--pattern", "{number}")
    book.ok("sequence", "add", "debit_memo", "--pattern", "{number}", "--start", "100")
    book.ok("next", "invoice", "-n", "3")
    book.ok("next", "debit_memo", "-n", "300")
    book.ok("void", "101", "--reason", "spoilt")
    book.ok("release", "102", "103", "--reason", "never sent")
    return book


def run(book: Book, *statements: str) -> None:
    """Change the book by plain SQL."""
    with closing(sqlite3.connect(book.path)) as direct, direct:
        for statement in statements:
            direct.execute(statement)


def test_spaces_that_hold_numbers_are_joined_without_another_schema(used: Book, place: Path) -> None:
    run(used, *JOIN)
    assert used.ok("check", "--json").json == []
    assert used.ok("audit", "verify").err == ""
    # Whatever writes numbers from now on writes them into the space of both.
    assert used.ok("next", "debit_memo").out == "102\n"
    used.ok("reinstate", "103", "--reason", "it was sent")
    used.ok("reinstate", "101", "--reason", "it was not spoilt")
    used.ok("release", "104", "--reason", "never sent")
    (place / "records.csv").write_text("id\nA\nB\n", encoding="utf-8")
    used.ok("assign", "debit_memo", "--input", place / "records.csv")
    used.ok("next", "debit_memo", "-n", "250")
    used.ok("void", "150", "--reason", "spoilt")
    assert used.ok("check", "--json").json == []
    assert used.ok("audit", "verify").err == ""
    with closing(sqlite3.connect(used.path)) as direct:
        assert direct.execute("SELECT DISTINCT uniqueness_id FROM number").fetchall() == [(1,)]
        assert direct.execute("SELECT id, uniqueness_id FROM counter").fetchall() == [(1, 1), (2, 2)]


def test_a_clash_of_joined_spaces_is_refused_by_the_database(used: Book) -> None:
    run(used, *JOIN)
    used.ok("sequence", "set-next", "invoice", "120", "--reason", "on")
    assert "'debit_memo'" in used.fails(5, "number_taken", "next", "invoice")["message"]
    used.fails(6, "invalid_input", "adopt", "invoice", "130")


def test_check_and_verify_tell_a_number_outside_its_joined_space(used: Book) -> None:
    run(
        used,
        *JOIN,
        "UPDATE number SET uniqueness_id = 7 WHERE text = '110'",
        "UPDATE number SET uniqueness_id = 7 WHERE text = '2'",
    )
    assert {item["code"] for item in used("check", "--json").json} == {"uniqueness", "number_changed"}
    found = [(item["code"], item["subject"]) for item in used("audit", "verify", "--json").json]
    assert found == [("number_changed", "numbers.2"), ("number_changed", "numbers.110")]


def test_a_space_that_was_joined_in_part_is_told(used: Book) -> None:
    run(used, JOIN[1])
    assert "uniqueness" in {item["code"] for item in used("check", "--json").json}
    assert used("audit", "verify").status == 3


def test_a_type_that_shares_nothing_is_a_space_by_itself(joined: Book) -> None:
    joined.ok("sequence", "add", "refund")
    joined.ok("next", "invoice")
    assert joined.ok("next", "refund").out == "1\n"
