"""Findings on sequences of one type that are effective together while nothing chooses between them."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.finding import Finding
from seqctl.model.sequence.overlap import Overlap, find_overlap
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import document_type_name, shell_word


def lint_windows(
    catalogue: Catalogue, types: set[str] | None = None, changed: set[str] | None = None
) -> Iterator[Finding]:
    """One finding for each document type that no policy and no set names and whose sequences overlap.

    `types` are those that are looked at, all without it; with `changed` one sequence is of these names.
    """
    chosen = {policy.document_type for policy in catalogue.policies.values()}
    chosen.update(document_type for each in catalogue.sets.values() for document_type in each.members)
    found: dict[str, list[Sequence]] = {}
    for sequence in catalogue.sequences.values():
        for document_type in sequence.document_types:
            if document_type not in chosen and (types is None or document_type in types):
                found.setdefault(document_type, []).append(sequence)
    for document_type, sequences in found.items():
        if len(sequences) < 2:
            continue
        # What would be refused is told before what only waits behind the one that has the name of the type.
        unnamed = [item for item in sequences if document_type_name(item.name) != document_type]
        overlap = find_overlap(unnamed, changed) or find_overlap(sequences, changed)
        if overlap is not None:
            yield _told(document_type, overlap, changed or set())


def _told(document_type: str, overlap: Overlap, changed: set[str]) -> Finding:
    one, other = overlap.one.name, overlap.other.name
    named = next((name for name in (one, other) if document_type_name(name) == document_type), None)
    subject = next((name for name in (other, one) if name in changed), other)
    beside = one if subject == other else other
    word = shell_word(document_type)
    told = f"serves {document_type!r} beside sequence {beside!r} {overlap.days()}, and nothing chooses: "
    if named is None:
        told += f"while both have numbers left, `next {word}` is refused (ambiguous_sequence)"
    else:
        told += f"`next {word}` takes {named!r}, which has the name of the type, until that is used up"
    return Finding(
        "overlapping_windows",
        "warning",
        ("sequences", subject),
        told,
        "end one before the other begins (effective_until, effective_from), or name one in a set",
    )
