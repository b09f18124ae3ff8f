"""The sheet of the scheme: the definitions in force, in sentences, with who made and who changed them."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.reporting.changes import Names
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.times import UNKNOWN, times_by_name
from seqctl.model.range.range import Range
from seqctl.model.report.report import Sheet
from seqctl.model.report.rules import book_rules, rules
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.store.port import Transaction

ORDER = ("sequence", "set", "policy", "calendar")
"""The kinds that a reader looks for first; the others follow."""


class Scheme:
    """The definitions of a report: all, or those that have to do with some sequences.

    `names` are the definitions that it is narrowed to, as (kind, name); None: all.
    """

    def __init__(self, transaction: Transaction, sequences: list[Sequence] | None) -> None:
        self._transaction = transaction
        self._catalogue = transaction.catalogue.read()
        self.names: Names = None if sequences is None else concerned(self._catalogue, sequences)

    def add_to(self, sheet: Sheet) -> None:
        """Add a row for each definition."""
        sheet.add("book", "book", book_rules(self._catalogue), *UNKNOWN)
        history = self._transaction.history
        for kind in [*ORDER, *(name for name in KINDS if name not in ORDER)]:
            times = times_by_name(kind, history.definitions(kind))
            for definition in self._definitions(kind):
                told = times.get(definition.name, UNKNOWN)
                sheet.add(kind, definition.name, rules(KINDS[kind], definition), *told)

    @property
    def ranges(self) -> list[Range]:
        """The ranges that the report describes, by sequence and in the order in which they serve."""
        return sorted(self._definitions("range"), key=lambda item: (item.sequence, item.order))

    def _definitions(self, kind: str) -> Iterator[Any]:
        """The definitions of a kind that a report describes, by name."""
        for name, definition in sorted(KINDS[kind].of(self._catalogue).items()):
            if self.names is None or (kind, name) in self.names:
                yield definition


def concerned(catalogue: Catalogue, sequences: list[Sequence]) -> set[tuple[str, str]]:
    """Some sequences, what they refer to, and all that refers to them, as (kind, name)."""
    names = {("sequence", sequence.name) for sequence in sequences}
    for kind in KINDS.values():
        for name, definition in kind.of(catalogue).items():
            if names.intersection(kind.names(definition)):
                names.add((kind.name, name))
    for sequence in sequences:
        names.update(KINDS["sequence"].names(sequence))
    return names
