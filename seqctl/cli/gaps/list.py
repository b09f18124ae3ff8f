"""`gaps list`: the gaps, a row for each run."""

from seqctl.cli import options
from seqctl.cli.errors import SALESFORCE, warn
from seqctl.cli.gaps.selecting import LAYOUT, OptionalTarget, Policy, wanted_gaps
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.output import closing, print_list, print_text
from seqctl.cli.session import Session
from seqctl.cli.shown import gap_shown
from seqctl.errors import UsageError
from seqctl.model.number.gap_run import STATES, GapRun
from seqctl.model.text import composed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from seqctl.actions.gaps.list_gaps import GapFilter
    from seqctl.model.number.gap_run import ListedGap
    from seqctl.store.port import Store

FOUND = 3


def list_runs(
    session: Session,
    target: OptionalTarget = None,
    date_from: Annotated[
        str | None,
        option("--from", metavar="DATE", help="First document date; of --input what it is: salesforce."),
    ] = None,
    date_to: options.DateTo = None,
    period: options.Period = None,
    scope: options.Scope = None,
    state: Annotated[
        str | None, option("--state", metavar="STATE", help=f"One of: {', '.join(STATES)}.")
    ] = None,
    document_type: options.OfType = None,
    set_name: options.InSet = None,
    policy: Policy = None,
    by: Annotated[
        str | None, option("--by", metavar="NAME", read=composed, help="Who put it in this state.")
    ] = None,
    reason: Annotated[
        str | None, option("--reason", metavar="TEXT", help="Only those whose reason contains this text.")
    ] = None,
    since_from: Annotated[
        str | None,
        option("--since-from", metavar="DATE", help="First day or instant of this state; in UTC."),
    ] = None,
    since_to: Annotated[
        str | None, option("--since-to", metavar="DATE", help="Last instant of it, or last whole day.")
    ] = None,
    limit: options.Limit = None,
    columns: options.Columns = None,
    input_file: Annotated[
        str | None,
        option(
            "--input", metavar="FILE", help="Another system's request, which says whose gaps; see --from."
        ),
    ] = None,
    exit_code: Annotated[
        bool,
        option(
            "--exit-code",
            help="Exit with 3 where a gapless sequence has numbers that are missing, under review, or freed"
            " and can be issued no more.",
        ),
    ] = False,
) -> int:
    """List the gaps, a row for each run of numbers in one state.

    With --from and --to those of a window of time: a gap belongs to the date of the nearest lower number of
    its counter that has one, else to that of the nearest higher.

    With --from salesforce --input FILE those that a request for gap reconciliation names; -o salesforce
    writes gap records.
    """
    if (date_from == SALESFORCE) != (input_file is not None):
        raise UsageError("--input FILE goes with --from salesforce", "give both, or neither")
    if input_file is not None:
        date_from = None
    if state is not None and state not in STATES:
        hint = f"one of: {', '.join(STATES)}"
        if state in ("issued", "void", "reserved"):
            hint = f"a document holds such a number; list them with: seqctl numbers --state {state}"
        raise UsageError(f"{state!r} is not a state of a gap", hint)
    only = options.columns(columns, (*LAYOUT.columns, "never_printed"))
    wanted = wanted_gaps(
        *(target, document_type, policy, period, scope, set_name),
        state=state,
        window=options.window_of(date_from, date_to),
        actor=by,
        reason=None if reason is None else composed(reason),
        since=options.instants("since", since_from, since_to),
        limit=limit,
    )
    findings: list[GapRun] | None = [] if exit_code else None
    with session.open() as store, closing(_asked(store, wanted, input_file, findings)) as gaps:
        if session.format == SALESFORCE:
            _print_records(store, gaps)
        else:
            print_list(map(gap_shown, gaps), LAYOUT, session.format, only, session.zone)
    return FOUND if findings else 0


def _asked(
    store: "Store", wanted: "GapFilter", input_file: str | None, findings: list[GapRun] | None
) -> "Generator[ListedGap]":
    """The gaps that are wanted, or those of each policy and document type that a request names."""
    from seqctl.actions.gaps.list_gaps import list_gaps

    if input_file is None:
        yield from list_gaps(store, wanted, findings)
        return
    from seqctl.actions import read_catalogue
    from seqctl.definitions.foreign.salesforce.gap_requests import read_gap_request
    from seqctl.definitions.toml.sources import read_source
    from seqctl.model.classes import replaced

    if wanted.target or wanted.policy or wanted.document_type:
        raise UsageError("the request of --input says whose gaps", "leave TARGET, --policy and --type out")
    request = read_gap_request(read_source(input_file, "json"), read_catalogue(store))
    for name in request.policies:
        yield from list_gaps(store, replaced(wanted, policy=name), findings)
    for document_type in request.document_types:
        yield from list_gaps(store, replaced(wanted, document_type=document_type), findings)


def _print_records(store: "Store", gaps: "Iterable[ListedGap]") -> None:
    from seqctl.actions import read_catalogue
    from seqctl.definitions.foreign.salesforce.gap_requests import gap_records

    left_out: list[str] = []
    print_text(gap_records(gaps, read_catalogue(store), left_out))
    if left_out:
        names = ", ".join(map(repr, left_out))
        warn(f"gap records do not say which counter they mean, so that these stay out: {names}")


COMMAND = Command(list_runs, example="gaps list invoice --period 2026 --state missing", formats=(SALESFORCE,))
