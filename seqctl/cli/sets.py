"""`seqctl set`: add, list, show, edit, remove, assign, unassign."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.changes import added, print_changes, remove_asking, warn_of
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, group_options, shared
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.plan import Plan
    from seqctl.store.port import Store

group = typer.Typer(
    help="Sequence sets: which sequence serves each document type.",
    epilog=options.EXAMPLE + "set list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", parser=composed, help="The set's name.", autocompletion=options.complete_set
    ),
]
MEMBER = "Which sequence serves a document type."
OWNER = "Whom the set serves, as in account:ACME."


@group.callback()
@group_options
def _group() -> None:
    """Sequence sets: which sequence serves each document type."""


def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", parser=composed, help="Unique name.")],
    members: Annotated[list[str], typer.Argument(metavar="TYPE=SEQUENCE...", help=MEMBER)],
    default: Annotated[bool, typer.Option("--default", help="Serve whatever no other set serves.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Define a set."""
    from seqctl.actions.sets import add_set

    given = options.pairs(members, "member", "invoice=SEQUENCE", "TYPE=SEQUENCE")

    def act(store: Store, rehearse: bool) -> Plan:
        return add_set(store, name, given, default, rehearse)

    plan = added(session, act, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def list_sets(session: Session) -> None:
    """List all sets with their members and owners."""
    from seqctl.actions.lists import read_catalogue
    from seqctl.actions.sets import set_object

    with session.open() as store:
        sets = read_catalogue(store).sets.values()
    columns = ("name", "default", "members", "assignments")
    print_list([set_object(item) for item in sets], columns, session.format, 3)


def show(session: Session, name: Name) -> None:
    """Show a set."""
    from seqctl.actions.lists import known, read_catalogue
    from seqctl.actions.sets import set_object

    with session.open() as store:
        sets = read_catalogue(store).sets
    print_record(set_object(sets[known("set", name, list(sets))]), session.format)


def edit(
    session: Session,
    name: Name,
    members: Annotated[list[str] | None, typer.Argument(metavar="[TYPE=SEQUENCE...]", help=MEMBER)] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="TYPE", help="Take this document type out of the set."),
    ] = None,
    default: Annotated[bool, typer.Option("--default", help="Make it the default set.")] = False,
    dry_run: options.DryRun = False,
) -> None:
    """Change members of a set, or make it the default."""
    from seqctl.actions.sets import edit_set

    given = options.pairs(members, "member", "invoice=SEQUENCE", "TYPE=SEQUENCE")
    with session.open() as store:
        plan = edit_set(store, name, given, without or [], default, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def remove(session: Session, name: Name, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Remove a set that is not the default and has no owners."""
    remove_asking(session, "set", name, yes, dry_run)


def assign(
    session: Session,
    name: Name,
    owners: Annotated[list[str], typer.Argument(metavar="KIND:ID...", help=OWNER)],
    dry_run: options.DryRun = False,
) -> None:
    """Let a set serve owners: customers, subscriptions, branches."""
    from seqctl.actions.sets import assign_set

    with session.open() as store:
        plan = assign_set(store, name, owners, dry_run)
    print_changes(plan, session)


def unassign(
    session: Session,
    owners: Annotated[list[str], typer.Argument(metavar="KIND:ID...", help=OWNER)],
    dry_run: options.DryRun = False,
) -> None:
    """Take owners off their sets; the default set serves them then."""
    from seqctl.actions.sets import unassign_set

    with session.open() as store:
        plan = unassign_set(store, owners, dry_run)
    print_changes(plan, session)


for function, command, example in (
    (add, "add", "add europe invoice=invoice-eu credit_memo=memo-eu"),
    (list_sets, "list", "list"),
    (show, "show", "show europe"),
    (edit, "edit", "edit europe refund=refund-eu --default"),
    (remove, "remove", "remove europe --yes"),
    (assign, "assign", "assign europe account:ACME"),
    (unassign, "unassign", "unassign account:ACME"),
):
    group.command(command, epilog=options.EXAMPLE + "set " + example)(shared(function))
