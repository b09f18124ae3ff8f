"""The event log and the ledger as they stand, read in pages: for lists of events and for verification.

What is read here may have been tampered with, down to texts that are no UTF-8; nothing is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from seqctl.json_text import from_json, to_json
from seqctl.model.finding import UNREADABLE
from seqctl.model.log.event import Event, EventFilter
from seqctl.model.log.replay.rows import as_hashed
from seqctl.model.log.told import EventSources
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import (
    CounterCount,
    CounterRuns,
    JoinedDomain,
    StoredCounter,
    TextDomain,
)
from seqctl.model.number.gap_run import GapRun
from seqctl.model.number.held_number import LedgerRow
from seqctl.model.number.printed import CounterPattern, FormerPattern
from seqctl.model.reports.recount import BlankText
from seqctl.store.sql.history import SourceDigest
from seqctl.store.sql.log import event_hash
from seqctl.store.sql.needed import COUNTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.store.sql.connection import Connection, Dialect


PAGE = 1000
"""Rows of the ledger that are read at once."""

FEW = 50
"""Events that are read at once: one of many numbers or definitions has megabytes of detail."""

NEWEST = 2**63 - 1
"""Behind every event."""

EVENT = (
    "SELECT id, at, actor, action, subject, counter_id, first, last, serial, count, detail, hash FROM event"
)
# NULL reads as an empty text, as it is hashed; `blank_texts` finds empty texts that stand for no NULL.
ROW = (
    "SELECT counter_id, uniqueness_id, coalesce(date, ''), state, coalesce(record, ''), coalesce(key, ''),"
    " key_space, coalesce(policy, ''), coalesce(set_name, ''), coalesce(expires_at, ''), event_id, serial,"
    " value, text, reused, coalesce(document_type, ''), change_id FROM number"
)
NAMES = "(subject = ? OR instr(detail, ?) > 0)"
"""Whether an event may concern something; `_concerns` knows."""

OPTIONAL = ("date", "record", "key", "policy", "set_name", "expires_at", "document_type")


class Events:
    """The events of one book and what they are compared with, within a transaction."""

    __slots__ = ("_joined", "connection", "dialect")

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self.connection = connection
        self.dialect = dialect
        self._joined: dict[int, JoinedDomain] | None = None

    def count(self) -> int:
        """How many events there are."""
        return int(self.connection.execute("SELECT count(*) FROM event").fetchone()[0])

    def after(self, id: int | None, actions: tuple[str, ...] = ()) -> Iterator[Event]:
        """The events above a number, or all, in the order of their numbers; those of some actions."""
        marks = ", ".join("?" * len(actions))
        return self._read(id, [f"action IN ({marks})"] if actions else [], [*actions], None)

    def chosen(self, wanted: EventFilter) -> Iterator[Event]:
        """The events that pass a filter, oldest first."""
        tests = [
            ("at >= ?", wanted.at_from),
            ("at <= ?", wanted.at_to),
            ("actor = ?", wanted.actor),
            ("action = ?", wanted.action),
        ]
        given = [(test, value) for test, value in tests if value is not None]
        conditions = [test for test, _ in given]
        values: list[object] = [value for _, value in given]
        subject = wanted.subject
        if subject is not None:
            conditions.append(NAMES)
            values += [subject, to_json(subject)]
        if wanted.last is not None:
            newest = self._newest(wanted.after, conditions, values, wanted.last if subject is None else None)
            found = reversed([*islice(self._concerning(newest, subject), wanted.last)])
            return islice(found, wanted.limit)
        events = self._read(wanted.after, conditions, values, wanted.limit if subject is None else None)
        return islice(self._concerning(events, subject), wanted.limit)

    def _concerning(self, events: Iterator[Event], subject: str | None) -> Iterator[Event]:
        """Those that concern something; None: all."""
        return events if subject is None else (event for event in events if _concerns(event, subject))

    def actions(self) -> list[str]:
        """What the events did, each action once, in alphabetical order. Reads the whole log."""
        rows = self.connection.execute("SELECT DISTINCT action FROM event ORDER BY action")
        return [str(action) for (action,) in rows]

    def has_action(self, action: str) -> bool:
        """Whether any event has an action. Reads the whole log where none has."""
        query = "SELECT 1 FROM event WHERE action = ? LIMIT 1"
        return self.connection.execute(query, (action,)).fetchone() is not None

    def hash_of(self, before: bytes, event: Event) -> bytes | None:
        """The hash of an event's columns behind another hash; None where they are no text at all."""
        try:
            return event_hash(before, event[:-1])
        except UnicodeEncodeError:
            return None

    def rows(self, first: int | None = None, last: int | None = None) -> Iterator[list[LedgerRow]]:
        """The ledger in the order of issue, in pages; the rows from one serial to another.

        The columns are those of the model's ROW, as they are hashed: NULL is an empty text, and a domain that
        was joined to another is that of before.
        """
        after = None if first is None else first - 1
        while True:
            bounds = [("serial > ?", after), ("serial <= ?", last)]
            tests = " AND ".join(test for test, bound in bounds if bound is not None) or "TRUE"
            given = tuple(bound for _, bound in bounds if bound is not None)
            page = self._rows(f"WHERE {tests} ORDER BY serial LIMIT {PAGE}", given)
            if not page:
                return
            yield page
            after = page[-1].serial

    def row_at(self, counter_id: int, value: int) -> LedgerRow | None:
        """The row of the ledger that holds an integer of a counter."""
        rows = self._rows("WHERE counter_id = ? AND value = ?", (counter_id, value))
        return rows[0] if rows else None

    def blank_texts(self, most: int) -> list[BlankText]:
        """Column and number of empty texts where a column is either filled or NULL, at most `most`."""
        query = "SELECT '{0}', text FROM number WHERE {0} = ''"
        union = " UNION ALL ".join(query.format(column) for column in OPTIONAL)
        return [BlankText(*row) for row in self._fetch(f"{union} LIMIT ?", (most,))]

    def highest_named(self) -> int:
        """The highest event that a row of the ledger or a gap run names."""
        (named,) = self.connection.execute(
            "SELECT max(named) FROM (SELECT coalesce(max(event_id), 0) AS named FROM gap_run UNION ALL"
            " SELECT max(CASE WHEN change_id > event_id THEN change_id ELSE event_id END) FROM number) event"
        ).fetchone()
        return int(named)

    def counters(self) -> Iterator[StoredCounter]:
        """All counters: the id of the sequence, period and scope, and the counter itself."""
        rows = self._fetch(f"{COUNTER}, sequence_id, period, scope FROM counter ORDER BY id", ())
        return (StoredCounter(id, period, scope, Counter(*row)) for *row, id, period, scope in rows)

    def runs(self) -> Iterator[CounterRuns]:
        """The gap runs of each counter that has any, lowest first."""
        query = "SELECT counter_id, first, last, state, event_id FROM gap_run ORDER BY counter_id, first"
        rows = self.dialect.rows(self.connection, query, ())
        present: int | None = None
        runs: list[GapRun] = []
        for counter_id, first, last, state, event_id in rows:
            if counter_id != present and present is not None:
                yield CounterRuns(present, runs)
                runs = []
            present = counter_id
            runs.append(GapRun(first, last, state, event_id))
        if present is not None:
            yield CounterRuns(present, runs)

    def former_patterns(self) -> Iterator[CounterPattern]:
        """How far counters had come under patterns that their sequences had."""
        rows = self._fetch("SELECT counter_id, event_id, first, last, pattern FROM former_pattern", ())
        return (CounterPattern(row[0], FormerPattern(*row[1:])) for row in rows)

    def sources(self) -> Iterator[EventSources]:
        """The events with sources of adopted numbers, by their ids, each with the hash over them as they
        stand.
        """
        found: dict[int, SourceDigest] = {}
        after = -1
        query = (
            "SELECT serial, event_id, reason, actor, at, note FROM number_source WHERE serial > ?"
            f" ORDER BY serial LIMIT {PAGE}"
        )
        while page := self._fetch(query, (after,)):
            for serial, event_id, *told in page:
                found.setdefault(event_id, SourceDigest()).add(serial, *told)
            after = page[-1][0]
        return (EventSources(event_id, digest.hex()) for event_id, digest in sorted(found.items()))

    def uniqueness(self) -> dict[int, TextDomain]:
        """The domains in which texts are unique: space of texts, and period or an empty text."""
        rows = self._fetch("SELECT id, space, period FROM uniqueness", ())
        return {id: TextDomain(space, period) for id, space, period in rows}

    def joined(self) -> dict[int, JoinedDomain]:
        """Of each counter whose space was joined to another, the domain of before and that of now."""
        if self._joined is None:
            query = "SELECT id, uniqueness_id, domain_id FROM counter WHERE domain_id IS NOT NULL"
            rows = self._fetch(query, ())
            self._joined = {counter_id: JoinedDomain(*ids) for counter_id, *ids in rows}
        return self._joined

    def spaces(self) -> dict[str, str]:
        """The spaces of the document types that share one; any other type is a space by itself."""
        return dict(self._fetch("SELECT document_type, name FROM text_space", ()))

    def recount(self, counter_id: int) -> CounterCount:
        """How many rows a counter has, how many of them reserved, and their lowest and highest value."""
        query = (
            "SELECT count(*), count(CASE WHEN state = 'reserved' THEN 1 END), min(value), max(value)"
            " FROM number WHERE counter_id = ?"
        )
        return CounterCount(*self.connection.execute(query, (counter_id,)).fetchone())

    def unheld(self, counter_id: int, first: int, last: int, step: int, most: int) -> list[int]:
        """The integers from one to another that a counter does not hold, lowest first, at most `most`."""
        query = "SELECT value FROM number WHERE counter_id = ? AND value BETWEEN ? AND ? ORDER BY value"
        unheld: list[int] = []
        expected = first
        held = (value for (value,) in self.connection.execute(query, (counter_id, first, last)))
        for value in chain(held, [last + step]):
            unheld += islice(range(expected, value, step), most - len(unheld))
            if len(unheld) == most:
                break
            expected = value + step
        return unheld

    def _read(
        self, id: int | None, tests: list[str], values: list[object], limit: int | None
    ) -> Iterator[Event]:
        """Events behind one of that id that pass tests, oldest first, in pages."""
        while limit is None or limit > 0:
            conditions = [*tests, "id > ?"] if id is not None else tests
            where = " WHERE " + " AND ".join(conditions) if conditions else ""
            size = FEW if limit is None else min(FEW, limit)
            given = values if id is None else [*values, id]
            page = self._fetch(f"{EVENT}{where} ORDER BY id LIMIT {size}", tuple(given))
            yield from map(Event._make, page)
            if len(page) < size:
                return
            id = page[-1][0]
            limit = None if limit is None else limit - size

    def _newest(
        self, after: int | None, tests: list[str], values: list[object], limit: int | None
    ) -> Iterator[Event]:
        """Events behind one of that id that pass tests, newest first, in pages."""
        before = NEWEST
        conditions = " AND ".join([*tests, "id > ?", "id < ?"])
        while limit is None or limit > 0:
            size = FEW if limit is None else min(FEW, limit)
            given = (*values, after or 0, before)
            page = self._fetch(f"{EVENT} WHERE {conditions} ORDER BY id DESC LIMIT {size}", given)
            yield from map(Event._make, page)
            if len(page) < size:
                return
            before = page[-1][0]
            limit = None if limit is None else limit - size

    def _rows(self, tests: str, values: tuple[object, ...]) -> list[LedgerRow]:
        """Rows of the ledger as they are hashed."""
        rows = self._fetch(f"{ROW} {tests}", values)
        # No text stands for the NULL of a number in SQL that both engines understand.
        found = [LedgerRow._make(row if row[-1] is not None else (*row[:-1], "")) for row in rows]
        joined = self.joined()
        return [LedgerRow._make(as_hashed(row, joined)) for row in found] if joined else found

    def _fetch(self, query: str, values: tuple[object, ...]) -> list[Any]:
        return self.dialect.fetch(self.connection, query, values)


def _concerns(event: Event, subject: str) -> bool:
    """Whether an event concerns something: by its subject, or as one of several definitions or counters."""
    if event.subject == subject:
        return True
    try:
        detail = from_json(event.detail)
        return any(item.get("name") == subject for item in detail.get("changes", ())) or any(
            counter[1] == subject for counter in detail.get("counters", ())
        )
    except (*UNREADABLE, AttributeError):
        # Not as the program writes it; `audit verify` tells.
        return False
