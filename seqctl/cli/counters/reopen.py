"""`reopen`: a filed period is open again."""

from seqctl.cli import options
from seqctl.cli.counters.closing import SequenceName, SetName, Target, Type, show_closings
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.options import reason_text
from seqctl.cli.session import Session


def reopen_period(
    session: Session,
    first_day: Annotated[str, option("--from", metavar="DATE", help="The first day to open again.")],
    reason: options.Reason,
    target: Target = None,
    sequence: SequenceName = None,
    document_type: Type = None,
    set_name: SetName = None,
    dry_run: options.DryRun = False,
) -> None:
    """Open a closed period again, from a day on.

    What lies before that day stays closed.
    """
    from seqctl.actions.counters.close import reopen
    from seqctl.actions.counters.closing_targets import Closable

    day, why = options.day(first_day), reason_text(reason)
    with session.open() as store:
        closings = reopen(
            store, Closable(target, sequence, document_type, set_name), day, why, dry_run=dry_run
        )
    show_closings(session, closings)


COMMAND = Command(
    reopen_period, example='reopen invoice --from 2026-06-01 --reason "return of June corrected"'
)
