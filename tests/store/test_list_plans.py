"""What lists read: the newest numbers, those behind a cursor and the newest events cost what they show."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue, list_events, list_numbers, read_catalogue
from seqctl.actions.definitions.list_definitions import DefinitionFilter, list_definitions
from seqctl.model.log.event import EventFilter
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store

ROWS = 40_000
FEW = 30
"""Hundreds of steps of SQLite's machine; a walk over the whole ledger takes thousands of hundreds."""


class Steps:
    """Counts the steps that SQLite's machine takes, in hundreds."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.hundreds = 0
        connection.set_progress_handler(self._count, 100)

    def _count(self) -> int:
        self.hundreds += 1
        return 0

    def of(self, reading: Iterator[object]) -> tuple[int, int]:
        """How many rows a list gives, and the hundreds of steps that it takes."""
        before = self.hundreds
        return len(list(reading)), self.hundreds - before


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A book of forty thousand numbers, of which seven are of a rare sequence, the oldest ones."""
    with open_store(str(tmp_path / "b.db"), create=True, actor="ada") as book:
        add_sequence(book, "rare", {"pattern": "R-{number}"})
        add_sequence(book, "invoice", {"pattern": "INV-{number}"})
        issue(book, Request("rare", 7))
        for _ in range(ROWS // 10_000):
            issue(book, Request("invoice", 10_000, confirmed=True))
        yield book


@pytest.mark.parametrize(
    ("target", "wanted", "found"),
    [
        (None, NumberFilter(last=5), 5),
        ("invoice", NumberFilter(last=5), 5),
        ("rare", NumberFilter(last=5), 5),
        ("rare", NumberFilter(), 7),
        (None, NumberFilter(after=ROWS // 2, limit=5), 5),
        ("invoice", NumberFilter(after=ROWS // 2, limit=5), 5),
        ("rare", NumberFilter(after=3, limit=2), 2),
        ("rare", NumberFilter(after=ROWS // 2, limit=5), 0),
        (None, NumberFilter(last=5, date_from="2000-01-01"), 5),
    ],
    ids=str,
)
def test_a_list_of_numbers_costs_what_it_shows(
    store: SqliteStore, target: str | None, wanted: NumberFilter, found: int
) -> None:
    steps = Steps(store.connection)
    rows, hundreds = steps.of(list_numbers(store, target, wanted))
    assert rows == found
    assert hundreds < FEW
    # The measure tells: all of the ledger takes more by far.
    assert steps.of(list_numbers(store, None, NumberFilter()))[1] > 100 * FEW


def test_definitions_are_told_without_a_look_at_the_issues(store: SqliteStore) -> None:
    for _ in range(500):
        issue(store, Request("invoice"))
    steps = Steps(store.connection)
    (rare,) = list_definitions(store, "sequence", DefinitionFilter(["rare"]))
    assert rare.times.created_by == "ada"
    before = steps.hundreds
    read_catalogue(store)
    assert before < (steps.hundreds - before) + FEW


def test_the_newest_events_cost_what_they_show(store: SqliteStore) -> None:
    for _ in range(500):
        issue(store, Request("invoice"))
    steps = Steps(store.connection)
    assert steps.of(list_events(store, EventFilter(last=3))) < (4, FEW)
    assert steps.of(list_events(store, EventFilter(after=400, limit=3))) < (4, FEW)
