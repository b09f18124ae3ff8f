"""A Python whose SQLite knows no STRICT tables: told as that, and not as a damaged book or a bug."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.book import Book

WORDS = "this Python has SQLite 3.36.0, and seqctl needs 3.37 or newer"


@pytest.fixture
def old_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """What SQLite says of itself where it is too old."""
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))


@pytest.mark.usefixtures("old_library")
@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)], ids=["import", "dry run"])
def test_no_book_is_begun_with_it(nowhere: Book, dry_run: tuple[str, ...]) -> None:
    file = nowhere.file('[sequences.invoice]\npattern = "INV-{number}"\n')
    assert nowhere.fails(7, "sqlite_outdated", "import", file, *dry_run)["message"] == WORDS
    assert nowhere.fails(7, "sqlite_outdated", "init")["message"] == WORDS
    assert not Path(nowhere.path).exists()


@pytest.mark.parametrize(
    "command", [("next", "invoice"), ("numbers",), ("check",), ("upgrade",)], ids=" ".join
)
def test_a_book_is_not_called_damaged(
    invoices: Book, command: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    with closing(sqlite3.connect(invoices.path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        # So the word STRICT looks to a library that does not know it.
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', 'STRAIGHT')")
    assert "malformed database schema" in invoices.fails(7, "damaged", *command)["message"]
    request.getfixturevalue("old_library")
    assert invoices.fails(7, "sqlite_outdated", *command)["message"] == WORDS
