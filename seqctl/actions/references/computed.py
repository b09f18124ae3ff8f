"""The payment references of numbers by what their sequences say, computed from the texts that were stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.known_number import KnownNumber
    from seqctl.model.reference.base import References
    from seqctl.model.sequence.sequence import Sequence
    from seqctl.store.port import Transaction


def references_of(transaction: Transaction, sequence: Sequence) -> References:
    """What gives the numbers of a sequence their references, those of its former patterns too."""
    # Loaded where a sequence has references: `numbers` of a book without any starts faster.
    from seqctl.actions.ledger.texts import former_patterns
    from seqctl.model.reference.base import References

    former = [] if sequence.id is None else former_patterns(transaction, sequence)
    return References(sequence, [sequence.compiled, *former])


def with_references(transaction: Transaction, numbers: Iterable[KnownNumber]) -> Iterator[KnownNumber]:
    """Held numbers, each with its reference where its sequence gives one."""
    known: dict[str, References | None] = dict.fromkeys(transaction.definitions.with_references())
    for number in numbers:
        if number.sequence not in known:
            yield number
            continue
        references = known[number.sequence]
        if references is None:
            sequence = transaction.definitions.sequence(number.sequence)
            assert sequence is not None
            references = known[number.sequence] = references_of(transaction, sequence)
        yield number._replace(reference=references.of(number.number, number.value))


def with_reference(transaction: Transaction, number: KnownNumber) -> KnownNumber:
    """A held number with its reference, where its sequence gives one."""
    (known,) = with_references(transaction, [number])
    return known
