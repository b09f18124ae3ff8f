"""What must hold of a book after any fault: intact, its chain whole, its counters alike with its ledger."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from json import loads
from pathlib import Path

from seqctl.actions.issuing.issue import peek
from seqctl.errors import NotFound, Refused, SeqctlError
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.port import Store
from seqctl.store.sqlite.engine import open_book

ROW = (
    "SELECT counter_id, uniqueness_id, date, state, record, key, key_space, policy, set_name, expires_at,"
    " event_id, serial, value, text, reused FROM number WHERE event_id = ? AND change_id IS NULL"
    " ORDER BY serial"
)
COUNTERS = (
    "SELECT c.id, c.first, c.last, c.accounted, c.reusable, c.reserved, s.step,"
    " (SELECT count(*) FROM number n WHERE n.counter_id = c.id),"
    " (SELECT count(*) FROM number n WHERE n.counter_id = c.id AND n.state = 'reserved'),"
    " (SELECT total((g.last - g.first) / s.step + 1) FROM gap_run g WHERE g.counter_id = c.id),"
    " (SELECT total((g.last - g.first) / s.step + 1) FROM gap_run g WHERE g.counter_id = c.id"
    "   AND g.state = 'reusable'),"
    " (SELECT max(value) FROM number n WHERE n.counter_id = c.id)"
    " FROM counter c JOIN sequence s ON s.id = c.sequence_id"
)


@dataclass
class Facts:
    """What a book holds: its numbers in the order of issue, its sequences, what was done, the next number.

    `problems` are its faults.

    `copy` is the same of a copy beside it, `schema` the one that it had, where it is upgraded to be judged.
    """

    numbers: list[str] = field(default_factory=list)
    sequences: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    following: str | None = None
    problems: list[str] = field(default_factory=list)
    copy: "Facts | None" = None
    schema: object = None


def examine(path: Path, target: str = "invoice") -> Facts:
    """Open a book with seqctl's own store and hold everything against everything.

    Where there is no book, or an empty file, the facts are empty: that is a fault only of a book that held
    something, which the caller knows.
    """
    facts = Facts()
    try:
        with open_book(str(path), "the judge", Clock(), 5) as store:
            connection = store.connection
            facts.problems += _sound(connection)
            if not facts.problems:
                facts.problems += [*_chain(connection), *_rows(connection), *_counters(connection)]
                facts.numbers = _column(connection, "SELECT text FROM number ORDER BY serial")
                facts.sequences = _column(connection, "SELECT name FROM sequence ORDER BY name")
            if target in facts.sequences and not facts.problems:
                facts.following = _following(store, target)
            if not facts.problems:
                facts.actions = _column(connection, "SELECT action FROM event ORDER BY id")
    except NotFound:
        return facts
    except (SeqctlError, sqlite3.Error) as error:
        facts.problems.append(f"it cannot be used: {error}")
    if facts.following in facts.numbers:
        facts.problems.append(f"{facts.following} would be issued again")
    return facts


def _following(store: Store, target: str) -> str | None:
    """The next number; None where ranges have no more."""
    try:
        return peek(store, Request(target)).texts[0]
    except Refused as refusal:
        if refusal.code not in ("exhausted", "no_range"):
            raise
        return None


def _sound(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong."""
    found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
    return found + [f"a foreign key dangles: {row}" for row in connection.execute("PRAGMA foreign_key_check")]


def _chain(connection: sqlite3.Connection) -> list[str]:
    """The hash chain, by the rule of docs/log.md and nothing else."""
    before = bytes(32)
    events = connection.execute("SELECT * FROM event ORDER BY id")
    for place, (*columns, digest) in enumerate(events, 1):
        text = "\n".join("" if column is None else str(column) for column in columns)
        before = hashlib.sha256(before + text.encode()).digest()
        if columns[0] != place or before != digest:
            return [f"the chain is broken at event {columns[0]}"]
    return []


def _rows(connection: sqlite3.Connection) -> list[str]:
    """The rows that events wrote, against the hashes that the events keep of them."""
    problems = []
    events = "SELECT id, count, detail FROM event WHERE action IN ('issue', 'reserve', 'assign')"
    for event, count, detail in connection.execute(events).fetchall():
        rows = connection.execute(ROW, (event,)).fetchall()
        text = "".join(
            "\x1f".join("" if cell is None else str(cell) for cell in row) + "\x1e" for row in rows
        )
        same = hashlib.sha256(text.encode()).hexdigest() == loads(detail)["rows"]
        if len(rows) > count or (len(rows) == count and not same):
            problems.append(f"the rows of event {event} are not those that it wrote")
    return problems


def _counters(connection: sqlite3.Connection) -> list[str]:
    """What the counters say, recounted."""
    problems = []
    for row in connection.execute(COUNTERS).fetchall():
        counter, first, last, accounted, reusable, reserved, step, held, waiting, runs, free, highest = row
        size = (last - first) // step + 1
        if accounted != held + runs or reusable != free or reserved != waiting:
            problems.append(
                f"counter {counter} says {row[3:6]}; there are {held} numbers, {runs} in gap runs"
            )
        if accounted != size:
            problems.append(f"counter {counter} spans {size} integers and accounts for {accounted}")
        if highest is not None and highest > last:
            problems.append(f"counter {counter} stands at {last}, below the number {highest}")
    return problems


def _column(connection: sqlite3.Connection, query: str) -> list[str]:
    with closing(connection.execute(query)) as cursor:
        return [text for (text,) in cursor]
