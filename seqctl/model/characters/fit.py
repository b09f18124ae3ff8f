"""Whether the numbers of a sequence hold only the characters that it allows."""

from __future__ import annotations

from seqctl.model.characters.character_set import character_set
from seqctl.model.check_digit.token import check_token
from seqctl.model.finding import FindingList
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.compiled import ATTRIBUTE, CHECK, DATE, NUMBER
from seqctl.model.pattern.letters import ALPHABET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.sequence.sequence import Sequence

DIGITS = "0123456789"
FEW_DIGITS = {"Q": "1234", "FQ": "1234", "H": "12"}
"""Date tokens that show some digits only."""


def check_characters(sequence: Sequence, findings: FindingList) -> None:
    """Note what the pattern or a listed value shows that is not allowed; what is free shows when issuing."""
    if sequence.characters is None:
        return
    allowed = character_set(sequence.characters)
    for kind, value in sequence.compiled.segments:
        outside = None if kind == ATTRIBUTE else allowed.outside(_shown(sequence, kind, value))
        if outside is not None:
            message = f"{outside!r} is none of the characters {sequence.characters}"
            findings.error("pattern", message, "allow it in characters, or write the pattern without it")
            return
    fields = {"scope": sequence.scope, "requires": sequence.requires}
    if sequence.compiled.codes:
        fields["type_codes"] = {TYPE: sequence.compiled.codes}
    for field, listed in fields.items():
        for name, values in listed.items():
            for value in values:
                problem = value_problem(sequence, name, value)
                if problem:
                    findings.error(field, *problem)


def value_problem(sequence: Sequence, name: str, value: str) -> tuple[str, str] | None:
    """Why the numbers of a sequence cannot show a value of an attribute, and what would be right; None where
    they can, or do not show the attribute."""
    if sequence.characters is None or name not in sequence.compiled.attributes:
        return None
    outside = character_set(sequence.characters).outside(value)
    if outside is None:
        return None
    message = f"{value!r} for {name!r} holds {outside!r}, which is none of {sequence.characters}"
    return message, "allow it in characters, or leave the value out"


def _shown(sequence: Sequence, kind: str, value: str) -> str:
    """The characters that a part of a pattern can show."""
    if kind == DATE:
        return FEW_DIGITS.get(value, DIGITS)
    if kind == NUMBER:
        return ALPHABET if sequence.alpha else DIGITS
    return check_token(value).algorithm.gives if kind == CHECK else value
