"""`reconcile` reads what billing systems and spreadsheets write."""

import json

from tests.book import Book

INVOICES = [
    {"number": "INV-00001", "date": "2026-01-05", "state": "paid", "amount": 10.5, "customer": {"id": 7}},
    {"number": "INV-00002", "date": "2026-01-05", "state": "open", "lines": [{"sku": "A"}]},
    {"number": "INV-00003", "date": "2026-01-06", "state": "void", "amount": None},
]
PAGED = {
    "items": INVOICES,
    "pagination": {"page": 1, "pages": 1, "total": 3},
}


def test_a_paged_list_of_a_billing_system_reconciles_as_it_is(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2", "--date", "2026-01-05")
    invoices.next("invoice", "--date", "2026-01-06")
    invoices.ok("void", "INV-00003", "--reason", "cancelled")
    for text in (json.dumps(PAGED), json.dumps(PAGED, indent=2)):
        path = invoices.file(text, "page.json")
        result = invoices.run("reconcile", "invoice", "--input", path)
        assert (result.status, result.rows) == (0, []), result
    changed = {**PAGED, "items": INVOICES[:1]}
    result = invoices.run("reconcile", "invoice", "--input", invoices.file(json.dumps(changed), "page.json"))
    assert (result.status, [row["subject"] for row in result.rows]) == (3, ["INV-00002"])


def test_words_for_void_documents_are_explained(invoices: Book) -> None:
    invoices.next("invoice", "--date", "2026-01-05")
    path = invoices.file("number;state\nINV-00001;storniert\n", "d.csv")
    assert invoices.run("reconcile", "invoice", "--input", path).status == 0
    words = ("reconcile", "invoice", "--input", path, "--state-word", "storniert=void")
    assert [row["code"] for row in invoices.run(*words).rows] == ["void_in_documents"]


def test_lost_zeros_are_given_back(book: Book) -> None:
    book.ok("sequence", "add", "receipt", "--pattern", "{number:8}")
    book.next("receipt", "-n", "2", "--date", "2026-01-05")
    path = book.file("number\n1\n2.0\n", "r.csv")
    assert book.run("reconcile", "receipt", "--input", path).status == 3
    assert book.run("reconcile", "receipt", "--input", path, "--pad").rows == []
