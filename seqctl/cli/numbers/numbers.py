"""`numbers`: what the ledger holds, as a list."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import number_shown
from seqctl.errors import UsageError
from seqctl.model.number.gap_run import STATES as GAP_STATES
from seqctl.model.number.number_filter import NumberFilter

COLUMNS = (
    *("number", "sequence", "period", "date", "state", "record", "scope", "key", "value"),
    *("document_type", "policy", "set", "reused", "issued_at", "actor"),
)
STATES = ("issued", "reserved", "void")
STATE_HELP = "issued, reserved or void. What no document holds is listed by: seqctl gaps."


def list_ledger(
    session: Session,
    target: Annotated[
        str | None,
        options.named_target("A sequence, else a document type.", "[TARGET]"),
    ] = None,
    state: Annotated[str | None, option("--state", metavar="STATE", help=STATE_HELP)] = None,
    date_from: Annotated[str | None, option("--from", metavar="DATE", help="First document date.")] = None,
    date_to: Annotated[str | None, option("--to", metavar="DATE", help="Last document date.")] = None,
    period: options.Period = None,
    scope: options.Scope = None,
    record: options.Record = None,
    key: Annotated[
        str | None, option("--key", metavar="KEY", help="The key of the request that issued it.")
    ] = None,
    limit: Annotated[
        int | None, option("--limit", metavar="N", read=options.limit, help="Show at most N numbers.")
    ] = None,
) -> None:
    """List the ledger in the order of issue."""
    from seqctl.actions.numbers.list_numbers import list_numbers

    if state is not None and state not in STATES:
        hint = f"one of: {', '.join(STATES)}"
        if state in GAP_STATES:
            hint = f"no document holds such a number; list them with: seqctl gaps --state {state}"
        raise UsageError(f"{state!r} is not a state of a held number", hint)
    first, last = options.window(date_from, date_to)
    wanted = NumberFilter(
        state=state,
        date_from=first,
        date_to=last,
        period=period,
        scope=tuple(options.pairs(scope, "--scope").items()),
        record=record,
        key=key,
        limit=limit,
    )
    with session.open() as store, closing(list_numbers(store, target, wanted)) as found:
        print_list(map(number_shown, found), COLUMNS, session.format)


COMMAND = Command(list_ledger, example="numbers invoice --from 2026-01-01 --json")
