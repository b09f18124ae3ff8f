"""`check`: every invariant of a book, for cron."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.linting import COLUMNS, FOUND, finding_object
from seqctl.cli.output import print_list
from seqctl.cli.session import Session, shared


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("check", epilog=options.EXAMPLE + "check --quick")(shared(check_book))


def check_book(
    session: Session,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Leave out what reads the whole ledger and log."),
    ] = False,
) -> int:
    """Check every invariant of the book; print nothing when all is well, else findings, with status 3.

    Looks at the file, definitions, counters, ledger and log, at unexplained gaps, reservations past their
    deadline and numbers that run out. Blocks nobody. Ten million numbers take minutes; --quick takes seconds.
    """
    from seqctl.actions.checking import check, check_quickly
    from seqctl.cli.terminal import watching

    with session.open() as store:
        if quick:
            findings = check_quickly(store)
        else:
            with store.read() as transaction:
                numbers = transaction.log.next_serial()
            with watching("the book", numbers) as watch:
                findings = check(store, watch)
    if findings or session.format is not None:
        print_list([finding_object(finding, None) for finding in findings], COLUMNS, session.format, 4)
    return FOUND if findings else 0
