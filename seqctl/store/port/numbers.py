"""Counters and held numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from seqctl.model.log.lead import NewNumber
from seqctl.model.log.told import Freeing, KeyedNumber, KeyedText, Source
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import TextHolder
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.issue import Issue
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reports.stretch import DatedValue
from seqctl.model.sequence.sequence import Sequence


class Ledger(Protocol):
    """The counters of one book, and numbers as they are issued."""

    def counter(self, sequence_id: int, scope: str, period: str) -> Counter | None:
        """The counter of a sequence, scope and period; None where it was never used nor given a value."""
        ...

    def add_counter(self, sequence: Sequence, scope: str, period: str, counter: Counter) -> None:
        """Store a new counter of a sequence and give it its ids."""
        ...

    def save_counter(self, counter: Counter) -> None:
        """Write back what an action changed in a counter."""
        ...

    def mark_used(self, sequence_id: int) -> None:
        """Note that the sequence issued or reserved a number itself: its fields are fixed."""
        ...

    def mark_policy_used(self, policy_id: int) -> None:
        """Note that the policy chose the sequence of a number."""
        ...

    def add_numbers(self, counter: Counter, issue: Issue, event_id: int, serial: int) -> str:
        """Add the rows of an issue from `serial` on and return the SHA-256 over them, in hexadecimal.

        Raises TextHeld where a text is held already; some rows were then written, and the transaction must
        not be committed.
        """
        ...

    def space(self, document_type: str) -> str:
        """The space in which the texts of a document type are unique: itself, or the one that it shares."""
        ...

    def holder(self, text: str, document_type: str, period: str, besides_event: int) -> TextHolder | None:
        """The sequence and period that hold a text which must not come again.

        A text is unique within the space of its document type; two sequences that both ask for uniqueness
        within a period (`period` is not empty) only meet within that period. Rows of `besides_event` do not
        count.
        """
        ...

    def number_text(self, counter_id: int, value: int) -> str | None:
        """The text of a number that a counter holds."""
        ...

    def issued_under_key(self, key: str) -> list[KeyedNumber]:
        """The held numbers of an idempotency key in the order of issue, with the request that took them."""
        ...


class HeldNumbers(Protocol):
    """The rows of the ledger of one book, within a transaction."""

    def named(self, text: str, wanted: NumberFilter) -> list[HeldNumber]:
        """The held numbers with that text, among those of a sequence, document type or period."""
        ...

    def at(self, counter_id: int, value: int) -> HeldNumber | None:
        """The held number of an integer of a counter."""
        ...

    def between(self, counter_id: int, first: int, last: int, most: int) -> list[HeldNumber]:
        """The held numbers from one integer of a counter to another, lowest first, at most `most`."""
        ...

    def overdue(self, counter_id: int, now: str) -> list[HeldNumber]:
        """The reservations of a counter whose deadline has passed, by value."""
        ...

    def open_reservations(self, counter_id: int, until: str, undated: int, now: str) -> list[str]:
        """The numbers of a counter that live reservations dated up to a day hold, lowest first.

        `undated` is 1 where those without a date lie up to that day as well.
        """
        ...

    def overdue_counters(self, now: str) -> Iterator[int]:
        """The counters that have reservations whose deadline has passed."""
        ...

    def counter(self, counter_id: int) -> Counter:
        """The counter with that id, which a held number names."""
        ...

    def latest_dated(self, counter_id: int) -> DatedValue | None:
        """The latest document date of a counter's numbers and the highest of them that carries it.

        The date of a reservation is provisional and does not count. Reads all rows of the counter: asked for
        only where dates went back after the latest was freed.
        """
        ...

    def dated_below(self, counter_id: int, value: int) -> HeldNumber | None:
        """The nearest number below a value that has a document date and is not only reserved."""
        ...

    def dated_above(self, counter_id: int, value: int) -> HeldNumber | None:
        """The nearest number above a value that has a document date and is not only reserved."""
        ...

    def was_reserved(self, number: HeldNumber) -> bool:
        """Whether a number began its present life as a reservation."""
        ...

    def last_freed(self, counter_id: int, value: int) -> Freeing | None:
        """When and how an integer of a counter was last freed: the instant and the action."""
        ...

    def last_freed_text(self, text: str, wanted: NumberFilter) -> Freeing | None:
        """When and how a number with that text was last freed: the instant and the action.

        Looks through the events that freed numbers, latest first; asked for only before a refusal.
        """
        ...

    def change(self, number: HeldNumber, change_id: int) -> None:
        """Write back state, date, record and deadline of a number, and the event that changed them."""
        ...

    def put_back(self, number: HeldNumber) -> None:
        """Put a row that was taken out of the ledger back, at its place in the order of issue."""
        ...

    def of_serial(self, serial: int) -> str | None:
        """The text of the number at a place in the order of issue."""
        ...

    def of_key(self, key: str, key_space: int, besides_event: int) -> list[HeldNumber]:
        """The numbers of a key that other events than one issued, in the order of issue."""
        ...

    def remove(self, serials: list[int]) -> None:
        """Take rows out of the ledger: no document holds these numbers any more."""
        ...


class Bulk(Protocol):
    """Reads and writes of many rows of one book, within a transaction."""

    def assigned_sets(self, kind: str) -> dict[str, str]:
        """The sets of all customers, branches or the like of one kind, by id."""
        ...

    def numbers_of(self, prefix: str, keys: list[str]) -> Iterator[KeyedText]:
        """The held numbers of records, for the keys that have one.

        All keys begin with `prefix`, which ends with a colon.
        """
        ...

    def add_numbers(self, serial: int, numbers: Iterable[NewNumber]) -> str:
        """Add numbers of any counters from `serial` on; return the SHA-256 over their rows.

        Raises TextHeld where a text is held already; some rows were then written.
        """
        ...


class Sources(Protocol):
    """Where adopted numbers come from, within a transaction."""

    def of(self, event_id: int, serial: int) -> Source | None:
        """Where the number comes from that an event wrote at a serial; None where nobody said."""
        ...
