"""The event log: its end, its events, what they tell of single numbers, and texts of former days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from seqctl.model.log.event import Event, EventFilter
from seqctl.model.log.events.kinds import Content
from seqctl.model.log.told import EventSources, Told
from seqctl.model.number.counter_name import (
    CounterCount,
    CounterRuns,
    JoinedDomain,
    StoredCounter,
    TextDomain,
)
from seqctl.model.number.held_number import LedgerRow
from seqctl.model.number.printed import CounterPattern, FormerPattern, Life, Texts
from seqctl.model.reports.recount import BlankText
from seqctl.model.reports.stretch import NextSet
from seqctl.store.sql.log import Head


class Log(Protocol):
    """The end of the event log, and what is added to it.

    `actor` is whom events name.
    """

    actor: str

    @property
    def now(self) -> str:
        """The instant of the transaction, read once: of its events, deadlines and today's date alike."""
        ...

    def last(self) -> Head:
        """The number and hash of the last event of the book; (0, zeros) before the first one."""
        ...

    def next_serial(self) -> int:
        """The place of the next number in the order of issue; that of a freed number is not given again."""
        ...

    def append(self, event: Content) -> str:
        """Append one event and return its instant; one event covers a request.

        Raises ValueError where a text of it holds a line end.
        """
        ...


class Events(Protocol):
    """The events of one book and what they are held against, within a transaction."""

    def count(self) -> int:
        """How many events there are."""
        ...

    def after(self, id: int | None, actions: tuple[str, ...] = ()) -> Iterator[Event]:
        """The events above a number, or all, in the order of their numbers; those of some actions."""
        ...

    def chosen(self, wanted: EventFilter) -> Iterator[Event]:
        """The events that pass a filter, oldest first."""
        ...

    def has_action(self, action: str) -> bool:
        """Whether any event has an action. Reads the whole log where none has."""
        ...

    def hash_of(self, before: bytes, event: Event) -> bytes | None:
        """The hash of an event's columns behind another hash; None where they are no text at all."""
        ...

    def rows(self, first: int | None = None, last: int | None = None) -> Iterator[list[LedgerRow]]:
        """The ledger in the order of issue, in pages; the rows from one serial to another.

        The columns are those of the model's ROW, as they are hashed: NULL is an empty text, and a domain that
        was joined to another is that of before.
        """
        ...

    def row_at(self, counter_id: int, value: int) -> LedgerRow | None:
        """The row of the ledger that holds an integer of a counter."""
        ...

    def blank_texts(self, most: int) -> list[BlankText]:
        """Column and number of empty texts where a column is either filled or NULL, at most `most`."""
        ...

    def highest_named(self) -> int:
        """The highest event that a row of the ledger or a gap run names."""
        ...

    def counters(self) -> Iterator[StoredCounter]:
        """All counters: the id of the sequence, period and scope, and the counter itself."""
        ...

    def runs(self) -> Iterator[CounterRuns]:
        """The gap runs of each counter that has any, lowest first."""
        ...

    def former_patterns(self) -> Iterator[CounterPattern]:
        """How far counters had come under patterns that their sequences had."""
        ...

    def sources(self) -> Iterator[EventSources]:
        """The events with sources of adopted numbers, by their ids, each with the hash over them as they
        stand.
        """
        ...

    def uniqueness(self) -> dict[int, TextDomain]:
        """The domains in which texts are unique: space of texts, and period or an empty text."""
        ...

    def joined(self) -> dict[int, JoinedDomain]:
        """Of each counter whose space was joined to another, the domain of before and that of now."""
        ...

    def spaces(self) -> dict[str, str]:
        """The spaces of the document types that share one; any other type is a space by itself."""
        ...

    def recount(self, counter_id: int) -> CounterCount:
        """How many rows a counter has, how many of them reserved, and their lowest and highest value."""
        ...

    def unheld(self, counter_id: int, first: int, last: int, step: int, most: int) -> list[int]:
        """The integers from one to another that a counter does not hold, lowest first, at most `most`."""
        ...


class History(Protocol):
    """The events of one book as they concern single numbers, within a transaction."""

    def of(self, counter_id: int, value: int, issued_by: int | None = None) -> list[dict[str, Any]]:
        """Every event that concerned an integer, oldest first, those of its earlier lives included.

        `issued_by` is the event that issued the number that holds it now. An event that issued an earlier
        one is known from the row that was kept when that one was freed.
        """
        ...

    def told(self, event_id: int) -> Told:
        """The action, instant, actor and reason of an event."""
        ...


class PrintedTexts(Protocol):
    """What one book printed before, within a transaction."""

    def lives(self, counter_id: int, value: int) -> Iterator[Life]:
        """The earlier lives of an integer, the latest first."""
        ...

    def freed_by(self, event_id: int) -> Texts:
        """The texts of the numbers that an event freed."""
        ...

    def freed(self, counter_id: int, first: int, last: int) -> Texts:
        """The last texts of those integers of a counter, from one to another, that were freed once."""
        ...

    def held(self, counter_id: int, first: int, last: int) -> Texts:
        """The texts of the numbers that a counter holds, from one integer to another."""
        ...

    def former_patterns(self, counter_id: int) -> list[FormerPattern]:
        """The patterns under which a counter counted before, oldest first, and how far it had come."""
        ...

    def patterns_before(self, sequence_id: int) -> list[str]:
        """The patterns that a sequence had before while it was used, the latest first."""
        ...

    def moves(self, counter_id: int) -> list[NextSet]:
        """The events that set the next value of a counter, each with that value."""
        ...
