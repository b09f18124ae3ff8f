"""`info`: which database is used, and what it holds."""

import os

from seqctl import __version__
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_record
from seqctl.cli.session import Session
from seqctl.store import shown_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.reports.high_water import MarkWritten


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
            "size": f"{size:,} bytes" if session.on_a_terminal else size,
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
            **_mark_fields(said, session),
            "seqctl": __version__,
        },
        session.format,
    )


def _mark_fields(said: "MarkWritten | None", session: Session) -> dict[str, object]:
    """What the mark says of itself; a person at a terminal is not told three times that there is none."""
    if said is None:
        return {} if session.on_a_terminal else dict.fromkeys(("mark_event", "mark_host", "mark_written_at"))
    return {"mark_event": said.event, "mark_host": said.host, "mark_written_at": said.at}


COMMAND = Command(info, example="info")
