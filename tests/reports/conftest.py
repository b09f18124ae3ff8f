"""What the tests of reports share: plain SQL on the book, and a store whose clock stands still."""

import sqlite3
from collections.abc import Iterator
from typing import Protocol

import pytest

from seqctl.days import date
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory
from tests.book import Book


class Change(Protocol):
    """Runs statements on the book, as a stranger would."""

    def __call__(self, *statements: str) -> None: ...


class StandingClock(Clock):
    """A clock that the test sets, in UTC."""

    def __init__(self) -> None:
        self.day = "2026-03-01"

    def now(self) -> str:
        return f"{self.day}T12:00:00.000000Z"

    def today(self, zone: str, now: str) -> date:
        return date.fromisoformat(self.day)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def store(clock: StandingClock) -> Iterator[SqliteStore]:
    """An empty book in memory, whose clock is the fixture's."""
    with open_in_memory("ada", clock, "UTC") as opened:
        yield opened


@pytest.fixture
def sql(nowhere: Book) -> Change:
    """Run SQL on the book, as a stranger would."""

    def run(*statements: str) -> None:
        connection = sqlite3.connect(nowhere.path, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return run
