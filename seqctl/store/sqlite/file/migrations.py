"""Bringing a book to the present schema: numbered steps, each applied once, inside one transaction.

The caller holds the write lock (BEGIN IMMEDIATE): two programs that create or upgrade the same book at
once would otherwise both find the same steps pending.
"""

import sqlite3
from os import urandom

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from seqctl.json_text import from_json
from seqctl.store.sql.definitions.sets import json_list
from seqctl.store.sqlite.driver import APPLICATION_ID, VERSION
from seqctl.store.sqlite.file.former_patterns import find_former_patterns
from seqctl.store.sqlite.file.schema import OWNERS_AND_SPACES, TABLES
from seqctl.store.sqlite.file.views import Views

migrations = Migrations("seqctl")


@migrations(name="0001_book")
def create_tables(database: Database) -> None:
    """Every table of the model: definitions, counters, ledger, gap runs and events."""
    for statement in _statements(TABLES):
        database.conn.execute(statement)


@migrations(name="0002_owners_and_spaces")
def add_owners_and_spaces(database: Database) -> None:
    """The book's identity and settings, and spaces of texts that document types can share.

    Which kinds of owners were ever assigned to a set is read out of the events, and so is how far counters
    had come when their sequence got another pattern.
    """
    for statement in _statements(OWNERS_AND_SPACES):
        database.conn.execute(statement)
    # A new book gets its row after the last step.
    database.conn.execute(
        "UPDATE book SET identity = ?, assigned_kinds = ?",
        (new_identity(), json_list(_kinds_assigned(database.conn))),
    )
    find_former_patterns(database.conn)


def new_identity() -> str:
    """A random name of a book: 32 hexadecimal digits."""
    return urandom(16).hex()


def migrate(connection: sqlite3.Connection) -> list[str]:
    """Apply the steps that are pending and return their names. Needs an open write transaction.

    The views for analysts are made anew: a step may change what they read.
    """
    assert connection.in_transaction, "the caller takes the write lock first"
    database = Database(connection, execute_plugins=False)
    names, views = pending(connection), Views(connection)
    had_views = bool(views.names())
    views.drop()
    migrations.apply(database)
    if had_views:
        views.make()
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    return names


def pending(connection: sqlite3.Connection) -> list[str]:
    """The names of the steps that a book lacks."""
    database = Database(connection, execute_plugins=False)
    return [migration.name for migration in migrations.pending(database)]


def _kinds_assigned(connection: sqlite3.Connection) -> set[str]:
    """Every KIND of an owner that is assigned to a set or, as the events tell, once was."""
    kinds = {kind for (kind,) in connection.execute("SELECT kind FROM assignment")}
    query = "SELECT detail FROM event WHERE instr(detail, '\"assignments\"')"
    for (detail,) in connection.execute(query):
        for change in from_json(detail).get("changes", ()):
            for owners in change["fields"].get("assignments", ()):
                kinds.update(owner.partition(":")[0] for owner in owners or ())
    return kinds


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
