"""`gaps list`: the gaps, a row for each run."""

from seqctl.cli import options
from seqctl.cli.gaps.selecting import COLUMNS, IMPORTANT, OptionalTarget, Policy, wanted_gaps
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import shown
from seqctl.errors import UsageError
from seqctl.model.number.gap_run import STATES, GapRun
from seqctl.model.text import composed

FOUND = 3


def list_runs(
    session: Session,
    target: OptionalTarget = None,
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    period: options.Period = None,
    scope: options.Scope = None,
    state: Annotated[
        str | None, option("--state", metavar="STATE", help=f"One of: {', '.join(STATES)}.")
    ] = None,
    document_type: options.OfType = None,
    set_name: options.InSet = None,
    policy: Policy = None,
    by: Annotated[str | None, option("--by", metavar="NAME", read=composed, help="Who left it so.")] = None,
    limit: options.Limit = None,
    columns: options.Columns = None,
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
    """
    from seqctl.actions.gaps.list_gaps import list_gaps

    if state is not None and state not in STATES:
        raise UsageError(f"{state!r} is not a state of a gap", f"one of: {', '.join(STATES)}")
    only = options.columns(columns, (*COLUMNS, "never_printed"))
    wanted = wanted_gaps(
        *(target, document_type, policy, period, scope, set_name),
        state=state,
        window=options.window_of(date_from, date_to),
        actor=by,
        limit=limit,
    )
    findings: list[GapRun] | None = [] if exit_code else None
    with session.open() as store, closing(list_gaps(store, wanted, findings)) as gaps:
        print_list(map(shown, gaps), COLUMNS, session.format, IMPORTANT, only)
    return FOUND if findings else 0


COMMAND = Command(list_runs, example="gaps list invoice --period 2026 --state missing")
