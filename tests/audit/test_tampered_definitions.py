"""Changed definitions are named with their field, what the log says and what stands there."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.actions.audit.verify import verify
from seqctl.actions.checking.check import check
from tests.audit import every_state
from tests.audit.conftest import Findings, Tamper
from tests.book import Book

INVOICE = "SELECT id FROM sequence WHERE name = 'invoice'"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "book.db"
    every_state.tell(str(path))
    return path


@pytest.fixture
def found(whole: Path, tmp_path: Path) -> Callable[..., list[tuple[str, str, str]]]:
    """What a verification finds after statements, each as code, place and message; `check` finds it too."""

    def run(*statements: str) -> list[tuple[str, str, str]]:
        path = tmp_path / "tampered.db"
        shutil.copy(whole, path)
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        with open_store(str(path)) as store:
            findings = verify(store).findings
            codes = {finding.code for finding in check(store)}
        assert {finding.code for finding in findings} <= codes
        return [(finding.code, finding.place, _unnumbered(finding.message)) for finding in findings]

    return run


def _unnumbered(message: str) -> str:
    """The number of the event depends on what the book was told before."""
    return re.sub(r"event \d+", "event N", message)


@pytest.mark.parametrize(
    ("statement", "place", "message"),
    [
        (
            "UPDATE sequence SET title = 'Mine' WHERE name = 'full'",
            "sequences.full.title",
            "is 'Mine', and event N left 'Every field'",
        ),
        (
            "UPDATE sequence SET timezone = 'Asia/Tokyo' WHERE name = 'invoice'",
            "sequences.invoice.timezone",
            "is 'Asia/Tokyo', and event N left nothing",
        ),
        (
            "UPDATE sequence SET requires = 'branch=1,2' WHERE name = 'full'",
            "sequences.full.requires",
            "is {'branch': ['1', '2']}, and event N left {'branch': ['1', '2'], 'clerk': []}",
        ),
        (
            "UPDATE sequence SET status = 'inactive' WHERE name = 'letters'",
            "sequences.letters.status",
            "is 'inactive', and event N left 'active'",
        ),
        (
            "UPDATE sequence SET start = 1 WHERE name = 'letters'",
            "sequences.letters.start",
            "is 'aab', and event N left 'aaa'",
        ),
        (
            "UPDATE calendar SET day = 2 WHERE name = 'plain'",
            "calendars.plain.start",
            "is '08-02', and event N left '08-01'",
        ),
        (
            "UPDATE assignment SET id = 'ACME2' WHERE id = 'ACME'",
            "sets.berlin.assignments",
            "is ['account:ACME2', 'account:INITECH', 'branch:7'], and event N left"
            " ['account:ACME', 'account:INITECH', 'branch:7']",
        ),
        (
            "DELETE FROM set_member WHERE document_type = 'slip'",
            "sets.main.members.slip",
            "is nothing, and event N left 'monthly'",
        ),
        (
            f"INSERT INTO set_member SELECT 'invoice', id, ({INVOICE}) FROM sequence_set"
            " WHERE name = 'empty'",
            "sets.empty.members.invoice",
            "is 'invoice', and event N left nothing",
        ),
        (
            f"UPDATE policy SET sequence_id = ({INVOICE}) WHERE name = 'rest'",
            "policies.rest.sequence",
            "is 'invoice', and event N left 'note'",
        ),
        (
            "UPDATE policy SET priority = 4 WHERE name = 'rest'",
            "policies.rest.priority",
            "is 4, and event N left 3",
        ),
        ("UPDATE policy SET used = 0 WHERE name = 'big'", "policies.big.used", None),
        ("UPDATE sequence SET used = 2 WHERE name = 'full'", "sequences.full.used", None),
        ("UPDATE sequence SET used = 1 WHERE name = 'idle'", "sequences.idle.used", None),
        ("UPDATE book SET timezone = 'UTC'", "book.timezone", "is 'UTC', and event N left 'Europe/Paris'"),
        ("UPDATE book SET created_at = '2025-01-01T00:00:00.000000Z'", "book.created_at", None),
        ("UPDATE sequence SET manual = 2 WHERE name = 'full'", "sequences.full.manual", None),
        ("UPDATE sequence_set SET is_default = 2 WHERE name = 'main'", "sets.main.is_default", None),
    ],
)
def test_one_changed_field_is_one_finding_that_names_both_values(
    found: Callable[..., list[tuple[str, str, str]]], statement: str, place: str, message: str | None
) -> None:
    (finding,) = found(statement)
    assert finding[:2] == ("definition_changed", place), finding
    assert message is None or finding[2].startswith(message), finding


def test_a_pattern_that_is_not_what_was_logged_is_one_finding(
    found: Callable[..., list[tuple[str, str, str]]],
) -> None:
    (finding,) = found("UPDATE sequence SET pattern = 'INV-{YYYY}-{number:4}' WHERE name = 'invoice'")
    assert finding[1:] == (
        "sequences.invoice.pattern",
        "is 'INV-{YYYY}-{number:4}', and event N left 'INV-{YYYY}-{number:3}'",
    )


def test_what_decides_is_held_against_what_people_read(
    found: Callable[..., list[tuple[str, str, str]]],
) -> None:
    (finding,) = found("UPDATE policy SET compiled = replace(compiled, 'DE', 'AT') WHERE name = 'big'")
    assert finding[:2] == ("definition_changed", "policies.big.compiled")
    (finding,) = found("UPDATE policy SET conditions = replace(conditions, 'DE', 'AT') WHERE name = 'big'")
    assert finding[:2] == ("definition_changed", "policies.big.conditions")
    both = [
        f"UPDATE policy SET {column} = replace({column}, 'DE', 'AT')" for column in ("compiled", "conditions")
    ]
    (finding,) = found(*both)
    assert finding[:2] == ("definition_changed", "policies.big.conditions")


def test_definitions_that_are_gone_or_new_are_named(found: Callable[..., list[tuple[str, str, str]]]) -> None:
    assert found("DELETE FROM policy WHERE name = 'rest'") == [
        ("definition_deleted", "policies.rest", "is gone; event N left it")
    ]
    assert found("INSERT INTO calendar VALUES (90, 'mine', 1, 1, 'end', NULL)") == [
        ("definition_inserted", "calendars.mine", "is there, and no event made it")
    ]
    assert found("UPDATE sequence_set SET name = 'full' WHERE name = 'empty'") == [
        ("definition_inserted", "sets.full", "is there, and no event made it"),
        ("definition_deleted", "sets.empty", "is gone; event N left it"),
    ]
    copied = "INSERT INTO sequence SELECT 90, 'gone', * FROM (SELECT {} FROM sequence WHERE name = 'idle')"
    columns = "title, description, document_type, kind, 'G{number}', start, end, step, max_width, max_length"
    columns += ', reset, calendar_id, timezone, scope, requires, mode, "unique", date_order, manual, warn_at'
    columns += ", reservation_ttl, effective_from, effective_until, status, compiled, 0, NULL, NULL"
    columns += ", NULL, NULL, NULL, NULL, 0"
    (finding,) = found(copied.format(columns))
    assert finding == ("definition_inserted", "sequences.gone", "is there, and event N removed it")
    ((code, place, message),) = found("DELETE FROM book")
    assert (code, place) == ("table_changed", "database.book")
    assert message.startswith("the table 'book' lost the row that it must have")


def test_of_many_owners_only_those_that_differ_are_named(nowhere: Book) -> None:
    nowhere.ok("init")
    owners = [f"account:{number}" for number in range(100)]
    nowhere.ok("sequence", "add", "invoice")
    nowhere.ok("set", "add", "main", "invoice=invoice")
    nowhere.ok("set", "assign", "main", *owners)
    with closing(sqlite3.connect(nowhere.path)) as connection, connection:
        connection.execute("DELETE FROM assignment WHERE id = '7'")
        connection.execute("UPDATE assignment SET id = 'x' WHERE id = '8'")
    (finding,) = nowhere("audit", "verify", "--json").json
    assert finding["message"] == (
        "has 'account:x' besides, and event 4 left 'account:7', 'account:8' in its place"
    )


def test_a_schema_that_was_changed_is_named_and_a_changed_table_stops_the_rest(
    found: Callable[..., list[tuple[str, str, str]]],
) -> None:
    ((code, place, _),) = found("DROP INDEX number_text")
    assert (code, place) == ("schema_changed", "database.number_text")
    ((code, place, _),) = found("DROP TRIGGER event_kept")
    assert (code, place) == ("schema_changed", "database.event_kept")
    ((code, place, _),) = found("CREATE TRIGGER helper AFTER INSERT ON number BEGIN SELECT 1; END")
    assert (code, place) == ("schema_changed", "database.helper")
    view = ("ALTER TABLE gap_run RENAME TO kept", "CREATE VIEW gap_run AS SELECT * FROM kept")
    findings = found(*view, "UPDATE sequence SET title = 'Mine'")
    assert ("table_changed", "database.gap_run") in [finding[:2] for finding in findings]
    assert {finding[0] for finding in findings} == {"table_changed", "schema_changed"}
    ((code, place, _),) = found("DELETE FROM _sqlite_migrations WHERE name = '0001_book'")
    assert (code, place) == ("schema_changed", "database.0001_book")


def test_an_edit_that_puts_it_right_is_the_way_out(
    invoices: Book, tamper: Tamper, findings: Findings
) -> None:
    invoices.ok("sequence", "edit", "invoice", "--title", "Invoices")
    tamper("UPDATE sequence SET title = 'Mine'")
    assert findings() == [("definition_changed", "sequences.invoice.title")]
    (found,) = invoices("audit", "verify", "--json").json
    assert found["message"] == "is 'Mine', and event 3 left 'Invoices'"
    assert found["hint"].endswith("seqctl --db BACKUP sequence show invoice")
    invoices.ok("sequence", "edit", "invoice", "--title", "Invoices")
    assert invoices.ok("audit", "verify").out.startswith("verified 4 events")


def test_a_value_that_no_letters_show_is_found_all_the_same(
    found: Callable[..., list[tuple[str, str, str]]],
) -> None:
    findings = found(f"UPDATE number SET value = {2**63 - 1} WHERE text = 'Laaa'")
    assert [finding[:2] for finding in findings] == [("number_changed", "numbers.Laaa")]
    ((code, *_),) = found(
        "UPDATE counter SET latest_date = '' WHERE latest_date IS NULL AND id ="
        " (SELECT min(id) FROM counter WHERE latest_date IS NULL)"
    )
    assert code == "counter_changed"
