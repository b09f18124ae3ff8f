"""The number that was meant by a text that is off by case, blanks or leading zeros."""

from __future__ import annotations

from itertools import islice

from seqctl.actions.ledger.named_numbers import named_before, possibly_named
from seqctl.actions.ledger.targets import target_sequences
from seqctl.actions.ledger.texts import former_patterns
from seqctl.errors import NotFound, UsageError
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.pattern.near_text import near_texts
from seqctl.model.sequence.scope import scope_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

TRIED = 20
"""How many texts of one sequence are looked up."""


def meant_instead(transaction: Transaction, text: str, wanted: NumberFilter) -> str | None:
    """The hint with the number that was meant, where a document holds it or its counter has passed it."""
    try:
        sequences = target_sequences(transaction, wanted.sequence)
    except NotFound:
        return None
    for sequence in sequences:
        if wanted.document_type is not None and wanted.document_type not in sequence.document_types:
            continue
        for near in islice(_near(transaction, sequence, text), TRIED):
            known = None if near == text else _known(transaction, near, wanted)
            if known is not None:
                return f"did you mean {known}? see: seqctl show {shell_word(known)}"
    return None


def _near(transaction: Transaction, sequence: Sequence, text: str) -> list[str]:
    """What a text can mean by the patterns that a sequence has and had."""
    assert sequence.id is not None
    patterns = [sequence.compiled, *former_patterns(transaction, sequence)]
    if not any(any(near_texts(pattern, text, {})) for pattern in patterns):
        return []
    known: dict[str, list[str]] = {}
    for _, scope, _ in transaction.listing.counters(sequence.id):
        for name, value in scope_values(scope).items():
            if value not in known.setdefault(name, []):
                known[name].append(value)
    return [near for pattern in patterns for near in near_texts(pattern, text, known)]


def _known(transaction: Transaction, text: str, wanted: NumberFilter) -> str | None:
    """The text, or the one under which its integer is held; None where the counter has not passed it."""
    if transaction.held.named(text, wanted):
        return text
    try:
        spots = named_before(transaction, text, wanted) or possibly_named(transaction, text, wanted)
    except UsageError:
        return None
    if any(spot.rank == 0 for spot in spots):
        return text
    return next((spot.holder.text for spot in spots if spot.holder is not None), None)
