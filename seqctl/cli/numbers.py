"""`numbers` and `show`: what the ledger holds."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, Any

import typer

from seqctl.cli import options
from seqctl.cli.issuing import COLUMNS
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, shared
from seqctl.errors import UsageError
from seqctl.model.gap_run import STATES as GAP_STATES
from seqctl.model.number_filter import NumberFilter
from seqctl.model.text import composed

STATES = ("issued", "reserved", "void")
STATE_HELP = "issued, reserved or void. What no document holds is listed by: seqctl gaps."


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("numbers", epilog=options.EXAMPLE + "numbers invoice --from 2026-01-01 --json")(
        shared(list_command)
    )
    app.command("show", epilog=options.EXAMPLE + "show INV-2026-00001")(shared(show_command))


def list_command(
    session: Session,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="[TARGET]",
            parser=composed,
            help="A sequence, else a document type.",
            autocompletion=options.complete_target,
        ),
    ] = None,
    state: Annotated[str | None, typer.Option("--state", metavar="STATE", help=STATE_HELP)] = None,
    date_from: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First document date.")
    ] = None,
    date_to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last document date.")] = None,
    period: options.Period = None,
    scope: options.Scope = None,
    record: options.Record = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="The key of the request that issued it.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=0, help="Show at most N numbers.")
    ] = None,
) -> None:
    """List the ledger in the order of issue."""
    from seqctl.actions.lists import list_numbers

    if state is not None and state not in STATES:
        hint = f"one of: {', '.join(STATES)}"
        if state in GAP_STATES:
            hint = f"no document holds such a number; list them with: seqctl gaps --state {state}"
        raise UsageError(f"{state!r} is not a state of a held number", hint)
    first, last = options.window(date_from, date_to)
    wanted = NumberFilter(
        state=state,
        date_from=first,
        date_to=last,
        period=period,
        scope=tuple(options.pairs(scope, "--scope").items()),
        record=record,
        key=key,
        limit=limit,
    )
    with session.open() as store, closing(list_numbers(store, target, wanted)) as found:
        print_list(found, COLUMNS, session.format)


def show_command(
    session: Session,
    number: Annotated[
        str,
        typer.Argument(metavar="NUMBER", parser=composed, help="As printed, or an integer of --sequence."),
    ],
    document_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Its document type.")
    ] = None,
    sequence: options.SequenceName = None,
    period: options.Period = None,
    scope: options.Scope = None,
) -> None:
    """Show everything known of one number, its events included.

    NUMBER is a text that was printed, now or before, or with --sequence an integer. A number that no document
    holds is shown as well: reusable, blocked, under review, missing, not yet given out (unissued) or below
    the first one of its counter (before_first).
    """
    from seqctl.actions.whereabouts import show_number
    from seqctl.model.text import document_type_name

    wanted = NumberFilter(
        sequence=sequence,
        document_type=None if document_type is None else document_type_name(document_type),
        period=period,
        scope=tuple(options.pairs(scope, "--scope").items()),
    )
    with session.open() as store:
        shown: dict[str, Any] = show_number(store, number, wanted)
    if session.format not in ("json", "jsonl"):
        events = shown.pop("events")
        for event in events:
            reason = event["detail"].get("reason")
            what = event["action"] + (f" ({reason})" if reason else "")
            shown[f"event {event['id']}"] = f"{event['at']} {event['actor']}: {what}"
    print_record(shown, session.format)
