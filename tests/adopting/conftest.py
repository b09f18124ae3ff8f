"""What the tests of adopting share."""

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


@pytest.fixture
def counter(sql):
    """First and last value of the only counter, and how many of its integers are accounted for."""

    def read():
        (found,) = sql("SELECT first, last, accounted FROM counter")
        return found

    return read
