"""Several document types out of the ranges of one sequence; memos that follow; what a used range keeps."""

import pytest

from tests.book import Book

GRANTED = """
[sequences.sales]
document_type = ["invoice", "credit_memo"]
type_codes = { invoice = "FA", credit_memo = "NC" }
pattern = "{type}-{branch}-{number:3}"
reset = "range"
scope = ["branch"]

[ranges.N1]
sequence = "sales"
first = 1
last = 5
values = { branch = "N" }

[ranges.S1]
sequence = "sales"
first = 1
last = 3
values = { branch = "S" }

[ranges.S2]
sequence = "sales"
first = 4
last = 9
valid_from = 2026-01-01
values = { branch = "S" }
"""
DAY = ("--date", "2026-11-27")


@pytest.fixture
def granted(book: Book) -> Book:
    """Two branches, each with ranges of its own, out of which invoices and credit notes are numbered."""
    book.load(GRANTED)
    return book


def test_a_memo_takes_the_branch_of_its_invoice_and_goes_on_in_its_ranges(granted: Book) -> None:
    assert granted.next("invoice", "--attr", "branch=S", *DAY) == ["FA-S-001"]
    assert granted.next("credit_memo", "--of", "FA-S-001", *DAY) == ["NC-S-002"]
    # S1 has one number left; the rest of the batch comes out of S2.
    assert granted.next("credit_memo", "--of", "FA-S-001", "-n", "2", *DAY) == ["NC-S-003", "NC-S-004"]
    assert granted.next("invoice", "--attr", "branch=N", *DAY) == ["FA-N-001"]
    granted.fails(5, "wrong_target", "next", "credit_memo", "--of", "FA-S-001", "--attr", "branch=N", *DAY)
    assert granted.next("credit_memo", "--of", "FA-S-001", "--range", "S2", *DAY) == ["NC-S-005"]
    granted.fails(5, "no_range", "next", "credit_memo", "--of", "FA-S-001", "--range", "N1", *DAY)
    assert granted.texts("credit_memo") == ["NC-S-002", "NC-S-003", "NC-S-004", "NC-S-005"]
    assert granted.texts("credit_memo", "--period", "S2") == ["NC-S-004", "NC-S-005"]
    stated = {
        row["period"]: (row["of_type"], row["issued"])
        for row in granted.ok("statement", "credit_memo", "--json").json
    }
    assert stated == {"N1": (0, 1), "S1": (2, 3), "S2": (2, 2)}
    assert granted.ok("audit", "verify").err == ""


def test_a_freed_number_goes_to_whichever_type_asks(granted: Book) -> None:
    granted.next("credit_memo", "--attr", "branch=N", "-n", "2", *DAY)
    granted.ok("release", "NC-N-001", "--reason", "never sent")
    (gap,) = granted.ok("gaps", "--json").json
    assert (gap["first_number"], gap["period"]) == ("NC-N-001", "N1")
    assert granted.next("invoice", "--attr", "branch=N", *DAY) == ["FA-N-001"]
    granted.ok("sequence", "edit", "sales", "--manual")
    granted.ok("adopt", "invoice", "FA-N-003", "FA-S-002")
    granted.fails(6, "invalid_input", "adopt", "invoice", "NC-S-001")
    assert granted.texts("invoice") == ["FA-N-001", "FA-N-003", "FA-S-002"]
    assert granted.ok("audit", "verify").err == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--first", "2"), "first: is 1 and cannot become 2: it is fixed once a number was issued"),
        (("--value", "branch=W"), "values: is {'branch': 'S'} and cannot become {'branch': 'W'}"),
        (("--last", "1"), "last: is 3 and cannot become 1: its held numbers reach 2"),
        (("--until", "2026-11-26"), "valid_until: is open and cannot become '2026-11-26': a number of it is"),
        (("--from", "2026-11-28"), "valid_from: is open and cannot become '2026-11-28': a number of it is"),
    ],
)
def test_a_used_range_keeps_what_its_numbers_say(granted: Book, change: tuple[str, ...], words: str) -> None:
    granted.next("invoice", "--attr", "branch=S", "-n", "2", *DAY)
    for rehearsed in ((), ("--dry-run",)):
        error = granted.fails(5, "locked_field", "range", "edit", "S1", *change, *rehearsed)
        assert words in error["message"]


def test_a_used_range_may_still_end_otherwise(granted: Book) -> None:
    granted.next("invoice", "--attr", "branch=S", "-n", "2", *DAY)
    granted.ok("range", "edit", "S1", "--last", "2", "--from", "2026-11-27", "--until", "2026-11-27")
    granted.made("sequence", "add", "other", "--pattern", "{branch}/{number}", "--reset", "range")
    error = granted.fails(5, "locked_field", "range", "edit", "S1", "--sequence", "other")
    assert "sequence: is 'sales' and cannot become 'other'" in str(error)
    assert granted.next("invoice", "--attr", "branch=S", *DAY) == ["FA-S-004"]
    assert granted.ok("audit", "verify").err == ""
