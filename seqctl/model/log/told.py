"""What single events tell."""

from seqctl.model.classes import NamedTuple


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
