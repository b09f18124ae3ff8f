"""`numbers`: what the ledger holds, as a list."""

from seqctl.cli import options
from seqctl.cli.grammar.declaration import Annotated, Command, option
from seqctl.cli.layout import Layout
from seqctl.cli.output import closing, print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import listed_number_shown
from seqctl.errors import UsageError
from seqctl.model.number.gap_run import STATES as GAP_STATES
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.text import composed

FIELDS = ("expires_at", "cursor")
"""What JSON shows besides."""

LAYOUT = Layout(
    (
        *("number", "sequence", "period", "date", "state", "record", "scope", "key", "value"),
        *("document_type", "policy", "set", "reused", "issued_at", "actor"),
        *("reason", "note", "source_actor", "source_at", "reason_by", "reason_at"),
    ),
    (
        *("value", "source_at", "source_actor", "reused", "set", "policy", "document_type", "reason_at"),
        *("issued_at", "actor", "key", "scope", "note", "period", "reason_by"),
    ),
    "number",
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
    date_from: options.DateFrom = None,
    date_to: options.DateTo = None,
    document_type: options.OfType = None,
    sequence: Annotated[
        str | None,
        option("--sequence", metavar="NAME", read=composed, help="This sequence.", complete="sequences"),
    ] = None,
    set_name: options.InSet = None,
    policy: Annotated[
        str | None,
        option("--policy", metavar="NAME", read=composed, help="What it chose.", complete="policies"),
    ] = None,
    period: options.Period = None,
    scope: options.Scope = None,
    record: options.Record = None,
    key: Annotated[
        str | None, option("--key", metavar="KEY", help="The key of the request that issued it.")
    ] = None,
    by: Annotated[str | None, option("--by", metavar="NAME", read=composed, help="Who issued it.")] = None,
    value: Annotated[
        int | None, option("--value", metavar="N", read=options.integer, help="The integer of the number.")
    ] = None,
    issued_from: Annotated[
        str | None,
        option("--issued-from", metavar="DATE", help="First day or instant of the issue; in UTC."),
    ] = None,
    issued_to: Annotated[
        str | None, option("--issued-to", metavar="DATE", help="Last instant of it, or last whole day.")
    ] = None,
    reused: Annotated[bool, option("--reused", help="Only numbers that were issued again.")] = False,
    reason: Annotated[
        str | None, option("--reason", metavar="TEXT", help="Only those whose reason contains this text.")
    ] = None,
    note: Annotated[
        str | None, option("--note", metavar="TEXT", help="Only those whose note contains this text.")
    ] = None,
    source_actor: Annotated[
        str | None,
        option(
            "--source-actor", metavar="NAME", read=composed, help="Who issued it where it was adopted from."
        ),
    ] = None,
    limit: options.Limit = None,
    last: options.Last = None,
    after: options.AfterNumber = None,
    columns: options.Columns = None,
) -> None:
    """List the ledger in the order of issue.

    With --from and --to those of a window of time: a number without a date belongs to that of the nearest
    lower number of its counter that has one, else of the nearest higher.

    Who issued a number is its actor. Who voided or reinstated it stands in reason_by, beside the reason.
    """
    from seqctl.actions.numbers.list_numbers import list_numbers

    if state is not None and state not in STATES:
        hint = f"one of: {', '.join(STATES)}"
        if state in GAP_STATES:
            hint = f"no document holds such a number; list them with: seqctl gaps --state {state}"
        raise UsageError(f"{state!r} is not a state of a held number", hint)
    only = options.columns(columns, (*LAYOUT.columns, *FIELDS))
    first, last_day = options.window(date_from, date_to)
    issued = options.instants("issued", issued_from, issued_to)
    wanted = NumberFilter(
        sequence=sequence,
        document_type=options.type_name(document_type),
        state=state,
        date_from=first,
        date_to=last_day,
        period=period,
        scope=tuple(options.pairs(scope, "--scope").items()),
        record=record,
        key=key,
        limit=limit,
        set_name=set_name,
        policy=policy,
        actor=by,
        value=value,
        issued_from=issued[0],
        issued_to=issued[1],
        reused=reused,
        source_actor=source_actor,
        reason=None if reason is None else composed(reason),
        note=None if note is None else composed(note),
        after=after,
        last=last,
    )
    with session.open() as store, closing(list_numbers(store, target, wanted)) as found:
        print_list(map(listed_number_shown, found), LAYOUT, session.format, only, session.zone)


COMMAND = Command(list_ledger, example="numbers invoice --from 2026-01-01 --json")
