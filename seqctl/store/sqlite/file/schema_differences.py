"""The schema of a book against the one that the migrations make, for a check and for errors of statements."""

import sqlite3
from collections.abc import Iterator
from functools import cache

from seqctl.model.reports.stored import SchemaDifference
from seqctl.store.sqlite.file.schema import STEPS


def schema_differences(connection: sqlite3.Connection) -> Iterator[SchemaDifference]:
    """What is not as the migrations make it, in the schema of an open book."""
    expected, steps = _expected()
    found = _schema(connection)
    for name, (kind, text) in expected.items():
        if name not in found:
            yield SchemaDifference(kind, name, "missing")
        elif found[name] != (kind, text):
            yield SchemaDifference(kind, name, "changed")
    for name, (kind, text) in found.items():
        unique = text.upper().split()[:2] == ["CREATE", "UNIQUE"]
        if name not in expected and (kind == "trigger" or unique):
            yield SchemaDifference(kind, name, "strange")
    if found.get("book") == expected["book"] and not _holds_a_row(connection, "book"):
        yield SchemaDifference("table", "book", "empty")
    applied = _steps(connection)
    yield from (SchemaDifference("step", name, "missing") for name in steps if name not in applied)
    yield from (SchemaDifference("step", name, "strange") for name in applied if name not in steps)


def _holds_a_row(connection: sqlite3.Connection, table: str) -> bool:
    (holds,) = connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()
    return bool(holds)


@cache
def _expected() -> tuple[dict[str, tuple[str, str]], list[str]]:
    """The schema and the steps of a new book."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for script in STEPS.values():
            fresh.executescript(script)
        return _schema(fresh), list(STEPS)
    finally:
        fresh.close()


def _schema(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Everything in the schema that has a text of its own, by name; the list of migrations is no part."""
    rows = connection.execute(
        "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\' AND tbl_name <> '_sqlite_migrations' ORDER BY type DESC, name"
    )
    return {name: (kind, " ".join(text.split())) for name, kind, text in rows}


def _steps(connection: sqlite3.Connection) -> list[str]:
    """The steps of the schema that were applied, as the list of migrations has them."""
    query = "SELECT CAST(name AS BLOB) FROM _sqlite_migrations WHERE migration_set = 'seqctl' ORDER BY id"
    try:
        return [(name or b"").decode("utf-8", "backslashreplace") for (name,) in connection.execute(query)]
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            return []
        raise
