"""Definitions as the tables hold them, column by column, for a verification.

What is read here may have been tampered with: what cannot be read is told, and never stops the reading of
the rest. A definition is read as the program reads it, then written again as the program would write it; a
column that then is another one was written by somebody else, whatever it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seqctl.json_text import from_json
from seqctl.model.finding import UNREADABLE
from seqctl.model.owner import split_owner
from seqctl.model.pattern.compile import compile_pattern, encode
from seqctl.model.pattern.compiled import FORMAT
from seqctl.model.policy.policy import FORMAT as POLICY_FORMAT
from seqctl.model.policy.policy import Policy
from seqctl.model.policy.policy import encode as encode_policy
from seqctl.model.range.range import Range
from seqctl.model.reports.stored import OddColumn, StoredBook, StoredDefinition, StoredReference
from seqctl.model.sequence.sequence import Sequence
from seqctl.store.sql.definitions.catalogue import (
    CALENDAR,
    CALENDAR_COLUMNS,
    COLUMNS,
    calendar_row,
    origin_text,
    sequence_row,
)
from seqctl.store.sql.definitions.policies import (
    POLICY,
    POLICY_COLUMNS,
    compiled_anew,
    policy_from_row,
    policy_row,
)
from seqctl.store.sql.definitions.ranges import RANGE, RANGE_COLUMNS, range_from_row, range_row
from seqctl.store.sql.definitions.sets import OWNERS, json_list, read_sets
from seqctl.store.sql.needed import SEQUENCE, calendar_from_row, sequence_from_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from seqctl.store.sql.connection import Connection, Dialect

    Row = tuple[Any, ...]
    Result = TypeVar("Result")

PAGE = 1000

BOOK_LISTS = ("owner_kinds", "known_owners", "unique_together", "assigned_kinds", "former_names")
"""The settings of a book that are arrays in JSON."""


class StoredDefinitions:
    """The tables of definitions of one book, within a transaction."""

    __slots__ = ("connection", "dialect")

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self.connection = connection
        self.dialect = dialect

    def book(self) -> StoredBook:
        """The book's own settings, and the instant at which it was made."""
        columns = ("timezone", "identity", *BOOK_LISTS)
        ((created_at, *values),) = self._fetch(f"SELECT created_at, {', '.join(columns)} FROM book")
        fields, odd = dict(zip(columns, values, strict=True)), []
        for name in BOOK_LISTS:
            found, fields[name] = fields[name], _read(from_json, fields[name])
            if _read(json_list, fields[name]) != found:
                odd.append(OddColumn(name, found, fields[name]))
        return StoredBook(StoredDefinition("book", "book", fields, odd), created_at)

    def calendars(self) -> Iterator[StoredDefinition]:
        """The calendars."""
        for row in self._fetch(CALENDAR):
            calendar = _read(calendar_from_row, row)
            found, right = (*row[:4], row[5]), _read(calendar_row, calendar)
            yield StoredDefinition("calendar", row[0], calendar, _odd(CALENDAR_COLUMNS, found, right, ""))

    def sequences(self) -> Iterator[StoredDefinition]:
        """The sequences."""
        calendars = {name: id for id, name in self._fetch("SELECT id, name FROM calendar")}

        def right(sequence: Sequence, row: Row) -> list[object]:
            columns = sequence_row(sequence, calendars)
            return [*columns[:-1], encode(compile_pattern(sequence.pattern, sequence.alpha))]

        for row, (*found, written) in self._pages(SEQUENCE, (*COLUMNS, "origin"), "s"):
            sequence = _read(sequence_from_row, row)
            odd = _odd(COLUMNS, found, _read(right, sequence, row), FORMAT)
            origin = None if written is None else _read(from_json, written)
            if written is not None and written != origin_text(origin):
                odd.append(OddColumn("origin", written, origin))
            yield StoredDefinition("sequence", row[10], sequence, odd, row[1], origin)

    def ranges(self) -> Iterator[StoredDefinition]:
        """The ranges; beside its fields the event that annulled each, and whether that ended it."""
        sequences = {name: id for id, name in self._fetch("SELECT id, name FROM sequence")}

        def right(read: Range, row: Row) -> list[object]:
            return range_row(read, sequences)

        for row, found in self._pages(RANGE, RANGE_COLUMNS, "r"):
            read = _read(range_from_row, row)
            odd = _odd(RANGE_COLUMNS, found, _read(right, read, row), FORMAT)
            if row[2] not in (0, 1):
                odd.append(OddColumn("ended", row[2], int(bool(row[2]))))
            yield StoredDefinition("range", row[3], read, odd)

    def policies(self) -> Iterator[StoredDefinition]:
        """The policies, by the conditions that people read; what decides is compared with them."""

        def right(policy: Policy, row: Row) -> list[object]:
            return [*policy_row(policy)[:-1], encode_policy(*compiled_anew(row[13], policy.logic))]

        for row, found in self._pages(POLICY, POLICY_COLUMNS, "p"):
            policy = _read(policy_from_row, (*row[:12], "\n", row[13]))
            odd = _odd(POLICY_COLUMNS, found, _read(right, policy, row), POLICY_FORMAT)
            yield StoredDefinition("policy", row[2], policy, odd, row[1])

    def sets(self) -> Iterator[StoredDefinition]:
        """The sets, with their members and owners."""
        sets = read_sets(self._fetch, "id")
        odd: dict[str, list[OddColumn]] = {name: [] for name in sets}
        query = "SELECT name, is_default FROM sequence_set WHERE is_default NOT IN (0, 1)"
        for name, is_default in self._fetch(query):
            odd[name].append(OddColumn("is_default", is_default, 1))
        for name, kind, id in self._fetch(OWNERS):
            owner = f"{kind}:{id}"
            if _read(split_owner, owner) != (kind, id):
                odd[name].append(OddColumn("assignments", (kind, id), owner))
        for name, sequence_set in sets.items():
            yield StoredDefinition("set", name, sequence_set, odd[name])

    def keeping(self) -> dict[str, object]:
        """What says of each sequence whether its references are kept, by name."""
        return dict(self._fetch("SELECT name, keeps_references FROM sequence ORDER BY name"))

    def references(self) -> Iterator[StoredReference]:
        """The numbers that have a kept reference, in the order of issue."""
        if self._fetch("SELECT 1 FROM number WHERE reference IS NOT NULL LIMIT 1"):
            yield from self._references("n.reference IS NOT NULL")

    def without_reference(self, sequence_id: int) -> Iterator[StoredReference]:
        """The numbers of a sequence that have none, in the order of issue."""
        return self._references(f"n.reference IS NULL AND c.sequence_id = {int(sequence_id)}")

    def _references(self, test: str) -> Iterator[StoredReference]:
        last = 0
        while True:
            rows = self._fetch(
                "SELECT n.serial, n.text, n.value, s.name, n.reference FROM number n"
                " JOIN counter c ON c.id = n.counter_id JOIN sequence s ON s.id = c.sequence_id"
                f" WHERE {test} AND n.serial > {last} ORDER BY n.serial LIMIT {PAGE}"
            )
            yield from (StoredReference(*row) for row in rows)
            if len(rows) < PAGE:
                return
            last = int(rows[-1][0])

    def next_counter_id(self) -> int:
        """The least id that the next counter may get."""
        rows = self._fetch(self.dialect.last_counter)
        return max((seq for (seq,) in rows if isinstance(seq, int)), default=0) + 1

    def _pages(self, query: str, columns: tuple[str, ...], table: str) -> Iterator[tuple[Row, Row]]:
        """What a query that reads definitions gives of each row, and columns of its table beside it."""
        select, _, tables = query.rpartition(" FROM ")
        also = ", ".join(f'{table}."{name}"' for name in columns)
        last = None
        while True:
            test = "TRUE" if last is None else f"{table}.id > {int(last)}"
            tail = f"WHERE {test} ORDER BY {table}.id LIMIT {PAGE}"
            rows = self._fetch(f"{select}, {also} FROM {tables}{tail}")
            for row in rows:
                yield row[: -len(columns)], row[-len(columns) :]
            if len(rows) < PAGE:
                return
            last = rows[-1][0]

    def _fetch(self, query: str) -> list[Any]:
        return self.dialect.fetch(self.connection, query, ())


def _read(reading: Callable[..., Result], *values: Any) -> Result | None:
    """What a reading gives; None where what it reads is nothing that this program wrote."""
    try:
        return reading(*values)
    except UNREADABLE:
        return None


def _odd(
    names: tuple[str, ...], found: Row | list[object], right: list[object] | None, format: str
) -> list[OddColumn]:
    """The columns that hold something else; a form that another version compiled is compiled anew anyway.

    Where nobody can tell what is right, a field is another one than the events left.
    """
    if right is None:
        return []
    return [
        OddColumn(name, is_now, should)
        for name, is_now, should in zip(names, found, right, strict=True)
        if is_now != should and not (name == "compiled" and _other_version(str(is_now), format))
    ]


def _other_version(compiled: str, format: str) -> bool:
    version = compiled.partition("\n")[0]
    return version != format and version.isdecimal()
