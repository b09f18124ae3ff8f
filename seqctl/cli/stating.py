"""`statement` and `status`: what became of the integers of each counter, and how each counter stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Annotated

import typer

from seqctl.cli import options
from seqctl.cli.errors import line, visible
from seqctl.cli.output import print_list
from seqctl.cli.session import Session, shared
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.completeness import Completeness
    from seqctl.model.finding import Finding

STATEMENT = (
    *("sequence", "scope", "period", "last_number", "issued", "void", "missing", "complete", "first_number"),
    *("blocked", "reserved", "reusable", "review", "total", "first", "last", "proved"),
)
STATUS = (
    *("sequence", "scope", "period", "next", "left", "gaps", "warn", "runs_out", "used", "last_number"),
    *("last_date", "rate", "reusable", "reserved", "last_at"),
)
MOST_IMPORTANT = 1
"""An empty scope is left out of a table, and a narrow terminal shows the columns from the left."""
FOUND = 3

OptionalTarget = Annotated[
    str | None,
    typer.Argument(
        metavar="[TARGET]",
        parser=composed,
        help="A sequence, else a document type. Default: all.",
        autocompletion=options.complete_target,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("statement", epilog=options.EXAMPLE + "statement invoice --period 2026")(
        shared(state_command)
    )
    app.command("status", epilog=options.EXAMPLE + "status")(shared(status_command))


def state_command(
    session: Session,
    target: OptionalTarget = None,
    period: options.Period = None,
    scope: options.Scope = None,
) -> int:
    """State what became of every number of each counter, counted anew, and prove the sum.

    Complete is a counter none of whose integers is missing or under review. Exit 3 where a sum is not proved.
    """
    from seqctl.actions.stating import state_completeness

    faults: list[Finding] = []
    wanted = options.pairs(scope, "--scope")
    with (
        session.open() as store,
        closing(state_completeness(store, target, period=period, scope=wanted)) as stated,
    ):
        print_list(_objects(stated, faults), STATEMENT, session.format, MOST_IMPORTANT)
    _report(faults, session.format)
    return FOUND if faults else 0


def status_command(
    session: Session,
    target: OptionalTarget = None,
    period: options.Period = None,
    scope: options.Scope = None,
) -> None:
    """Show each counter at a glance: next number, what is left, gaps, and when it runs out.

    The rate is the numbers issued a day over the last 30 days.
    """
    from seqctl.actions.status import list_status

    with session.open() as store:
        found = list_status(store, target, period=period, scope=options.pairs(scope, "--scope"))
    print_list([status.object() for status in found], STATUS, session.format, MOST_IMPORTANT)


def _objects(stated: Iterable[Completeness], faults: list[Finding]) -> Iterator[dict[str, object]]:
    """The statements as lists show them; those that prove nothing are noted."""
    for statement in stated:
        if not statement.proved:
            faults.append(statement.finding())
        yield statement.object()


def _report(faults: list[Finding], output: str | None) -> None:
    """Say on stderr which sums are not proved."""
    if faults and output in ("json", "jsonl"):
        line(json.dumps({"findings": [_shown(fault) for fault in faults]}))
        return
    for fault in faults:
        line(f"seqctl: error: {visible(fault.message)}")
        line(f"hint: {fault.hint}")


def _shown(fault: Finding) -> dict[str, object]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "subject": ".".join(fault.subject),
        "message": fault.message,
        "hint": fault.hint,
    }
