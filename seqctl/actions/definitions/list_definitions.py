"""Lists of the definitions of a kind, with who made and who last changed each of them. Nothing is written."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice

from seqctl.actions.ledger.targets import known
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.times import UNKNOWN, DefinitionTimes, times_by_name
from seqctl.model.classes import NamedTuple, frozen
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.store.port import Store

ANY = "*"


@frozen
class DefinitionFilter:
    """Which definitions a list shows; None: all.

    In `names` a * stands for any characters. `document_type` and `sequence` are what a definition serves,
    chooses or names. `after` is the name behind which a list begins, and `last` asks for so many of the last.
    """

    names: list[str] | None = None
    document_type: str | None = None
    status: str | None = None
    sequence: str | None = None
    limit: int | None = None
    last: int | None = None
    after: str | None = None


class ListedDefinition(NamedTuple):
    """A definition, what the log records of its making, and how many ranges it has."""

    definition: Any
    times: DefinitionTimes
    ranges: int


def list_definitions(store: Store, kind: str, wanted: DefinitionFilter) -> list[ListedDefinition]:
    """The definitions of a kind that pass a filter, by name.

    Raises NotFound for a name that nothing has, also of a sequence or type in the filter, and UsageError
    where that sequence is of another type.
    """
    with store.read() as transaction:
        catalogue = transaction.catalogue.read()
        defined: dict[str, Any] = KINDS[kind].of(catalogue)
        times = times_by_name(kind, transaction.history.definitions(kind))
        for name in wanted.names or ():
            if ANY not in name:
                known(kind, name, list(defined), transaction)
        found: Iterable[Any] = [*_passing(kind, defined, wanted)]
        if not found:
            from seqctl.actions.ledger.selections import check_answerable

            check_answerable(
                transaction, NumberFilter(sequence=wanted.sequence, document_type=wanted.document_type)
            )
    if wanted.last is not None:
        found = deque(found, maxlen=wanted.last)
    ranges = Counter(each.sequence for each in catalogue.ranges.values())
    return [
        ListedDefinition(item, times.get(item.name, UNKNOWN), ranges[item.name])
        for item in islice(found, wanted.limit)
    ]


def show_definition(store: Store, kind: str, name: str) -> ListedDefinition:
    """One definition of a kind. Raises NotFound."""
    with store.read() as transaction:
        catalogue = transaction.catalogue.read()
        defined: dict[str, Any] = KINDS[kind].of(catalogue)
        found = defined[known(kind, name, list(defined), transaction)]
        times = times_by_name(kind, transaction.history.definitions(kind))
        ranges = sum(each.sequence == name for each in catalogue.ranges.values())
        return ListedDefinition(found, times.get(name, UNKNOWN), ranges)


def _passing(kind: str, defined: dict[str, Any], wanted: DefinitionFilter) -> Iterator[Any]:
    document_type = None if wanted.document_type is None else document_type_name(wanted.document_type)
    for name in sorted(defined):
        item = defined[name]
        if wanted.names and not any(_matches(pattern, name) for pattern in wanted.names):
            continue
        if wanted.after is not None and name <= wanted.after:
            continue
        if document_type is not None and document_type not in _types(kind, item):
            continue
        if wanted.status is not None and item.status != wanted.status:
            continue
        if wanted.sequence is not None and wanted.sequence not in _sequences(kind, item):
            continue
        yield item


def _types(kind: str, definition: Any) -> Iterable[str]:
    """The document types that a definition is for."""
    if kind == "sequence":
        return list(definition.document_types)
    types: Iterable[str] = definition.members if kind == "set" else (definition.document_type,)
    return types


def _sequences(kind: str, definition: Any) -> Iterable[str]:
    """The sequences that a definition names."""
    names: Iterable[str] = definition.members.values() if kind == "set" else (definition.sequence,)
    return names


def _matches(pattern: str, name: str) -> bool:
    """Whether a name is meant: the name itself, or one that has the parts between the * in their order."""
    if pattern == name or ANY not in pattern:
        return pattern == name
    first, *middle, last = pattern.split(ANY)
    if not (name.startswith(first) and name.endswith(last) and len(name) >= len(first) + len(last)):
        return False
    at, end = len(first), len(name) - len(last)
    for part in middle:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True
