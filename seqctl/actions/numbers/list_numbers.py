"""Lists of the numbers of the ledger. Nothing is written."""

from __future__ import annotations

from collections.abc import Generator

from seqctl.actions.references.computed import with_references
from seqctl.errors import UsageError
from seqctl.model.classes import replaced
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def list_numbers(store: Store, target: str | None, wanted: NumberFilter) -> Generator[KnownNumber]:
    """The numbers of the ledger in the order of issue, read in pages; each with its cursor.

    `target` is a sequence, else a document type. Raises NotFound where it is neither, and for an unknown set;
    UsageError where the list is empty because of a period or scope that nothing has.
    """
    with store.read() as transaction:
        if target is not None:
            wanted = _aimed(transaction, target, wanted)
        if wanted.set_name is not None:
            from seqctl.actions.ledger.targets import set_sequences

            set_sequences(transaction, wanted.set_name)
        found = False
        for number in with_references(transaction, transaction.listing.numbers(wanted, transaction.now)):
            found = True
            yield number
        if not found:
            from seqctl.actions.ledger.selections import check_answerable

            check_answerable(transaction, wanted)


def _aimed(transaction: Transaction, target: str, wanted: NumberFilter) -> NumberFilter:
    """The filter narrowed to a target. Raises UsageError where it names another sequence or type already."""
    if transaction.definitions.sequence(target) is not None:
        if wanted.sequence not in (None, target):
            raise UsageError(
                f"TARGET is sequence {target!r}, and --sequence asks for {wanted.sequence!r}",
                "leave one of the two out",
            )
        return replaced(wanted, sequence=target)
    document_type = document_type_name(target)
    if transaction.definitions.type_use(document_type):
        if wanted.document_type not in (None, document_type):
            raise UsageError(
                f"TARGET is document type {target!r}, and --type asks for {wanted.document_type!r}",
                "leave one of the two out",
            )
        return replaced(wanted, document_type=document_type)
    from seqctl.actions.ledger.targets import check_renamed, no_target

    check_renamed(transaction, target, "sequence")
    raise no_target(transaction, target)
