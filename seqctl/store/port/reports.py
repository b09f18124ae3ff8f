"""What lists, statements and checks read of the whole book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from seqctl.model.number.counter_name import CounterName, KeyedCounter
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.policy.choice import PolicyChoice
from seqctl.model.reports.completeness import HeldCounts
from seqctl.model.reports.counter_status import Lately, NumberAt, Pace
from seqctl.model.reports.recount import Alike, BadRun, EndedReservations, LedgerTotal, Recount
from seqctl.model.reports.stored import CompiledPattern, CompiledPolicy, OtherType
from seqctl.model.reports.windows import DatedSpan, WindowCounts, WindowNumber


class Listing(Protocol):
    """Reads for people, within a transaction."""

    def numbers(self, wanted: NumberFilter, now: str) -> Iterator[KnownNumber]:
        """The numbers that pass a filter, in the order of issue; those of a window of time as at an instant.

        The newest, or those behind a cursor, are read from there on: what a list costs is what it shows,
        and where a target has few numbers among many, at most some times these.
        """
        ...

    def counters(self, sequence_id: int, period: str | None = None) -> list[KeyedCounter]:
        """The counters of a sequence with their period and scope, in order; those of one period."""
        ...

    def members(self, set_name: str) -> dict[str, str]:
        """The names of the sequences that a set gives its document types, by type."""
        ...

    def sets_of(self, sequence_id: int) -> list[str]:
        """The names of the sets that name a sequence, in order."""
        ...

    def choices(self, document_type: str) -> list[PolicyChoice]:
        """What the active policies of a document type choose, by their names."""
        ...

    def counts(self) -> dict[str, int]:
        """How many definitions, counters, numbers and events the book holds."""
        ...

    def standing(self) -> LedgerTotal:
        """Integers of all counters that no document holds, and numbers held by reservations."""
        ...


class DatedNumbers(Protocol):
    """Document dates within one counter, within a transaction.

    A reservation counts while its deadline lies after `now`; then it is freed, and its date is none any more.
    """

    def around(self, counter_id: int, value: int, now: str) -> DatedSpan:
        """The span of a counter in which an integer without a date lies.

        Reads from the integer to the nearest number with a date on both sides, once for each span: all
        integers of a counter cost as much as its rows.
        """
        ...

    def counts(self, counter_id: int, first: str, last: str, now: str) -> WindowCounts:
        """What a counter holds with dates from one day to another. Reads all rows of the counter."""
        ...

    def undated(self, counter_id: int, now: str) -> Iterator[WindowNumber]:
        """The held numbers of a counter without a date, lowest first. Reads all rows of the counter."""
        ...

    def outside(
        self, counter_id: int, lowest: int, highest: int, first: str, last: str, now: str
    ) -> Iterator[WindowNumber]:
        """The numbers between two values that are dated, but not from one day to another; lowest first."""
        ...


class Standing(Protocol):
    """Counts over the ledger of one book, within a transaction."""

    def held(self, counter_id: int, first: int, last: int, step: int, now: str) -> HeldCounts:
        """Count what a counter holds: a walk over its index, whatever the counter's own counts say."""
        ...

    def void(self, counter_id: int) -> int:
        """How many numbers of a counter are void. Reads its rows."""
        ...

    def voids(self) -> dict[int, int]:
        """How many numbers of each counter are void. Reads the whole ledger once, in its own order."""
        ...

    def rows(self) -> int:
        """How many rows the ledger has at most: the last place in the order of issue."""
        ...

    def held_in_runs(self, counter_id: int) -> int:
        """How many numbers of a counter lie in a gap run and are held all the same; none, if all is well."""
        ...

    def under_review(self, counter_id: int, step: int) -> int:
        """How many integers of a counter are under review."""
        ...

    def event_since(self, instant: str) -> int:
        """The first event at or after an instant, found by bisection: events are in the order of time.

        One past the last event where there is none. A clock that went back makes this inexact, never slow.
        """
        ...

    def written_since(self, event_id: int) -> Lately:
        """Which rows of the ledger were written by an event and those after it."""
        ...

    def pace(self, counter_id: int, has_reserved: int, lately: Lately) -> Pace | None:
        """What one counter gave out lately; walks its index, and its rows only where that is needed.

        Adopted and reserved numbers do not count.
        """
        ...

    def paces(self, lately: Lately) -> dict[int, Pace]:
        """The same for every counter; reads the rows that were written lately, and no older ones."""
        ...

    def issued_at(self, serial: int) -> NumberAt | None:
        """The number of a place in the order of issue."""
        ...

    def highest(self, counter_id: int) -> NumberAt | None:
        """The highest number that a counter holds and that is no reservation."""
        ...

    def highest_before(self, counter_id: int, serial: int) -> NumberAt | None:
        """The highest number of a counter that was given out before a place in the order of issue."""
        ...


class Invariants(Protocol):
    """What must hold in the tables of one book, within a transaction."""

    def compiled_patterns(self) -> list[CompiledPattern]:
        """Of every sequence its name, kind and pattern, and the compiled pattern as it is stored."""
        ...

    def compiled_policies(self) -> Iterator[CompiledPolicy]:
        """Of every policy its id and name, its stored form, and the form that its conditions have.

        The latter is None where conditions or logic cannot be read.
        """
        ...

    def recounted(self) -> Iterator[Recount]:
        """Every counter with what was counted of it. Reads the whole ledger, in the order of counters."""
        ...

    def misplaced_runs(self, most: int) -> list[BadRun]:
        """Gap runs that are turned round, off the grid, outside the counter or of a state it cannot have."""
        ...

    def overlapping_runs(self, most: int) -> list[BadRun]:
        """Gap runs that begin before an earlier one of their counter has ended."""
        ...

    def held_runs(self, most: int) -> list[BadRun]:
        """Gap runs in which a number is held after all."""
        ...

    def alike(self, most: int) -> list[Alike]:
        """Texts that the ledger holds more often than their uniqueness allows."""
        ...

    def divided_keys(self, most: int) -> list[str]:
        """Keys whose numbers come from more than one request."""
        ...

    def not_marked_used(self, most: int) -> list[str]:
        """Sequences that issued numbers themselves and whose fields are free all the same."""
        ...

    def unused_policies(self, most: int) -> list[str]:
        """Policies that chose the sequence of a number and can be removed all the same."""
        ...

    def other_types(self, most: int) -> list[OtherType]:
        """Sets and policies that give a document type a sequence of another one."""
        ...

    def reviewed(self) -> set[int]:
        """The counters that have numbers under review."""
        ...

    def overdue(self, now: str) -> list[EndedReservations]:
        """Reservations past their deadline, for each counter that has any."""
        ...

    def counter_name(self, counter_id: int) -> CounterName:
        """The sequence, period and scope of a counter; its number where it is not there."""
        ...
