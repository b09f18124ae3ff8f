"""How the mark beside a book stands to it, looked at while others write."""

from contextlib import closing

from seqctl.model.reports.high_water import (
    ABSENT,
    BEHIND,
    IN_STEP,
    NOT_WHOLE,
    OLDER,
    OTHER_BOOK,
    UNUSABLE,
)
from seqctl.store.marks.standing import Standing, judged, newest_event
from seqctl.store.marks.written import read
from seqctl.store.sqlite.driver import connect

LOOKS = 3
"""How often a reader looks before it believes that something is wrong while others write."""


def standing_meanwhile(path: str, uri: str) -> Standing:
    """The same while others write: the mark is read before the book is looked at, by a connection for it.

    What the mark knew then the book has by now. That the book knows more may be the work of others, and is
    looked at again.
    """
    found = Standing(UNUSABLE)
    for _ in range(LOOKS):
        with closing(connect(uri, timeout=30, uri=True)) as connection:
            try:
                written = read(path)
                newest = newest_event(connection)
                after = read(path)
            except OSError:
                return Standing(UNUSABLE)
            if written is None or after is None:
                found = Standing(ABSENT)
                continue
            found = Standing(judged(written, connection, newest), written)
            passed = after.head is not None and after.head[0] >= newest[0] and after.whole
            if found.kind in (BEHIND, NOT_WHOLE) and passed:
                found = Standing(judged(after, connection, newest), after)
                found = Standing(IN_STEP, after) if found.kind == OLDER else found
            if found.kind in (IN_STEP, OLDER, OTHER_BOOK):
                return found
    return found
