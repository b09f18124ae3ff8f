"""Spaces of texts: which document types are numbered so that no text comes twice among all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.sequence.sequence import Sequence

Spaces = dict[str, str]
"""Document types that share a space -> its name; a type that is not here is a space by itself, and so is the
one that a space is named by."""


def joined_types(groups: Iterable[list[str] | tuple[str, ...]]) -> Spaces:
    """The spaces that groups of types make: groups that have a type in common are one space.

    It is named by the first type of the first group, so that a sequence that gains a type keeps its space.
    """
    space_of: Spaces = {}
    types_of: dict[str, list[str]] = {}
    for group in groups:
        name = space_of.get(group[0], group[0])
        for document_type in group:
            other = space_of.get(document_type, document_type)
            if other == name and document_type in space_of:
                continue
            for each in types_of.pop(other, [document_type]) if other != name else [document_type]:
                space_of[each] = name
                types_of.setdefault(name, []).append(each)
    return {document_type: name for document_type, name in space_of.items() if document_type != name}


def space_of(sequence: Sequence, spaces: Spaces) -> str:
    """The space in which the texts of a sequence are unique."""
    return spaces.get(sequence.document_type, sequence.document_type)


def spaces_of(catalogue: Catalogue) -> Spaces:
    """The spaces of a catalogue: what `[book] unique_together` joins, and each sequence of several types."""
    return joined_types([*catalogue.book.get("unique_together", []), *sorted(_shared(catalogue))])


def _shared(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    types = (sequence.document_types for sequence in catalogue.sequences.values())
    return (group for group in types if len(group) > 1)
