"""Changed counters, gap runs and closed days are found and named."""

from typing import Any

import pytest

from seqctl.model.finding import Finding
from tests.audit.conftest import Attempt, FoundAfter
from tests.book import Sql

COUNTERS: dict[str, list[Any]] = {
    "first": [0, 7, 1000],
    "last": [0, 3, 16, 17, 1000],
    "accounted": [0, 5, 1000],
    "reusable": [0, 1, 7],
    "reserved": [0, 1, 5],
    "latest_date": [None, "2020-01-01", "2029-01-01"],
    "latest_value": [2, 999],
    "uniqueness_id": [1, 2, 9],
    "sequence_id": [1, 2, 3],
    "scope": ["", "branch=X"],
    "period": ["all", "2026", "2024"],
}
RUNS: dict[str, list[Any]] = {
    "first": [9, 11, 12, 17],
    "last": [10, 13, 15, 19],
    "state": ["reusable", "blocked", "review"],
    "event_id": [1, 5, 15, 28, 999],
    "counter_id": [2, 3],
}


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.mark.parametrize("column", COUNTERS)
def test_a_changed_counter_is_found(column: str, attempt: Attempt, rows_of: Sql) -> None:
    for id, before, same_date in rows_of(
        f"SELECT c.id, c.{column}, (SELECT max(value) FROM number n WHERE n.counter_id = c.id AND date ="
        " c.latest_date) FROM counter c"
    ):
        for value in COUNTERS[column]:
            if value == before or (column == "latest_value" and (same_date or 0) >= value):
                continue
            findings = attempt((f"UPDATE counter SET {column} = ? WHERE id = ?", value, id))
            if findings is not None:
                assert "counter_changed" in codes(findings), (id, column, before, value, findings)


def test_a_deleted_counter_is_found(found_after: FoundAfter, rows_of: Sql) -> None:
    for id, period in rows_of("SELECT id, period FROM counter"):
        findings = found_after(("DELETE FROM counter WHERE id = ?", id))
        assert "counter_deleted" in codes(findings)
        assert period in " ".join(finding.message for finding in findings)


@pytest.mark.parametrize("counts", ["1, 0, 0", "1, 5, 5", "40, 39, 0"])
def test_an_inserted_counter_is_found(found_after: FoundAfter, counts: str) -> None:
    row = f"INSERT INTO counter VALUES (50, 1, '', '2024', 1, {counts}, 0, 0, NULL, NULL, NULL)"
    findings = found_after((row,))
    assert [(finding.code, finding.subject) for finding in findings] == [
        ("counter_changed", ("counters", "invoice", "2024"))
    ]


@pytest.mark.parametrize("column", RUNS)
def test_a_changed_gap_run_is_found(column: str, attempt: Attempt, rows_of: Sql) -> None:
    for id, before in rows_of(f"SELECT id, {column} FROM gap_run"):
        for value in RUNS[column]:
            if value != before:
                findings = attempt((f"UPDATE gap_run SET {column} = ? WHERE id = ?", value, id))
                expected = {"gap_changed", "gap_deleted", "gap_inserted"}
                assert findings is None or codes(findings) & expected, (id, value, findings)


def test_a_deleted_gap_run_is_found_and_named(found_after: FoundAfter, rows_of: Sql) -> None:
    for id, first in rows_of("SELECT id, first FROM gap_run"):
        (finding,) = found_after(("DELETE FROM gap_run WHERE id = ?", id))
        assert finding.code == "gap_deleted"
        assert finding.subject[-1].startswith((f"INV-2026-{first:03}", f"OLD-{first}"))


@pytest.mark.parametrize("event", [15, 39, 40, 999])
def test_an_inserted_gap_run_is_found_and_named(found_after: FoundAfter, event: int) -> None:
    (finding,) = found_after((f"INSERT INTO gap_run VALUES (90, 3, 2, 2, 'blocked', {event})",))
    assert (finding.code, finding.subject[-1]) == ("gap_inserted", "ORD-A-2")


@pytest.mark.parametrize("until", [None, "2026-12-31"])
def test_another_closed_day_is_found(found_after: FoundAfter, until: str | None) -> None:
    (finding,) = found_after(("UPDATE sequence SET closed_until = ? WHERE name = 'note'", until))
    assert (finding.code, finding.subject) == ("closing_changed", ("sequences", "note"))


def test_a_split_gap_run_is_no_change(found_after: FoundAfter) -> None:
    assert not found_after(
        ("UPDATE gap_run SET last = 12 WHERE first = 10",),
        ("INSERT INTO gap_run VALUES (90, 1, 13, 14, 'blocked', 15)",),
    )


def test_a_definition_that_cannot_be_read_is_told_and_the_rest_is_verified(found_after: FoundAfter) -> None:
    findings = found_after(
        ("UPDATE sequence SET pattern = '{', compiled = 'x' WHERE name = 'invoice'",),
        ("UPDATE number SET record = 'x' WHERE text = 'ORD-B-3'",),
        ("DELETE FROM number WHERE text = 'INV-2026-001'",),
    )
    assert [(finding.code, finding.subject) for finding in findings] == [
        ("unreadable_definition", ("sequences", "invoice")),
        ("number_deleted", ("numbers", "1")),
        ("number_changed", ("numbers", "ORD-B-3")),
    ]


@pytest.mark.parametrize("column", ["period", "scope"])
def test_a_counter_that_counts_for_nothing_known_is_named(found_after: FoundAfter, column: str) -> None:
    findings = found_after(
        (f"UPDATE counter SET {column} = 'a=b=c/=' WHERE id = 1",),
        ("DELETE FROM number WHERE text = 'INV-2026-001'",),
    )
    assert [finding.code for finding in findings] == ["number_deleted", "counter_changed"]
