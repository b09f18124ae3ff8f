"""`range list`: which ranges there are, in the order in which they serve."""

from seqctl.cli import options
from seqctl.cli.definitions.kinds import RANGE
from seqctl.cli.grammar.declaration import Annotated, argument, option
from seqctl.cli.output import print_list
from seqctl.cli.ranges.shown import shown_range
from seqctl.cli.session import Session
from seqctl.model.text import composed

Sequence = Annotated[
    str | None,
    argument("[SEQUENCE]", "Only those of this sequence. Default: all.", composed, "sequences"),
]
STATES = ("planned", "open", "used-up", "lapsed", "annulled")
State = Annotated[str | None, option("--state", choices=STATES, help="Only those that are so today.")]
On = Annotated[str | None, option("--on", metavar="DATE", help="Only those in force on this day.")]
Last = Annotated[
    int | None,
    option("--last", metavar="N", read=options.limit, help="Show the last N, in the same order."),
]
After = Annotated[str | None, option("--after", metavar="ID", read=composed, help="Start after this one.")]


def list_of_ranges(
    session: Session,
    sequence: Sequence = None,
    state: State = None,
    on: On = None,
    limit: options.Limit = None,
    last: Last = None,
    after: After = None,
    columns: options.Columns = None,
) -> None:
    """List ranges in the order in which they serve."""
    from seqctl.actions.definitions.list_ranges import RangeFilter, list_ranges

    only = options.columns(columns, (*RANGE.layout.columns, *RANGE.fields(), "cursor"))
    wanted = RangeFilter(sequence, options.day_or_none(on), state, limit, last, after)
    with session.open() as store:
        found = list_ranges(store, wanted)
    print_list([shown_range(each) for each in found], RANGE.layout, session.format, only, session.zone)


COMMAND = RANGE.command("list", list_of_ranges)
