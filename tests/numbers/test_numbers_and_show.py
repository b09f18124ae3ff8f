"""`numbers` lists the ledger in the order of issue, filtered; `show` tells of one number."""

import pytest

from tests.book import Book


@pytest.fixture
def ledger(book: Book) -> Book:
    """Numbers of two types, several periods and scopes."""
    book.load(
        """
        [sequences.inv]
        document_type = "invoice"
        pattern = "I-{entity}-{YYYY}{MM}-{number:3}"
        reset = "month"
        scope = ["entity"]
        [sequences.old]
        document_type = "invoice"
        pattern = "OLD-{number}"
        [sequences.pay]
        document_type = "payment"
        pattern = "I-{YYYY}-{number}"
        reset = "year"
        [sets.default]
        default = true
        members = { invoice = "inv", payment = "pay" }
        """
    )
    book.next("invoice", "--attr", "entity=DE", "--date", "2026-05-04", "--record", "R-1", "--key", "K-1")
    book.next("payment", "--date", "2026-05-05")
    book.next("invoice", "--attr", "entity=FR", "--date", "2026-05-31")
    book.next("old", "--date", "2025-01-01")
    book.next("invoice", "--attr", "entity=DE", "--date", "2026-06-01", "--record", "R-1")
    return book


def test_all_are_listed_in_the_order_of_issue(ledger: Book) -> None:
    expected = ["I-DE-202605-001", "I-2026-1", "I-FR-202605-001", "OLD-1", "I-DE-202606-001"]
    assert ledger.texts() == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("inv",), ["I-DE-202605-001", "I-FR-202605-001", "I-DE-202606-001"]),
        (("invoice",), ["I-DE-202605-001", "I-FR-202605-001", "OLD-1", "I-DE-202606-001"]),
        (("Invoice",), ["I-DE-202605-001", "I-FR-202605-001", "OLD-1", "I-DE-202606-001"]),
        (("--from", "2026-05-31"), ["I-FR-202605-001", "I-DE-202606-001"]),
        (("--to", "2026-05-04"), ["I-DE-202605-001", "OLD-1"]),
        (("--from", "2026-05-05", "--to", "2026-05-31"), ["I-2026-1", "I-FR-202605-001"]),
        (("--period", "2026-05"), ["I-DE-202605-001", "I-FR-202605-001"]),
        (("--period", "all"), ["OLD-1"]),
        (("--scope", "entity=DE"), ["I-DE-202605-001", "I-DE-202606-001"]),
        (("--scope", "entity=DE", "--limit", "1"), ["I-DE-202605-001"]),
        (("--record", "R-1"), ["I-DE-202605-001", "I-DE-202606-001"]),
        (("--key", "K-1"), ["I-DE-202605-001"]),
        (("--state", "issued", "--limit", "2"), ["I-DE-202605-001", "I-2026-1"]),
        (("--limit", "100"), ["I-DE-202605-001", "I-2026-1", "I-FR-202605-001", "OLD-1", "I-DE-202606-001"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_filters_narrow_the_list(ledger: Book, words: tuple[str, ...], expected: list[str]) -> None:
    assert ledger.texts(*words) == expected


def test_an_unknown_target_is_not_found(ledger: Book) -> None:
    assert "invoice" in ledger.fails(4, "not_found", "numbers", "invoise")["hint"]


def test_scopes_are_tables_in_json_and_pairs_in_rows(ledger: Book) -> None:
    assert ledger.numbers("--limit", "1")[0]["scope"] == {"entity": "DE"}
    assert ledger.ok("numbers", "--limit", "1").rows[0]["scope"] == "entity=DE"


def test_the_period_of_each_number_is_shown(ledger: Book) -> None:
    shown = {number["number"]: number["period"] for number in ledger.numbers()}
    assert shown["I-DE-202605-001"] == "2026-05"
    assert shown["I-2026-1"] == "2026"
    assert shown["OLD-1"] == "all"


def test_show_of_a_number_that_no_sequence_of_the_choice_prints_is_not_found(ledger: Book) -> None:
    ledger.fails(4, "not_found", "show", "I-DE-2026-002")
    ledger.fails(4, "not_found", "show", "OLD-1", "--type", "payment")
    ledger.fails(4, "not_found", "show", "OLD-1", "--sequence", "inv")


def test_show_asks_which_number_is_meant_where_two_types_have_the_text(ledger: Book) -> None:
    ledger.ok("sequence", "add", "twin", "--pattern", "OLD-{number}", "--document-type", "twin")
    ledger.next("twin")
    error = ledger.fails(5, "ambiguous_number", "show", "OLD-1")
    assert "invoice" in error["message"]
    assert "twin" in error["message"]
    assert ledger.ok("show", "OLD-1", "--type", "Twin", "--json").json["sequence"] == "twin"
    assert ledger.ok("show", "OLD-1", "--sequence", "old", "--json").json["document_type"] == "invoice"


def test_show_takes_a_period_where_a_text_comes_again_in_each(book: Book) -> None:
    book.ok("sequence", "add", "a", "--reset", "year", "--unique", "period")
    book.next("a", "--date", "2024-05-01")
    book.next("a", "--date", "2025-05-01")
    book.fails(5, "ambiguous_number", "show", "1")
    assert book.ok("show", "1", "--period", "2025", "--json").json["date"] == "2025-05-01"


def test_show_says_who_issued_the_number_and_when(ledger: Book) -> None:
    shown = ledger.ok("show", "OLD-1", "--json").json
    event = shown["events"][0]
    assert (event["action"], event["at"], event["actor"]) == ("issue", shown["issued_at"], shown["actor"])


def test_show_of_a_later_number_of_a_batch_finds_its_event(ledger: Book) -> None:
    ledger.next("old", "-n", "5", "--actor", "Ines")
    assert [event["actor"] for event in ledger.ok("show", "OLD-4", "--json").json["events"]] == ["Ines"]


def test_a_long_ledger_is_listed_as_a_whole(invoices: Book) -> None:
    invoices.next("invoice", "-n", "2500")
    assert invoices.texts() == [f"INV-{value:05}" for value in range(1, 2501)]
