"""Which sequences `close` and `reopen` are for: a sequence, all of a document type, never a guess."""

from __future__ import annotations

from seqctl.actions.ledger.targets import of_set, sequences_of_type, set_sequences, target_sequences
from seqctl.errors import Refused, UsageError
from seqctl.model.classes import frozen
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


@frozen
class Closable:
    """What was named: a target that may be either, or a sequence, or a document type; exactly one of them.

    A set stands in place of them, or narrows them to the sequences that it names itself.
    """

    target: str | None = None
    sequence: str | None = None
    document_type: str | None = None
    set_name: str | None = None

    def option(self) -> str:
        """What was named as the command line writes it, for hints."""
        of_the_set = "" if self.set_name is None else f"--set {shell_word(self.set_name)}"
        return f"{self._named()} {of_the_set}".strip()

    def _named(self) -> str:
        if self.sequence is not None:
            return f"--sequence {shell_word(self.sequence)}"
        if self.document_type is not None:
            return f"--type {shell_word(self.document_type)}"
        return shell_word(self.target or "")

    def words(self) -> str:
        """What was named, for messages about several sequences."""
        named = self.target or self.document_type or self.sequence
        if self.set_name is None:
            return repr(named)
        return f"set {self.set_name!r}" if named is None else f"{named!r} in set {self.set_name!r}"

    def type_of(self, sequences: list[Sequence]) -> str | None:
        """The document type that was named, in whatever way; None where a sequence or a set alone was."""
        named = self.document_type
        if named is None and self.target not in (None, *(item.name for item in sequences)):
            named = self.target
        return None if named is None else document_type_name(named)

    def sequences(self, transaction: Transaction) -> list[Sequence]:
        """The sequences that are meant, by name.

        Raises UsageError unless one thing is named, or where a set names none of it, NotFound where there is
        no such thing, and Refused `ambiguous_sequence` for a target that is both a sequence and a type with
        other active sequences.
        """
        if self.set_name is None:
            return self._whole(transaction)
        if (self.target, self.sequence, self.document_type) == (None, None, None):
            found = set_sequences(transaction, self.set_name)
            if not found:
                raise UsageError(f"set {self.set_name!r} names no sequence", "see: seqctl set list")
            return found
        named = repr(self.target or self.document_type or self.sequence)
        return of_set(transaction, self._whole(transaction), self.set_name, named)

    def _whole(self, transaction: Transaction) -> list[Sequence]:
        """The sequences that are meant, whatever the set names of them."""
        given = [item for item in (self.target, self.sequence, self.document_type) if item is not None]
        if len(given) != 1:
            raise UsageError(
                "name one of TARGET, --sequence, --type and --set"
                + (", not several of them" if given else ": nothing was named"),
                "write --type invoice for all sequences of a document type, --sequence NAME for one alone",
            )
        if self.sequence is not None:
            found = transaction.definitions.sequence(self.sequence)
            if found is None:
                from seqctl.actions.ledger.refusals import unknown_sequence

                raise unknown_sequence(transaction, self.sequence)
            return [found]
        if self.document_type is not None:
            return sequences_of_type(transaction, self.document_type)
        return self._unambiguous(transaction, str(self.target))

    def _unambiguous(self, transaction: Transaction, target: str) -> list[Sequence]:
        """The sequences of a target, where it cannot be read as a sequence and as more than that."""
        found = target_sequences(transaction, target)
        others = [
            item.name
            for item in transaction.definitions.of_type(document_type_name(target))
            if item.name != target and item.status == "active"
        ]
        if found[0].name != target or not others:
            return found
        listed = ", ".join(repr(name) for name in others[:3]) + (" ..." if others[3:] else "")
        word = shell_word(target)
        raise Refused(
            "ambiguous_sequence",
            f"{target!r} names a sequence, and a document type that other sequences number too: {listed}",
            f"write --sequence {word} for that sequence alone, or --type {word} for all of the type",
        )
