"""Selections of numbers that no book could answer: asked where a selection has left nothing."""

from __future__ import annotations

from seqctl.actions.ledger.targets import (
    of_set,
    policy_sequence,
    sequences_of_type,
    set_sequences,
    target_sequences,
)
from seqctl.model.catalogue.selection import check_period, check_scope, of_type
from seqctl.model.number.number_filter import NumberFilter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def check_answerable(transaction: Transaction, wanted: NumberFilter) -> None:
    """Refuse a selection of numbers that no book could answer.

    Raises NotFound for a policy, sequence, set or document type that does not exist, UsageError for a
    sequence of another type, and for a period or scope that none of those meant can have.
    """
    if wanted.policy is not None:
        policy_sequence(transaction, wanted.policy)
    if wanted.sequence is not None:
        found = transaction.definitions.sequence(wanted.sequence)
        if found is None:
            from seqctl.actions.ledger.refusals import unknown_sequence

            raise unknown_sequence(transaction, wanted.sequence)
        sequences = [found]
        if wanted.document_type is not None:
            of_type(sequences, wanted.document_type, f"sequence {wanted.sequence!r}")
    elif wanted.document_type is not None:
        sequences = sequences_of_type(transaction, wanted.document_type)
    elif wanted.set_name is not None:
        sequences = set_sequences(transaction, wanted.set_name)
    elif wanted.period is None and not wanted.scope:
        return
    else:
        sequences = target_sequences(transaction, None)
    if wanted.set_name is not None:
        meant = repr(wanted.sequence or wanted.document_type or wanted.set_name)
        sequences = of_set(transaction, sequences, wanted.set_name, meant)
    check_period(sequences, wanted.period)
    check_scope(sequences, wanted.scope)
