"""Looking into a book: its definitions, the ledger, the book itself. Nothing is written."""

from __future__ import annotations

from collections.abc import Generator

from seqctl.errors import NotFound
from seqctl.model.catalogue import Catalogue
from seqctl.model.changes import shown
from seqctl.model.classes import replaced
from seqctl.model.fields import FIELD_TABLE
from seqctl.model.finding import nearest
from seqctl.model.number_filter import NumberFilter
from seqctl.model.policy import FIELDS
from seqctl.model.sequence import Sequence
from seqctl.model.text import document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from seqctl.model.calendar import Calendar
    from seqctl.model.policy import Policy
    from seqctl.model.sequence_set import SequenceSet
    from seqctl.store.port import Store, Transaction


def read_catalogue(store: Store) -> Catalogue:
    """Every definition of the book."""
    with store.read() as transaction:
        return transaction.catalogue.read()


def list_numbers(store: Store, target: str | None, wanted: NumberFilter) -> Generator[dict[str, object]]:
    """The numbers of the ledger in the order of issue, read in pages.

    `target` is a sequence, else a document type. Raises NotFound where it is neither, and UsageError where
    the list is empty because of a period or scope that nothing has.
    """
    with store.read() as transaction:
        if target is not None:
            wanted = _aimed(transaction, target, wanted)
        found = False
        for number in transaction.listing.numbers(wanted):
            found = True
            yield number
        if not found:
            from seqctl.actions.selecting import check_answerable

            check_answerable(transaction, wanted)


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
    from seqctl.model.policy_shown import policy_shown

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


def known(kind: str, name: str, names: list[str]) -> str:
    """The name, if it is one of those; raises NotFound with the nearest names else."""
    if name in names:
        return name
    hint = nearest(name, names) or f"see what there is with: seqctl {kind} list"
    raise NotFound(f"there is no {kind} {name!r}", hint)


def _aimed(transaction: Transaction, target: str, wanted: NumberFilter) -> NumberFilter:
    if transaction.definitions.sequence(target) is not None:
        return replaced(wanted, sequence=target)
    document_type = document_type_name(target)
    if any(transaction.definitions.type_use(document_type)):
        return replaced(wanted, document_type=document_type)
    hint = nearest(target, transaction.definitions.target_names())
    raise NotFound(f"there is no sequence and no document type {target!r}", hint)
