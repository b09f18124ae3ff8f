"""`simulate`: a rehearsal over dates, a year-end for instance, that writes nothing."""

from itertools import islice

from seqctl.cli import options
from seqctl.cli.errors import warn
from seqctl.cli.grammar.declaration import Annotated, option
from seqctl.cli.issuing.requests import requesting
from seqctl.cli.layout import Layout
from seqctl.cli.output import print_list
from seqctl.cli.session import Session
from seqctl.cli.shown import step_shown
from seqctl.days import date, is_far
from seqctl.errors import UsageError
from seqctl.model.number.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store

LAYOUT = Layout(
    ("date", "number", "sequence", "period", "policy", "set", "note"), ("set", "policy", "period"), "step"
)
MOST_STEPS = 3700
MOST_NUMBERS = 1_000_000
From = Annotated[str, option("--from", metavar="DATE", help="The first document date.")]
To = Annotated[str, option("--to", metavar="DATE", help="The last document date.")]
Every = Annotated[
    str,
    option("--every", metavar="STEP", help="day, week, month, quarter, year, or as in 10d or 2w."),
]
Count = Annotated[
    int,
    option("-n", "--count", metavar="COUNT", read=options.whole, help="How many numbers at each step."),
]


def simulate_requests(
    session: Session,
    request: Request,
    date_from: From,
    date_to: To,
    step: Every = "day",
    count: Count = 1,
) -> None:
    """Rehearse issuing on dates to come. Writes nothing.

    Shows the numbers, new periods and refusals of each date.
    """
    days = _dates(date_from, date_to, step)
    request.count = count
    if len(days) * count > MOST_NUMBERS:
        raise UsageError(
            f"{len(days)} steps of {count} are more than {MOST_NUMBERS:,} numbers", "take fewer at each step"
        )
    from seqctl.actions.issuing.simulate import RehearsalClock, simulate

    with session.open() as store, store.rehearsal(RehearsalClock(days[0])) as rehearsal:
        steps = simulate(rehearsal, request, days)
        _warn_of_far_dates(store, days[-1])
        print_list(map(step_shown, steps), LAYOUT, session.format)


def _warn_of_far_dates(store: "Store", last: date) -> None:
    """Warn where the steps lie so far ahead that an issue would ask first."""
    from seqctl.actions.ledger.refusals import far_date

    with store.read() as transaction:
        today = transaction.today(transaction.definitions.book_timezone())
    if is_far(last, today):
        warn(f"{far_date(last)}: `next` needs --yes")


def _dates(date_from: str, date_to: str, step: str) -> list[date]:
    """The dates of the steps. Raises UsageError where there are none or too many."""
    from seqctl.model.time.steps import every

    first, last = options.day(date_from), options.day(date_to)
    options.check_window(first.isoformat(), last.isoformat())
    try:
        distance = every(step)
    except ValueError as problem:
        raise UsageError(f"--every {problem}", "write day, week, month, quarter, year, 10d or 2w") from None
    days = list(islice(distance.dates(first, last), MOST_STEPS + 1))
    if len(days) > MOST_STEPS:
        raise UsageError(
            f"from {date_from} to {date_to} there are more than {MOST_STEPS:,} steps",
            "take a shorter time, or larger steps with --every",
        )
    return days


COMMAND = requesting(
    simulate_requests,
    without=("count", "date", "key", "record", "yes"),
    example="simulate invoice --from 2026-12-29 --to 2027-01-02 --count 3",
)
