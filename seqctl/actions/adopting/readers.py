"""Which sequences numbers of an input may belong to: those of its target, or those that each line names."""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.actions.adopting.places import Place, Reader, Unusable
from seqctl.actions.ledger.targets import target_sequences
from seqctl.actions.ledger.texts import former_patterns
from seqctl.errors import Busy, NotFound, UsageError
from seqctl.model.catalogue.selection import check_scope
from seqctl.model.number.request import LONGEST_TEXT
from seqctl.model.range.range import Range
from seqctl.model.reports.adoption import Adoption
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed
from seqctl.model.time.period_keys import period_problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

Meant = list[Reader]
"""The readers of the sequences that a line may belong to."""


class Readers:
    """The readers of one input. `all` are those that are known by now, in the order in which they came up.

    Raises NotFound for a target that is none, and UsageError for a period or scope that it cannot have.
    """

    def __init__(self, store: Store, adoption: Adoption) -> None:
        self.adoption = adoption
        self.all: list[Reader] = []
        self._store = store
        self._by_id: dict[int | None, Reader] = {}
        self._asked: dict[str, Meant] = {}
        self._named: dict[str | None, Meant | Unusable] = {}
        with store.read() as transaction:
            self._book_zone = transaction.definitions.book_timezone()
            if adoption.target is None:
                self._named[None] = Unusable("sequence", "names no sequence")
            else:
                self._named[None] = self._of(transaction, composed(adoption.target))

    def of(self, cell: str | None) -> Meant | Unusable:
        """The readers of a line that names its sequence, or a document type, in a cell; what keeps it from
        being used.

        A blank cell means the target.
        """
        name = composed(cell or "").strip() or None
        meant = self._named.get(name)
        if meant is None:
            assert name is not None
            meant = self._named[name] = self._looked_up(name)
        return meant

    def check(self, transaction: Transaction, places: list[Place]) -> None:
        """Make sure that the numbers would be read alike now that the lock is held. Raises Busy."""
        for name, meant in self._asked.items():
            now = _sequences_meant(transaction, self.adoption, name)
            ranges = [ranges_of(transaction, sequence) for sequence in now]
            if [_read_by(sequence) for sequence in now] != [
                _read_by(reader.sequence) for reader in meant
            ] or ([*map(_told, ranges)] != [_told(reader.ranges.values()) for reader in meant]):
                raise Busy(
                    f"the definitions of {name!r} changed while the input was read; nothing was adopted",
                    "run the command again",
                )
            for reader, sequence in zip(meant, now, strict=True):
                reader.sequence = sequence
        for place in places:
            place.sequence = self._by_id[place.sequence.id].narrowed(place.period)

    def _looked_up(self, name: str) -> Meant | Unusable:
        words = f"names the sequence {name[:LONGEST_TEXT]!r}"
        try:
            with self._store.read() as transaction:
                found = self._of(transaction, name)
        except NotFound as error:
            return Unusable("sequence", f"{words}, which does not exist", error.hint)
        target = self._named[None]
        others = [reader for reader in found if isinstance(target, list) and reader not in target]
        if others:
            return Unusable("sequence", f"{words}, which is none of {self.adoption.target!r}")
        return found

    def _of(self, transaction: Transaction, name: str) -> Meant:
        """The readers of a sequence, else of all sequences of a document type."""
        meant = []
        for sequence in _sequences_meant(transaction, self.adoption, name):
            reader = self._by_id.get(sequence.id)
            if reader is None:
                zone = sequence.timezone or self._book_zone
                former = former_patterns(transaction, sequence)
                today, ranges = transaction.today(zone), ranges_of(transaction, sequence)
                reader = Reader(sequence, zone, today, self.adoption, former, ranges)
                self._by_id[sequence.id] = reader
                self.all.append(reader)
            meant.append(reader)
        self._asked[name] = meant
        return meant


def _sequences_meant(transaction: Transaction, adoption: Adoption, name: str) -> list[Sequence]:
    """The sequences that a name means: those that have the period which was given for all."""
    sequences = target_sequences(transaction, name)
    period = adoption.period
    if period is not None:
        problems = [period_problem(sequence.reset, period, sequence.fiscal) for sequence in sequences]
        if all(problems):
            raise UsageError(str(problems[0]))
        sequences = [item for item, problem in zip(sequences, problems, strict=True) if not problem]
    check_scope(sequences, adoption.scope.items())
    return sequences


def ranges_of(transaction: Transaction, sequence: Sequence) -> list[Range]:
    """The ranges of a sequence that has any."""
    assert sequence.id is not None
    return transaction.ranges.of(sequence.id) if sequence.reset == "range" else []


def _told(ranges: Iterable[Range]) -> list[tuple[object, ...]]:
    """What decides where a number belongs, of ranges."""
    return [(each.name, each.first, each.last, each.values, each.annulled) for each in ranges]


def _read_by(sequence: Sequence) -> tuple[object, ...]:
    fiscal = sequence.fiscal
    calendar = None if fiscal is None else fiscal.key
    return sequence.id, sequence.definition(), calendar
