"""The document types of numbers of an input, where one sequence numbers several or lines say their own."""

from __future__ import annotations

from seqctl.actions.adopting.places import Reader, Unusable, variants
from seqctl.actions.issuing.asked_type import type_meant
from seqctl.model.cell import unguarded
from seqctl.model.number.reader import Placed
from seqctl.model.number.request import LONGEST_TEXT
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.read import readings
from seqctl.model.reports.adoption import Adoption
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.text import composed, document_type_name

ROLE = "document_type"


def differ(reader: Reader, adoption: Adoption) -> bool:
    """Whether each number is asked for its own type: lines say it, or the sequence has several."""
    several = len(reader.sequence.document_types) > 1
    return ROLE in adoption.columns or (several and reader.document_type is None)


def type_of(reader: Reader, adoption: Adoption, text: str, placed: Placed, cell: str | None) -> str:
    """The type of a number: the one that its line says, or its text shows.

    Else it is that of TARGET or `--type`. Raises Unusable for a line that says another type than these or
    none, and Refused (`ambiguous_type`) where nothing in the whole input says it.
    """
    sequence = reader.sequence
    shown = None
    if sequence.compiled.codes:
        code = readings(reader.narrowed(placed.period).compiled, text, 1)[0].attributes[TYPE]
        shown = next(name for name, each in codes_of(sequence).items() if each == code)
    said = _said(cell)
    if said is not None and said not in sequence.document_types:
        listed = ", ".join(sequence.document_types)
        words = f"has the document type {said[:LONGEST_TEXT]!r}, and its sequence numbers {listed}"
        raise Unusable(ROLE, words)
    for other, where in ((shown, "its number shows"), (reader.document_type, "the command names")):
        if said is not None and other not in (None, said):
            raise Unusable(ROLE, f"has the document type {said!r}, and {where} {other!r}")
    found = said or shown or reader.document_type
    if found is None:
        if ROLE in adoption.columns:
            raise Unusable(
                ROLE,
                "has no document type",
                "its sequence numbers several: name it there",
            )
        return type_meant(sequence, "", None)
    return found


def type_of_misfit(readers: list[Reader], text: str, cell: str | None) -> str | None:
    """The type of a number that fits no present pattern, or not with the type that the command names.

    Its line says it, or its text shows it, by a pattern of today or a former one; else it is that of the
    command. Raises Unusable where two of these differ: whoever held the text, it shows another type.
    """
    said, shown = _said(cell), _shown(readers, text)
    if not any(said in reader.sequence.document_types for reader in readers):
        said = None
    named = next((reader.document_type for reader in readers if reader.document_type), None)
    if said is not None and shown not in (None, said):
        raise Unusable(ROLE, f"has the document type {said!r}, and its number shows {shown!r}")
    if named is not None and shown not in (None, named):
        raise Unusable(ROLE, f"shows the document type {shown!r}, and the command names {named!r}")
    if said is not None and named not in (None, said):
        raise Unusable(ROLE, f"has the document type {said!r}, and the command names {named!r}")
    return said or shown or named


def _shown(readers: list[Reader], text: str) -> str | None:
    """The type whose code a text shows, in a pattern of one of the sequences; None where none does."""
    for reader in readers:
        types = {code: name for name, code in codes_of(reader.sequence).items()}
        for pattern in (reader.sequence.compiled, *reader.former) if types else ():
            for variant in variants(text) if TYPE in pattern.attributes else ():
                for reading in readings(pattern, variant, 1):
                    if reading.attributes[TYPE] in types:
                        return types[reading.attributes[TYPE]]
    return None


def _said(cell: str | None) -> str | None:
    """The document type that a cell says; a blank one says none."""
    return document_type_name(composed(unguarded(cell or "").strip())) or None
