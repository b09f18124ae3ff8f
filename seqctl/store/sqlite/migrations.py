"""Bringing a book to the present schema: numbered steps, each applied once, inside one transaction.

The caller holds the write lock (BEGIN IMMEDIATE): two programs that create or upgrade the same book at
once would otherwise both find the same steps pending.
"""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from seqctl.store.sqlite.engine import APPLICATION_ID, VERSION
from seqctl.store.sqlite.schema import TABLES

migrations = Migrations("seqctl")


@migrations(name="0001_book")
def create_tables(database: Database) -> None:
    """Every table of the model: definitions, counters, ledger, gap runs and events."""
    for statement in _statements(TABLES):
        database.conn.execute(statement)


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Apply the steps that are pending and return their names. Needs an open write transaction."""
    assert connection.in_transaction, "the caller takes the write lock first"
    database = Database(connection, execute_plugins=False)
    names = pending(connection)
    migrations.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    return names


def pending(connection: sqlite3.Connection) -> list[str]:
    """The names of the steps that a book lacks."""
    database = Database(connection, execute_plugins=False)
    return [migration.name for migration in migrations.pending(database)]


def _statements(script: str) -> list[str]:
    """Split a script at complete statements, so that a trigger's body stays whole."""
    statements = []
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            statements.append(statement.strip())
            statement = ""
    return [statement for statement in statements if statement]
