"""`info`: which database is used, and what it holds."""

import os

from seqctl import __version__
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.store import shown_path


def info(session: Session) -> None:
    """Say which database is used, why, and what it holds."""
    shown = shown_path(session.path)
    with session.open() as store, store.read() as transaction:
        counts = transaction.listing.counts()
        timezone = transaction.definitions.book_timezone()
        event, digest = transaction.log.last()
        size = store.size()
        mark, said = transaction.mark.path, transaction.mark.written()
    print_record(
        {
            "database": os.path.abspath(shown) if os.path.isfile(shown) else shown,
            "chosen_by": session.why,
            "size": size,
            "schema": store.schema,
            "timezone": timezone,
            "actor": session.actor,
            "calendars": counts["calendar"],
            "sequences": counts["sequence"],
            "sets": counts["sequence_set"],
            "counters": counts["counter"],
            "numbers": counts["number"],
            "events": event,
            "head": digest.hex(),
            "mark": mark or (None if session.format in ("json", "jsonl") else "none"),
            "mark_event": None if said is None else said.event,
            "mark_host": None if said is None else said.host,
            "mark_written_at": None if said is None else said.at,
            "seqctl": __version__,
        },
        session.format,
    )


COMMAND = Command(info, example="info")
