"""How a high-water mark stands to its book, and how far a book lags behind what was given out from it."""

from seqctl.model.classes import frozen

IN_STEP, ABSENT, UNUSABLE = "in step", "absent", "unusable"
NOT_WHOLE, OTHER_BOOK, BEHIND, OLDER = "not whole", "another book's", "behind", "older"
COPIED, PROMOTED, REACHED = "copied", "promoted", "reached"
"""How a mark stands to its book. BEHIND: the book has events that the mark does not know. OLDER: the mark
knows of an event that the book does not have. COPIED: the book itself says that it is a copy, whatever a mark
knows; PROMOTED: its server took over from another one, and no mark says whether it lost anything by that;
REACHED: its server did, or it is on another one, and it has all that a mark knows of it."""


@frozen
class MarkWritten:
    """What a mark says of itself: the newest event that it knows, which host began it, and when."""

    event: int
    host: str
    at: str


@frozen
class Lag:
    """A counter that stood at `marked` and stands at `last` here, None where the book has no such counter."""

    sequence: str
    period: str
    scope: str
    marked: int
    last: int | None


@frozen
class Doubt:
    """A counter that gives freed numbers out again, with how many are freed and how many reserved."""

    sequence: str
    period: str
    scope: str
    freed: int
    reserved: int
