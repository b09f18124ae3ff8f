"""What files of other systems call the state of a document, and what that means here."""

from __future__ import annotations

from seqctl.errors import UsageError
from seqctl.model.text import composed

ISSUED, VOID, RESERVED = "issued", "void", "reserved"
STATES = (ISSUED, VOID, RESERVED)

STATE_WORDS = {
    "": ISSUED,
    **{state: state for state in STATES},
    **dict.fromkeys(("voided", "cancelled", "canceled"), VOID),
}
"""The words that are understood without being told, in small letters."""

LEFT_OUT = ("ignore", "ignored", "skip", "skipped", "none", "exclude", "drop", "leave", "delete", "no")
"""What people write for documents that shall not be taken."""

VOID_STEMS = ("storn", "annul", "anul", "cancel", "void", "ungültig", "geannul")
"""How words for a void document begin in other languages."""


def state_words(given: dict[str, str]) -> dict[str, str]:
    """The words that are understood together with those that somebody explains, `{"storniert": "void"}`.

    Raises UsageError for a meaning that is not a state.
    """
    words = dict(STATE_WORDS)
    for word, state in given.items():
        if state not in STATES:
            hint = f"one of: {', '.join(STATES)}, as in {word}=void"
            if folded(state) in LEFT_OUT:
                hint = f"leave {word!r} unexplained, and what has it is left out with: --skip-invalid"
            raise UsageError(f"{state!r} is not a state of a number", hint)
        words[folded(word)] = state
    return words


def meant(word: str) -> str:
    """What a word for a state most probably means, for a hint that somebody reads before it is followed."""
    return VOID if folded(word).startswith(VOID_STEMS) else "STATE"


def folded(word: str) -> str:
    """A word as it is looked up: without blanks around it, whatever its capital letters."""
    return composed(word).strip().casefold()
