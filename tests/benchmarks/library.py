"""Issuing in one process through the library, against raw sqlite3 doing the same durable work."""

import gc
import sqlite3
import time
from pathlib import Path

from seqctl import open_store
from seqctl.actions import add_sequence, assign, issue
from seqctl.definitions.records import read_records
from seqctl.model.assignment import Batch
from seqctl.model.request import Request
from seqctl.store.sqlite.engine import SqliteStore

SINGLE = 400
BATCH = 100_000
ROUNDS = 5
RAW = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE counter (id INTEGER PRIMARY KEY, next INTEGER);
INSERT INTO counter VALUES (1, 1);
CREATE TABLE number (id INTEGER PRIMARY KEY, value INTEGER, text TEXT UNIQUE);
CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT, what TEXT);
"""


def one_by_one(folder: Path) -> str:
    """Numbers a second, each its own durable transaction."""
    from tests.benchmarks.__main__ import row

    store, raw = _store(folder), _raw(folder)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_rate(SINGLE, lambda: [issue(store, Request("invoice")) for _ in range(SINGLE)]))
        theirs.append(_rate(SINGLE, lambda: [_raw_issue(raw) for _ in range(SINGLE)]))
    return row("one number each, library", ours, theirs, "/s", "at least 0.5", "raw sqlite3 with audit row")


def in_a_batch(folder: Path) -> str:
    """Numbers a second in one transaction of a hundred thousand."""
    from tests.benchmarks.__main__ import row

    store, raw = _store(folder), _raw(folder)
    ours, theirs = [], []
    for turn in range(ROUNDS):
        ours.append(_rate(BATCH, lambda: issue(store, Request("invoice", BATCH))))
        theirs.append(_rate(BATCH, lambda base=turn * BATCH: _raw_batch(raw, base)))
    return row(f"`-n {BATCH}`, library", ours, theirs, "/s", "at least 0.3", "raw insert, unique text")


def assigning(folder: Path) -> str:
    """Records of a CSV file a second, read and numbered in one transaction, all of one date."""
    return _assigned(folder, "`assign` of 100,000 records of one date", "2026-11-21")


def assigning_dates(folder: Path) -> str:
    """The same with another date in every row, which can share less."""
    return _assigned(folder, "`assign` of 100,000 records, dates mixed", None)


def _assigned(folder: Path, work: str, day: str | None) -> str:
    from tests.benchmarks.__main__ import row

    raw = _raw(folder)
    ours, theirs = [], []
    for turn in range(ROUNDS):
        place = folder / str(turn)
        place.mkdir()
        store, path = _store(place), place / "records.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("id,date,customer,amount\n")
            for value in range(BATCH):
                shown = day or f"2026-{value % 12 + 1:02}-{value % 28 + 1:02}"
                file.write(f"R{value:06},{shown},C{value % 977},{value}.50\n")
        ours.append(_rate(BATCH, lambda store=store, path=path: _assign(store, path)))
        theirs.append(_rate(BATCH, lambda base=turn * BATCH: _raw_batch(raw, base)))
        store.close()
    return row(work, ours, theirs, "/s", "at least 0.3", "raw insert, unique text")


def _assign(store: SqliteStore, path: Path) -> None:
    gc.disable()  # as the command does while it works
    file = read_records(str(path), "id", ("date",))
    assert assign(store, Batch("invoice", path.name, file.records, "date")).issued == BATCH
    gc.enable()


def flat_cost(folder: Path) -> str:
    """Numbers a second with half a million issued, against an empty book."""
    from tests.benchmarks.__main__ import row

    (folder / "full").mkdir()
    empty, full = _store(folder), _store(folder / "full")
    issue(full, Request("invoice", 500_000))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_rate(SINGLE, lambda: [issue(full, Request("invoice")) for _ in range(SINGLE)]))
        theirs.append(_rate(SINGLE, lambda: [issue(empty, Request("invoice")) for _ in range(SINGLE)]))
    return row("one number each at 500,000 issued", ours, theirs, "/s", "at least 0.87", "at none issued")


def _store(folder: Path) -> SqliteStore:
    store = open_store(str(folder / "b.db"), create=True, actor="benchmark")
    add_sequence(store, "invoice", {"pattern": "INV-{YYYY}-{number:7}", "reset": "year"})
    return store


def _raw(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.executescript(RAW)
    return connection


def _raw_issue(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    (value,) = connection.execute(
        "UPDATE counter SET next = next + 1 WHERE id = 1 RETURNING next - 1"
    ).fetchone()
    connection.execute("INSERT INTO number (value, text) VALUES (?, ?)", (value, f"INV-2026-{value:07}"))
    connection.execute("INSERT INTO audit (at, what) VALUES (?, ?)", ("2026-11-21T00:00:00Z", "issue" * 20))
    connection.execute("COMMIT")


def _raw_batch(connection: sqlite3.Connection, base: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    rows = ((value, f"INV-2026-{value:07}") for value in range(base, base + BATCH))
    connection.executemany("INSERT INTO number (value, text) VALUES (?, ?)", rows)
    connection.execute("COMMIT")


def _rate(count: int, work: object) -> float:
    assert callable(work)
    before = time.perf_counter()
    work()
    return count / (time.perf_counter() - before)
