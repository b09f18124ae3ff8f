"""What the tests of gaps share."""

import sqlite3
from contextlib import closing
from typing import Protocol

import pytest

from tests.book import Book, Result

PAST = "2000-01-01T00:00:00.000000Z"


class LetExpire(Protocol):
    """Lets the deadline of reservations pass."""

    def __call__(self, *values: int) -> None: ...


class Lose(Protocol):
    """Takes values of a counter out of the ledger."""

    def __call__(self, counter_id: int, *values: int) -> None: ...


@pytest.fixture
def lose(nowhere: Book) -> Lose:
    """Take numbers out of the ledger as an adopted book may lack them: `lose(counter id, value ...)`."""

    def run(counter_id: int, *values: int) -> None:
        with closing(sqlite3.connect(nowhere.path)) as connection, connection:
            for value in values:
                query = "DELETE FROM number WHERE counter_id = ? AND value = ?"
                connection.execute(query, (counter_id, value))
                query = "UPDATE counter SET accounted = accounted - 1 WHERE id = ?"
                connection.execute(query, (counter_id,))

    return run


@pytest.fixture
def let_expire(nowhere: Book) -> LetExpire:
    """Let the deadline of reservations pass: `let_expire(value ...)`."""

    def run(*values: int) -> None:
        with closing(sqlite3.connect(nowhere.path)) as connection, connection:
            for value in values:
                query = "UPDATE number SET expires_at = ? WHERE value = ?"
                connection.execute(query, (PAST, value))

    return run


@pytest.fixture
def ten(invoices: Book) -> Book:
    """INV-00001 to INV-00010 issued on 5 January 2026, all but 4, 5 and 8, which were released."""
    invoices.next("invoice", "-n", "10", "--date", "2026-01-05")
    invoices.ok("release", "INV-00004", "INV-00005", "INV-00008", "--reason", "never sent", "--actor", "Ines")
    return invoices


@pytest.fixture
def monthly(book: Book) -> Book:
    """A sequence with a counter for each entity and month, and some numbers of January and February."""
    pattern = "{entity}-{YYYY}-{MM}-{number:3}"
    book.ok("sequence", "add", "m", "--pattern", pattern, "--reset", "month", "--scope", "entity")
    for entity, day, count in (("DE", "2026-01-10", 5), ("DE", "2026-02-10", 4), ("FR", "2026-01-10", 3)):
        book.next("m", "-n", count, "--date", day, "--attr", f"entity={entity}")
    return book


def runs(result: Result) -> list[tuple[str, str, str]]:
    """The rows of a list of gaps in short: first and last number, and state."""
    return [(gap["first_number"], gap["last_number"], gap["state"]) for gap in result.json]
