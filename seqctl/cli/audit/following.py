"""`audit list --follow`: new events as they come, for whoever reads them at the other end of a pipe."""

import os

from seqctl.actions.audit.follow import follow_events
from seqctl.actions.audit.log import about
from seqctl.cli.layout import Layout
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import event_shown
from seqctl.errors import DatabaseUnusable, NotDelivered, UsageError
from seqctl.model.log.event import EventFilter
from seqctl.process import STDOUT

SHORTEST, LONGEST = 0.05, 1.0
"""Seconds between two looks at the log: few after an event, more and more while nothing happens."""


def print_new_events(session: Session, wanted: EventFilter, only: "tuple[str, ...] | None") -> None:
    """Print events as JSON Lines, each at once, until somebody interrupts or the reader goes away.

    Waiting costs one look at the newest event now and then. Raises UsageError for another format, and
    DatabaseUnusable where another book was put in the place of this one: its events go by other numbers.
    """
    if session.format not in (None, "json", "jsonl"):
        raise UsageError("--follow prints JSON Lines", "leave -o out, or give -o jsonl")
    place = _place(session.path)
    pause, seen = SHORTEST, wanted.after or 0
    with session.open() as store, closing(follow_events(store, wanted)) as batches:
        for batch in batches:
            if batch:
                objects = [event_shown(event) for event in batch]
                if only is not None and "about" in only:
                    objects = [
                        {**item, "about": about(event)} for item, event in zip(objects, batch, strict=True)
                    ]
                print_list(objects, Layout(()), "jsonl", only)
                pause, seen = SHORTEST, batch[-1].id
                continue
            _wait(pause)
            pause = min(pause * 1.5, LONGEST)
            if _place(session.path) != place:
                raise DatabaseUnusable(
                    "wrong_book",
                    f"another file was put in the place of {session.path} while its events were followed",
                    f"look at it: seqctl info; to go on: seqctl audit list --after {seen} --follow",
                )


def _place(path: str) -> "tuple[int, int] | None":
    """Which file a path leads to; None where it is no file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _wait(seconds: float) -> None:
    """Wait; where the reader of standard output goes away meanwhile, end as a list does: quietly, with 74."""
    import select

    if not hasattr(select, "poll"):
        import time

        time.sleep(seconds)
        return
    watched = select.poll()
    # Nothing is asked for: that the other end was closed is always told.
    watched.register(STDOUT, 0)
    if watched.poll(seconds * 1000):
        raise SystemExit(NotDelivered.exit_status)
