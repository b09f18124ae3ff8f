"""`audit list`: the event log."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.layout import Layout
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import event_shown
from seqctl.model.log.event import EventFilter
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

LISTED = ("id", "at", "actor", "action", "subject", "about")
JSON = ("json", "jsonl")
From = Annotated[
    str | None,
    option("--from", metavar="DATE", help="First day or instant; in UTC unless it has an offset."),
]
To = Annotated[str | None, option("--to", metavar="DATE", help="Last instant, or last day with all of it.")]
By = Annotated[str | None, option("--by", metavar="NAME", read=composed, help="Who acted.")]
Action = Annotated[
    str | None, option("--action", metavar="ACTION", help="What was done: issue, void, import ...")
]
Subject = Annotated[
    str | None,
    option(
        "--subject",
        metavar="TEXT",
        read=composed,
        help="The sequence, definition or file concerned, among others too.",
    ),
]
Last = Annotated[
    int | None,
    option("--last", metavar="N", read=options.limit, help="Show the newest N events, in the same order."),
]
After = Annotated[
    int | None,
    option("--after", metavar="ID", read=options.limit, help="Start after the event with this id."),
]
Follow = Annotated[
    bool,
    option("--follow", help="Print new events as they come, as JSON Lines, until interrupted."),
]
FIELDS = ("counter_id", "first", "last", "serial", "count", "detail", "hash", "cursor")
"""What JSON shows besides."""


def list_log(
    session: Session,
    date_from: From = None,
    date_to: To = None,
    by: By = None,
    action: Action = None,
    subject: Subject = None,
    limit: options.Limit = None,
    last: Last = None,
    after: After = None,
    follow: Follow = False,
    columns: options.Columns = None,
) -> None:
    """List the events, oldest first.

    JSON shows every column as it is hashed, `detail` as the text that is stored, and the hash. With --follow
    each event is printed once, in the order of the log, as soon as it is committed.
    """
    from seqctl.actions.audit.log import about, first_instant, last_instant, list_events

    at_from = None if date_from is None else first_instant(date_from)
    at_to = None if date_to is None else last_instant(date_to)
    if at_from is not None and at_to is not None:
        options.check_window(at_from, at_to)
    wanted = EventFilter(
        at_from=at_from,
        at_to=at_to,
        actor=by,
        action=action,
        subject=subject,
        limit=limit,
        after=after,
        last=last,
    )
    only = options.columns(columns, (*LISTED, *FIELDS))
    if follow:
        from seqctl.cli.audit.following import print_new_events

        print_new_events(session, wanted, only)
        return
    with session.open() as store, closing(list_events(store, wanted)) as events:
        listed: Iterator[dict[str, object]]
        if session.format in JSON and only is None:
            listed = map(event_shown, events)
        else:
            listed = ({**event_shown(event), "about": about(event)} for event in events)
        print_list(listed, Layout(LISTED, noun="event"), session.format, only, session.zone)


COMMAND = Command(list_log, example="audit list --from 2026-11-01 --by ada")
