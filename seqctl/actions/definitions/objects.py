"""Every definition of a book, and definitions as lists and JSON show them. Nothing is written."""

from __future__ import annotations

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.policy.policy import FIELDS
from seqctl.model.sequence.changes import shown
from seqctl.model.sequence.fields import FIELD_TABLE
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from seqctl.model.catalogue.sequence_set import SequenceSet
    from seqctl.model.policy.policy import Policy
    from seqctl.model.time.calendar import Calendar
    from seqctl.store.port import Store


def read_catalogue(store: Store) -> Catalogue:
    """Every definition of the book."""
    with store.read() as transaction:
        return transaction.catalogue.read()


def sequence_object(sequence: Sequence) -> dict[str, object]:
    """All fields of a sequence with the names and spellings of definition files."""
    fields = {field.name: shown(sequence, field.name) for field in FIELD_TABLE}
    day = sequence.closed_until
    # `closed_until` is the older name; programs may read it.
    return {**fields, "used": sequence.used, "closed_through": day, "closed_until": day}


def set_object(item: SequenceSet) -> dict[str, object]:
    """A set as lists and JSON show it."""
    return {
        "name": item.name,
        "default": item.default,
        "members": item.members,
        "assignments": list(item.owners or ()),
    }


def policy_object(policy: Policy) -> dict[str, object]:
    """A policy as lists and JSON show it."""
    from seqctl.model.policy.shown import policy_shown

    return {**{field: policy_shown(policy, field) for field in FIELDS}, "used": policy.used}


def calendar_object(calendar: Calendar) -> dict[str, object]:
    """A calendar as lists and JSON show it."""
    return {"name": calendar.name, "start": calendar.start, "named_by": calendar.named_by}


def definition_object(kind: str, definition: Any) -> dict[str, object]:
    """A definition of any kind with the names and spellings of definition files."""
    shown: dict[str, Callable[[Any], dict[str, object]]] = {
        "sequence": sequence_object,
        "set": set_object,
        "policy": policy_object,
    }
    return shown.get(kind, calendar_object)(definition)
