"""The scripts of the schema, against which `check` holds a book, are what the migrations make a book with."""

import sqlite3
from collections.abc import Callable

from seqctl.store.sqlite.file.migrations import migrate
from seqctl.store.sqlite.file.schema import STEPS
from tests.book import Rows


def schema_of(make: Callable[[sqlite3.Connection], None]) -> Rows:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    make(connection)
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name <> '_sqlite_migrations' ORDER BY name"
    ).fetchall()
    connection.close()
    return rows


def by_migrations(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    migrate(connection)
    connection.execute("COMMIT")


def by_scripts(connection: sqlite3.Connection) -> None:
    for script in STEPS.values():
        connection.executescript(script)


def test_scripts_and_migrations_make_the_same_schema() -> None:
    made = schema_of(by_scripts)
    assert made == schema_of(by_migrations)
    assert len(made) > 30


def test_the_scripts_have_the_names_of_the_steps() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    assert migrate(connection) == list(STEPS)
    connection.close()
