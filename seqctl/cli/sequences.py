"""`seqctl sequence`: add, list, show, edit, remove, activate, deactivate, set-next."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from seqctl.cli import options
from seqctl.cli.changes import added, print_changes, remove_asking, warn_of
from seqctl.cli.fields import with_fields
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, group_options, shared
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.plan import Plan
    from seqctl.store.port import Store

group = typer.Typer(
    help="Sequences: how one kind of document is numbered.",
    epilog=options.EXAMPLE + "sequence list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
LISTED = (
    *(
        "name",
        "document_type",
        "pattern",
        "reset",
        "status",
        "used",
        "mode",
        "start",
        "end",
        "step",
    ),
    *("scope", "calendar", "date_order", "unique", "title", "closed_through", "closed_until"),
)
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", parser=composed, help="The sequence's name.", autocompletion=options.complete_sequence
    ),
]
Collisions = Annotated[
    bool, typer.Option("--allow-collisions", help="Take it although numbers could be alike.")
]


@group.callback()
@group_options
def _group() -> None:
    """Sequences: how one kind of document is numbered."""


def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", parser=composed, help="Unique name.")],
    fields: dict[str, object],
    allow_collisions: Collisions = False,
    dry_run: options.DryRun = False,
) -> None:
    """Define a sequence."""
    from seqctl.actions.sequences import add_sequence

    def act(store: Store, rehearse: bool) -> Plan:
        return add_sequence(store, name, fields, allow_collisions, rehearse)

    plan = added(session, act, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def edit(
    session: Session,
    name: Name,
    fields: dict[str, object],
    allow_collisions: Collisions = False,
    dry_run: options.DryRun = False,
) -> None:
    """Change fields of a sequence; an empty text takes a value away."""
    from seqctl.actions.sequences import edit_sequence

    with session.open() as store:
        plan = edit_sequence(store, name, fields, allow_collisions, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def list_sequences(session: Session) -> None:
    """List all sequences."""
    from seqctl.actions.lists import read_catalogue, sequence_object

    with session.open() as store:
        sequences = read_catalogue(store).sequences.values()
    print_list([sequence_object(item) for item in sequences], LISTED, session.format, 3)


def show(session: Session, name: Name) -> None:
    """Show all fields of a sequence."""
    from seqctl.actions.lists import known, read_catalogue, sequence_object

    with session.open() as store:
        sequences = read_catalogue(store).sequences
    found = sequences[known("sequence", name, list(sequences))]
    print_record(sequence_object(found), session.format)


def remove(session: Session, name: Name, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Remove a sequence that was never used and that no set names."""
    remove_asking(session, "sequence", name, yes, dry_run)


def activate(session: Session, name: Name, dry_run: options.DryRun = False) -> None:
    """Let a sequence issue numbers."""
    _set_status(session, name, "active", dry_run)


def deactivate(session: Session, name: Name, dry_run: options.DryRun = False) -> None:
    """Stop a sequence from issuing numbers."""
    _set_status(session, name, "inactive", dry_run)


def set_next(
    session: Session,
    name: Name,
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help="The next value of the counter; one past the last uses it up."),
    ],
    reason: options.Reason,
    period: options.Period = None,
    scope: options.Scope = None,
    at_least: Annotated[
        bool,
        typer.Option("--at-least", help="Do nothing where the counter stands there or beyond."),
    ] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Set the next value of a counter; a run that is skipped is blocked under the reason.

    One past the last value of the sequence (or the word `exhausted`) blocks all that is left.
    """
    from seqctl.actions.moving import set_next as move

    reason = options.reason_text(reason)
    scopes = options.pairs(scope, "--scope")
    with session.open() as store:
        moved = move(
            store,
            name,
            value,
            reason,
            period=period,
            scope=scopes,
            at_least=at_least,
            dry_run=dry_run,
        )
    result: dict[str, Any] = moved.object()
    if session.format in ("json", "jsonl"):
        print_record(result, session.format)
    else:
        print_list([result], tuple(result), session.format, 6)


def _set_status(session: Session, name: str, status: str, dry_run: bool) -> None:
    from seqctl.actions.sequences import edit_sequence

    with session.open() as store:
        plan = edit_sequence(store, name, {"status": status}, False, dry_run)
    print_changes(plan, session)


for function, command, example in (
    (
        with_fields(add, "status"),
        "add",
        'add invoice --pattern "INV-{YYYY}-{number:5}" --reset year',
    ),
    (list_sequences, "list", "list"),
    (show, "show", "show invoice"),
    (with_fields(edit, "status"), "edit", "edit invoice --end 99999 --warn-at 90%"),
    (remove, "remove", "remove invoice --yes"),
    (activate, "activate", "activate invoice"),
    (deactivate, "deactivate", "deactivate invoice"),
    (set_next, "set-next", "set-next invoice 500 --reason migrated"),
):
    group.command(command, epilog=options.EXAMPLE + "sequence " + example)(shared(function))
