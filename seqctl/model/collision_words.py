"""Clashes between sequences in words: which two, an example text, and how to keep them apart."""

from seqctl.model.collision import NEEDS_ATTRIBUTE, PROVED, Collision
from seqctl.model.finding import Finding

HINT = "give them different prefixes or ranges, or allow it with --allow-collisions"


def collision_findings(found: list[Collision], allowed: bool) -> list[Finding]:
    """Findings for clashes: proved ones forbid unless they are allowed, the others only warn."""
    return [_finding(collision, allowed) for collision in found]


def _finding(collision: Collision, allowed: bool) -> Finding:
    subject = ("sequences", collision.second)
    if collision.certainty == PROVED:
        severity = "warning" if allowed else "error"
        message = f"can render {collision.text!r}, and so can sequence {collision.first!r}"
        return Finding("collision", severity, subject, message, None if allowed else HINT)
    if collision.certainty == NEEDS_ATTRIBUTE:
        example = f"{collision.text!r}" if collision.text is not None else "the same text"
        message = (
            f"could render {example} as sequence {collision.first!r} does, with a suitable attribute value"
        )
        return Finding("collision", "warning", subject, message)
    message = f"whether its numbers differ from those of {collision.first!r} was not decided in time"
    return Finding("collision_unproved", "warning", subject, message)
