"""What the tests of reports share: plain SQL on the book, and a store whose clock stands still."""

import sqlite3

import pytest

from seqctl.days import date
from seqctl.store.sqlite.file.create import open_in_memory


class StandingClock:
    """A clock that the test sets, in UTC."""

    def __init__(self):
        self.day = "2026-03-01"

    def now(self):
        return f"{self.day}T12:00:00.000000Z"

    def today(self, zone, now):
        return date.fromisoformat(self.day)


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def store(clock):
    """An empty book in memory, whose clock is the fixture's."""
    with open_in_memory("ada", clock, "UTC") as opened:
        yield opened


@pytest.fixture
def sql(nowhere):
    """Run SQL on the book, as a stranger would."""

    def run(*statements):
        connection = sqlite3.connect(nowhere.path, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return run
