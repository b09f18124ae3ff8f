"""Moves of a book: the kinds of their events, and how a place stands to a book that is being moved to it."""

from seqctl.errors import Refused

MOVING, MOVED_FROM, MOVED_TO = MOVES = ("moving to", "moved from", "moved to")
"""Kinds of events of a book that goes elsewhere: it is being copied; it arrived; it is not here any more."""

EMPTY = "empty"
"""It holds nothing."""
LEFT = "left"
"""It holds what a move left that was given up."""
FILLED = "filled"
"""It holds the book, to which nothing is written there yet."""
OPENED = "opened"
"""It holds the book, which goes on there."""
OTHER = "other"
"""It holds something else."""


def refused_leaving(action: str, address: str) -> Refused:
    """Why nothing is written to a book whose newest event says that it goes, or went, to an address."""
    if action == MOVED_TO:
        return Refused(
            "moved",
            f"this book moved to {address} and takes no more changes",
            f"use the book that goes on: --db {address}",
        )
    return Refused(
        "moving",
        f"this book is being moved to {address} and takes no changes meanwhile",
        f"go on with: seqctl copy --to {address}; or give up with: seqctl copy --abandon --reason TEXT",
    )
