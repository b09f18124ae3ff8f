"""Whether the reference of a sequence fits its pattern: what its base is made of, and that it can be made."""

from __future__ import annotations

from seqctl.model.finding import FindingList, nearest
from seqctl.model.pattern.attributes import width_words
from seqctl.model.pattern.compile import PatternError
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, TEXT
from seqctl.model.reference.base import base_pattern
from seqctl.model.reference.room import largest_with_reference
from seqctl.model.reference.schemes import SCHEMES, Scheme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence


def check_reference(sequence: Sequence, findings: FindingList) -> None:
    """Note what keeps a sequence from giving its numbers references."""
    if sequence.reference is None:
        if sequence.reference_base is not None:
            findings.error("reference_base", "is given without a scheme", 'name one: reference = "rf"')
        return
    scheme, field = SCHEMES[sequence.reference], "reference_base" if sequence.reference_base else "reference"
    try:
        base_pattern(sequence)
    except PatternError as problem:
        findings.error("reference_base", str(problem), problem.hint)
        # So that what asks for the room of the sequence needs no template.
        sequence.reference = sequence.reference_base = None
        return
    if sequence.alpha and not scheme.letters:
        findings.error(
            "reference", f"{scheme.name} reads digits, and this sequence counts in letters", "take rf"
        )
        return
    if sequence.reference_base is not None and not _check_template(sequence, scheme, findings):
        return
    if largest_with_reference(sequence) < sequence.start:
        findings.error(
            field,
            f"has no room for the first number: {_takes(scheme)}",
            "say what it is made of with reference_base, as in {number:8}",
        )


def base_problem(sequence: Sequence, name: str, value: str) -> tuple[str, str] | None:
    """Why no reference can be made of a value that its template shows, and what would be right; else None."""
    if sequence.reference is None or sequence.reference_base is None:
        return None
    scheme, template = SCHEMES[sequence.reference], base_pattern(sequence)
    if name not in template.attributes:
        return None
    unread = next((character for character in value if character not in scheme.reads), None)
    if unread is None:
        return width_words(template, name, value)
    message = f"{value!r} for {name!r} holds {unread!r}, which the reference {scheme.name} cannot read"
    return message, "leave it out of reference_base, or write it without that"


def _check_template(sequence: Sequence, scheme: Scheme, findings: FindingList) -> bool:
    """Whether a template shows nothing that the number does not, and nothing that the scheme cannot read."""
    shown = {*sequence.compiled.attributes, *sequence.compiled.date_tokens}
    right = True
    for kind, value in base_pattern(sequence).segments:
        if kind in (ATTRIBUTE, DATE) and value not in shown:
            hint = nearest(value, sorted(shown)) or "name tokens that the pattern has"
            findings.error("reference_base", f"the number does not show {{{value}}}", hint)
            right = False
        unread = next((c for c in value if c not in scheme.reads), None) if kind == TEXT else None
        if unread is not None:
            message = f"{scheme.name} cannot read {unread!r}"
            findings.error("reference_base", message, "write it without that")
            right = False
    return right


def _takes(scheme: Scheme) -> str:
    lengths = "7 to 12, or 15" if not scheme.fits(scheme.most - 1) else f"at most {scheme.most}"
    return f"a {scheme.name} reference is made of {lengths} characters"
