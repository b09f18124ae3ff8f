"""Moves of a book: the kinds of their events, and how a place stands to a book that is being moved to it."""

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
