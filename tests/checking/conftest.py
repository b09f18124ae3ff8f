"""A sound book that many commands have made, and the means to break it as a stranger would."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from seqctl import open_store
from seqctl.__main__ import main
from seqctl.actions import expire, issue
from seqctl.model.number.request import Request
from seqctl.process import Clock
from tests.book import Book, Rows, copy_book

DEFINITIONS = """
[calendars.fiscal]
start = "04-01"
named_by = "end"
[sequences.invoice]
pattern = "INV-{YYYY}-{number:5}"
reset = "year"
date_order = "warn"
[sequences.order]
pattern = "O{number}"
step = 5
start = 10
[sequences.ticket]
pattern = "{letter}{number}"
mode = "standard"
scope = ["letter"]
manual = true
[sequences.voucher]
pattern = "{number}"
kind = "alpha"
[sequences.receipt]
pattern = "R{FY}-{number}"
reset = "fiscal-year"
calendar = "fiscal"
end = 50
warn_at = "90%"
[sequences.slip]
pattern = "S{number}"
reset = "month"
unique = "period"
[sequences.old]
pattern = "OLD-{number}"
manual = true
[policies.big]
document_type = "invoice"
sequence = "invoice"
conditions = [{ id = 1, field = "amount", operator = "greater", value = 10 }]
[sets.main]
default = true
members = { order = "order" }
"""
COMMANDS = (
    ("next", "invoice", "-n", "6", "--date", "2026-02-03", "--attr", "amount=12", "--key", "batch"),
    ("next", "invoice", "-n", "3", "--date", "2025-12-31", "--attr", "amount=12"),
    ("release", "INV-2026-00002", "INV-2026-00004", "--reason", "never sent"),
    ("void", "INV-2026-00003", "--reason", "wrong customer"),
    ("void", "INV-2026-00001", "--reason", "wrong customer"),
    ("reinstate", "INV-2026-00001", "--reason", "it was right"),
    ("next", "invoice", "--date", "2026-02-04", "--attr", "amount=12"),
    ("next", "order", "-n", "3", "--date", "2026-03-01"),
    ("sequence", "set-next", "order", "40", "--reason", "paper forms"),
    ("next", "order", "--date", "2026-03-02"),
    ("reserve", "order", "--ttl", "300d", "--record", "cart 7"),
    ("reserve", "order", "-n", "2", "--ttl", "300d"),
    ("confirm", "O50"),
    ("release", "O55"),
    ("next", "ticket", "-n", "3", "--attr", "letter=A"),
    ("next", "ticket", "-n", "2", "--attr", "letter=B"),
    ("release", "A4", "--reason", "lost"),
    ("next", "voucher", "-n", "30"),
    ("next", "receipt", "-n", "4", "--date", "2026-04-01"),
    ("adopt", "old", "OLD-3", "OLD-4", "OLD-7", "--date", "2024-05-06"),
    ("adopt", "old", "OLD-2"),
    ("gaps", "block", "old", "OLD-5", "--reason", "never printed"),
    ("gaps", "restore", "old", "OLD-6", "--reason", "free"),
    ("adopt", "ticket", "A1"),
    ("next", "slip", "-n", "2", "--date", "2026-01-15"),
    ("next", "slip", "-n", "2", "--date", "2026-02-15"),
    ("sequence", "edit", "invoice", "--title", "Invoices"),
    ("sequence", "deactivate", "voucher"),
    ("close", "slip", "--through", "2026-01-31", "--reason", "filed"),
    ("close", "slip", "--through", "2026-02-28", "--reason", "filed"),
    ("reopen", "slip", "--from", "2026-02-01", "--reason", "corrected"),
)


class Break(Protocol):
    """Runs statements on the database; gives the rows of the last."""

    def __call__(self, *statements: str) -> Rows: ...


class Stopped(Clock):
    """A clock that stands still at one instant."""

    def __init__(self, now: str) -> None:
        self.instant = now

    def now(self) -> str:
        return self.instant

    def today(self, zone: str, now: str) -> date:
        return date.fromisoformat(self.instant[:10])


@pytest.fixture(scope="session")
def sound_database(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """A book with something of everything, and nothing wrong with it."""
    folder = tmp_path_factory.mktemp("sound")
    path, definitions = folder / "book.db", folder / "definitions.toml"
    shutil.copy(empty_database, path)
    definitions.write_text(DEFINITIONS, encoding="utf-8")
    records = folder / "records.csv"
    records.write_text("id,date,amount\nx,2026-02-05,11\ny,2026-02-06,99\n", encoding="utf-8")
    reserve_and_forget(path, definitions)
    assign = ("assign", "invoice", "--input", records, "--date-column", "date", "--write", folder / "out.csv")
    for words in (*COMMANDS, assign):
        assert main(["--db", str(path), *map(str, words)]) == 0, words
    return path


def reserve_and_forget(path: Path, definitions: Path) -> None:
    """Reservations whose deadline passed long ago, some of them recorded as freed."""
    assert main(["--db", str(path), "import", str(definitions)]) == 0
    with open_store(str(path), clock=Stopped("2026-01-05T10:00:00.000000Z")) as store:
        issue(store, Request("order", 2, reserve=True))
        issue(store, Request("ticket", 2, reserve=True, attributes={"letter": "A"}))
    with open_store(str(path), clock=Stopped("2026-01-06T10:00:00.000000Z")) as store:
        expire(store)


@pytest.fixture
def sound(nowhere: Book, sound_database: Path) -> Book:
    """The sound book, to be broken by one test."""
    copy_book(sound_database, nowhere.path)
    return nowhere


@pytest.fixture
def sql(nowhere: Book) -> Break:
    """Run statements on the database as a stranger would; triggers of the log are in nobody's way."""

    def run(*statements: str) -> Rows:
        with closing(sqlite3.connect(nowhere.path, isolation_level=None)) as connection:
            made = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in made:
                connection.execute(f"DROP TRIGGER {name}")
            rows = [connection.execute(statement).fetchall() for statement in statements]
            for _, text in made:
                connection.execute(text)
            return rows[-1]

    return run
