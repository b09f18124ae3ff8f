"""`close` and `reopen`: periods that were filed."""

from __future__ import annotations

from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.errors import warn
from seqctl.cli.options import EXAMPLE, reason_text
from seqctl.cli.output import print_list
from seqctl.cli.session import Session, shared
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.closing import Closing

COLUMNS = ("sequence", "before", "closed_until")

Target = Annotated[
    str,
    typer.Argument(
        metavar="TARGET",
        parser=composed,
        help="A sequence, else all sequences of a document type.",
        autocompletion=options.complete_target,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for function, command, example in (
        (close_period, "close", 'close invoice --until 2026-06-30 --reason "VAT return of June filed"'),
        (reopen_period, "reopen", 'reopen invoice --from 2026-06-01 --reason "return of June corrected"'),
    ):
        app.command(command, epilog=EXAMPLE + example)(shared(function))


def close_period(
    session: Session,
    target: Target,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The last closed day.")],
    reason: options.Reason,
    dry_run: options.DryRun = False,
) -> None:
    """Close a filed period: no number is dated up to that day any more.

    Refused while a number up to then is missing, freed or under review, or held by a reservation.
    """
    from seqctl.actions.closing import close

    day, why = options.day(until), reason_text(reason)
    with session.open() as store:
        closings = close(store, target, day, why, dry_run=dry_run)
    for closing in closings:
        if closing.ahead:
            warn(
                f"{closing.closed_until} is still to come: until then sequence {closing.sequence!r} issues"
                f" nothing; undo it with: seqctl reopen {shell_word(closing.sequence)} --from DATE"
                " --reason TEXT"
            )
    _show(session, closings)


def reopen_period(
    session: Session,
    target: Target,
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day to open again.")],
    reason: options.Reason,
    dry_run: options.DryRun = False,
) -> None:
    """Open a closed period again, from a day on; what lies before stays closed."""
    from seqctl.actions.closing import reopen

    day, why = options.day(first_day), reason_text(reason)
    with session.open() as store:
        closings = reopen(store, target, day, why, dry_run=dry_run)
    _show(session, closings)


def _show(session: Session, closings: list[Closing]) -> None:
    print_list([closing.object() for closing in closings], COLUMNS, session.format, 3)
