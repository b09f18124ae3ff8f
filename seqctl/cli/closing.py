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

COLUMNS = ("sequence", "before", "closed_through", "closed_until")
IMPORTANT = 3

Target = Annotated[
    str | None,
    typer.Argument(
        metavar="TARGET",
        parser=composed,
        help="A sequence, or all sequences of a document type.",
        autocompletion=options.complete_target,
    ),
]
SequenceName = Annotated[
    str | None,
    typer.Option(
        "--sequence",
        metavar="NAME",
        parser=composed,
        help="This sequence alone, in place of TARGET.",
        autocompletion=options.complete_sequence,
    ),
]
Type = Annotated[
    str | None,
    typer.Option("--type", metavar="TYPE", help="All sequences of this document type, in place of TARGET."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for function, command, example in (
        (close_period, "close", 'close invoice --through 2026-06-30 --reason "VAT return of June filed"'),
        (reopen_period, "reopen", 'reopen invoice --from 2026-06-01 --reason "return of June corrected"'),
    ):
        app.command(command, epilog=EXAMPLE + example)(shared(function))


def close_period(
    session: Session,
    through: Annotated[
        str,
        typer.Option(
            "--through", "--until", metavar="DATE", help="The last closed day. --until is another name of it."
        ),
    ],
    reason: options.Reason,
    target: Target = None,
    sequence: SequenceName = None,
    document_type: Type = None,
    dry_run: options.DryRun = False,
) -> None:
    """Close a filed period: no number is dated on or before that day any more.

    Refused while a number up to then is missing, freed or under review, or held by a reservation.
    """
    from seqctl.actions.closing import close
    from seqctl.actions.closing_targets import Closable

    day, why = options.day(through), reason_text(reason)
    with session.open() as store:
        closings = close(store, Closable(target, sequence, document_type), day, why, dry_run=dry_run)
    for closing in closings:
        if closing.ahead:
            warn(
                f"{closing.closed_through} is still to come: sequence {closing.sequence!r} now refuses"
                " documents dated on or before that day, today's too; to undo it: seqctl reopen --sequence"
                f" {shell_word(closing.sequence)} --from DATE --reason TEXT"
            )
    _show(session, closings)


def reopen_period(
    session: Session,
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day to open again.")],
    reason: options.Reason,
    target: Target = None,
    sequence: SequenceName = None,
    document_type: Type = None,
    dry_run: options.DryRun = False,
) -> None:
    """Open a closed period again, from a day on; what lies before stays closed."""
    from seqctl.actions.closing import reopen
    from seqctl.actions.closing_targets import Closable

    day, why = options.day(first_day), reason_text(reason)
    with session.open() as store:
        closings = reopen(store, Closable(target, sequence, document_type), day, why, dry_run=dry_run)
    _show(session, closings)


def _show(session: Session, closings: list[Closing]) -> None:
    print_list([closing.object() for closing in closings], COLUMNS, session.format, IMPORTANT)
