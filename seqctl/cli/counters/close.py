"""`close`: a period was filed."""

from seqctl.cli import options
from seqctl.cli.counters.closing import SequenceName, Target, Type, show_closings
from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.options import reason_text
from seqctl.cli.session import Session
from seqctl.model.text import shell_word


def close_period(
    session: Session,
    through: Annotated[
        str,
        option(
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
    from seqctl.actions.counters.close import close
    from seqctl.actions.counters.closing_targets import Closable

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
    show_closings(session, closings)


COMMAND = Command(
    close_period, example='close invoice --through 2026-06-30 --reason "VAT return of June filed"'
)
