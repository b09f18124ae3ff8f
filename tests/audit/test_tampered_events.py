"""Each single change of an event is found, with its kind, first of all findings."""

from typing import Any

import pytest

from seqctl.model.finding import Finding
from tests.audit.conftest import Findings, FoundAfter, Tamper
from tests.book import Book, Sql
from tests.odd_event import OddEvent

VALUES: dict[str, list[Any]] = {
    "at": ["2020-01-01T00:00:00.000000Z"],
    "actor": ["eve"],
    "action": ["issue", "void"],
    "subject": ["order"],
    "counter_id": [None, 1, 9],
    "first": [None, 99],
    "last": [None, 3],
    "serial": [None, 14],
    "count": [None, 9],
    "detail": ["{}", "x", '{"rows_before": [[1]]}'],
    "hash": [b"1" * 32],
}
LAST = 39


def first_of(findings: list[Finding]) -> tuple[str, tuple[str, ...]]:
    return findings[0].code, findings[0].subject


@pytest.mark.parametrize("column", VALUES)
def test_an_edited_column_is_found_in_every_event(column: str, found_after: FoundAfter, rows_of: Sql) -> None:
    for id, before in rows_of(f"SELECT id, {column} FROM event"):
        for value in VALUES[column]:
            if value != before:
                findings = found_after((f"UPDATE event SET {column} = ? WHERE id = ?", value, id))
                assert first_of(findings) == ("edited", ("events", str(id)))
                assert [finding.code for finding in findings].count("edited") == 1


def test_a_detail_edited_by_one_character_is_found(found_after: FoundAfter, rows_of: Sql) -> None:
    for id, detail in rows_of("SELECT id, detail FROM event"):
        edited = (detail + " ", detail.replace(":", ": ", 1), detail.replace("e", "E", 1))[id % 3]
        findings = found_after(("UPDATE event SET detail = ? WHERE id = ?", edited, id))
        assert first_of(findings) == ("edited", ("events", str(id)))


def test_a_deleted_event_is_found(found_after: FoundAfter) -> None:
    for id in range(1, LAST):
        findings = found_after(("DELETE FROM event WHERE id = ?", id))
        assert first_of(findings) == ("deleted", ("events", str(id)))


@pytest.mark.parametrize("distance", [1, 2, 11])
def test_two_swapped_events_are_found_and_nothing_else(found_after: FoundAfter, distance: int) -> None:
    for id in range(1, LAST + 1 - distance):
        findings = found_after(
            ("UPDATE event SET id = -77 WHERE id = ?", id),
            ("UPDATE event SET id = ? WHERE id = ?", id, id + distance),
            ("UPDATE event SET id = ? WHERE id = -77", id + distance),
        )
        assert first_of(findings) == ("reordered", ("events", str(id)))
        assert {finding.code for finding in findings} == {"reordered"}


@pytest.mark.parametrize("number", [0, -3, LAST + 1, 100])
def test_an_event_with_another_number_is_found_and_nothing_else(found_after: FoundAfter, number: int) -> None:
    for id in range(1, LAST):
        findings = found_after(("UPDATE event SET id = ? WHERE id = ?", number, id))
        assert [(finding.code, finding.subject) for finding in findings] == [
            ("reordered", ("events", str(id)))
        ], findings


COPIED = "action, subject, counter_id, first, last, serial, count, detail"
FORGED = f"INSERT INTO event SELECT ?, at, 'eve', {COPIED}, ?"


@pytest.mark.parametrize("copied", [6, 12, 15, 27, 30, 36])
def test_an_event_behind_the_last_one_is_found(found_after: FoundAfter, copied: int) -> None:
    findings = found_after((f"{FORGED} FROM event WHERE id = ?", LAST + 1, bytes(32), copied))
    assert [(finding.code, finding.subject[1]) for finding in findings] == [("inserted", str(LAST + 1))]


@pytest.mark.parametrize("place", [1, 2, 7, 20, 30, 39])
def test_an_event_inserted_between_is_found_and_nothing_else(found_after: FoundAfter, place: int) -> None:
    findings = found_after(
        ("UPDATE event SET id = -id - 1 WHERE id >= ?", place),
        ("UPDATE event SET id = -id WHERE id < 0",),
        (f"{FORGED} FROM event WHERE id = ?", place, b"x" * 32, 15 if place != 15 else 16),
    )
    assert [(finding.code, finding.subject[1]) for finding in findings] == [("inserted", str(place))]


def test_a_forged_event_with_a_right_hash_does_not_fit_the_ledger(
    old: Book, sql: Sql, tamper: Tamper, findings: Findings
) -> None:
    import hashlib

    number, head = sql("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1")[0]
    detail = '{"period": "2026", "scope": "", "before": 20, "next": 90, "reason": "x", "runs_before": []}'
    assert number == LAST
    columns = (number + 1, "2026-03-02T00:00:00.000000Z", "eve", "set-next", "invoice", 1, 20, 89, "", "")
    digest = hashlib.sha256(head + "\n".join(map(str, (*columns, detail))).encode()).hexdigest()
    shown = (
        f"{number + 1}, '2026-03-02T00:00:00.000000Z', 'eve', 'set-next', 'invoice', 1, 20, 89, NULL, NULL"
    )
    tamper(f"INSERT INTO event VALUES ({shown}, '{detail}', x'{digest}')")
    assert findings() == [
        ("gap_deleted", "counters.invoice.2026.INV-2026-020..INV-2026-089"),
        ("counter_changed", "counters.invoice.2026"),
    ]


def test_a_rewritten_chain_is_found_by_the_ledger_and_by_an_anchor(
    old: Book, tamper: Tamper, findings: Findings, sql: Sql
) -> None:
    """Whoever rewrites every hash is found where the ledger says otherwise, or by an anchor."""
    from seqctl.store.sql.log import event_hash

    anchor = old.ok("audit", "head").out.strip()
    before, statements = bytes(32), []
    for row in sql("SELECT * FROM event ORDER BY id"):
        columns = list(row[:11])
        columns[2] = "eve" if row[0] == 10 else row[2]
        before = event_hash(before, tuple(columns))
        statements.append(
            f"UPDATE event SET actor = '{columns[2]}', hash = x'{before.hex()}' WHERE id = {row[0]}"
        )
    tamper(*statements)
    assert old.ok("audit", "verify").err == ""
    assert findings("--anchor", anchor) == [("cut_off", f"events.{LAST + 1}")]


def test_a_tail_that_was_cut_off_is_found_by_the_ledger(found_after: FoundAfter) -> None:
    for id in range(1, LAST + 1):
        findings = found_after(("DELETE FROM event WHERE id >= ?", id))
        assert first_of(findings) == ("cut_off", ("events", str(id)))
        assert f"the log ends with event {id - 1}, and the ledger names events up to " in findings[0].message
        assert all("the log is broken at event" in (finding.hint or "") for finding in findings[1:])


def test_a_tail_that_left_no_trace_is_found_by_an_anchor_alone(
    invoices: Book, tamper: Tamper, findings: Findings
) -> None:
    invoices.ok("sequence", "edit", "invoice", "--title", "Invoices")
    invoices.ok("sequence", "edit", "invoice", "--title", "")
    anchor = invoices.ok("audit", "head").out.strip()
    tamper("DELETE FROM event WHERE id >= 3")
    assert invoices.ok("audit", "verify", "--json").json["events"] == 2
    assert findings("--anchor", anchor) == [("cut_off", "events.3")]


def test_no_event_at_all_is_found(invoices: Book, tamper: Tamper, findings: Findings) -> None:
    tamper("DELETE FROM event")
    assert findings() == [("cut_off", "events.1")]


def test_an_event_of_a_kind_that_nobody_knows_is_not_the_chains_affair(invoices: Book) -> None:
    from seqctl import open_store

    with open_store(str(invoices.path)) as store, store.write() as transaction:
        transaction.log.append(OddEvent("dance", "invoice", '{"x": 1}'))
        transaction.commit()
    invoices.ok("audit", "verify")


@pytest.mark.parametrize("detail", ["{}", "[]", "7", '{"rows_before": 3, "to": "x"}'])
def test_an_unbroken_event_that_cannot_be_understood_is_found(
    invoices: Book, findings: Findings, detail: str
) -> None:
    from seqctl import open_store

    with open_store(str(invoices.path)) as store, store.write() as transaction:
        transaction.log.append(OddEvent("release", "invoice", detail, 1, 1, 1))
        transaction.commit()
    assert findings() == [("event_unreadable", "events.3")]
