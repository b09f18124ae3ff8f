"""References that are kept beside their numbers, under a unique index: nothing proves them different."""

from __future__ import annotations

from seqctl.actions.references.computed import references_of
from seqctl.errors import Refused
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

PAGE = 1000


def kept_text(scheme: str, reference: str) -> str:
    """A reference as it is kept: two schemes may have one text."""
    return f"{scheme} {reference}"


def keep_of(transaction: Transaction, names: list[str]) -> None:
    """Keep the references of these sequences, those of all their numbers, and of no others.

    Needs the write lock. Raises Refused (`number_taken`) where two numbers have one reference.
    """
    before = set(transaction.catalogue.keeping())
    transaction.catalogue.put_keeping(names)
    for name in sorted(before ^ set(names)):
        sequence = transaction.definitions.sequence(name)
        if sequence is None or sequence.id is None:
            continue
        if name in before:
            transaction.held.forget_references(sequence.id)
        else:
            keep(transaction, sequence)


def keep(transaction: Transaction, sequence: Sequence, serial: int = 0) -> None:
    """Keep the references of a sequence's numbers from a place in the order of issue on, where it keeps them.

    Needs the write lock. Raises Refused (`number_taken`) for one that another number has.
    """
    assert sequence.id is not None
    if sequence.reference is None or sequence.name not in transaction.catalogue.keeping():
        return
    references, held = references_of(transaction, sequence), transaction.held
    after = serial - 1
    while page := held.without_reference(sequence.id, after, PAGE):
        for number in page:
            reference = references.of(number.text, number.value)
            if reference is None:
                continue
            kept = kept_text(sequence.reference, reference)
            holder = held.of_reference(kept)
            if holder is not None:
                raise reference_taken(number.text, reference, holder)
            held.keep_reference(number.serial, kept)
        after = page[-1].serial


def reference_given(text: str, reference: str, earlier: str) -> Refused:
    """Two numbers of one run would have one reference."""
    return Refused(
        "number_taken",
        f"{text} would have the reference {reference}, which {earlier} gets; nothing was issued",
        "give them attributes whose references differ",
    )


def reference_taken(text: str, reference: str, holder: HeldNumber, drawn_from: str | None = None) -> Refused:
    """Two numbers would have one reference; the one may be drawn from a sequence, and not be there yet."""
    hint = f"see: seqctl show {shell_word(holder.text)}"
    if drawn_from is not None:
        hint += f"; move past it with: seqctl sequence set-next {shell_word(drawn_from)} VALUE --reason TEXT"
    return Refused("number_taken", f"{text} {words_of(reference, holder)}", hint)


def words_of(reference: str, holder: HeldNumber) -> str:
    """That a number would have the reference of another one."""
    return f"would have the reference {reference}, as {holder.text} of sequence {holder.sequence!r} has"
