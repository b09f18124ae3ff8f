"""`status`: how each counter stands."""

from seqctl.cli import options
from seqctl.cli.counters.standing import MOST_IMPORTANT, OptionalTarget
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import shown

STATUS = (
    *("sequence", "scope", "period", "next", "left", "gaps", "warn", "runs_out", "used"),
    *("days_left", "last_number", "last_date", "rate", "reusable", "reserved", "last_at"),
)


def show_status(
    session: Session,
    target: OptionalTarget = None,
    period: options.Period = None,
    scope: options.Scope = None,
    document_type: options.OfType = None,
    set_name: options.InSet = None,
    limit: options.Limit = None,
    columns: options.Columns = None,
) -> None:
    """Show each counter at a glance: next number, what is left, gaps, and when it runs out.

    The rate is the numbers issued a day over the last 30 days.
    """
    from seqctl.actions.counters.list_status import list_status

    only = options.columns(columns, STATUS)
    with session.open() as store:
        found = list_status(
            *(store, target),
            period=period,
            scope=options.pairs(scope, "--scope"),
            set_name=set_name,
            document_type=document_type,
            limit=limit,
        )
    print_list(map(shown, found), STATUS, session.format, MOST_IMPORTANT, only)


COMMAND = Command(show_status, example="status")
