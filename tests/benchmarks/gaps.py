"""Finding the gaps of a counter of ten million numbers, against reading that many rows once."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from seqctl.actions import add_sequence, list_gaps
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store

NUMBERS = 10_000_000
ROUNDS = 5
GAPS: tuple[int, ...] = (0, 18, 10_000)
SCAN = "SELECT count(*), sum(value) FROM number"
FILL = """
INSERT INTO uniqueness VALUES (1, 'invoice', '');
INSERT INTO counter (id, sequence_id, scope, period, uniqueness_id, first, last, accounted)
  SELECT 1, id, '', 'all', 1, 1, {count}, {count} FROM sequence;
UPDATE sequence SET used = 1;
INSERT INTO number (serial, counter_id, value, text, uniqueness_id, date, state, event_id)
  WITH RECURSIVE counted (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM counted WHERE value < {count})
  SELECT value, 1, value, printf('INV-%08d', value), 1, '2026-11-21', 'issued', 1 FROM counted;
"""
TAKE_OUT = """
DELETE FROM number WHERE serial IN
  (WITH RECURSIVE gap (value) AS (SELECT {step} UNION ALL SELECT value + {step} FROM gap
   WHERE value + {step} <= {count}) SELECT value FROM gap);
UPDATE counter SET accounted = (SELECT count(*) FROM number);
"""


def missing(folder: Path, count: int = NUMBERS) -> str:
    """All gaps listed through the library, none of them, a few and many; one line of the table for each."""
    path = folder / "gaps.db"
    build(path, count)
    return "\n".join(_measured(path, count, gaps) for gaps in GAPS)


def build(path: Path, count: int) -> None:
    """A book with one counter whose numbers were all issued, written past the actions: it has no events."""
    with open_store(str(path), create=True, actor="benchmark") as store:
        add_sequence(store, "invoice", {"pattern": "INV-{number:8}"})
    _run(path, FILL.format(count=count))


def _measured(path: Path, count: int, gaps: int) -> str:
    from tests.benchmarks.__main__ import row

    if gaps:
        _run(path, TAKE_OUT.format(step=count // gaps, count=count))
    ours, theirs = [], []
    with closing(sqlite3.connect(path)) as raw, open_store(str(path), actor="benchmark") as store:
        found = _listed(store)
        for _ in range(ROUNDS):
            theirs.append(_seconds(lambda: raw.execute(SCAN).fetchall()))
            ours.append(_seconds(lambda: _listed(store)))
    return row(
        f"`gaps` over {count:,} numbers, {found:,} runs", ours, theirs, "s", "at most 2", "sequential scan"
    )


def _listed(store: SqliteStore) -> int:
    """How many runs the list has; each is made into what is printed."""
    return sum(1 for gap in list_gaps(store, GapFilter()) if gap.first_number)


def _seconds(work: object) -> float:
    assert callable(work)
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def _run(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        connection.executescript(f"BEGIN; {statements} COMMIT;")
