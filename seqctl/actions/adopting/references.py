"""Payment references of numbers that are to be entered: where they are kept, no two are alike."""

from __future__ import annotations

from seqctl.actions.adopting.places import Place
from seqctl.actions.adopting.problems import INVALID
from seqctl.actions.references.computed import references_of
from seqctl.actions.references.kept import PAGE, kept_text, words_of
from seqctl.model.reference.base import References
from seqctl.model.reports.staged import StagedRefusal, StagedText
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def keeping(transaction: Transaction, places: list[Place]) -> list[Place]:
    """The places whose sequences keep the references of their numbers."""
    names = set(transaction.catalogue.keeping())
    return [place for place in places if place.sequence.name in names]


def refuse_taken(transaction: Transaction, places: list[Place]) -> None:
    """Refuse the staged numbers of some places whose reference another number has, in the book or before them
    in the input."""
    by_number = {place.number: place for place in places}
    references: dict[str, References] = {}
    given: dict[str, str] = {}
    after = -1
    while page := transaction.adopted.remaining(list(by_number), after, PAGE):
        refused = []
        for staged in page:
            sequence = by_number[staged.place].sequence
            if sequence.name not in references:
                references[sequence.name] = references_of(transaction, sequence)
            problem = _taken(transaction, references[sequence.name], staged, given)
            refused += [] if problem is None else [problem]
        transaction.adopted.refuse(refused)
        after = page[-1].line


def _taken(
    transaction: Transaction, references: References, staged: StagedText, given: dict[str, str]
) -> StagedRefusal | None:
    reference = references.of(staged.text, staged.value)
    if reference is None:
        return None
    kept = kept_text(references.scheme.name, reference)
    holder = transaction.held.of_reference(kept)
    if holder is not None:
        hint = f"see: seqctl show {shell_word(holder.text)}"
        return StagedRefusal(staged.line, INVALID, words_of(reference, holder), hint)
    first = given.setdefault(kept, staged.text)
    if first == staged.text:
        return None
    message = f"would have the reference {reference}, as {first} has, which is given before it"
    return StagedRefusal(staged.line, INVALID, message, "see which of them is right")
