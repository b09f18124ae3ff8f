"""`adopt`: numbers that exist already enter the book, and counting goes on behind them."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.adopting.conftest import ReadCounter
from tests.book import Book, Sql

REAL = Path(__file__).parent / "real-invoices.csv"
"""The invoice numbers of one day of a British online shop, with cancellations (C)."""


def test_a_real_day_of_invoices_and_cancellations(book: Book, sql: Sql) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{letter}{number}")
    words = ("adopt", "invoice", "--input", REAL, "--column", "InvoiceNo")
    told = book.ok(*words, "--date-column", "FirstInvoiceDate", "--json").json
    assert (told["adopted"], told["unchanged"], told["skipped"]) == (143, 0, 0)
    (shown,) = told["counters"]
    assert (shown["first"], shown["last"], shown["next"]) == ("536365", "536597", "536598")
    assert (shown["missing"], shown["gap_runs"]) == (90, 18)
    assert len(told["gaps"]) == 18
    assert sum(gap["count"] for gap in told["gaps"]) == 90
    assert (told["gaps"][0]["first"], told["gaps"][0]["last"]) == (536410, 536411)
    assert told["gaps"][0]["first_number"] == "{letter}536410"
    assert book.ok("gaps", "invoice", "--json").json == told["gaps"]
    assert sql("SELECT latest_date, latest_value FROM counter") == [("2010-12-01", 536597)]
    assert book.next("invoice", "--attr", "letter=") == ["536598"]
    assert book.next("invoice", "--attr", "letter=C") == ["C536599"]
    again = book.ok(*words, "--json").json
    assert (again["adopted"], again["unchanged"]) == (0, 143)


def test_adopted_numbers_are_issued_and_never_come_again(invoices: Book, counter: ReadCounter) -> None:
    result = invoices.ok("adopt", "invoice", "INV-00003", "INV-00001", "--date", "2026-01-05")
    assert result.rows == [
        {
            "sequence": "invoice",
            "scope": "",
            "period": "all",
            "adopted": "2",
            "unchanged": "0",
            "first": "INV-00001",
            "last": "INV-00003",
            "next": "00004",
            "missing": "1",
            "gap_runs": "1",
            "void": "0",
        }
    ]
    assert counter() == (1, 3, 2)
    assert invoices.next("invoice", "-n", "2") == ["INV-00004", "INV-00005"]
    adopted = invoices.numbers()[0]
    assert adopted["number"] == "INV-00003"
    assert (adopted["state"], adopted["date"], adopted["key"]) == ("issued", "2026-01-05", None)
    assert not adopted["reused"]
    invoices.ok("void", "INV-00001", "--reason", "cancelled")
    assert invoices.next("invoice") == ["INV-00006"]


def test_a_record_is_kept_and_names_one_number(invoices: Book) -> None:
    invoices.ok("adopt", "invoice", "INV-00001", "--record", "4711")
    assert [number["record"] for number in invoices.numbers()] == ["4711"]
    invoices.fails(2, "usage", "adopt", "invoice", "INV-00002", "INV-00003", "--record", "4711")


def test_one_event_with_the_hash_of_its_rows(invoices: Book, sql: Sql) -> None:
    invoices.ok("adopt", "invoice", "INV-00002", "--date", "2026-01-05", "--record", "A")
    path = invoices.file("INV-00002\nINV-00004\nINV-00003\n", "more.txt")
    invoices.ok("adopt", "invoice", "--input", path)
    columns = (
        "counter_id, uniqueness_id, date, state, record, key, key_space, policy, set_name, expires_at,"
        " event_id, serial, value, text, reused"
    )
    rows = sql(f"SELECT {columns} FROM number ORDER BY serial")
    *_, (subject, id, first, last, serial, count, text) = sql(
        "SELECT subject, counter_id, first, last, serial, count, detail FROM event WHERE action = 'adopt'"
    )
    assert (subject, id, first, last, serial, count) == ("invoice", None, None, None, 2, 2)
    hashed = "".join("\x1f".join("" if v is None else str(v) for v in row) + "\x1e" for row in rows[1:])
    assert json.loads(text) == {
        "type": "invoice",
        "file": path,
        "count": 2,
        "unchanged": 1,
        "rows": hashlib.sha256(hashed.encode()).hexdigest(),
        "counters": [[1, "invoice", "all", "", 3, 4, 2]],
    }
    assert [row[-2] for row in rows] == ["INV-00002", "INV-00004", "INV-00003"]
    assert rows[0][2:7] == ("2026-01-05", "issued", "A", None, 0)
    assert invoices.run("audit", "verify").status == 0


def test_what_is_held_alike_is_left_unchanged_and_nothing_is_written(invoices: Book) -> None:
    invoices.next("invoice", "--date", "2026-01-05", "--record", "A")
    head = invoices.ok("audit", "head").out
    for options in (
        [],
        ["--date", "2026-01-05"],
        ["--record", "A"],
        ["--date", "2026-01-05", "--record", "A"],
    ):
        told = invoices.ok("adopt", "invoice", "INV-00001", *options, "--json").json
        assert (told["adopted"], told["unchanged"]) == (0, 1)
    assert invoices.ok("audit", "head").out == head


def test_a_rehearsal_tells_the_same_and_writes_nothing(invoices: Book) -> None:
    words = ("adopt", "invoice", "INV-00007", "INV-00009", "--json")
    head = invoices.ok("audit", "head").out
    seen = invoices.ok(*words, "--dry-run").json
    assert invoices.ok("audit", "head").out == head
    assert invoices.numbers() == []
    assert invoices.ok(*words).json == seen


def test_adopting_fixes_the_fields_and_issuing_needs_no_leave(invoices: Book, sql: Sql) -> None:
    invoices.ok("adopt", "invoice", "INV-00007")
    assert sql("SELECT used FROM sequence") == [(2,)]
    invoices.fails(5, "locked_field", "sequence", "edit", "invoice", "--start", "5")
    invoices.ok("adopt", "invoice", "INV-00008")
    assert invoices.next("invoice") == ["INV-00009"]
    assert sql("SELECT used FROM sequence") == [(1,)]
    invoices.fails(5, "not_manual", "adopt", "invoice", "INV-00010")
    assert invoices.ok("adopt", "invoice", "INV-00009", "--json").json["unchanged"] == 1
    invoices.ok("sequence", "edit", "invoice", "--manual")
    invoices.ok("adopt", "invoice", "INV-00010")
    assert sql("SELECT used FROM sequence") == [(1,)]


@pytest.mark.parametrize(("preset", "expected"), [("5", (2, 4, 1)), ("9", (2, 8, 1))])
def test_a_next_value_that_a_definition_gave_is_kept_where_it_is_above(
    invoices: Book, counter: ReadCounter, preset: str, expected: tuple[int, int, int]
) -> None:
    invoices.ok("sequence", "set-next", "invoice", preset, "--reason", "as in the old system")
    invoices.ok("adopt", "invoice", "INV-00002")
    assert counter() == expected
    assert invoices.next("invoice") == [f"INV-{int(preset):05}"]


def test_a_next_value_below_the_adopted_is_passed(invoices: Book, counter: ReadCounter) -> None:
    invoices.ok("sequence", "set-next", "invoice", "5", "--reason", "as in the old system")
    invoices.ok("adopt", "invoice", "INV-00008", "INV-00009")
    assert counter() == (8, 9, 2)
    assert invoices.next("invoice") == ["INV-00010"]


def test_a_used_counter_may_begin_lower_and_end_higher(book: Book, counter: ReadCounter) -> None:
    book.ok("sequence", "add", "invoice", "--manual", "--start", "10", "--step", "5")
    book.ok("sequence", "set-next", "invoice", "30", "--reason", "x")
    assert book.next("invoice") == ["30"]
    told = book.ok("adopt", "invoice", "20", "40", "--json").json
    assert counter() == (20, 40, 3)
    assert [gap["first"] for gap in told["gaps"]] == [25, 35]
    assert book.next("invoice") == ["45"]


def test_numbers_of_a_type_go_to_the_sequence_that_reads_them(book: Book) -> None:
    for name, add in (("DE", book.ok), ("FR", book.warned)):
        add("sequence", "add", name, "--document-type", "invoice", "--pattern", f"{name}-{{number}}")
    told = book.ok("adopt", "invoice", "FR-1", "DE-7", "FR-2", "--json").json
    assert [(c["sequence"], c["adopted"], c["first"]) for c in told["counters"]] == [
        ("DE", 1, "DE-7"),
        ("FR", 2, "FR-1"),
    ]
    assert "fits no pattern" in book.fails(6, "invalid_input", "adopt", "invoice", "IT-1")["message"]
    book.fails(4, "not_found", "adopt", "invoicee", "FR-3")


def test_a_number_that_two_sequences_read_needs_a_name(book: Book) -> None:
    book.ok("sequence", "add", "low", "--document-type", "invoice", "--pattern", "{number:3}")
    book.warned(
        *("sequence", "add", "high", "--document-type", "invoice", "--pattern", "{number:4}"),
        *("--start", "500", "--allow-collisions"),
    )
    error = book.fails(6, "invalid_input", "adopt", "invoice", "1500")
    assert "several sequences: 'high' and 'low'" in error["message"]
    assert "TARGET" in error["hint"]
    book.ok("adopt", "low", "1500")
    error = book.fails(6, "invalid_input", "adopt", "high", "1500")
    assert "is already held by sequence 'low'" in error["message"]


def test_periods_and_scopes_are_read_from_the_number(book: Book) -> None:
    book.ok(
        *("sequence", "add", "invoice", "--pattern", "{entity}-{YYYY}-{number:3}"),
        *("--reset", "year", "--scope", "entity"),
    )
    told = book.ok("adopt", "invoice", "DE-2025-007", "FR-2026-001", "DE-2026-002", "--json").json
    assert [(c["scope"], c["period"], c["next"]) for c in told["counters"]] == [
        ({"entity": "DE"}, "2025", "008"),
        ({"entity": "DE"}, "2026", "003"),
        ({"entity": "FR"}, "2026", "002"),
    ]
    assert book.next("invoice", "--date", "2025-12-31", "--attr", "entity=DE") == ["DE-2025-008"]


def test_a_period_that_the_text_does_not_show_is_given(book: Book) -> None:
    book.ok("sequence", "add", "slip", "--pattern", "S{number}", "--reset", "month", "--unique", "period")
    assert "--period" in book.fails(6, "invalid_input", "adopt", "slip", "S1")["message"]
    assert "is not a period" in book.fails(2, "usage", "adopt", "slip", "S1", "--period", "2026")["message"]
    for words in (["--period", "2026-05"], ["--date", "2026-06-03"]):
        book.ok("adopt", "slip", "S1", *words)
    assert [(number["period"], number["date"]) for number in book.numbers()] == [
        ("2026-05", None),
        ("2026-06", "2026-06-03"),
    ]
    both = ("adopt", "slip", "S2", "--date", "2026-06-03", "--period", "2026-05")
    assert "lies in period 2026-06" in book.fails(6, "invalid_input", *both)["message"]


def test_a_scope_that_is_given_is_held_against_the_text(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{entity}-{number}", "--scope", "entity=DE,FR")
    assert "'IT' is not a value" in book.fails(6, "invalid_input", "adopt", "invoice", "IT-1")["message"]
    words = ("adopt", "invoice", "DE-1", "--scope", "entity=FR")
    assert "shows entity 'DE', not 'FR'" in book.fails(6, "invalid_input", *words)["message"]
    assert "'shop'" in book.fails(2, "usage", "adopt", "invoice", "DE-1", "--scope", "shop=1")["message"]
    book.ok("adopt", "invoice", "DE-1", "--scope", "entity=DE")


def test_letters_are_adopted_too(book: Book) -> None:
    book.ok("sequence", "add", "lot", "--kind", "alpha")
    book.ok("adopt", "lot", "aa", "z")
    assert book.next("lot") == ["ab"]


def test_the_ledger_says_where_a_text_of_an_earlier_pattern_belongs(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:3}", "--manual")
    book.next("invoice", "-n", "2")
    book.ok("sequence", "edit", "invoice", "--pattern", "R{number:5}")
    told = book.ok("adopt", "invoice", "INV-001", "R00003", "--json").json
    assert (told["adopted"], told["unchanged"]) == (1, 1)
    assert "'INV-002'" in book.fails(6, "invalid_input", "adopt", "invoice", "R00002")["message"]
    assert "does not fit" in book.fails(6, "invalid_input", "adopt", "invoice", "INV-009")["message"]
    error = book.fails(6, "invalid_input", "adopt", "invoice", "INV-001", "INV-001", "INV-002")
    assert error["message"].startswith("'INV-001' is given twice")


def test_history_may_lie_outside_the_window_or_in_an_inactive_sequence(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--effective-from", "2026-01-01")
    book.ok("sequence", "deactivate", "invoice")
    book.ok("adopt", "invoice", "7", "--date", "2020-03-01")
    assert book.texts() == ["7"]
