"""Bringing a high-water mark into step with its book, and keeping it short. Needs the write lock."""

import os
from contextlib import closing, suppress

from seqctl.errors import Refused
from seqctl.model.reports.high_water import ABSENT, IN_STEP, OLDER
from seqctl.store.marks.standing import doubts, lags, standing
from seqctl.store.marks.written import Written, read
from seqctl.store.sql.log import sealed
from seqctl.store.sqlite.driver import Connection, connect, file_uri
from seqctl.store.sqlite.high_water import SUFFIX, Head, HighWater
from seqctl.store.sqlite.mark.beginning import begin, copied_from, exchange, gave_out


def note_after_a_look(
    mark: HighWater, connection: Connection, before: Head, head: Head, counters: dict[int, int]
) -> None:
    """Write the line of the commit that comes next where the quick `HighWater.note` could not."""
    if not mark.in_step(before) and not come_into_step(mark, connection, before, head, counters):
        return
    if mark.attempt is not None:
        mark.confirm()
    compact(mark, connection, before)
    mark.add(mark.line(connection, head, counters), head)


def compact(mark: HighWater, connection: Connection, head: Head) -> None:
    """Keep the latest line of each counter, where the mark grew by half of what it began with.

    It must be in step with the book, at `head`, before this transaction.
    """
    try:
        written = read(mark.path)
    except OSError:
        return
    if written is None or not written.whole or (written.end - written.base) * 2 < written.base:
        return
    entries = sorted(written.entries.items(), key=lambda item: item[1].event)
    lines = []
    for (sequence, period, scope), entry in entries:
        told = f"{sequence}\t{entry.name}\t{period}\t{scope}\t{entry.last}\t"
        lines.append(sealed(told.encode(), (entry.event, bytes.fromhex(entry.digest))))
    exchange(mark, connection, lines, head)


def come_into_step(
    mark: HighWater, connection: Connection, before: Head, head: Head, counters: dict[int, int]
) -> bool:
    """See to a mark whose last line is not that of the book's newest event, before a commit.

    Says whether the line of the commit is to be added. A mark is begun here with the first counter of a book
    that gave nothing out before. Where the mark knows more than the book, and this transaction brings the
    last counter to where it stood, the mark is begun anew with it: somebody has seen to it. All else is left
    as it is for whoever issues next, who tells it.
    """
    found = standing(mark.path, connection, before)
    if found.kind == IN_STEP and found.written is not None:
        take_over(mark, found.written, before)
        return True
    server = None if found.kind == OLDER else copied_from(connection)
    if server is not None:
        raise Refused(
            "older_book",
            f"this book is a backup of {server}: what is written here the book itself does not know",
            "write to the book itself; where this one goes on in its place, say so: seqctl copy --accept"
            " --reason TEXT",
        )
    if found.kind == ABSENT and counters and not gave_out(connection, before[0]):
        begin(mark, connection, before, counters)
        return mark.in_step(before)
    written = found.written
    if found.kind == OLDER and written is not None and counters and _seen_to(mark, written, connection):
        begin(mark, connection, head)
    return False


def _seen_to(mark: HighWater, written: Written, connection: Connection) -> bool:
    """Whether an older book lagged behind its mark before this transaction, and does so no more."""
    if lags(written, connection) or doubts(written, connection):
        return False
    with closing(connect(file_uri(mark.path.removesuffix(SUFFIX)), timeout=30, uri=True)) as before:
        return bool(lags(written, before) or doubts(written, before))


def take_over(mark: HighWater, written: Written, newest: Head) -> None:
    """Go on behind what a look at the whole file found, which is in step with the book."""
    mark.head, mark.end, mark.attempt = newest, written.end, None


def forget(book: str) -> None:
    """Take the mark of a book away: the book of that name is a new one."""
    with suppress(OSError):
        os.unlink(book + SUFFIX)
