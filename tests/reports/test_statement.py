"""`statement`: what became of every integer of each counter, and the proof that nothing is left out."""

import json
from typing import Any

import pytest

from tests.book import Book
from tests.reports.conftest import Change

PAST = "2000-01-01T00:00:00.000000Z"
FIELDS = [
    *("sequence", "scope", "period", "first", "last", "first_number", "last_number", "issued", "reserved"),
    *("void", "reusable", "review", "blocked", "missing", "total", "complete", "proved"),
]


def one(book: Book, *args: object) -> dict[str, Any]:
    statement: dict[str, Any]
    (statement,) = book.ok("statement", "--json", *args).json
    return statement


@pytest.fixture
def story(invoices: Book) -> Book:
    """INV-00001 ... 14: ten issued, one of them void and one freed, two reserved, two passed over."""
    invoices.next("invoice", "-n", "10")
    invoices.ok("void", "INV-00003", "--reason", "wrong customer")
    invoices.ok("release", "INV-00005", "--reason", "order cancelled")
    invoices.ok("reserve", "invoice", "-n", "2", "--contiguous")
    invoices.ok("sequence", "set-next", "invoice", "15", "--reason", "a box of forms was lost")
    return invoices


def test_every_integer_is_in_one_state(story: Book) -> None:
    statement = one(story)
    assert list(statement) == FIELDS
    assert statement == {
        **{"sequence": "invoice", "scope": {}, "period": "all", "first": 1, "last": 14},
        **{"first_number": "INV-00001", "last_number": "INV-00014", "total": 14},
        **{"issued": 8, "reserved": 2, "void": 1, "reusable": 1, "review": 0, "blocked": 2, "missing": 0},
        **{"complete": True, "proved": True},
    }


def test_an_overdue_reservation_counts_as_freed(story: Book, sql: Change) -> None:
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved' AND value = 11")
    statement = one(story)
    assert (statement["reserved"], statement["reusable"], statement["complete"]) == (1, 2, True)
    story.ok("expire")
    assert one(story) == statement


def test_in_a_standard_sequence_a_freed_number_is_missing(book: Book, sql: Change) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard")
    book.next("order", "-n", "3")
    book.ok("release", "2", "--reason", "never sent")
    statement = one(book)
    assert (statement["issued"], statement["missing"], statement["total"]) == (2, 1, 3)
    assert (statement["complete"], statement["proved"]) == (False, True)
    book.ok("reserve", "order")
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved'")
    assert (one(book)["missing"], one(book)["reserved"], one(book)["proved"]) == (2, 0, True)


def test_the_ends_are_named_as_they_were_printed(book: Book) -> None:
    book.ok("sequence", "add", "old", "--pattern", "A{number}")
    book.next("old")
    book.ok("sequence", "edit", "old", "--pattern", "B{number}")
    book.ok("sequence", "set-next", "old", "4", "--reason", "skipped")
    statement = one(book)
    assert (statement["first_number"], statement["last_number"]) == ("A1", "B3")


def test_counters_are_chosen_by_target_period_and_scope(book: Book) -> None:
    book.ok(
        "sequence", "add", "till", "--pattern", "{shop}-{YYYY}-{number}", "--reset", "year", "--scope", "shop"
    )
    book.ok("sequence", "add", "memo", "--document-type", "credit_memo")
    for day in ("2025-05-01", "2026-05-01"):
        for shop in ("A", "B"):
            book.next("till", "--date", day, "--attr", f"shop={shop}")
    book.next("memo")
    rows = book.ok("statement").rows
    assert [(row["sequence"], row["scope"], row["period"]) for row in rows] == [
        ("memo", "", "all"),
        ("till", "shop=A", "2025"),
        ("till", "shop=B", "2025"),
        ("till", "shop=A", "2026"),
        ("till", "shop=B", "2026"),
    ]
    assert [row["sequence"] for row in book.ok("statement", "creditMemo").rows] == ["memo"]
    chosen = book.ok("statement", "till", "--period", "2026", "--scope", "shop=B").rows
    assert [row["last_number"] for row in chosen] == ["B-2026-1"]
    assert book.ok("statement", "till", "--period", "2027", "--json").json == []
    book.fails(2, "usage", "statement", "till", "--period", "2026-05")
    book.fails(4, "not_found", "statement", "tyll")


def test_an_unused_counter_has_nothing_to_account_for(book: Book) -> None:
    book.ok("sequence", "add", "invoice")
    assert book.ok("statement", "--json").json == []
    book.ok("sequence", "set-next", "invoice", "100", "--reason", "as the old system left it")
    statement = one(book)
    assert (statement["first"], statement["last_number"], statement["total"]) == (None, None, 0)
    assert (statement["complete"], statement["proved"]) == (True, True)


def test_what_was_deleted_is_missing(story: Book, sql: Change) -> None:
    sql("DELETE FROM number WHERE text = 'INV-00007'", "UPDATE counter SET accounted = accounted")
    statement = one(story)
    assert (statement["issued"], statement["missing"]) == (7, 1)
    assert (statement["complete"], statement["proved"]) == (False, True)


def test_counts_that_the_counter_keeps_are_not_believed(story: Book, sql: Change) -> None:
    before = one(story)
    sql("UPDATE counter SET accounted = 3, reusable = 0, reserved = 0")
    assert one(story) == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE number SET value = 99 WHERE value = 2",
            "held outside the counter's range or between its steps: 1",
        ),
        ("UPDATE counter SET last = 8", "held outside the counter's range or between its steps: 4"),
        ("UPDATE gap_run SET first = 4, last = 5 WHERE state = 'reusable'", "held and listed as a gap: 1"),
        (
            "UPDATE gap_run SET last = 20 WHERE state = 'blocked'",
            "gap runs outside the range, between the steps or over another: 1",
        ),
        ("UPDATE gap_run SET last = 13 WHERE state = 'reusable'", "over another: 1"),
    ],
)
def test_a_sum_that_proves_nothing_is_a_finding(story: Book, sql: Change, statement: str, words: str) -> None:
    sql(statement)
    told = story("statement")
    assert told.status == 3
    assert told.rows[0]["proved"] == told.rows[0]["complete"] == "no"
    assert told.err.startswith("seqctl: error: sequence 'invoice' has ")
    assert words in told.err
    assert "hint: the book is damaged; see: seqctl check\n" in told.err
    (finding,) = json.loads(story("statement", "--json").err)["findings"]
    assert (finding["code"], finding["severity"], finding["subject"]) == ("unproved", "error", "invoice")


def test_a_value_between_the_steps_is_found(book: Book, sql: Change) -> None:
    book.ok("sequence", "add", "even", "--start", "2", "--step", "2")
    book.next("even", "-n", "3")
    assert (one(book)["total"], one(book)["proved"]) == (3, True)
    sql("UPDATE number SET value = 5 WHERE value = 4")
    told = book("statement")
    assert (told.status, told.rows[0]["missing"]) == (3, "1")
    assert "between its steps" in told.err


def test_the_whole_range_of_integers_is_no_trouble(book: Book) -> None:
    book.ok("sequence", "add", "wide")
    book.next("wide")
    book.ok("sequence", "set-next", "wide", str(2**63 - 1), "--reason", "far")
    assert book.next("wide") == [str(2**63 - 1)]
    statement = one(book)
    assert (statement["total"], statement["blocked"], statement["proved"]) == (2**63 - 1, 2**63 - 3, True)
