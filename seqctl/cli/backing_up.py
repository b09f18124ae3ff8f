"""`backup`: a consistent copy of the book while others write."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.output import print_record
from seqctl.cli.session import Session, shared


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("backup", epilog=options.EXAMPLE + "backup /safe/numbers-monday.db")(shared(back_up))


def back_up(
    session: Session,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Where the copy goes; what is there is replaced.")
    ],
) -> None:
    """Copy the book as it stands at one moment, while others write; check the copy, then put it in place."""
    from seqctl.actions.backing_up import prove_copy
    from seqctl.clock import ProcessClock
    from seqctl.store.sqlite.copying import begin_copy, end_copy, give_up
    from seqctl.store.sqlite.engine import open_book

    with session.open() as store:
        temporary, path = begin_copy(store, file)
    try:
        with open_book(temporary, session.actor, ProcessClock(), session.timeout) as copy:
            backup = prove_copy(copy, file)
        end_copy(temporary, path)
    finally:
        give_up(temporary)
    print_record(backup.object(), session.format)
