"""What decides whether a sequence serves a request, before anything else of it is read."""

from seqctl.model.classes import NamedTuple


class Candidate(NamedTuple):
    """A sequence of a document type: both ends of its window, and `requires` as it is stored."""

    name: str
    status: str
    effective_from: str | None
    effective_until: str | None
    timezone: str | None
    requires: str
