"""What the tests of closing share."""

import sqlite3
from contextlib import closing

import pytest


@pytest.fixture
def sql(nowhere):
    """Run one statement on the database as a stranger would, and give back its rows."""

    def run(statement, *values):
        with closing(sqlite3.connect(nowhere.path)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    return run
