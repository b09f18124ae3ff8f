"""What must hold of a book of the released schema after an `upgrade` that something broke."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from seqctl import open_store
from seqctl.actions import check, verify
from seqctl.actions.issuing.issue import issue
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.sqlite.file.create import upgrade

from ..judging import Facts

SCRIPT = Path(__file__).parents[2] / "store" / "book-of-schema-1.sql"
STEP = "0002_owners_and_spaces"
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('_sqlite_migrations', 'event')"
MARKED = (
    "SELECT printf('%s\t%s\t%s\t%s\t%s\t%s', e.id, lower(hex(e.hash)), s.name, c.period, c.scope, c.last)"
    " FROM event e JOIN counter c ON c.id = e.counter_id JOIN sequence s ON s.id = c.sequence_id"
    " ORDER BY e.id"
)
DAY, FREED = "2026-11-21", "INV-2026-00001"
"""A day on which the old book has a freed number to give out again, and that number."""

Rows = list[tuple[object, ...]]


def make_old(path: Path) -> None:
    """A book of schema 1, at rest, with the mark that the program of that time left beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCRIPT.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
        ((first,),) = _rows(connection, "SELECT hex(hash) FROM event WHERE id = 1")
        lines = _rows(connection, MARKED)
    mark = Path(f"{path}-mark")
    mark.write_text(f"book\t{str(first).lower()}\n" + "".join(f"{line}\n" for (line,) in lines))
    mark.chmod(0o600)
    path.chmod(0o600)


class Before:
    """Everything that a book of schema 1 held."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.schema = _rows(connection, "SELECT name, sql FROM sqlite_schema")
        self.events = _rows(connection, "SELECT * FROM event ORDER BY id")
        self.tables = {
            str(name): _rows(connection, f"SELECT * FROM {name}") for (name,) in _rows(connection, TABLES)
        }


@cache
def old_book() -> Before:
    """What the book of the script holds."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCRIPT.read_text(encoding="utf-8"))
        return Before(connection)


def reached(path: Path) -> object:
    """The schema that a book says it has."""
    with closing(sqlite3.connect(path)) as connection:
        return _rows(connection, "PRAGMA user_version")[0][0]


def wrong(path: Path, before: Before, verified: bool = True) -> list[str]:
    """Every promise that a broken upgrade broke; it is made to its end to see that this works."""
    schema = reached(path)
    with closing(sqlite3.connect(path)) as connection:
        found = [str(text) for (text,) in _rows(connection, "PRAGMA integrity_check") if text != "ok"]
        if schema == 1 and Before(connection).__dict__ != before.__dict__:
            found.append("the book is of schema 1, and it is not as it was")
    applied = upgrade(str(path), "the judge", Clock())
    if applied != ([] if schema == 2 else [STEP]):
        found.append(f"the book is of schema {schema}, and the next upgrade applied {applied}")
    with closing(sqlite3.connect(path)) as connection:
        found += _lost(connection, before)
    if verified:
        with open_store(str(path), actor="the judge") as store:
            found += [str(item) for item in verify(store).findings]
            found += [str(item) for item in check(store) if item.severity == "error"]
    return found


def _lost(connection: sqlite3.Connection, before: Before) -> Iterator[str]:
    """What an upgraded book does not have as it was: steps only add columns, behind those that are there."""
    events = _rows(connection, "SELECT * FROM event ORDER BY id")
    if events[: len(before.events)] != before.events or len(events) != len(before.events) + 1:
        yield "the upgraded log is not the old one and one event"
    for name, rows in before.tables.items():
        width = len(rows[0]) if rows else 0
        if [row[:width] for row in _rows(connection, f"SELECT * FROM {name}")] != rows:
            yield f"the rows of {name} are not as they were"


def examine_upgrade(path: Path) -> Facts:
    """Hold what a power cut left of an upgrade of the script's book against that, upgrade it and go on."""
    facts = Facts()
    try:
        facts.schema = reached(path)
        facts.problems += wrong(path, old_book())
        with open_store(str(path), actor="the judge") as store:
            facts.numbers = issue(store, Request("invoice", date=DAY)).texts
    except (SeqctlError, sqlite3.Error) as error:
        facts.problems.append(f"it cannot be used: {error}")
    if facts.numbers != [FREED]:
        facts.problems.append(f"the next number is {facts.numbers}")
    return facts


def upgrade_kept(facts: Facts, printed: str) -> list[str]:
    """A step that was printed was made."""
    return ["the upgrade was told of and is lost"] if STEP in printed and facts.schema != 2 else []


def _rows(connection: sqlite3.Connection, query: str) -> Rows:
    return connection.execute(query).fetchall()
