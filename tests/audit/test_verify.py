"""`audit verify` of books that nobody tampered with, and of anchors."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from seqctl import open_store
from seqctl.actions import issue
from seqctl.actions.audit import verify as verifying
from seqctl.model.number.request import Request
from tests.audit.conftest import Findings, Tamper
from tests.book import Book, Sql
from tests.numbers import test_random_histories as histories


def test_a_told_story_verifies(old: Book) -> None:
    head = old.ok("audit", "head").out.strip()
    count = len(old.ok("audit", "list").rows)
    numbers = len(old.numbers())
    said = old.ok("audit", "verify")
    assert said.out == f"verified {count} events and {numbers} numbers; head {head}\n"
    assert old.ok("audit", "verify", "--json").json == {
        "events": count,
        "numbers": numbers,
        "head": head,
        "anchor": None,
    }
    assert old.ok("audit", "verify", "-o", "tsv").rows == [
        {"events": str(count), "numbers": str(numbers), "head": head, "anchor": ""}
    ]


def test_an_empty_book_verifies(book: Book) -> None:
    assert book.ok("audit", "verify").out.startswith("verified 1 events and 0 numbers; head ")


def test_findings_are_listed_and_leave_3(old: Book, tamper: Tamper) -> None:
    tamper("UPDATE number SET record = 'x' WHERE text = 'INV-2025-001'")
    result = old("audit", "verify")
    assert (result.status, result.err) == (3, "")
    (row,) = result.rows
    assert (row["severity"], row["code"], row["subject"]) == (
        "error",
        "number_changed",
        "numbers.INV-2025-001",
    )
    assert "backup" in row["hint"]
    (shown,) = old("audit", "verify", "--json").json
    assert list(shown) == ["code", "severity", "subject", "message", "hint"]


def test_a_head_noted_earlier_is_an_anchor(old: Book, sql: Sql) -> None:
    for id, digest in sql("SELECT id, hash FROM event"):
        for given in (digest.hex(), digest.hex()[:8], digest.hex()[:13].upper(), f" {digest.hex()} "):
            assert old.ok("audit", "verify", "--anchor", given, "--json").json["anchor"] == id
    said = old.ok("audit", "verify", "--anchor", digest.hex()).out
    assert f", the anchor at event {id}; head " in said


def test_zeros_are_the_anchor_of_an_empty_log(old: Book) -> None:
    assert old.ok("audit", "verify", "--anchor", "0" * 64, "--json").json["anchor"] == 0


@pytest.mark.parametrize("given", ["", "1234567", "xyz45678", "g" * 64, "1" * 65, "12 345678"])
def test_what_is_no_hash_is_wrong_usage(old: Book, given: str) -> None:
    old.fails(2, "usage", "audit", "verify", "--anchor", given)


def test_an_anchor_that_fits_two_events_is_wrong_usage(old: Book, tamper: Tamper) -> None:
    tamper(
        "UPDATE event SET hash = x'1234567890' WHERE id = 4",
        "UPDATE event SET hash = x'1234567891' WHERE id = 9",
    )
    error = old.fails(2, "usage", "audit", "verify", "--anchor", "12345678")
    assert error["message"] == "the anchor '12345678' fits the events 4, 9"


def test_an_anchor_that_no_event_has_is_a_finding(old: Book, findings: Findings) -> None:
    count = len(old.ok("audit", "list").rows)
    assert findings("--anchor", "ffffffffff") == [("cut_off", f"events.{count + 1}")]


def test_there_must_be_a_book(nowhere: Book) -> None:
    nowhere.fails(4, "not_found", "audit", "verify")


def test_serials_that_come_again_verify(invoices: Book) -> None:
    for _ in range(3):
        texts = invoices.next("invoice", "-n", "3")
        invoices.ok("release", *texts, "--reason", "test")
    assert len({number["number"] for number in invoices.numbers()}) == 0
    invoices.ok("audit", "verify")


def test_a_sequence_with_counters_that_went_again_verifies(book: Book) -> None:
    book.load("[sequences.a]\ncounters = { all = 5 }\n")
    book.ok("sequence", "set-next", "a", "9", "--reason", "x")
    book.ok("sequence", "edit", "a", "--start", "3")
    book.ok("audit", "verify")
    book.ok("sequence", "set-next", "a", "9", "--reason", "x")
    book.ok("sequence", "remove", "a", "--yes")
    book.ok("audit", "verify")
    book.ok("sequence", "add", "a")
    book.next("a")
    book.ok("audit", "verify")


def test_letters_that_begin_late_verify(book: Book) -> None:
    book.load('[sequences.a]\nkind = "alpha"\npattern = "{number:3}"\ncounters = { all = "abc" }\n')
    book.ok("audit", "verify")
    book.next("a")
    book.ok("audit", "verify")


def test_numbers_adopted_below_a_given_next_value_verify(book: Book) -> None:
    book.load("[sequences.a]\nmanual = true\ncounters = { all = 500 }\n")
    book.ok("adopt", "a", "100", "102", "103")
    book.ok("audit", "verify")
    assert book.next("a") == ["500"]
    book.ok("adopt", "a", "98", "101", "--yes")
    book.ok("audit", "verify")


def test_numbers_adopted_by_an_exhausted_sequence_verify(book: Book) -> None:
    book.load('[sequences.a]\nend = 9\ncounters = { all = "exhausted" }\n')
    book.ok("adopt", "a", "3", "4")
    book.ok("audit", "verify")
    book.ok("sequence", "edit", "a", "--end", "20")
    book.ok("audit", "verify")


def test_a_reconciled_ledger_verifies(invoices: Book) -> None:
    invoices.next("invoice", "-n", "3", "--date", "2026-01-05")
    posted = invoices.file("INV-00001\nINV-00003\n", "posted.txt")
    invoices("reconcile", "invoice", "--input", posted, "--apply", "--to", "2026-01-31")
    assert [row["action"] for row in invoices.ok("audit", "list").rows][-1] == "reconcile"
    invoices.ok("audit", "verify")


def test_others_issue_while_a_book_is_verified(old: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verification sees one state of the book, whatever is written meanwhile."""
    monkeypatch.setattr(verifying, "WATCHED", 1)

    def issue_one(work: str, done: int, total: int) -> None:
        with open_store(str(old.path), actor="bob") as other:
            issue(other, Request("note"))

    with open_store(str(old.path)) as store:
        seen = verifying.verify(store, watch=issue_one)
        again = verifying.verify(store)
    assert (seen.findings, again.findings) == ([], [])
    assert again.events == seen.events + seen.events


class VerifiedHistory(histories.History):
    """A random history that is verified when it ends."""

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert verifying.verify(self.store).findings == []
        super().teardown()


def test_random_histories_verify() -> None:
    run_state_machine_as_test(VerifiedHistory, settings=histories.CI)
