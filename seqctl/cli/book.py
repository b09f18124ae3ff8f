"""`init`, `info` and `upgrade`: the database file itself."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from seqctl import __version__
from seqctl.cli import options
from seqctl.cli.output import print_list, print_record
from seqctl.cli.session import Session, shared
from seqctl.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("init", epilog=options.EXAMPLE + "init --timezone Europe/Berlin")(shared(init))
    app.command("info", epilog=options.EXAMPLE + "info")(shared(info))
    app.command("upgrade", epilog=options.EXAMPLE + "upgrade")(shared(upgrade))


def init(
    session: Session,
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", metavar="ZONE", help="The book's zone. Default: the machine's."),
    ] = None,
) -> None:
    """Make a database; an existing one stays as it is."""
    from seqctl.cli.errors import warn
    from seqctl.model.values import ValueProblem, time_zone

    try:
        zone = None if timezone is None else time_zone(timezone)
    except ValueProblem as problem:
        raise UsageError(str(problem), problem.hint) from problem
    with session.open_or_create(zone) as store, store.read() as transaction:
        present = transaction.definitions.book_timezone()
    if zone is not None and present != zone:
        warn(
            f"the database exists already and its time zone stays {present};"
            " a definition file changes it: [book] timezone"
        )
    print_record({"database": session.path, "timezone": present}, session.format)


def info(session: Session) -> None:
    """Say which database is used, why, and what it holds."""
    from seqctl.store.sqlite.engine import VERSION

    with session.open() as store, store.read() as transaction:
        counts = transaction.listing.counts()
        timezone = transaction.definitions.book_timezone()
        event, digest = transaction.log.last()
    print_record(
        {
            "database": os.path.abspath(session.path),
            "chosen_by": session.why,
            "size": os.path.getsize(session.path),
            "schema": VERSION,
            "timezone": timezone,
            "actor": session.actor,
            "calendars": counts["calendar"],
            "sequences": counts["sequence"],
            "sets": counts["sequence_set"],
            "counters": counts["counter"],
            "numbers": counts["number"],
            "events": event,
            "head": digest.hex(),
            "seqctl": __version__,
        },
        session.format,
    )


def upgrade(session: Session, dry_run: options.DryRun = False) -> None:
    """Bring the database of an older seqctl to the present schema."""
    from seqctl.clock import Clock
    from seqctl.store.sqlite.opening import pending_steps
    from seqctl.store.sqlite.opening import upgrade as apply

    if dry_run:
        steps = pending_steps(session.path, session.actor, Clock(), session.timeout)
    else:
        steps = apply(session.path, session.actor, Clock(), session.timeout)
        if steps:
            _begin_mark(session)
    print_list([{"step": step} for step in steps], ("step",), session.format)


def _begin_mark(session: Session) -> None:
    """An upgraded book gets a mark of the present form."""
    from seqctl.actions.accepting_copy import begin_mark
    from seqctl.cli.errors import warn

    with session.open() as store:
        told = begin_mark(store)
    if told is not None:
        warn(told)
