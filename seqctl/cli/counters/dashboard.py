"""What `status` shows on a terminal: each counter with its bar, its last thirty days, and what it needs."""

from __future__ import annotations

from seqctl.actions.counters.dashboard import GAPS
from seqctl.cli.layout import Layout
from seqctl.cli.terminal.bars import filled_bar, sparkline
from seqctl.days import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seqctl.actions.counters.dashboard import Glance
    from seqctl.model.reports.counter_status import CounterStatus

CELLS = 15
"""A sparkline shows thirty days, two in a cell."""

LAYOUT = Layout(
    ("counter", "next", "full, last 30 days", "needs", "last_number"), ("last_number",), "counter"
)


def glances_shown(glances: Iterable[Glance], today: date) -> Iterator[dict[str, object]]:
    """The counters as the table shows them, in two lines each."""
    for glance in glances:
        status = glance.status
        if status is None:
            yield {"counter": glance.sequence, "next": "(never used)"}
            continue
        apart = ", ".join([*filter(None, status.scope.split("/")), *_named(status.period)])
        yield {
            "counter": _beneath(glance.sequence, apart),
            "next": _beneath(status.next or "(none)", f"{status.used:,} used"),
            "full, last 30 days": _beneath(
                "" if status.left is None else filled_bar(_share(status)),
                sparkline(glance.days, CELLS) if any(glance.days) else "",
            ),
            "needs": "; ".join(_needs(glance.needs, status, today)),
            "last_number": _beneath(status.last_number or "", status.last_date or ""),
        }


def _beneath(above: str, below: str) -> str:
    """Two texts beneath each other, where there are two."""
    return f"{above}\n{below}" if above and below else above or below


def _named(period: str) -> list[str]:
    """The period, where there is more than one."""
    return [] if period == "all" else [period]


def _share(status: CounterStatus) -> float:
    """How much of what there is was used."""
    assert status.left is not None
    return status.used / (status.used + status.left) if status.used + status.left else 1.0


def _needs(needs: str | None, status: CounterStatus, today: date) -> Iterator[str]:
    """What needs somebody, until when it lasts, and its gaps by state."""
    if needs is not None and needs != GAPS:
        yield needs
    if status.left is not None:
        yield f"{status.left:,} left"
    if status.runs_out is not None:
        days = date.fromisoformat(status.runs_out).toordinal() - today.toordinal()
        yield f"at this rate for {days:,} day{'' if days == 1 else 's'}"
    if status.days_left is not None:
        yield f"ends in {status.days_left:,} day{'' if status.days_left == 1 else 's'}"
    for count, state in (
        (status.gaps, "to explain"),
        (status.reusable, "reusable"),
        (status.reserved, "reserved"),
    ):
        if count:
            yield f"{count:,} {state}"
