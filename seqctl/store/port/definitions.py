"""Definitions: what an issue needs of them, all of them with changes, and the tables as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from seqctl.model.catalogue.catalogue import Catalogue, Origin
from seqctl.model.catalogue.former_names import FormerNames
from seqctl.model.catalogue.sequence_set import SetMember
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.owner import OwnerSettings
from seqctl.model.policy.policy import ActivePolicy, Policy
from seqctl.model.reports.stored import StoredBook, StoredDefinition
from seqctl.model.sequence.candidate import Candidate
from seqctl.model.sequence.changes import HeldExtent
from seqctl.model.sequence.sequence import Sequence


class Definitions(Protocol):
    """The definitions of one book, read within a transaction."""

    def book_timezone(self) -> str:
        """The time zone of the book."""
        ...

    def owner_settings(self) -> OwnerSettings:
        """Which kinds of owners the book knows."""
        ...

    def sequence(self, name: str) -> Sequence | None:
        """The sequence of that name."""
        ...

    def sequence_by_id(self, id: int) -> Sequence:
        """The sequence with that id, which the book refers to."""
        ...

    def active_sequences(self, document_type: str, most: int) -> list[str]:
        """The names of active sequences of a type, at most `most`."""
        ...

    def of_type(self, document_type: str) -> list[Candidate]:
        """What decides whether the sequences of a type serve a request, by name."""
        ...

    def type_use(self, document_type: str) -> frozenset[str]:
        """Which of `policies`, `sets` and `sequences` name a document type."""
        ...

    def active_policies(self, document_type: str) -> Iterator[ActivePolicy]:
        """What decides whether an active policy of a type matches, highest priority first."""
        ...

    def policy_by_id(self, id: int) -> Policy:
        """The policy with that id, which `active_policies` gave."""
        ...

    def member(self, set_name: str, document_type: str) -> Sequence | None:
        """The sequence that a set gives a document type."""
        ...

    def default_member(self, document_type: str) -> SetMember | None:
        """The default set and the sequence that it gives a document type."""
        ...

    def sequence_names(self) -> list[str]:
        """The names of all sequences, in order."""
        ...

    def set_names(self) -> list[str]:
        """The names of all sets, in order."""
        ...

    def target_names(self) -> list[str]:
        """Everything that a request may name: document types and sequences."""
        ...

    def assigned_set(self, kind: str, id: str) -> str | None:
        """The set that was assigned to a customer, branch or the like."""
        ...

    def assigned_ids(self, kind: str) -> list[str]:
        """The owners of a kind that have a set."""
        ...


class CatalogueTables(Protocol):
    """The tables of definitions of one book, within a transaction."""

    def read(self) -> Catalogue:
        """Every definition of the book."""
        ...

    def put_origins(self, origins: dict[str, Origin]) -> None:
        """Keep what other systems said of sequences, by the names of these."""
        ...

    def put_timezone(self, timezone: str) -> None:
        """Set the book's time zone."""
        ...

    def put_book_list(self, key: str, texts: list[str]) -> None:
        """Set one of the lists of the whole book, named by a key of BOOK_LISTS."""
        ...

    def put(self, kind: str, definitions: list[Any], event_id: int) -> None:
        """Write definitions by their names, all fields of each; `event_id` is the event that will say so.

        What they refer to is there. Owners are written where a set gives them, and leave their former set.
        """
        ...

    def former_names(self) -> FormerNames:
        """The names that definitions had before they were renamed."""
        ...

    def rename(self, kind: str, old: str, new: str) -> None:
        """Give a definition a new name, which no other has; what refers to it follows."""
        ...

    def close(self, sequence_id: int, until: str | None) -> None:
        """Close a sequence through a day; None opens all of it."""
        ...

    def remove_definition(self, kind: str, name: str) -> None:
        """Delete a definition that nothing refers to; an unused sequence takes its counters along."""
        ...

    def drop_counters(self, name: str) -> None:
        """Delete the counters of a sequence that was never used."""
        ...

    def held_extent(self, sequence_id: int) -> HeldExtent | None:
        """How far the held numbers of a sequence reach; None where it holds none."""
        ...

    def counters_of(self, sequence_id: int) -> dict[CounterKey, Counter]:
        """The counters of a sequence by (period, scope)."""
        ...


class StoredDefinitions(Protocol):
    """The tables of definitions of one book, within a transaction."""

    def book(self) -> StoredBook:
        """The book's own settings, and the instant at which it was made."""
        ...

    def calendars(self) -> Iterator[StoredDefinition]:
        """The calendars."""
        ...

    def sequences(self) -> Iterator[StoredDefinition]:
        """The sequences."""
        ...

    def policies(self) -> Iterator[StoredDefinition]:
        """The policies, by the conditions that people read; what decides is held against them."""
        ...

    def sets(self) -> Iterator[StoredDefinition]:
        """The sets, with their members and owners."""
        ...

    def next_counter_id(self) -> int:
        """The least id that the next counter may get."""
        ...
