"""`seqctl calendar`: add, list, show, edit, remove."""

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
    help="Calendars: where a fiscal year starts and how it is named.",
    epilog=options.EXAMPLE + "calendar list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", parser=composed, help="The calendar's name.", autocompletion=options.complete_calendar
    ),
]
START = "First day of the fiscal year: 04-01."
NAMED_BY = "Which calendar year names the fiscal year: start or end."


@group.callback()
@group_options
def _group() -> None:
    """Calendars: where a fiscal year starts and how it is named."""


def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", parser=composed, help="Unique name.")],
    start: Annotated[str, typer.Option("--start", metavar="MM-DD", help=START)],
    named_by: Annotated[str, typer.Option("--named-by", metavar="start|end", help=NAMED_BY)] = "start",
    dry_run: options.DryRun = False,
) -> None:
    """Define a calendar."""
    from seqctl.actions.calendars import add_calendar

    def act(store: Store, rehearse: bool) -> Plan:
        return add_calendar(store, name, {"start": start, "named_by": named_by}, rehearse)

    plan = added(session, act, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def list_calendars(session: Session) -> None:
    """List all calendars."""
    from seqctl.actions.calendars import calendar_object
    from seqctl.actions.lists import read_catalogue

    with session.open() as store:
        calendars = read_catalogue(store).calendars.values()
    columns = ("name", "start", "named_by")
    print_list([calendar_object(item) for item in calendars], columns, session.format)


def show(session: Session, name: Name) -> None:
    """Show a calendar."""
    from seqctl.actions.calendars import calendar_object
    from seqctl.actions.lists import known, read_catalogue

    with session.open() as store:
        calendars = read_catalogue(store).calendars
    found = calendars[known("calendar", name, list(calendars))]
    print_record(calendar_object(found), session.format)


def edit(
    session: Session,
    name: Name,
    start: Annotated[str | None, typer.Option("--start", metavar="MM-DD", help=START)] = None,
    named_by: Annotated[str | None, typer.Option("--named-by", metavar="start|end", help=NAMED_BY)] = None,
    dry_run: options.DryRun = False,
) -> None:
    """Change a calendar by which nothing was numbered yet."""
    from seqctl.actions.calendars import edit_calendar

    given = {"start": start, "named_by": named_by}
    fields: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    with session.open() as store:
        plan = edit_calendar(store, name, fields, dry_run)
    warn_of(plan)
    print_changes(plan, session)


def remove(session: Session, name: Name, yes: options.Yes = False, dry_run: options.DryRun = False) -> None:
    """Remove a calendar that no sequence uses."""
    remove_asking(session, "calendar", name, yes, dry_run)


for function, command, example in (
    (add, "add", "add india --start 04-01 --named-by start"),
    (list_calendars, "list", "list"),
    (show, "show", "show india"),
    (edit, "edit", "edit india --named-by end"),
    (remove, "remove", "remove india --yes"),
):
    group.command(command, epilog=options.EXAMPLE + "calendar " + example)(shared(function))
