"""Definitions as a whole: reading the catalogue of a book, and writing changes to it.

Nothing here is on the path of an issue.
"""

from seqctl.days import date
from seqctl.json_text import from_json
from seqctl.model.catalogue.catalogue import BOOK_LISTS, Catalogue, Origin
from seqctl.model.catalogue.former_names import FormerNames
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.pattern.compile import encode
from seqctl.model.policy.policy import Policy
from seqctl.model.sequence.changes import HeldExtent
from seqctl.model.sequence.document_types import pack_types
from seqctl.model.sequence.scope import pack_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar, pack_calendar
from seqctl.store.sql.definitions.policies import POLICY, POLICY_COLUMNS, policy_from_row, policy_row
from seqctl.store.sql.definitions.ranges import RANGE, RANGE_COLUMNS, range_from_row, range_row
from seqctl.store.sql.definitions.sets import json_list, put_sets, read_sets, remove_sets
from seqctl.store.sql.needed import COUNTER, SEQUENCE, STORED, calendar_from_row, sequence_from_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from seqctl.store.sql.connection import Connection

CALENDAR_COLUMNS = ("name", "month", "day", "named_by", "listed")
COLUMNS = (*STORED, "types", "calendar_id", "compiled")
CALENDAR = "SELECT name, month, day, named_by, id, listed FROM calendar "
FORMER_PATTERN = (
    "INSERT INTO former_pattern (counter_id, event_id, first, last, pattern)"
    " SELECT c.id, CAST(:event AS BIGINT), c.first, c.last, s.pattern FROM sequence s"
    " JOIN counter c ON c.sequence_id = s.id"
    " WHERE s.name = :name AND s.used > 0 AND s.pattern <> :pattern AND (c.last >= c.first OR EXISTS"
    " (SELECT 1 FROM event e WHERE e.counter_id = c.id AND e.action NOT IN ('issue', 'reserve')))"
)
"""Keeps the pattern of a used sequence that an event is about to replace."""


class CatalogueTables:
    """The tables of definitions of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def read(self) -> Catalogue:
        """Every definition of the book."""
        execute = self.connection.execute
        calendars = (calendar_from_row(row) for row in execute(CALENDAR + "ORDER BY name"))
        sequences = map(sequence_from_row, execute(SEQUENCE + "ORDER BY s.name"))
        policies = map(policy_from_row, execute(POLICY + "ORDER BY p.name"))
        timezone, *lists = execute(f"SELECT timezone, {', '.join(BOOK_LISTS)} FROM book").fetchone()
        return Catalogue(
            timezone,
            {calendar.name: calendar for calendar in calendars},
            {sequence.name: sequence for sequence in sequences},
            read_sets(execute, "name"),
            {policy.name: policy for policy in policies},
            self._read_origins(),
            dict(zip(BOOK_LISTS, map(from_json, lists), strict=True)),
            {each.name: each for each in map(range_from_row, execute(RANGE + "ORDER BY r.name"))},
        )

    def _read_origins(self) -> dict[str, Origin]:
        query = "SELECT name, origin FROM sequence WHERE origin IS NOT NULL"
        return {name: from_json(origin) for name, origin in self.connection.execute(query)}

    def put_origins(self, origins: dict[str, Origin]) -> None:
        """Keep what other systems said of sequences, by the names of these."""

        self.connection.executemany(
            "UPDATE sequence SET origin = ? WHERE name = ?",
            [(origin_text(origin), name) for name, origin in origins.items()],
        )

    def put_timezone(self, timezone: str) -> None:
        """Set the book's time zone."""
        self.connection.execute("UPDATE book SET timezone = ?", (timezone,))

    def put_book_list(self, key: str, texts: list[str]) -> None:
        """Set one of the lists of the whole book, named by a key of BOOK_LISTS."""
        assert key in BOOK_LISTS
        self.connection.execute(f"UPDATE book SET {key} = ?", (json_list(texts),))

    def put(self, kind: str, definitions: "list[Any]", event_id: int) -> None:
        """Write definitions by their names, all fields of each; `event_id` is the event that will say so.

        What they refer to is there. Owners are written where a set gives them, and leave their former set.
        """
        if not definitions:
            return
        former = self.former_names()
        for definition in definitions:
            former.take(kind, definition.name)
        self._keep(former)
        if kind == "set":
            put_sets(self.connection, definitions)
            return
        if kind == "sequence":
            patterns = (
                {"event": event_id, "name": item.name, "pattern": item.pattern} for item in definitions
            )
            self.connection.executemany(FORMER_PATTERN, patterns)
        columns, row_of = WRITTEN[kind]
        others = dict(self.connection.execute(f"SELECT name, id FROM {REFERRED[kind]}").fetchall())
        names = ", ".join(f'"{name}"' for name in columns)
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != "name")
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(
            f"INSERT INTO {kind} ({names}) VALUES ({marks}) ON CONFLICT (name) DO UPDATE SET {updates}",
            (row_of(definition, others) for definition in definitions),
        )

    def keeping(self) -> list[str]:
        """The names of the sequences whose references are kept beside their numbers, in order."""
        rows = self.connection.execute("SELECT name FROM sequence WHERE keeps_references = 1 ORDER BY name")
        return [name for (name,) in rows]

    def put_keeping(self, names: list[str]) -> None:
        """Keep the references of these sequences and of no others; those that are kept so far stay there."""
        self.connection.execute("UPDATE sequence SET keeps_references = 0 WHERE keeps_references = 1")
        self.connection.executemany(
            "UPDATE sequence SET keeps_references = 1 WHERE name = ?", [(name,) for name in names]
        )

    def former_names(self) -> FormerNames:
        """The names that definitions had before they were renamed."""
        (noted,) = self.connection.execute("SELECT former_names FROM book").fetchone()
        return FormerNames(from_json(noted))

    def rename(self, kind: str, old: str, new: str) -> None:
        """Give a definition a new name; what refers to it follows by itself."""
        former = self.former_names()
        former.rename(kind, old, new)
        self._keep(former)
        self.connection.execute(f"UPDATE {_table(kind)} SET name = ? WHERE name = ?", (new, old))

    def _keep(self, former: FormerNames) -> None:
        """Keep former names, where they are others than those that are kept."""
        text = json_list(former.texts())
        self.connection.execute("UPDATE book SET former_names = ? WHERE former_names <> ?", (text, text))

    def close(self, sequence_id: int, until: str | None) -> None:
        """Close a sequence through a day; None opens all of it."""
        query = "UPDATE sequence SET closed_until = ? WHERE id = ?"
        self.connection.execute(query, (until, sequence_id))

    def remove(self, kind: str, names: list[str]) -> None:
        """Delete definitions that nothing refers to; an unused sequence takes its counters along."""
        former = self.former_names()
        for name in names:
            former.forget(kind, name)
        self._keep(former)
        if kind == "set":
            remove_sets(self.connection, names)
            return
        if kind == "sequence":
            for name in names:
                self.drop_counters(name)
        self.connection.executemany(f"DELETE FROM {kind} WHERE name = ?", [(name,) for name in names])

    def drop_counters(self, name: str) -> None:
        """Delete the counters of a sequence that was never used."""
        query = (
            "DELETE FROM counter WHERE sequence_id = (SELECT id FROM sequence WHERE name = ? AND used = 0)"
        )
        self.connection.execute(query, (name,))

    def held_extent(self, sequence_id: int) -> HeldExtent | None:
        """How far the held numbers of a sequence reach; None where it holds none."""
        value, length = self.connection.execute(
            "SELECT max(n.value), max(length(n.text)) FROM counter c JOIN number n"
            " ON n.counter_id = c.id WHERE c.sequence_id = ?",
            (sequence_id,),
        ).fetchone()
        return None if value is None else HeldExtent(value, length)

    def texts_of(self, sequence_id: int) -> "Iterator[str]":
        """The texts of the held numbers of a sequence, in no order."""
        rows = self.connection.execute(
            "SELECT n.text FROM counter c JOIN number n ON n.counter_id = c.id WHERE c.sequence_id = ?",
            (sequence_id,),
        )
        return (text for (text,) in rows)

    def fiscal_years(self, calendar: Calendar) -> set[int]:
        """The fiscal years by which sequences numbered: in which a number is dated, or a counter was used."""
        numbered = "FROM counter c JOIN sequence s ON s.id = c.sequence_id"
        dates = self.connection.execute(
            f"SELECT DISTINCT n.date {numbered} JOIN number n ON n.counter_id = c.id"
            " WHERE s.calendar_id = ? AND n.date IS NOT NULL",
            (calendar.id,),
        )
        days = [date.fromisoformat(day) for (day,) in dates.fetchall()]
        periods = self.connection.execute(
            f"SELECT DISTINCT c.period {numbered} WHERE s.calendar_id = ? AND c.last >= c.first"
            " AND s.reset LIKE 'fiscal-%'",
            (calendar.id,),
        )
        counted = {int(period[2:6]) for (period,) in periods.fetchall()}
        return counted | {calendar.fiscal_year(day) for day in days if calendar.holds(day)}

    def counters_of(self, sequence_id: int) -> dict[CounterKey, Counter]:
        """The counters of a sequence by (period, scope)."""
        rows = self.connection.execute(
            f"{COUNTER}, period, scope FROM counter WHERE sequence_id = ? ORDER BY period, scope",
            (sequence_id,),
        )
        return {CounterKey(period, scope): Counter(*fields) for *fields, period, scope in rows}


def _table(kind: str) -> str:
    """The table that holds a kind of definitions."""
    return "sequence_set" if kind == "set" else kind


def _policy_row(policy: Policy, sequences: dict[str, int]) -> list[object]:
    return [*policy_row(policy), sequences[policy.sequence]]


def _calendar_row(calendar: Calendar, others: dict[str, int]) -> list[object]:
    return calendar_row(calendar)


def calendar_row(calendar: Calendar) -> list[object]:
    """The columns of a calendar, in the order of CALENDAR_COLUMNS."""
    listed = pack_calendar(calendar) if isinstance(calendar, ListedCalendar) else None
    return [calendar.name, calendar.month, calendar.day, calendar.named_by, listed]


def sequence_row(sequence: Sequence, calendars: dict[str, int]) -> list[object]:
    """The columns of a sequence, in the order of COLUMNS. `calendars` are the ids of calendars by name."""
    values = [
        pack_values(getattr(sequence, name)) if name in ("scope", "requires") else getattr(sequence, name)
        for name in STORED
    ]
    calendar_id = calendars[sequence.calendar] if sequence.calendar else None
    types = None if sequence.types is None else pack_types(sequence.types)
    return [*values, types, calendar_id, encode(sequence.compiled)]


WRITTEN: "dict[str, tuple[tuple[str, ...], Callable[[Any, dict[str, int]], list[object]]]]" = {
    "calendar": (CALENDAR_COLUMNS, _calendar_row),
    "sequence": (COLUMNS, sequence_row),
    "range": (RANGE_COLUMNS, range_row),
    "policy": ((*POLICY_COLUMNS, "sequence_id"), _policy_row),
}
"""For each kind that is one row: its columns, and what gives them."""
REFERRED = {"calendar": "calendar", "sequence": "calendar", "range": "sequence", "policy": "sequence"}
"""The table whose rows a row of each kind refers to, by their ids."""


def origin_text(origin: object) -> str:
    """What other systems said of a sequence, as the table keeps it."""
    from json import dumps

    return dumps(origin, ensure_ascii=False, sort_keys=True)
