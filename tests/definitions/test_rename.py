"""`rename`: everything that refers to a definition follows, its former name is told, the log has both."""

import sqlite3
from contextlib import closing

import pytest

from tests.book import Book

DEFINITIONS = """
[calendars.fiscal]
start = "04-01"
[sequences.invoice]
pattern = "I{FY}-{number:3}"
reset = "fiscal-year"
calendar = "fiscal"
[sequences.memo]
document_type = "credit_memo"
prefix = "M-"
[sequences.memo.counters]
all = 7
[sets.main]
default = true
members = { credit_memo = "memo" }
[policies.big]
document_type = "invoice"
sequence = "invoice"
"""


@pytest.fixture
def renamed(book: Book) -> Book:
    """A book in use in which one definition of each kind has another name."""
    book.load(DEFINITIONS)
    assert book.next("invoice", "--sequence", "invoice", "--date", "2026-05-01", "--key", "k") == [
        "I2026-001"
    ]
    assert book.next("invoice", "--date", "2026-05-01") == ["I2026-002"]
    for kind, old, new in RENAMED:
        result = book.ok(kind, "rename", old, new)
        assert result.rows == [
            {"action": "renamed", "kind": kind, "name": new, "fields": f"name: {old} -> {new}"}
        ]
    return book


RENAMED = [
    ("sequence", "invoice", "bill"),
    ("sequence", "memo", "note"),
    ("set", "main", "head office"),
    ("policy", "big", "large"),
    ("calendar", "fiscal", "april"),
]


def test_what_refers_to_a_definition_follows_and_numbers_go_on(renamed: Book) -> None:
    assert renamed.next("bill", "--sequence", "bill", "--date", "2026-05-02") == ["I2026-003"]
    assert renamed.next("invoice", "--date", "2026-05-02") == ["I2026-004"]
    assert renamed.next("credit_memo", "--set", "head office") == ["M-7"]
    assert renamed.ok("sequence", "show", "bill", "--json").json["calendar"] == "april"
    assert renamed.ok("set", "show", "head office", "--json").json["members"] == {"credit_memo": "note"}
    assert renamed.ok("policy", "show", "large", "--json").json["sequence"] == "bill"
    assert renamed.ok("show", "I2026-001", "--json").json["sequence"] == "bill"
    renamed.ok("audit", "verify")
    renamed.ok("check")


def test_a_former_name_is_refused_with_the_new_one_until_another_definition_takes_it(renamed: Book) -> None:
    for kind, old, new in RENAMED:
        for words in (("show", old), ("remove", old, "--yes"), ("rename", old, "x")):
            error = renamed.fails(4, "renamed", kind, *words)
            assert error["message"] == f"{kind} {old!r} is called {new!r} now"
            assert error["hint"] == f"use its new name: {new}"
        renamed.fails(4, "renamed", "export", old)
    renamed.fails(4, "renamed", "sequence", "edit", "memo", "--title", "T")
    renamed.fails(4, "renamed", "sequence", "set-next", "memo", "9", "--reason", "r")
    renamed.fails(4, "renamed", "next", "memo")
    renamed.fails(4, "renamed", "next", "credit_memo", "--sequence", "memo")
    renamed.fails(4, "renamed", "next", "credit_memo", "--set", "main")
    renamed.fails(4, "renamed", "numbers", "memo")
    renamed.fails(4, "renamed", "gaps", "memo")
    message = renamed.fails(6, "invalid_definition", "set", "add", "s", "credit_memo=memo")
    assert message["hint"] == "it is called 'note' now"
    renamed.ok("sequence", "rename", "note", "third")
    assert renamed.fails(4, "renamed", "sequence", "show", "memo")["hint"] == "use its new name: third"
    renamed.ok("sequence", "rename", "third", "note")
    assert renamed.fails(4, "renamed", "sequence", "show", "third")["hint"] == "use its new name: note"
    renamed.ok("sequence", "add", "memo", "--prefix", "N-")
    renamed.ok("sequence", "remove", "memo", "--yes")
    renamed.fails(4, "not_found", "sequence", "show", "memo")
    renamed.ok("audit", "verify")


def test_the_log_keeps_both_names_and_keys_follow(renamed: Book) -> None:
    for name in ("invoice", "bill"):
        listed = renamed.ok("audit", "list", "--subject", name, "--json").json
        assert "sequence rename" in [event["action"] for event in listed]
    again = ("next", "bill", "--sequence", "bill", "--date", "2026-05-01", "--key", "k")
    assert renamed.ok(*again).lines == ["I2026-001"]
    again = ("next", "invoice", "--sequence", "bill", "--date", "2026-05-01", "--key", "k")
    assert renamed.ok(*again).lines == ["I2026-001"]
    renamed.fails(5, "key_reused", "next", "credit_memo", "--sequence", "note", "--key", "k")
    # What happened to it under its former name is its own too; another definition of that name is not.
    renamed.ok("sequence", "add", "invoice", "--prefix", "NEW-", "--document-type", "other")
    listed = renamed.ok("audit", "list", "--subject", "bill", "--json").json
    assert [event["action"] for event in listed] == [
        *("import", "issue", "issue", "sequence rename"),
    ]
    assert [event["id"] for event in listed] == sorted(event["id"] for event in listed)
    listed = renamed.ok("audit", "list", "--subject", "bill", "--limit", 2, "--json").json
    assert [event["action"] for event in listed] == ["import", "issue"]


def test_a_name_that_is_taken_or_none_is_refused_and_a_rehearsal_changes_nothing(book: Book) -> None:
    book.load(DEFINITIONS)
    book.fails(5, "exists", "sequence", "rename", "invoice", "memo")
    book.fails(6, "invalid_definition", "sequence", "rename", "invoice", " bill")
    book.fails(2, "usage", "sequence", "rename", "invoice", "invoice")
    error = book.fails(4, "not_found", "sequence", "rename", "invoic", "bill")
    assert "'invoice'" in error["hint"]
    head = book.ok("audit", "head").out
    assert book.ok("sequence", "rename", "invoice", "bill", "--dry-run").rows[0]["action"] == "renamed"
    assert book.ok("audit", "head").out == head
    warned = book.warned("sequence", "rename", "invoice", "credit_memo")
    assert "the document type 'credit_memo' is served by sequence 'memo'" in warned.err


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sequence SET name = 'invoice' WHERE name = 'bill'",
        "UPDATE policy SET name = 'big'",
        "UPDATE sequence_set SET name = 'main'",
        "UPDATE calendar SET name = 'fiscal'",
        "UPDATE book SET former_names = '[]'",
    ],
)
def test_a_name_that_is_changed_by_hand_is_found(renamed: Book, statement: str) -> None:
    with closing(sqlite3.connect(renamed.path)) as connection, connection:
        connection.execute(statement)
    result = renamed.run("audit", "verify")
    assert result.status == 3
    assert "definition_" in result.out


def test_first_values_closing_and_former_patterns_are_verified_across_names(book: Book) -> None:
    book.load(DEFINITIONS)
    book.ok("sequence", "rename", "memo", "note")
    assert book.next("credit_memo", "--date", "2026-01-05") == ["M-7"]
    book.ok("sequence", "edit", "note", "--pattern", "N{number}")
    book.ok("close", "--sequence", "note", "--through", "2026-01-31", "--reason", "filed")
    book.ok("sequence", "rename", "note", "slip")
    assert book.next("credit_memo", "--date", "2026-02-05") == ["N8"]
    book.ok("audit", "verify")
    book.ok("check")
    assert book.ok("sequence", "show", "slip", "--json").json["closed_through"] == "2026-01-31"
