"""`reserve`, `confirm`, `expire`: a number that is held until a deadline."""

import pytest

from tests.book import Book, Sql

PAST = "2000-01-01T00:00:00.000000Z"


@pytest.fixture
def overdue(invoices: Book, sql: Sql) -> Book:
    """A book that has issued INV-00001 and whose reservation of INV-00002 ran out."""
    invoices.next("invoice")
    assert invoices.ok("reserve", "invoice", "--date", "2026-01-05").lines == ["INV-00002"]
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE value = 2")
    return invoices


def test_a_reservation_holds_a_number_until_its_deadline(invoices: Book) -> None:
    held = invoices.ok("--json", "reserve", "invoice", "--ttl", "2h", "--record", "draft").json
    assert (held["number"], held["state"], held["record"]) == ("INV-00001", "reserved", "draft")
    assert held["issued_at"] < held["expires_at"]
    assert invoices.next("invoice") == ["INV-00002"]
    assert [number["state"] for number in invoices.numbers()] == ["reserved", "issued"]


def test_the_deadline_is_the_sequences_where_none_is_given(invoices: Book) -> None:
    from datetime import datetime

    invoices.ok("sequence", "edit", "invoice", "--reservation-ttl", "1d")
    held = invoices.ok("--json", "reserve", "invoice").json
    times = [datetime.fromisoformat(held[name].removesuffix("Z")) for name in ("issued_at", "expires_at")]
    assert 86390 < (times[1] - times[0]).total_seconds() <= 86400


@pytest.mark.parametrize("ttl", ["0s", "15", "-1m", "1w", "400d", "", "1.5h"])
def test_a_deadline_that_is_none(invoices: Book, ttl: str) -> None:
    assert "write a duration" in invoices.fails(2, "usage", "reserve", "invoice", "--ttl", ttl)["hint"]
    assert invoices.next("invoice") == ["INV-00001"]


def test_confirming_makes_it_issued_with_record_and_date(invoices: Book) -> None:
    invoices.ok("reserve", "invoice", "--date", "2026-01-05")
    (confirmed,) = invoices.ok(
        "--json", "confirm", "INV-00001", "--record", "4711", "--date", "2026-01-07"
    ).json
    assert (confirmed["state"], confirmed["record"], confirmed["date"]) == ("issued", "4711", "2026-01-07")
    assert "expires_at" not in confirmed
    assert invoices.fails(5, "already_confirmed", "confirm", "INV-00001")


def test_a_number_that_was_never_reserved_is_not_confirmed(invoices: Book) -> None:
    invoices.next("invoice")
    invoices.fails(5, "not_reserved", "confirm", "INV-00001")
    invoices.fails(4, "not_found", "confirm", "INV-00002")


def test_after_the_deadline_it_comes_again_and_cannot_be_confirmed(overdue: Book) -> None:
    overdue.fails(5, "reservation_expired", "confirm", "INV-00002")
    assert overdue.ok("peek", "invoice").lines == ["INV-00002"]
    assert overdue.next("invoice") == ["INV-00002"]
    assert overdue.next("invoice") == ["INV-00003"]
    error = overdue.fails(5, "reservation_expired", "confirm", "INV-00002")
    assert "issued again" in error["message"]
    (second,) = [number for number in overdue.numbers() if number["number"] == "INV-00002"]
    assert second["reused"] is True


def test_a_read_records_nothing(overdue: Book, sql: Sql) -> None:
    overdue.ok("peek", "invoice")
    assert sql("SELECT count(*) FROM event WHERE action = 'expire'") == [(0,)]


def test_expire_records_all_counters_at_once(overdue: Book, sql: Sql) -> None:
    overdue.ok("sequence", "add", "order", "--mode", "standard")
    overdue.ok("reserve", "order")
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved'")
    freed = overdue.ok("--json", "expire").json
    assert {number["number"]: number["state"] for number in freed} == {
        "INV-00002": "reusable",
        "1": "missing",
    }
    assert overdue.ok("--json", "expire").json == []
    assert sql("SELECT count(*) FROM event WHERE action = 'expire'") == [(2,)]
    assert overdue.next("order") == ["2"]
    overdue.fails(5, "reservation_expired", "confirm", "INV-00002")


def test_a_reservation_is_released_without_a_reason(invoices: Book) -> None:
    invoices.ok("reserve", "invoice")
    (freed,) = invoices.ok("--json", "release", "INV-00001").json
    assert freed["state"] == "reusable"
    invoices.fails(5, "already_released", "release", "INV-00001")
    assert invoices.next("invoice") == ["INV-00001"]


def test_a_reserved_number_is_not_voided(invoices: Book) -> None:
    invoices.ok("reserve", "invoice")
    invoices.fails(5, "not_confirmed", "void", "INV-00001", "--reason", "x")
    invoices.fails(5, "not_void", "reinstate", "INV-00001", "--reason", "x")


def test_the_same_key_gives_the_same_reservation_until_it_ends(invoices: Book, sql: Sql) -> None:
    first = invoices.ok("reserve", "invoice", "--key", "order-7").lines
    assert invoices.ok("reserve", "invoice", "--key", "order-7").lines == first
    invoices.fails(5, "key_reused", "next", "invoice", "--key", "order-7")
    # How long it lives is no part of the request.
    assert invoices.ok("reserve", "invoice", "--key", "order-7", "--ttl", "1h").lines == first
    sql(f"UPDATE number SET expires_at = '{PAST}'")
    assert invoices.next("invoice", "--key", "order-7") == first
    assert invoices.numbers("--key", "order-7")[0]["state"] == "issued"


def test_a_batch_whose_key_was_partly_freed_is_spent(invoices: Book) -> None:
    invoices.ok("reserve", "invoice", "-n", "3", "--key", "k")
    invoices.ok("release", "INV-00002")
    invoices.fails(5, "key_spent", "reserve", "invoice", "-n", "3", "--key", "k")


def test_a_confirmation_stays_in_its_period(book: Book) -> None:
    book.ok("sequence", "add", "fv", "--pattern", "FV/{number:4}/{MM}/{YYYY}", "--reset", "month")
    assert book.ok("reserve", "fv", "--date", "2026-06-30").lines == ["FV/0001/06/2026"]
    book.fails(5, "date_period", "confirm", "FV/0001/06/2026", "--date", "2026-07-01")
    book.ok("confirm", "FV/0001/06/2026", "--date", "2026-06-01")


def test_a_confirmation_keeps_the_date_that_the_number_shows(book: Book) -> None:
    book.ok("sequence", "add", "day", "--pattern", "{YYYY}{MM}{DD}-{number}", "--reset", "year")
    book.ok("reserve", "day", "--date", "2026-06-30")
    assert "shows" in book.fails(5, "date_period", "confirm", "20260630-1", "--date", "2026-06-29")["message"]
    book.ok("confirm", "20260630-1", "--date", "2026-06-30")


def test_a_confirmation_stays_between_its_neighbours_where_order_matters(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "refuse")
    book.next("x", "--date", "2026-01-05")
    book.ok("reserve", "x", "--date", "2026-01-06")
    book.next("x", "--date", "2026-01-09")
    book.fails(5, "date_order", "confirm", "2", "--date", "2026-01-04")
    book.fails(5, "date_order", "confirm", "2", "--date", "2026-01-10")
    book.ok("confirm", "2", "--date", "2026-01-09")


def test_several_numbers_are_confirmed_all_or_none(invoices: Book) -> None:
    invoices.ok("reserve", "invoice", "-n", "2")
    invoices.next("invoice")
    invoices.fails(5, "not_reserved", "confirm", "INV-00001", "INV-00003", "INV-00002")
    assert [number["state"] for number in invoices.numbers()] == ["reserved", "reserved", "issued"]
    shown = invoices.ok("confirm", "INV-00002", "INV-00001")
    assert [row["number"] for row in shown.rows] == ["INV-00002", "INV-00001"]


def test_a_key_that_is_used_anew_ends_the_reservation_that_had_it(invoices: Book, sql: Sql) -> None:
    invoices.ok("sequence", "add", "memo", "--pattern", "M-{number}")
    invoices.ok("reserve", "invoice", "--key", "k")
    sql(f"UPDATE number SET expires_at = '{PAST}'")
    assert invoices.next("memo", "--key", "k") == ["M-1"]
    assert invoices.texts() == ["M-1"]
    events = [event["action"] for event in invoices.ok("audit", "list", "--json").json]
    assert events[-2:] == ["expire", "issue"]
    invoices.fails(5, "reservation_expired", "confirm", "INV-00001")
    assert invoices.next("memo", "--key", "k") == ["M-1"]
    assert invoices.next("invoice") == ["INV-00001"]
