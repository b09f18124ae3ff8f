"""`statement`: what became of the integers of each counter."""

from itertools import chain, islice

from seqctl.cli import options
from seqctl.cli.counters.standing import OptionalTarget
from seqctl.cli.errors import line, line_of_json, visible
from seqctl.cli.grammar.declaration import Command
from seqctl.cli.layout import Layout
from seqctl.cli.linting.findings import FOUND, finding_object
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seqctl.model.finding import Finding
    from seqctl.model.reports.completeness import Completeness
    from seqctl.model.reports.windows import Window

STATEMENT = (
    *("sequence", "scope", "period", "last_number", "issued", "void", "missing", "complete", "first_number"),
    *("blocked", "reserved", "reusable", "review", "total", "first", "last", "proved"),
)
ON_A_TERMINAL = ("sequence", "scope", "period", "first_number", "last_number", "sum", "complete")
PARTS = ("issued", "void", "reserved", "reusable", "review", "blocked", "missing", "other_window")
"""What the total is the sum of."""

OF_TYPE = ("of_type",)
"""What the statement of a document type has besides."""
IN_A_WINDOW = ("other_window", "other_window_numbers")
"""What the statement of a window of time has besides."""


def state(
    session: Session,
    target: OptionalTarget = None,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    period: options.Period = None,
    scope: options.Scope = None,
    document_type: options.OfType = None,
    set_name: options.InSet = None,
    limit: options.Limit = None,
    columns: options.Columns = None,
) -> int:
    """Prove what became of every number of each counter.

    Everything is counted anew, and the parts add up to the total.
    Complete is a counter none of whose integers is missing or under review. Exit 3 where a sum is not proved.
    With --from and --to what belongs to a window of time: the total counts from the first of its numbers to
    the last, and other_window those between that belong to another window, which are named one by one.
    """
    from seqctl.actions.counters.statement import state_completeness

    faults: list[Finding] = []
    wanted = options.pairs(scope, "--scope")
    window = options.window_of(date_from, date_to)
    listed: tuple[str, ...] = STATEMENT if window.open else (*STATEMENT, *IN_A_WINDOW)
    more = OF_TYPE if window.open else (*OF_TYPE, "from", "to")
    only = options.columns(columns, (*listed, *more))
    with session.open() as store:
        stated = state_completeness(
            *(store, target),
            set_name=set_name,
            document_type=document_type,
            period=period,
            scope=wanted,
            window=window,
        )
        with closing(stated):
            rest = islice(_objects(stated, faults, window), limit)
            first = next(rest, None)
            objects: Iterator[dict[str, object]] = chain([] if first is None else [first], rest)
            listed = listed if first is None or "of_type" not in first else (*listed, *OF_TYPE)
            if session.on_a_terminal and session.format is None and only is None:
                objects, listed = map(_with_sum, objects), (*ON_A_TERMINAL, *listed[len(STATEMENT) + 1 :])
            print_list(objects, Layout(listed, ("period",), "counter"), session.format, only)
    _report(faults, session.format)
    return FOUND if faults else 0


def _objects(
    stated: "Iterable[Completeness]", faults: "list[Finding]", window: "Window"
) -> "Iterator[dict[str, object]]":
    """The statements as lists show them; those that prove nothing are noted."""
    for statement in stated:
        if not statement.proved:
            faults.append(statement.finding())
        without = ("faults", "others", "other_window", *(() if statement.of_type is not None else OF_TYPE))
        fields = shown(
            statement,
            *without,
            complete=statement.complete,
            proved=statement.proved,
        )
        if not window.open:
            fields |= {
                "from": window.first,
                "to": window.last,
                "other_window": statement.other_window,
                "other_window_numbers": [*map(shown, statement.others)],
            }
        yield fields


def _with_sum(fields: "dict[str, object]") -> "dict[str, object]":
    """A statement with its sum in words, as an equation of what there is."""
    parts = [f"{fields[name]:,} {name.replace('_', ' ')}" for name in PARTS if fields.get(name)]
    return {**fields, "sum": f"{fields['total']:,} = {' + '.join(parts) or '0'}"}


def _report(faults: "list[Finding]", output: str | None) -> None:
    """Say on stderr which sums are not proved."""
    if faults and output in ("json", "jsonl"):
        line_of_json({"findings": [finding_object(fault) for fault in faults]})
        return
    for fault in faults:
        line(f"seqctl: error: {visible(fault.message)}")
        line(f"hint: {fault.hint}")


COMMAND = Command(state, example="statement invoice --period 2026")
