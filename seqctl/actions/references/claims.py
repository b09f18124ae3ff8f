"""The payment references of numbers that are about to be issued: each must be one, and no other's."""

from __future__ import annotations

from seqctl.actions.references.computed import references_of
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.draw import Lane
    from seqctl.store.port import Transaction


class Claims:
    """The references of one sequence that a run gives out: where they are kept, none that is there."""

    def __init__(self, transaction: Transaction, sequence: Sequence) -> None:
        self.sequence = sequence
        self._references = references_of(transaction, sequence)
        self._kept = sequence.name in transaction.catalogue.keeping()
        self._held = transaction.held
        self._given: dict[str, str] = {}

    def claim(self, value: int, text: str) -> str:
        """The reference of a number. Raises Refused where none can be made, or another number has it."""
        reference = self._references.needed(text, value)
        if self._kept:
            from seqctl.actions.references.kept import kept_text, reference_given, reference_taken

            holder = self._held.of_reference(kept_text(self._references.scheme.name, reference))
            if holder is not None and (holder.sequence_id, holder.text) != (self.sequence.id, text):
                raise reference_taken(text, reference, holder, self.sequence.name)
            earlier = self._given.setdefault(reference, text)
            if earlier != text:
                raise reference_given(text, reference, earlier)
        return reference


def note_references(transaction: Transaction, lane: Lane) -> None:
    """Note the references of the numbers of a lane. Raises Refused as `claim` does."""
    claims, outcome = Claims(transaction, lane.sequence), lane.outcome
    outcome.scheme = lane.sequence.reference
    outcome.references = [claims.claim(value, text) for value, text, _ in outcome.numbers]
