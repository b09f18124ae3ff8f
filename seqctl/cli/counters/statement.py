"""`statement`: what became of the integers of each counter."""

from seqctl.cli import options
from seqctl.cli.counters.standing import MOST_IMPORTANT, OptionalTarget
from seqctl.cli.errors import line, line_of_json, visible
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.linting.findings import FOUND, finding_object
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seqctl.model.finding import Finding
    from seqctl.model.reports.completeness import Completeness

STATEMENT = (
    *("sequence", "scope", "period", "last_number", "issued", "void", "missing", "complete", "first_number"),
    *("blocked", "reserved", "reusable", "review", "total", "first", "last", "proved"),
)


def state(
    session: Session,
    target: OptionalTarget = None,
    period: options.Period = None,
    scope: options.Scope = None,
) -> int:
    """State what became of every number of each counter, counted anew, and prove the sum.

    Complete is a counter none of whose integers is missing or under review. Exit 3 where a sum is not proved.
    """
    from seqctl.actions.counters.statement import state_completeness

    faults: list[Finding] = []
    wanted = options.pairs(scope, "--scope")
    with (
        session.open() as store,
        closing(state_completeness(store, target, period=period, scope=wanted)) as stated,
    ):
        print_list(_objects(stated, faults), STATEMENT, session.format, MOST_IMPORTANT)
    _report(faults, session.format)
    return FOUND if faults else 0


def _objects(stated: "Iterable[Completeness]", faults: "list[Finding]") -> "Iterator[dict[str, object]]":
    """The statements as lists show them; those that prove nothing are noted."""
    for statement in stated:
        if not statement.proved:
            faults.append(statement.finding())
        yield shown(statement, "faults", complete=statement.complete, proved=statement.proved)


def _report(faults: "list[Finding]", output: str | None) -> None:
    """Say on stderr which sums are not proved."""
    if faults and output in ("json", "jsonl"):
        line_of_json({"findings": [finding_object(fault) for fault in faults]})
        return
    for fault in faults:
        line(f"seqctl: error: {visible(fault.message)}")
        line(f"hint: {fault.hint}")


COMMAND = Command(state, example="statement invoice --period 2026")
