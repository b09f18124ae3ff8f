"""`seqctl audit`: list, verify, head: the event log and its hash chain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.linting import COLUMNS, FOUND
from seqctl.cli.output import print_list, print_record, print_text
from seqctl.cli.session import Session, group_options, shared
from seqctl.model.event import EventFilter
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.finding import Finding

group = typer.Typer(
    help="The event log: who did what, when; and its hash chain.",
    epilog=options.EXAMPLE + "audit verify",
    no_args_is_help=True,
    rich_markup_mode=None,
)
LISTED = ("id", "at", "actor", "action", "subject", "about")
JSON = ("json", "jsonl")

From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="First day or instant; in UTC unless it has an offset."),
]
To = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Last instant, or last day with all of it.")
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", parser=composed, help="Who acted.")]
Action = Annotated[
    str | None, typer.Option("--action", metavar="ACTION", help="What was done: issue, void, import ...")
]
Subject = Annotated[
    str | None,
    typer.Option(
        "--subject", metavar="TEXT", parser=composed, help="The sequence, definition or file concerned."
    ),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=0, help="Show the oldest N events at most.")
]


@group.callback()
@group_options
def _group() -> None:
    """The event log: who did what, when; and its hash chain."""


def list_command(
    session: Session,
    date_from: From = None,
    date_to: To = None,
    by: By = None,
    action: Action = None,
    subject: Subject = None,
    limit: Limit = None,
) -> None:
    """List the events, oldest first.

    JSON shows every column as it is hashed, `detail` as the text that is stored, and the hash.
    """
    from seqctl.actions.auditing import event_line, first_instant, last_instant, list_events

    wanted = EventFilter(
        at_from=None if date_from is None else first_instant(date_from),
        at_to=None if date_to is None else last_instant(date_to),
        actor=by,
        action=action,
        subject=subject,
        limit=limit,
    )
    with session.open() as store, closing(list_events(store, wanted)) as events:
        shown: Iterator[dict[str, object]]
        if session.format in JSON:
            shown = (event.object() for event in events)
        else:
            shown = (event_line(event) for event in events)
        print_list(shown, LISTED, session.format, len(LISTED))


def head_command(session: Session) -> None:
    """Print the hash of the last event: note it elsewhere, as an anchor for `audit verify`."""
    from seqctl.actions.auditing import log_head

    with session.open() as store:
        number, digest = log_head(store)
    if session.format is None:
        print_text([digest + "\n"])
    elif session.format in JSON:
        print_record({"id": number, "hash": digest}, session.format)
    else:
        print_list([{"id": number, "hash": digest}], ("id", "hash"), session.format)


def verify_command(
    session: Session,
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", metavar="HASH", help="A head noted earlier, or 8 or more digits of it."),
    ] = None,
) -> int:
    """Verify the chain of events, and ledger, definitions and schema against it. Exit 3 with findings.

    Only an anchor that was noted elsewhere shows that the end of the log was cut off, or all of it rewritten.
    """
    from seqctl.actions.verifying import verify
    from seqctl.cli.terminal import watching

    with session.open() as store:
        with store.read() as transaction:
            total = transaction.events.count()
        with watching("events", total) as watch:
            verified = verify(store, anchor, watch)
    if verified.findings:
        print_list([_object(finding) for finding in verified.findings], COLUMNS, session.format, 4)
        return FOUND
    summary = {
        "events": verified.events,
        "numbers": verified.numbers,
        "head": verified.head,
        "anchor": verified.anchor,
    }
    if session.format is not None:
        (print_record if session.format in JSON else _print_row)(summary, session.format)
        return 0
    at = f", the anchor at event {verified.anchor}" if anchor is not None else ""
    print_text(
        [f"verified {verified.events} events and {verified.numbers} numbers{at}; head {verified.head}\n"]
    )
    return 0


def _object(finding: Finding) -> dict[str, object]:
    """A finding as lists and JSON show it."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "subject": finding.place,
        "message": finding.message,
        "hint": finding.hint,
    }


def _print_row(summary: dict[str, object], output: str | None) -> None:
    print_list([summary], tuple(summary), output)


group.command("list", epilog=options.EXAMPLE + "audit list --from 2026-11-01 --by ada")(shared(list_command))
group.command("verify", epilog=options.EXAMPLE + "audit verify --anchor 8f1edf5e")(shared(verify_command))
group.command("head", epilog=options.EXAMPLE + "audit head")(shared(head_command))
