"""`status`: how each counter stands."""

from seqctl.cli import options
from seqctl.cli.counters.standing import OptionalTarget
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import counter_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LAYOUT = Layout(
    (
        *("sequence", "scope", "period", "next", "left", "gaps", "warn", "runs_out", "used"),
        *("days_left", "last_number", "last_date", "rate", "reusable", "reserved", "last_at"),
    ),
    ("days_left", "last_at", "reserved", "reusable", "rate", "last_date", "last_number"),
    "counter",
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
    """Show each counter at a glance: what is next, left and missing.

    The rate is the numbers issued a day over the last 30 days. An open range has a line before its
    first number. On a terminal what needs somebody comes first.
    """
    only = options.columns(columns, LAYOUT.columns)
    selected: dict[str, Any] = {
        "period": period,
        "scope": options.pairs(scope, "--scope"),
        "set_name": set_name,
        "document_type": document_type,
        "limit": limit,
    }
    if session.on_a_terminal and only is None and session.format is None:
        _show_dashboard(session, target, selected)
        return
    from seqctl.actions.counters.list_status import list_status

    with session.open() as store:
        found = list_status(store, target, **selected)
    print_list(map(counter_shown, found), LAYOUT, session.format, only, session.zone)


def _show_dashboard(session: Session, target: str | None, selected: "dict[str, Any]") -> None:
    """Show the counters as a person at a terminal wants to see them."""
    from seqctl.actions.counters.dashboard import dashboard
    from seqctl.cli.counters import dashboard as screen
    from seqctl.days import date

    with session.open() as store:
        found = dashboard(store, target, **selected)
        with store.read() as transaction:
            today = date.fromisoformat(transaction.now[:10])
    print_list(screen.glances_shown(found, today), screen.LAYOUT, None)


COMMAND = Command(show_status, example="status")
