"""What the tests of the log share: plain SQL on a book, as a stranger would run it."""

import sqlite3
from contextlib import closing

import pytest

TRIGGERS = ("event_new", "event_fixed", "event_kept")


@pytest.fixture
def sql(nowhere):
    """Run one statement on the database, and give back its rows."""

    def run(statement, *values):
        with closing(sqlite3.connect(nowhere.path)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return run


@pytest.fixture
def tamper(nowhere):
    """Run statements on the database as somebody who has something to hide: without triggers."""

    def run(*statements):
        with closing(sqlite3.connect(nowhere.path)) as connection, connection:
            for trigger in TRIGGERS:
                connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            for statement in statements:
                connection.execute(statement)

    return run
