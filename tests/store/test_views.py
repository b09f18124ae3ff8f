"""The views for analysts: what they show is what the lists show, whoever reads them and in which engine."""

import json
import shutil
import sqlite3
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from seqctl.store.postgres.tables.schema import STEPS
from seqctl.store.sql.reports.views import Expressions, views
from tests.audit import every_state
from tests.book import Book, Run
from tests.postgres_server import Server

COLUMNS = {
    "numbers_view": "cursor number value sequence document_type period scope date state key record policy"
    " set_name reused issued_at actor expires_at source_actor source_at",
    "gaps_view": "sequence period scope first last count state reason actor since",
    "events_view": "id at actor action subject sequence period scope first last serial count reason detail"
    " hash",
}
"""What is promised."""

DOCUMENT = Path(__file__).parents[2] / "docs" / "analysts.md"
PAST = "2000-01-01T00:00:00.000000Z"


@pytest.fixture
def states(place: Path, run: Run) -> Book:
    """A book of every state, one reservation of which has ended; with views."""
    path = place / "states.db"
    every_state.tell(str(path))

    def call(*args: object, **given: Any) -> Any:
        return run("--db", path, *args, **given)

    book = Book(path, call)
    book("reserve", "order", "--attr", "branch=A")
    book.ok("views")
    return book


def rows(path: Path, query: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute(query)]
    connection.close()
    return found


def scope_text(scope: dict[str, str]) -> str:
    return "/".join(f"{name}={value}" for name, value in scope.items())


def integers(gaps: list[dict[str, Any]], step: dict[str, int]) -> set[tuple[object, ...]]:
    """Every integer of gaps with its state: runs may be cut differently."""
    found: set[tuple[object, ...]] = set()
    for gap in gaps:
        place = (gap["sequence"], gap["period"], gap["scope"], gap["state"])
        found |= {(*place, value) for value in range(gap["first"], gap["last"] + 1, step[gap["sequence"]])}
    return found


def test_the_columns_are_those_that_the_document_promises(states: Book) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, columns in COLUMNS.items():
        (row, *_) = rows(states.path, f"SELECT * FROM {name} LIMIT 1")
        assert " ".join(row) == columns
        assert f"`{name}`" in text and f"`{columns}`" in text


def test_the_views_show_what_the_lists_show(states: Book) -> None:
    listed = states.numbers()
    found = rows(states.path, "SELECT * FROM numbers_view ORDER BY cursor")
    assert len(listed) == len(found) > 20
    for number, row in zip(listed, found, strict=True):
        shown = {**number, "set_name": number["set"], "scope": scope_text(number["scope"])}
        assert row == {name: shown.get(name) for name in row}
    events = states.ok("audit", "list", "--json").json
    logged = rows(states.path, "SELECT * FROM events_view ORDER BY id")
    names = ("id", "at", "actor", "action", "subject", "first", "last", "serial", "count", "detail", "hash")
    assert [[row[name] for name in names] for row in logged] == [[e[name] for name in names] for e in events]
    assert [row["reason"] for row in logged] == [json.loads(e["detail"]).get("reason") for e in events]


def test_the_gaps_are_the_same_integers_in_the_same_states(states: Book) -> None:
    connection = sqlite3.connect(states.path)
    connection.execute("UPDATE number SET expires_at = ? WHERE state = 'reserved'", (PAST,))
    connection.execute("DELETE FROM number WHERE serial % 5 = 0")
    connection.execute(
        "UPDATE counter SET accounted = (SELECT count(*) FROM number WHERE counter_id = counter.id)"
        " + coalesce((SELECT sum((g.last - g.first) / s.step + 1) FROM gap_run g JOIN sequence s"
        " ON s.id = counter.sequence_id WHERE g.counter_id = counter.id), 0)"
    )
    connection.commit()
    connection.close()
    listed = [{**gap, "scope": scope_text(gap["scope"])} for gap in states.ok("gaps", "--json").json]
    found = rows(states.path, "SELECT * FROM gaps_view")
    step = {item["name"]: item["step"] for item in states.ok("sequence", "list", "--json").json}
    assert integers(found, step) == integers(listed, step)
    assert {gap["state"] for gap in found} == {"missing", "reusable", "review", "blocked"}
    assert all(gap["count"] == (gap["last"] - gap["first"]) // step[gap["sequence"]] + 1 for gap in found)
    told = {(gap["sequence"], gap["first"]): (gap["reason"], gap["actor"], gap["since"]) for gap in listed}
    for gap in found:
        if gap["state"] in ("review", "blocked"):
            assert told[gap["sequence"], gap["first"]] == (gap["reason"], gap["actor"], gap["since"])


def test_the_largest_integers_are_no_trouble(book: Book) -> None:
    book.ok("sequence", "add", "wide")
    book.next("wide")
    book.ok("sequence", "set-next", "wide", str(2**63 - 1), "--reason", "far")
    book.next("wide")
    book.ok("views")
    (gap,) = rows(book.path, "SELECT * FROM gaps_view")
    assert (gap["first"], gap["last"], gap["count"], gap["reason"]) == (2, 2**63 - 2, 2**63 - 3, "far")


def test_they_are_made_and_taken_away_and_nothing_else_changes(invoices: Book) -> None:
    head = invoices.ok("audit", "head").out
    assert [row["view"] for row in invoices.ok("views").rows] == list(COLUMNS)
    assert [row["action"] for row in invoices.ok("views").rows] == ["made"] * 3
    invoices.ok("check")
    invoices.ok("audit", "verify")
    assert [row["action"] for row in invoices.ok("views", "--drop").rows] == ["removed"] * 3
    assert invoices.ok("views", "--drop").rows == []
    assert rows(invoices.path, "SELECT name FROM sqlite_schema WHERE type = 'view'") == []
    assert invoices.ok("audit", "head").out == head
    invoices.fails(2, "usage", "views", "--drop", "--script")


def test_the_documented_queries_run(states: Book) -> None:
    (block,) = DOCUMENT.read_text(encoding="utf-8").split("```sql\n")[1:]
    queries = block.split("```")[0].split(";")[:-1]
    assert len(queries) == 3
    for query in queries:
        assert rows(states.path, query) or "missing" in query


def test_the_sqlite3_shell_reads_them(states: Book, place: Path) -> None:
    shell = shutil.which("sqlite3")
    if shell is None:
        pytest.skip("NO sqlite3 SHELL HERE: that it reads the views is NOT tested; install sqlite3")
    command = [shell, "-readonly", str(states.path), "SELECT count(*) FROM numbers_view"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(states.numbers())
    script = place / "views.sql"
    script.write_text(states.ok("views", "--script").out, encoding="utf-8")
    states.ok("views", "--drop")
    command = [shell, "-readonly", "-init", str(script), str(states.path), "SELECT count(*) FROM events_view"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(states.ok("audit", "list").rows)


def test_sqlite_utils_reads_them(states: Book) -> None:
    command = [sys.executable, "-m", "sqlite_utils", "rows", str(states.path), "gaps_view", "--limit", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert " ".join(json.loads(done.stdout)[0]) == COLUMNS["gaps_view"]


def test_an_upgrade_makes_them_anew(invoices: Book) -> None:
    from seqctl.store.sqlite.file.migrations import migrate

    invoices.ok("views")
    connection = sqlite3.connect(invoices.path, isolation_level=None)
    connection.execute("DROP VIEW gaps_view")
    connection.execute("CREATE VIEW gaps_view AS SELECT 1 AS one")
    connection.execute("BEGIN IMMEDIATE")
    assert migrate(connection) == []
    connection.execute("COMMIT")
    connection.close()
    assert rows(invoices.path, "SELECT * FROM gaps_view") == []


def test_a_server_has_the_same_views(states: Book, postgres_server: Server) -> None:
    import psycopg

    source = sqlite3.connect(states.path)
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA views")
        connection.execute("SET search_path = views")
        for step in STEPS.values():
            connection.execute(step)
        connection.execute("SET session_replication_role = replica")
        for table in ("sequence", "counter", "number", "number_source", "gap_run", "event"):
            for trigger in connection.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", (table,)
            ).fetchall():
                connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger[0]}")
            names = [row[0] for row in source.execute(f"SELECT name FROM pragma_table_info('{table}')")]
            there = {
                row[0]
                for row in connection.execute(
                    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", (table,)
                )
            }
            kept = ", ".join(f'"{name}"' for name in names if name in there)
            marks = ", ".join("%s" for name in names if name in there)
            for row in source.execute(f"SELECT {kept} FROM {table}").fetchall():
                connection.execute(f"INSERT INTO {table} ({kept}) VALUES ({marks})", row)
        for view, columns in COLUMNS.items():
            cursor = connection.execute(f"SELECT * FROM {view}")
            assert [item.name for item in cursor.description or ()] == columns.split()
            ours = [tuple(row.values()) for row in rows(states.path, f"SELECT * FROM {view}")]
            assert sorted(map(repr, cursor.fetchall())) == sorted(map(repr, ours))
    source.close()


def test_each_engine_gives_its_own_words_alone() -> None:
    told = views(Expressions("REASON", "OWN", "HASH", "NOW"))
    assert list(told) == list(COLUMNS)
    assert "{" not in "".join(chain(told.values()))
