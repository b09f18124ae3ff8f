"""`reconcile --apply`: numbers whose documents never came to be go under review."""

import json
from collections.abc import Callable, Generator

import pytest

from seqctl.actions import add_sequence, issue
from seqctl.actions.numbers.change import void
from seqctl.actions.reconciling.reconcile import Reconciliation
from seqctl.model.number.request import Request
from seqctl.model.reports.reconciliation import Document, Limits
from seqctl.store.sqlite.engine import SqliteStore, Transaction
from tests.book import Book, Rows
from tests.reports.conftest import Change


@pytest.fixture
def rows(nowhere: Book) -> Callable[[str], Rows]:
    """Ask the book with SQL."""
    import sqlite3
    from contextlib import closing

    def run(query: str) -> Rows:
        with closing(sqlite3.connect(nowhere.path)) as connection:
            return connection.execute(query).fetchall()

    return run


class WithDocuments(Book):
    """A book, and the file of the documents that there are."""

    list: str


def with_documents(book: Book, text: str) -> WithDocuments:
    made = WithDocuments(book.path, book.run)
    made.list = made.file(text, "posted.txt")
    return made


@pytest.fixture
def posted(invoices: Book) -> WithDocuments:
    """INV-00001 to INV-00006, dated from the first to the sixth of May; the documents of 1 and 4 exist."""
    for day in range(1, 7):
        invoices.next("invoice", "--date", f"2026-05-0{day}", "--key", f"k{day}")
    return with_documents(invoices, "INV-00001\nINV-00004\n")


def apply(book: WithDocuments, *args: str, target: str = "invoice") -> list[tuple[str, str, str | None]]:
    told = book("reconcile", target, "--input", book.list, "--apply", *args, "--json")
    assert (told.status, told.err) == (3, ""), told
    return [(item["code"], item["subject"], item["action"]) for item in told.json]


def test_numbers_without_a_document_go_under_review(
    posted: WithDocuments, rows: Callable[[str], Rows]
) -> None:
    before = rows("SELECT max(id) FROM event")[0][0]
    expected = [("unposted", f"INV-0000{value}", "review") for value in (2, 3, 5)]
    assert apply(posted, "--to", "2026-05-05", "--dry-run") == expected
    assert rows("SELECT count(*) FROM event") == [(before,)]
    assert apply(posted, "--to", "2026-05-05") == expected
    assert posted.texts() == ["INV-00001", "INV-00004", "INV-00006"]
    assert rows("SELECT first, last, state FROM gap_run") == [(2, 3, "review"), (5, 5, "review")]
    ((action, first, last, detail),) = rows(
        f"SELECT action, first, last, detail FROM event WHERE id > {before}"
    )
    assert (action, first, last) == ("reconcile", 2, 5)
    detail = json.loads(detail)
    assert detail["numbers"] == ["INV-00002", "INV-00003", "INV-00005"]
    assert (detail["to"], detail["reason"]) == ("review", f"no document in {posted.list}")
    assert [row[12] for row in detail["rows_before"]] == [2, 3, 5]
    ((accounted, reusable),) = rows("SELECT accounted, reusable FROM counter")
    assert (accounted, reusable) == (6, 0)
    posted.ok("audit", "verify")
    # What is under review goes out to nobody, and is not found again.
    assert posted.next("invoice", "--date", "2026-05-07") == ["INV-00007"]
    told = posted.ok(
        "reconcile", "invoice", "--input", posted.list, "--apply", "--to", "2026-05-05", "--json"
    )
    assert told.json == []


def test_other_findings_are_told_beside(posted: WithDocuments) -> None:
    posted.list = posted.file("INV-00001\nINV-00099\n", "posted.txt")
    found = apply(posted, "--to", "2026-05-02")
    assert found == [("unposted", "INV-00002", "review"), ("foreign", "INV-00099", None)]
    assert apply(posted, "--to", "2026-05-02") == [("foreign", "INV-00099", None)]


def test_standard_sequences_know_review_too(book: Book, rows: Callable[[str], Rows]) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard")
    book.next("order", "-n", "3", "--date", "2026-05-01")
    book = with_documents(book, "1\n3\n")
    assert apply(book, "--to", "2026-05-31", target="order") == [("unposted", "2", "review")]
    assert rows("SELECT first, last, state FROM gap_run") == [(2, 2, "review")]
    assert book.ok("statement", "--json").json[0]["review"] == 1


def test_one_event_for_all_counters(book: Book, rows: Callable[[str], Rows]) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{shop}-{number}", "--scope", "shop")
    for shop in ("A", "B", "A", "B", "C"):
        book.next("invoice", "--attr", f"shop={shop}", "--date", "2026-05-01")
    book = with_documents(book, "C-1\n")
    assert len(apply(book, "--to", "2026-05-01")) == 4
    events = rows("SELECT subject, counter_id, first, last FROM event WHERE action = 'reconcile'")
    assert events == [("invoice", None, 1, 2)]
    book.ok("audit", "verify")


def test_numbers_without_a_date_stay_and_are_told(posted: WithDocuments, sql: Change) -> None:
    sql("UPDATE number SET date = NULL WHERE value IN (2, 3)")
    given = ("reconcile", "invoice", "--input", posted.list, "--apply", "--json")
    told = posted(*given, "--to", "2026-05-05")
    # They belong to the window of the number before them, and nobody knows whether their time has come.
    assert [item["subject"] for item in told.json] == ["INV-00005", "INV-00002", "INV-00003"]
    assert [item["action"] for item in told.json] == ["review", None, None]
    assert (
        told.err
        == "seqctl: warning: 2 issued numbers have neither a document nor a date, and stay as they are\n"
    )
    assert "INV-00002" in posted.texts()
    told = posted(*given, "--to", "2026-05-05")
    assert (told.status, [item["subject"] for item in told.json]) == (3, ["INV-00002", "INV-00003"])


def test_a_closed_period_stays_as_it_was_filed(posted: WithDocuments) -> None:
    posted.ok("sequence", "add", "other", "--document-type", "bill")
    posted.ok("close", "invoice", "--through", "2026-05-02", "--reason", "filed")
    given = ("reconcile", "invoice", "--input", posted.list, "--apply", "--to", "2026-05-05")
    before = posted.texts()
    error = posted.fails(5, "closed", *given)
    assert "INV-00002, dated 2026-05-02," in error["message"]
    posted.fails(5, "closed", *given, "--dry-run")
    assert posted.texts() == before
    assert len(apply(posted, "--from", "2026-05-03", "--to", "2026-05-05")) == 2


def test_only_counters_that_were_asked_for(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{YYYY}{MM}-{number}", "--reset", "month")
    for month in ("04", "05"):
        book.next("invoice", "--date", f"2026-{month}-01")
    book = with_documents(book, "")
    assert apply(book, "--to", "2026-12-31", "--period", "2026-04") == [("unposted", "202604-1", "review")]


def test_a_number_that_changed_meanwhile_is_left_alone(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_sequence(store, "invoice", {})
    issue(store, Request("invoice", count=4, date="2026-05-01"))
    real = SqliteStore.write_much

    def write(self: SqliteStore) -> Transaction:
        # Somebody voids a number between the look and the lock.
        monkeypatch.setattr(SqliteStore, "write_much", real)
        void(store, ["3"], "wrong customer")
        return real(self)

    wanted = Limits(date_to="2026-05-31")
    with Reconciliation(store, "invoice", wanted) as compared:
        compared.load([Document(1, "1")])
        monkeypatch.setattr(SqliteStore, "write_much", write)
        assert compared.review("no document") == 0
        found = [difference.number for difference in compared.differences()]
    assert found == ["2", "4"]
    assert [(run[0], run[1]) for run in store.connection.execute("SELECT first, last FROM gap_run")] == [
        (2, 2),
        (4, 4),
    ]


def test_the_lock_is_not_taken_to_compare(posted: WithDocuments) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(posted.path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        told = posted("reconcile", "invoice", "--input", posted.list, "--timeout", "0", "--json")
        assert (told.status, len(told.json)) == (3, 4)
        given = ("reconcile", "invoice", "--input", posted.list, "--apply", "--to", "2026-05-05")
        posted.fails(75, "busy", *given, "--timeout", "0")


def test_the_lists_of_a_book_leave_nothing_behind(store: SqliteStore) -> None:
    add_sequence(store, "invoice", {})
    issue(store, Request("invoice", count=2, date="2026-05-01"))
    for _ in range(2):
        with Reconciliation(store, "invoice") as compared:
            compared.load([Document(1, "1")])
            differences = compared.differences()
            assert next(differences).number == "2"
            assert isinstance(differences, Generator)
            differences.close()
    assert store.connection.execute("SELECT count(*) FROM temp.sqlite_master").fetchone() == (0,)
