"""Looking into a book: its definitions, the ledger, one number, the book itself. Nothing is written."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from seqctl.errors import NotFound, Refused
from seqctl.model.catalogue import Catalogue
from seqctl.model.changes import shown
from seqctl.model.fields import FIELD_TABLE
from seqctl.model.finding import nearest
from seqctl.model.number_filter import NumberFilter
from seqctl.model.sequence import Sequence
from seqctl.model.text import composed, document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def read_catalogue(store: Store) -> Catalogue:
    """Every definition of the book."""
    with store.read() as transaction:
        return transaction.catalogue.read()


def list_numbers(store: Store, target: str | None, wanted: NumberFilter) -> Generator[dict[str, object]]:
    """The numbers of the ledger in the order of issue, read in pages.

    `target` is a sequence, else a document type. Raises NotFound where it is neither.
    """
    with store.read() as transaction:
        if target is not None:
            wanted = _aimed(transaction, target, wanted)
        yield from transaction.listing.numbers(wanted)


def show_number(store: Store, text: str, wanted: NumberFilter) -> dict[str, object]:
    """Everything known of one number, with its events and the reason of its last change.

    Raises NotFound, or Refused (`ambiguous_number`) where the text names two numbers that pass `wanted`.
    """
    with store.read() as transaction:
        found = transaction.listing.number(composed(text), wanted)
    if not found:
        raise NotFound(f"no number {text!r} is held", "list what there is with: seqctl numbers")
    if len(found) > 1:
        places = " and ".join(
            f"{number['document_type']} of {number['sequence']!r} in {number['period']}"
            for number, _ in found[:3]
        )
        raise Refused(
            "ambiguous_number",
            f"{text!r} names {len(found)} numbers: {places}",
            "say which one with --type, --sequence or --period",
        )
    number, events = found[0]
    reasons = [event["detail"].get("reason") for event in events if isinstance(event["detail"], dict)]
    reason = next((reason for reason in reversed(reasons) if reason), None)
    return {**number, "reason": reason, "events": events}


def sequence_object(sequence: Sequence) -> dict[str, object]:
    """All fields of a sequence with the names and spellings of definition files."""
    fields = {field.name: shown(sequence, field.name) for field in FIELD_TABLE}
    return {**fields, "used": sequence.used, "closed_until": sequence.closed_until}


def known(kind: str, name: str, names: list[str]) -> str:
    """The name, if it is one of those; raises NotFound with the nearest names else."""
    if name in names:
        return name
    hint = nearest(name, names) or f"see what there is with: seqctl {kind} list"
    raise NotFound(f"there is no {kind} {name!r}", hint)


def _aimed(transaction: Transaction, target: str, wanted: NumberFilter) -> NumberFilter:
    if transaction.definitions.sequence(target) is not None:
        return replace(wanted, sequence=target)
    document_type = document_type_name(target)
    if any(transaction.definitions.type_use(document_type)):
        return replace(wanted, document_type=document_type)
    hint = nearest(target, transaction.definitions.target_names())
    raise NotFound(f"there is no sequence and no document type {target!r}", hint)
