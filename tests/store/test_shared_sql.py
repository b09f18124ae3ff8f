"""Every statement that the engines share is understood by PostgreSQL, with the types that it really binds.

A book with every kind of state is made and read on SQLite, and every statement of `store/sql/` that runs is
kept. The server then parses and plans each of them. A line of `store/sql/` whose statement never ran fails
the test, so that none is left out.
"""

import ast
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

import pytest

import seqctl.store.sqlite.driver as driver
from seqctl.store.postgres.dialect import POSTGRES
from seqctl.store.postgres.ledger import PostgresLedger
from seqctl.store.postgres.statements import numbered
from seqctl.store.postgres.tables.schema import STEPS
from seqctl.store.sqlite.dialect import SQLITE
from seqctl.store.sqlite.engine import SqliteLedger
from tests.audit import every_state
from tests.book import Run, Tell
from tests.postgres_server import Server
from tests.store.reading_everything import call_everything, read_everything

SHARED = Path(driver.__file__).parents[1] / "sql"
ROWS_AT_ONCE = f"{SHARED.parent}/sqlite/bulk/"
"""Where SQLite writes many rows in its own way, also for shared code."""
RUNNING = {"execute", "executemany", "fetch", "_fetch", "_one", "_runs"}
"""What a call that runs a statement is named."""


class Recording(sqlite3.Connection):
    """A connection that notes what shared code runs on it, and from which lines."""

    statements: ClassVar[dict[str, Any]] = {}
    lines: ClassVar[set[tuple[str, int]]] = set()

    def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
        self.note(statement, values)
        return super().execute(statement, values)

    def executemany(self, statement: str, values: Any, /) -> sqlite3.Cursor:
        kept = [*values]
        if kept:
            self.note(statement, kept[0])
        return super().executemany(statement, kept)

    @classmethod
    def note(cls, statement: str, values: Any) -> None:
        """Keep a statement of shared code with the first values that are bound to it."""
        lines: set[tuple[str, int]] = set()
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith(ROWS_AT_ONCE):
                return
            if name.startswith(f"{SHARED}/"):
                lines.add((name.removeprefix(f"{SHARED}/"), frame.f_lineno))
            frame = frame.f_back
        if lines:
            cls.lines |= lines
            cls.statements.setdefault(statement, values)


@pytest.fixture
def recorded(place: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> type[Recording]:
    """The statements that ran while a book of every state was made and read, and the lines they came from."""
    monkeypatch.setattr(Recording, "statements", {})
    monkeypatch.setattr(Recording, "lines", set())
    for module in (driver, sqlite3):
        connect = module.connect
        monkeypatch.setattr(
            module,
            "connect",
            lambda *given, connect=connect, **named: connect(*given, **{"factory": Recording, **named}),
        )
    path = place / "book.db"
    every_state.tell(str(path))
    read_everything(run, path)
    call_everything(str(path))
    return Recording


def running_lines() -> Iterator[tuple[str, int, int]]:
    """Where shared code runs a statement: file, first and last line of the call."""
    for path in sorted(SHARED.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in RUNNING:
                yield str(path.relative_to(SHARED)), node.lineno, node.end_lineno or 0


def in_its_own_words(statement: str) -> str:
    """A shared statement with what PostgreSQL says in words of its own."""
    own = ((SQLITE.last_counter, POSTGRES.last_counter), (SqliteLedger.asked, PostgresLedger.asked))
    for sqlite_words, words in own:
        statement = statement.replace(sqlite_words, words)
    return statement


def test_every_shared_statement_runs_and_postgresql_prepares_it(
    recorded: type[Recording], postgres_server: Server, tell: Tell
) -> None:
    never = [
        f"{name}:{first}"
        for name, first, last in running_lines()
        if not any(file == name and first <= line <= last for file, line in recorded.lines)
    ]
    assert never == [], "these statements did not run: tell every_state or read_everything to use them"
    import psycopg

    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.cursor_factory = psycopg.RawCursor
        connection.execute("CREATE SCHEMA shared_sql")
        connection.execute("SET search_path = shared_sql")
        for step in STEPS.values():
            connection.execute(step)
        refused = {}
        for statement, values in recorded.statements.items():
            try:
                with connection.transaction(force_rollback=True):
                    connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
                    # Bound as the engine binds them, in a place where nothing is evaluated.
                    text, given = numbered(in_its_own_words(statement), values)
                    connection.execute("EXPLAIN " + text, given)
                    # Where a value may be NULL, nothing but the statement says of what type it is.
                    prepared = connection.pgconn.prepare(b"", text.encode())
                    if prepared.status != psycopg.pq.ExecStatus.COMMAND_OK:
                        refused[statement] = prepared.get_error_message()
            except psycopg.Error as error:
                refused[statement] = str(error)
    assert refused == {}
    tell(f"{len(recorded.statements)} shared statements prepared on PostgreSQL")
