"""A number that was released or put under review by mistake comes back to its document."""

import json
from typing import Any

import pytest

from seqctl.store.sql.log import Log
from tests.book import Book, Sql

PAST = "2000-01-01T00:00:00.000000Z"


@pytest.fixture
def deleted(invoices: Book) -> Book:
    """Six numbers of February, of which 2 and 5 were released; 5 has a record and a key."""
    for value in range(1, 7):
        words = ("--record", "doc5", "--key", "k5") if value == 5 else ()
        invoices.next("invoice", "--date", f"2026-02-0{value}", *words)
    invoices.ok("release", "INV-00002", "INV-00005", "--reason", "deleted")
    return invoices


def back(book: Book, *texts: str) -> list[dict[str, Any]]:
    changed: list[dict[str, Any]] = book.ok("reinstate", *texts, "--reason", "restored", "--json").json
    return changed


def refused(book: Book, code: str, *words: str) -> dict[str, str]:
    return book.fails(5, code, "reinstate", *words, "--reason", "restored")


def test_one_command_gives_the_number_back(deleted: Book) -> None:
    before = deleted.ok("show", "INV-00006", "--json").json
    (number,) = back(deleted, "INV-00005")
    assert (number["number"], number["state"], number["date"], number["record"], number["key"]) == (
        *("INV-00005", "issued", "2026-02-05"),
        *("doc5", "k5"),
    )
    assert deleted.texts() == [f"INV-0000{value}" for value in (1, 3, 4, 5, 6)]
    (gap,) = deleted.ok("gaps", "--json").json
    assert (gap["first_number"], gap["count"]) == ("INV-00002", 1)
    found = deleted.ok("show", "INV-00005", "--json").json
    assert [event["action"] for event in found["events"]] == ["issue", "release", "reinstate"]
    assert (found["reason"], found["reused"]) == ("restored", False)
    assert found["issued_at"] < before["issued_at"]
    assert deleted.next("invoice", "-n", "2") == ["INV-00002", "INV-00007"]
    deleted.ok("audit", "verify")
    deleted.ok("check")


def test_its_key_gives_it_again(deleted: Book) -> None:
    back(deleted, "INV-00005")
    assert deleted.next("invoice", "--date", "2026-02-05", "--record", "doc5", "--key", "k5") == ["INV-00005"]


def test_a_key_that_was_used_since_is_not_taken_back(deleted: Book) -> None:
    used = deleted.next("invoice", "--date", "2026-02-07", "--record", "doc5", "--key", "k5")
    assert used == ["INV-00002"]
    assert "by INV-00002" in refused(deleted, "key_reused", "INV-00005")["message"]
    deleted.ok("release", "INV-00002", "--reason", "x")
    back(deleted, "INV-00005")
    deleted.ok("audit", "verify")


def test_a_reservation_that_used_the_key_and_ended_is_recorded(deleted: Book, sql: Sql) -> None:
    deleted.ok("reserve", "invoice", "--key", "k5")
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved'")
    back(deleted, "INV-00005")
    assert [number["number"] for number in deleted.numbers("--key", "k5")] == ["INV-00005"]
    assert "expire" in [event["action"] for event in deleted.ok("audit", "list", "--json").json]


def test_numbers_of_one_batch_come_back_one_by_one(invoices: Book) -> None:
    texts = invoices.next("invoice", "-n", "3", "--key", "batch")
    invoices.ok("release", *texts, "--reason", "x")
    back(invoices, "INV-00002")
    invoices.fails(5, "key_spent", "next", "invoice", "-n", "3", "--key", "batch")
    back(invoices, "INV-00003", "INV-00001")
    assert invoices.next("invoice", "-n", "3", "--key", "batch") == texts


def test_an_integer_that_went_out_again_is_taken(deleted: Book) -> None:
    assert deleted.next("invoice", "--date", "2026-02-07") == ["INV-00002"]
    # The text is that of the number that holds it now.
    refused(deleted, "not_void", "INV-00002")
    deleted.ok("sequence", "edit", "invoice", "--pattern", "R-{number:3}")
    assert deleted.next("invoice", "--date", "2026-02-07") == ["R-005"]
    error = refused(deleted, "number_taken", "INV-00005")
    assert error["message"] == "INV-00005 cannot be reinstated: its integer is held as R-005 (issued)"


def test_a_text_that_another_sequence_printed_since_is_taken(deleted: Book) -> None:
    deleted.ok("sequence", "edit", "invoice", "--pattern", "R-{number:3}")
    deleted.warned(
        *("sequence", "add", "other", "--document-type", "invoice", "--pattern", "INV-{number:5}"),
        *("--start", "5"),
    )
    assert deleted.next("other") == ["INV-00005"]
    error = refused(deleted, "number_taken", "INV-00005", "--sequence", "invoice")
    assert error["message"] == "INV-00005 cannot be reinstated: the text is held by sequence 'other'"


def test_states_from_which_it_comes_back(deleted: Book) -> None:
    deleted.ok("gaps", "block", "invoice", "INV-00002", "--reason", "explained")
    assert "seqctl gaps review invoice INV-00002" in refused(deleted, "blocked", "INV-00002")["hint"]
    deleted.ok("gaps", "review", "invoice", "INV-00002", "--reason", "it was not")
    back(deleted, "INV-00002")
    path = deleted.file("INV-00001\nINV-00002\nINV-00003\nINV-00006\n", "posted.txt")
    given = ("--input", path, "--apply", "--to", "2026-02-28")
    assert deleted("reconcile", "invoice", *given).status == 3
    back(deleted, "INV-00004")
    deleted.ok("audit", "verify")
    deleted.ok("check")


def test_a_standard_sequence_takes_its_missing_numbers_back(book: Book) -> None:
    book.ok("sequence", "add", "s", "--mode", "standard", "--pattern", "S{number}")
    book.next("s", "-n", "3")
    book.ok("release", "S2", "--reason", "x")
    back(book, "S2")
    assert book.ok("gaps", "--json").json == []
    book.ok("audit", "verify")


def test_reservations_are_reserved_anew(invoices: Book, sql: Sql) -> None:
    invoices.ok("reserve", "invoice", "-n", "2")
    invoices.ok("release", "INV-00001")
    assert "only reserved" in refused(invoices, "not_confirmed", "INV-00001")["message"]
    sql(f"UPDATE number SET expires_at = '{PAST}'")
    refused(invoices, "reservation_expired", "INV-00002")
    invoices.ok("expire")
    refused(invoices, "reservation_expired", "INV-00002")


def test_a_reservation_in_between_does_not_keep_the_document_from_its_number(deleted: Book, sql: Sql) -> None:
    deleted.ok("reserve", "invoice")
    refused(deleted, "not_void", "INV-00002")
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved'")
    refused(deleted, "reservation_expired", "INV-00002")
    deleted.ok("expire")
    (number,) = back(deleted, "INV-00002")
    assert number["date"] == "2026-02-02"


def test_a_closed_day_stays_closed(deleted: Book) -> None:
    deleted.ok("gaps", "block", "invoice", "INV-00002", "--reason", "x")
    deleted.ok("close", "invoice", "--through", "2026-02-04", "--reason", "filed")
    deleted.ok("gaps", "review", "invoice", "INV-00002", "--reason", "x")
    assert "INV-00002, dated 2026-02-02," in refused(deleted, "closed", "INV-00002")["message"]
    back(deleted, "INV-00005")


def test_the_order_of_dates_is_kept(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "refuse")
    for day in (1, 5, 9):
        book.next("x", "--date", f"2026-01-0{day}")
    book.ok("release", "2", "3", "--reason", "x")
    assert book.next("x", "--date", "2026-01-06") == ["2"]
    book.ok("release", "2", "--reason", "x")
    back(book, "3")
    assert book.next("x", "--date", "2026-01-02") == ["2"]
    book.ok("void", "2", "--reason", "x")
    book.ok("audit", "verify")


def test_a_date_that_fits_no_more_is_refused(book: Book) -> None:
    book.ok("sequence", "add", "x", "--date-order", "refuse")
    for day in (1, 5, 9):
        book.next("x", "--date", f"2026-01-0{day}")
    book.ok("release", "2", "3", "--reason", "x")
    book.ok("gaps", "block", "x", "2", "--reason", "x")
    assert book.next("x", "--date", "2026-01-03") == ["3"]
    book.ok("gaps", "review", "x", "2", "--reason", "x")
    assert "3, is dated 2026-01-03" in refused(book, "date_order", "2")["message"]


def test_all_or_none_and_one_event_for_each_counter(deleted: Book) -> None:
    deleted.ok("void", "INV-00001", "--reason", "x")
    before = len(deleted.ok("audit", "list").rows)
    refused(deleted, "not_void", "INV-00002", "INV-00003")
    assert deleted.ok("show", "INV-00002", "--json").json["state"] == "reusable"
    numbers = back(deleted, "INV-00005", "INV-00001", "INV-00002")
    assert [number["number"] for number in numbers] == ["INV-00005", "INV-00001", "INV-00002"]
    (event,) = deleted.ok("audit", "list", "--json").json[before:]
    detail = json.loads(event["detail"])
    assert [row[13] for row in detail["rows_before"]] == ["INV-00001"]
    assert [row[13] for row in detail["rows_after"]] == ["INV-00002", "INV-00005"]
    deleted.ok("audit", "verify")
    deleted.ok("check")


def test_the_last_number_keeps_its_place(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2")
    invoices.ok("release", "INV-00002", "--reason", "x")
    invoices.ok("sequence", "add", "memo", "--pattern", "M{number}")
    invoices.next("memo")
    back(invoices, "INV-00002")
    assert invoices.texts() == ["INV-00001", "INV-00002", "M1"]
    invoices.ok("void", "INV-00002", "--reason", "x")
    invoices.ok("release", "INV-00001", "--reason", "x")
    back(invoices, "INV-00001", "INV-00002")
    invoices.ok("release", "INV-00002", "--reason", "x")
    invoices.ok("audit", "verify")


def test_two_periods_are_told_apart(book: Book) -> None:
    book.ok("sequence", "add", "x", "--reset", "year", "--unique", "period", "--pattern", "N{number}")
    for year in (2025, 2026):
        book.next("x", "-n", "2", "--date", f"{year}-03-01")
    book.ok("release", "N2", "--period", "2026", "--reason", "x")
    told = refused(book, "ambiguous_number", "N2")
    assert told["message"] == (
        "'N2' names 2 numbers: one of sequence 'x' in period 2025 and one of sequence 'x' in period 2026"
    )
    assert told["hint"] == "say which one with --period 2025 or --period 2026"
    book.ok("reinstate", "N2", "--period", "2026", "--reason", "restored")
    assert [number["period"] for number in book.numbers()] == ["2025", "2025", "2026", "2026"]
    book.ok("release", "N1", "--period", "2026", "--reason", "x")
    book.ok("release", "N1", "--period", "2025", "--reason", "x")
    refused(book, "ambiguous_number", "N1")


def test_what_never_was(deleted: Book) -> None:
    error = deleted.fails(4, "not_found", "reinstate", "INV-00099", "--reason", "x")
    assert error["message"] == "no number ever had the text 'INV-00099'"
    assert "INV-00005" in deleted.fails(4, "not_found", "reinstate", "inv-5", "--reason", "x")["hint"]


def test_a_number_whose_place_went_to_another_is_entered_anew(
    deleted: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Schema 1 gave the place of the last number again when that was freed: the row cannot come back."""

    def as_before(log: Log) -> int:
        (highest,) = log.connection.execute("SELECT max(serial) FROM number").fetchone()
        return int(highest or 0) + 1

    with monkeypatch.context() as patch:
        patch.setattr(Log, "next_serial", as_before)
        deleted.ok("sequence", "add", "memo", "--pattern", "M{number}")
        (first,) = deleted.next("memo")
        deleted.ok("release", first, "--reason", "x")
        deleted.ok("sequence", "add", "other", "--pattern", "O{number}")
        deleted.next("other")
    error = refused(deleted, "number_taken", first)
    assert error["message"] == f"{first} cannot be reinstated: its place in the ledger went to O1"
    assert error["hint"] == f"enter it anew: seqctl adopt memo {first}"
    deleted.ok("sequence", "edit", "memo", "--manual")
    deleted.ok("adopt", "memo", first)
    assert [item["state"] for item in deleted.numbers("memo")] == ["issued"]
    assert deleted.ok("audit", "verify").out.startswith("verified ")


def test_a_near_text_of_a_new_pattern_leads_to_the_number_as_it_was_printed(deleted: Book) -> None:
    deleted.ok("sequence", "edit", "invoice", "--pattern", "RE-{number:6}")
    error = deleted.fails(4, "not_found", "show", "re-1")
    assert error["hint"] == "did you mean INV-00001? see: seqctl show INV-00001"
