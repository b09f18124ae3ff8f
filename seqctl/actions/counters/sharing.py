"""Who else is concerned where the sequences of a set are closed: other sets, and what policies choose."""

from __future__ import annotations

from seqctl.errors import Refused
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def refuse_shared(transaction: Transaction, sequences: list[Sequence], set_name: str) -> None:
    """Raise Refused `shared` where another set uses one of these sequences of a set, naming all of them."""
    found = []
    for sequence in sequences:
        assert sequence.id is not None
        others = [name for name in transaction.listing.sets_of(sequence.id) if name != set_name]
        if others:
            verb = "uses" if len(others) == 1 else "use"
            sets = "set " if len(others) == 1 else "sets "
            found.append(f"sequence {sequence.name!r}: {sets}{', '.join(map(repr, others))} {verb} it too")
    if not found:
        return
    message = found[0] if len(found) == 1 else f"{len(found)} sequences are used by other sets too"
    hint = "closing it affects them too: agree with them, and repeat with --yes"
    error = Refused("shared", f"{message}; nothing was closed", hint)
    error.problems = tuple(found) if len(found) > 1 else ()
    raise error


def refuse_other_types(document_type: str | None, sequences: list[Sequence]) -> None:
    """Raise Refused `shared` where one of the sequences of a named type numbers other types as well."""
    if document_type is None:
        return
    found = [
        f"sequence {sequence.name!r} also numbers {', '.join(others)}"
        for sequence in sequences
        if (others := [name for name in sequence.document_types if name != document_type])
    ]
    if found:
        hint = "closing it affects them too: name it with --sequence, or repeat with --yes"
        error = Refused("shared", f"{'; '.join(found)}; nothing was closed", hint)
        error.problems = tuple(found) if len(found) > 1 else ()
        raise error


def other_choices(transaction: Transaction, sequences: list[Sequence], set_name: str) -> list[str]:
    """In words, the active policies that give a type of a set to a sequence which is not among these."""
    names = {sequence.name for sequence in sequences}
    types = {kind: name for kind, name in transaction.listing.members(set_name).items() if name in names}
    return [
        f"policy {choice.policy!r} gives {document_type!r} to sequence {choice.sequence!r}, which is not of"
        f" set {set_name!r} and stays as it is"
        for document_type in types
        for choice in transaction.listing.choices(document_type)
        if choice.sequence not in names
    ]
