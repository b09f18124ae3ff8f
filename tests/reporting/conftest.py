"""A book in which everything happened that a report tells of, and what its reports say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book

AT = "2099-11-28T12:00:00"
"""An instant behind every event of the book."""

STRANGE = '=HYPERLINK("http://x") <script>alert(1)</script> & "quoted"'
"""What a person may write as a reason, and a page or a spreadsheet must not obey."""


@pytest.fixture
def full(book: Book) -> Book:
    """A book with void, reused, blocked, missing and reserved numbers, in two years and several sequences."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{number:5}", "--reset", "year")
    book.ok("sequence", "edit", "invoice", "--date-order", "warn")
    book.ok("sequence", "add", "memo", "--document-type", "credit_memo", "--pattern", "0{number:5}")
    book.ok("sequence", "add", "slip", "--pattern", "S{entity}-{number}", "--scope", "entity")
    book.ok("sequence", "edit", "slip", "--description", STRANGE)
    book.ok("set", "add", "europe", "invoice=invoice", "credit_memo=memo", "--default")
    for day in ("2025-12-30", "2026-01-05", "2026-02-03", "2026-02-04"):
        book.next("invoice", "-n", "5", "--date", day, "--record", f"order of {day}")
    book.ok("void", "INV-2026-00003", "--reason", STRANGE)
    book.ok("release", "INV-2026-00005", "--reason", "never sent")
    book.warned("next", "invoice", "--date", "2026-02-09")
    book.ok("sequence", "set-next", "invoice", "21", "--period", "2026", "--reason", "a lost pad")
    book.next("invoice", "--date", "2026-02-10")
    book.next("credit_memo", "-n", "4", "--date", "2026-02-11")
    book.ok("release", "000002", "--reason", "a slip")
    book.next("slip", "-n", "2", "--attr", "entity=DE", "--date", "2026-03-01")
    return book


Told = Callable[..., Any]


@pytest.fixture
def told(place: Path) -> Told:
    """What a report says, as JSON: `told(book, *args)`; its exit status must be that of its answers."""

    def call(book: Book, *args: str) -> Any:
        result = book("report", "report.json", *args)
        assert result.err == "", result
        report = json.loads((place / "report.json").read_text(encoding="utf-8"))
        assert list(report) == ["sheets"]
        assert result.status == (0 if report["sheets"]["summary"]["good"] else 3)
        return report["sheets"]

    return call
