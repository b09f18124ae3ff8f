"""Clashes between sequences in words: which two, an example text, and how to keep them apart."""

from seqctl.model.collision import NEEDS_ATTRIBUTE, PROVED, Collision
from seqctl.model.finding import Finding
from seqctl.model.range.told_apart import subject_of, words_of

HINT = "give them different prefixes or ranges, or allow it with --allow-collisions"


def collision_findings(found: list[Collision], changed: set[str], allowed: bool) -> list[Finding]:
    """Findings for clashes: proved ones forbid unless they are allowed, the others only warn.

    The subject of each is a sequence that is being changed, so that its file and line can be named.
    """
    return [_finding(collision, changed, allowed) for collision in found]


def _shown(name: str) -> str:
    return words_of(name) if subject_of(name)[0] == "ranges" else repr(name)


def _finding(collision: Collision, changed: set[str], allowed: bool) -> Finding:
    name, other = collision.second, collision.first
    if name not in changed:
        name, other = other, name
    subject = subject_of(name)
    if collision.certainty == PROVED:
        severity = "warning" if allowed else "error"
        message = f"can print {collision.text!r}, and so can {words_of(other)}"
        return Finding("collision", severity, subject, message, None if allowed else HINT)
    if collision.certainty == NEEDS_ATTRIBUTE:
        example = f"{collision.text!r}" if collision.text is not None else "the same text"
        message = f"could print {example} as {words_of(other)} does, with a suitable attribute value"
        return Finding("collision", "warning", subject, message)
    message = f"whether its numbers differ from those of {_shown(other)} was not decided in time"
    return Finding("collision_unproved", "warning", subject, message)
