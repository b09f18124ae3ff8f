"""Each single change of a row of the ledger is found, and names the number and nothing else."""

from typing import Any

import pytest

from seqctl.model.finding import Finding
from tests.audit.conftest import Attempt, Findings, FoundAfter, Tamper
from tests.book import Book, Sql

VALUES: dict[str, list[Any]] = {
    "counter_id": [2, 99],
    "uniqueness_id": [2, 9],
    "date": ["2020-01-01", None, "", "2030-01-01"],
    "state": ["issued", "void", "reserved"],
    "record": ["another", None, ""],
    "key": ["another", None, ""],
    "key_space": [0, 1, 7],
    "policy": ["p", ""],
    "set_name": ["s", ""],
    "expires_at": ["2030-01-01T00:00:00.000000Z", "2001", ""],
    "event_id": [1, 5, 17, 32, 40, 999],
    "serial": [0, -5, 1000],
    "value": [50, 1000],
    "text": ["EVIL", "INV-2026-099"],
    "reused": [0, 1],
    "change_id": [None, 10, 29, 999],
}
ADOPTED = (32, 36)


@pytest.mark.parametrize("column", VALUES)
def test_a_changed_column_is_found_in_every_row(column: str, attempt: Attempt, rows_of: Sql) -> None:
    tried = 0
    for serial, text, event, before in rows_of(f"SELECT serial, text, event_id, {column} FROM number"):
        for value in VALUES[column]:
            change = f"UPDATE number SET {column} = ? WHERE serial = ?"
            findings = [] if value == before else attempt((change, value, serial))
            if value == before or findings is None:
                continue
            tried += 1
            found = [(finding.code, finding.subject) for finding in findings]
            if column == "date" and event in ADOPTED:
                # Each adopted number has a date of its own, which nothing but the hash knows.
                assert found[0] == ("number_changed", ("events", str(event)))
            else:
                named = ("numbers", value if column == "text" else text)
                assert found == [("number_changed", named)], (text, column, before, value, findings)
    assert tried > 10


def test_a_deleted_row_is_found_and_named(found_after: FoundAfter, rows_of: Sql) -> None:
    for serial, text in rows_of("SELECT serial, text FROM number"):
        findings = found_after(("DELETE FROM number WHERE serial = ?", serial))
        assert [(finding.code, finding.subject) for finding in findings] == [
            ("number_deleted", ("numbers", text))
        ], findings


INSERT = (
    "INSERT INTO number VALUES (?, 1, ?, ?, 1, '2026-02-02', 'issued', NULL, NULL, 0, NULL, NULL, 0, NULL,"
    " ?, NULL, NULL, NULL)"
)


@pytest.mark.parametrize("event", [1, 5, 13, 17, 29, 32, 39, 40, 999])
@pytest.mark.parametrize("serial", [3, 17, 40, 1000, -1])
def test_an_inserted_row_is_found_and_named(found_after: FoundAfter, event: int, serial: int) -> None:
    findings = found_after((INSERT, serial, 90, "INV-2026-090", event))
    assert [(finding.code, finding.subject) for finding in findings] == [
        ("number_inserted", ("numbers", "INV-2026-090"))
    ], findings


def said(findings: list[Finding]) -> str:
    (finding,) = findings
    return finding.message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "state = 'void' WHERE text = 'INV-2026-001'",
            "INV-2026-001 of sequence 'invoice' in period 2026 was changed: its state is 'void', and event 5"
            " wrote 'issued'",
        ),
        (
            "text = 'INV-2026-777' WHERE text = 'INV-2026-005'",
            "INV-2026-777 of sequence 'invoice' in period 2026 was changed: its text is 'INV-2026-777', and"
            " event 5 wrote 'INV-2026-005'",
        ),
        (
            "record = 'another' WHERE text = 'INV-2026-002'",
            "INV-2026-002 of sequence 'invoice' in period 2026 was changed: its record is 'another', and"
            " event 10 (void) left 'January'",
        ),
        (
            "value = 9 WHERE text = 'ORD-B-3'",
            "ORD-B-3 of sequence 'order' for branch=B was changed: its value is 9, and event 21 wrote 3",
        ),
        (
            "change_id = 12 WHERE text = 'ORD-B-3'",
            "ORD-B-3 of sequence 'order' for branch=B was changed: it names event 12, which did not change"
            " it",
        ),
    ],
)
def test_a_finding_says_what_was_there(found_after: FoundAfter, change: str, message: str) -> None:
    assert said(found_after((f"UPDATE number SET {change}",))) == message


def test_a_text_that_is_no_text_is_named_by_its_bytes(old: Book, tamper: Tamper, findings: Findings) -> None:
    tamper("UPDATE number SET text = CAST(x'ff41' AS TEXT) WHERE text = 'ORD-B-3'")
    assert findings() == [("number_changed", "numbers.\udcffA")]


def test_several_changed_rows_of_one_event_are_each_named(found_after: FoundAfter) -> None:
    findings = found_after(
        ("UPDATE number SET date = '2026-01-31' WHERE text = 'INV-2026-001'",),
        ("UPDATE number SET text = 'X' WHERE text = 'INV-2026-005'",),
        ("UPDATE number SET record = 'other' WHERE text = 'N111'",),
    )
    assert [(finding.code, finding.subject[1]) for finding in findings] == [
        ("number_changed", "INV-2026-001"),
        ("number_changed", "X"),
        ("number_changed", "N111"),
    ]


def test_a_row_moved_to_another_value_and_text_is_found(found_after: FoundAfter) -> None:
    findings = found_after(
        ("UPDATE number SET value = 30, text = 'INV-2026-030' WHERE text = 'INV-2026-017'",)
    )
    assert [(finding.code, finding.subject) for finding in findings] == [("number_changed", ("events", "17"))]


def test_two_swapped_texts_are_found(found_after: FoundAfter) -> None:
    findings = found_after(
        ("UPDATE number SET text = '~' WHERE text = 'N101'",),
        ("UPDATE number SET text = 'N101' WHERE text = 'N111'",),
        ("UPDATE number SET text = 'N111' WHERE text = '~'",),
    )
    assert {finding.code for finding in findings} == {"number_changed"}


def test_a_row_of_a_large_batch_is_named(invoices: Book, tamper: Tamper, findings: Findings) -> None:
    invoices.next("invoice", "-n", "3000", "--record", "batch")
    tamper("UPDATE number SET record = 'mine' WHERE value = 2345")
    assert findings() == [("number_changed", "numbers.INV-02345")]


def test_a_text_in_a_large_batch_is_named_by_the_pattern(
    invoices: Book, tamper: Tamper, findings: Findings
) -> None:
    invoices.next("invoice", "-n", "3000")
    tamper("UPDATE number SET text = 'INV-02346x' WHERE value = 2345")
    assert findings() == [("number_changed", "numbers.INV-02346x")]


def test_rows_deleted_from_a_large_batch_are_named(
    invoices: Book, tamper: Tamper, findings: Findings
) -> None:
    invoices.next("invoice", "-n", "3000")
    tamper("DELETE FROM number WHERE value IN (1, 1500, 3000)")
    named = [f"numbers.INV-{value:05}" for value in (1, 1500, 3000)]
    assert findings() == [("number_deleted", name) for name in named]


def test_what_cannot_be_told_apart_names_the_range(
    invoices: Book, tamper: Tamper, findings: Findings, nowhere: Book
) -> None:
    invoices.next("invoice", "-n", "3000")
    tamper("UPDATE number SET policy = 'p'")
    assert findings() == [("number_changed", "events.3")]
    message = nowhere("audit", "verify", "--json").json[0]["message"]
    assert message == "one or more of the 3000 numbers of event 3: INV-00001 ... INV-03000 were changed"


def test_a_thousand_changed_numbers_are_counted_and_not_all_told(
    invoices: Book, tamper: Tamper, nowhere: Book
) -> None:
    for _ in range(60):
        invoices.next("invoice", "-n", "40")
    tamper("UPDATE number SET record = 'x' WHERE value % 40 < 19")
    result = nowhere("audit", "verify", "--json")
    assert result.status == 3
    assert len(result.json) == 1001
    assert result.json[-1]["code"] == "more_findings"
    assert result.json[-1]["message"] == "there are 140 more findings"
