"""Every single change of a database by plain SQL: of each cell, of each row, and of the schema.

Generated from the tables that there are, so that a column that somebody adds is changed too.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from tests.book import Rows

HIGHEST = 2**63 - 1
Cell = str | bytes | int | None
"""What a column of SQLite holds here."""


class Change(NamedTuple):
    """One change: its table, its column or None, what kind it is, and the statements that make it."""

    table: str
    column: str | None
    kind: str
    statements: list[tuple[Any, ...]]

    def __str__(self) -> str:
        return f"{self.kind} of {self.table}.{self.column}: {self.statements}"


def changes(connection: sqlite3.Connection) -> Iterator[Change]:
    """All of them, in a fixed order."""
    for table, key in _tables(connection):
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY {key}').fetchall()
        keys = connection.execute(f'SELECT {key} FROM "{table}" ORDER BY {key}').fetchall()
        for column in columns:
            yield from _cells(table, key, keys, column, rows, columns.index(column))
        yield from _rows(table, key, keys, columns, rows)
    yield from _schema(connection)


def _tables(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Each table with what names its rows."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        keys = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")') if row[5]]
        yield name, ", ".join(keys) or "rowid"


def _cells(
    table: str,
    key: str,
    keys: Rows,
    column: str,
    rows: Rows,
    place: int,
) -> Iterator[Change]:
    values = [row[place] for row in rows]
    known = list(dict.fromkeys(value for value in values if value is not None))
    for at, (value, row_key) in enumerate(zip(values, keys, strict=True)):
        for kind, other in _others(value, known):
            if type(other) is type(value) and other == value:
                continue
            yield Change(table, column, kind, [_update(table, column, other, key, row_key)])
        following = (at + 1) % len(rows)
        # Two rows that differ in nothing else are the same two rows when they are swapped.
        others = [rows[each][:place] + rows[each][place + 1 :] for each in (at, following)]
        if values[following] != value and others[0] != others[1]:
            parked = _parked(value)
            names = zip(key.split(", "), row_key, strict=True)
            parked_key = [parked if name == column else part for name, part in names]
            updates = (
                _update(table, column, parked, key, row_key),
                _update(table, column, value, key, keys[following]),
                _update(table, column, values[following], key, parked_key),
            )
            yield Change(table, column, "swapped", list(updates))


def _others(value: Cell, known: list[Any]) -> Iterator[tuple[str, Cell]]:
    """What a cell may be given in the place of its value, with the kind of that."""
    yield "null", None
    yield from (("other", other) for other in islice(known, 3))
    if isinstance(value, int):
        yield from (("off by one", value + 1), ("off by one", value - 1), ("other", 2), ("other", HIGHEST))
    elif isinstance(value, bytes):
        yield from (("empty", b""), ("off by one", value[:-1] + bytes([value[-1] ^ 1])))
    else:
        yield from (("empty", ""), ("other", "x"), ("no text", b"\xff"))
    if isinstance(value, str) and value:
        yield "off by one", value[:-1] + chr(ord(value[-1]) ^ 1)
        yield "blank added", value + " "
        yield "other case", value.swapcase()
        yield "off by one", re.sub(r"\d(?=\D*$)", lambda found: str((int(found[0]) + 1) % 10), value)


def _parked(value: Cell) -> Cell:
    """What stands in a cell while two are swapped, where both may not hold the same at once."""
    return -77 if isinstance(value, int) else b"parked" if isinstance(value, bytes) else "parked"


def _update(table: str, column: str, value: Cell, key: str, row_key: Iterable[Cell]) -> tuple[Cell, ...]:
    shown = "CAST(? AS TEXT)" if value == b"\xff" else "?"
    return (f'UPDATE "{table}" SET "{column}" = {shown} WHERE {_where(key)}', value, *row_key)


def _where(key: str) -> str:
    return " AND ".join(f"{name} = ?" for name in key.split(", "))


def _rows(
    table: str,
    key: str,
    keys: Rows,
    columns: list[str],
    rows: Rows,
) -> Iterator[Change]:
    for row_key in keys:
        yield Change(table, None, "deleted", [(f'DELETE FROM "{table}" WHERE {_where(key)}', *row_key)])
    if len(rows) > 1:
        yield Change(table, None, "deleted", [(f'DELETE FROM "{table}"',)])
    marks = ", ".join("?" * len(columns))
    for number, row in enumerate(rows):
        copied = [_new(value, place, columns[place], number) for place, value in enumerate(row)]
        yield Change(table, None, "inserted", [(f'INSERT INTO "{table}" VALUES ({marks})', *copied)])


def _new(value: Cell, place: int, column: str, number: int) -> Cell:
    """The value of a copied row, where the same again would be refused."""
    if column in ("id", "serial") and isinstance(value, int):
        return 9000 + number
    if isinstance(value, int) and column in ("value", "first", "last"):
        return value + 5000
    if isinstance(value, str) and (column in ("name", "text", "period", "scope", "id") or place == 0):
        return f"{value}9"
    return 0 if column == "is_default" else value


def _schema(connection: sqlite3.Connection) -> Iterator[Change]:
    made = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    for kind, name, text in made:
        if name.startswith(("sqlite_", "_", "idx__sqlite")):
            continue
        drop = (f'DROP {kind.upper()} "{name}"',)
        if kind == "table":
            view = (f'CREATE VIEW "{name}" AS SELECT * FROM kept',)
            yield Change(name, None, "view", [(f'ALTER TABLE "{name}" RENAME TO kept',), view])
            yield Change(name, None, "column", [(f'ALTER TABLE "{name}" ADD COLUMN more TEXT',)])
            trigger = f'CREATE TRIGGER helper AFTER INSERT ON "{name}" BEGIN SELECT 1; END'
            yield Change(name, None, "trigger", [(trigger,)])
            continue
        yield Change(name, None, f"dropped {kind}", [drop])
        changed = text.replace("(ABORT, 'events are append-only')", "(IGNORE)")
        if kind == "index":
            changed = re.sub(r"\).*", "), 7)", text.replace("(", "((", 1), flags=re.DOTALL).replace("((", "(")
            changed = changed.replace("), 7)", ", 7)")
        yield Change(name, None, f"changed {kind}", [drop, (changed,)])


def sample(all_changes: list[Change], share: int) -> Iterator[Change]:
    """Of the changes of each column some, spread over rows and kinds; of other changes one of each kind."""
    groups: dict[tuple[str | None, ...], list[Change]] = {}
    for change in all_changes:
        groups.setdefault(change[:2] if change.column else change[:3], []).append(change)
    for number, group in enumerate(groups.values()):
        count = min(share if group[0].column else 1, len(group))
        yield from (group[(number + at * len(group) // count) % len(group)] for at in range(count))


def make(path: Path, change: Change) -> bool:
    """Make a change in a database; False where the database itself refuses it."""
    of_schema = change.column is None and change.kind not in ("deleted", "inserted")
    with closing(sqlite3.connect(path)) as connection:
        try:
            with nullcontext() if of_schema else without_triggers(connection):
                for statement, *values in change.statements:
                    connection.execute(statement, values)
        except sqlite3.Error:
            return False
        connection.commit()
    return True


@contextmanager
def without_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Nothing stands in the way of plain SQL meanwhile, and nothing shows that it did not."""
    made = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in made:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, text in made:
        connection.execute(text)
