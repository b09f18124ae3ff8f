"""What single events tell."""

from seqctl.model.classes import NamedTuple

FREEING = ("release", "expire", "reconcile")
"""Kinds of events that take numbers out of the ledger."""


class Told(NamedTuple):
    """What was done, when, by whom and why."""

    action: str
    at: str
    actor: str
    reason: str | None


class Freeing(NamedTuple):
    """When and by what action a number was freed."""

    at: str
    action: str
