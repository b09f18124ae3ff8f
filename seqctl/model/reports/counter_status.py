"""How a counter stands, at a glance: what comes next, what is left, and until when."""

from seqctl.days import date, datetime, timedelta
from seqctl.model.classes import NamedTuple, frozen, replaced
from seqctl.model.pattern.compiled import LARGEST_VALUE
from seqctl.model.sequence.frame import scope_frame
from seqctl.model.sequence.sequence import Sequence

FAR = 36525
"""Days; whatever runs out after a hundred years does not run out."""


class Pace(NamedTuple):
    """What a counter gave out lately: how many numbers, and their first and last place of issue."""

    numbers: int
    first_serial: int
    last_serial: int


class Lately(NamedTuple):
    """The end of the ledger from one event on: its first row, how many were written, whether some adopted."""

    event_id: int
    serial: int
    rows: int
    adopted: bool


class NumberAt(NamedTuple):
    """A number with the instant and the action of the event that gave it out."""

    text: str
    date: str | None
    at: str | None
    action: str | None


@frozen
class CounterStatus:
    """One counter. `left` and `runs_out` are None where nothing but the size of integers limits it.

    `days_left` counts to the last day of the sequence's window or calendar, and of a range, which `range`
    names, to its own. `gaps` counts what is missing or
    under review, `rate` the numbers issued a day; `last_*` is the number that was issued last.
    """

    sequence: str
    scope: str
    period: str
    next: str | None
    used: int
    left: int | None
    gaps: int
    reusable: int
    reserved: int
    last_number: str | None = None
    last_date: str | None = None
    last_at: str | None = None
    rate: float = 0.0
    runs_out: str | None = None
    days_left: int | None = None
    warn: bool = False
    range: str | None = None

    def running(self, rate: float, today: date, period_end: date | None) -> "CounterStatus":
        """The same counter with its rate, and the day on which it runs out before its period ends."""
        shown = replaced(self, rate=round(rate, 2))
        if self.left is None or rate <= 0:
            return shown
        days = -int(-(self.left + self.reusable) // rate)
        if days > FAR or today.toordinal() + days > date.max.toordinal():
            return shown
        day = today + timedelta(days)
        if period_end is not None and day > period_end:
            return shown
        return replaced(shown, runs_out=day.isoformat())


def range_end(sequence: Sequence, scope: str) -> int | None:
    """The last value that a counter can give, or None where only the size of integers limits it.

    An attribute that is not in the scope, and may be of any length, is taken as empty.
    """
    last = sequence.last_value(scope_frame(sequence, scope))
    return None if last == LARGEST_VALUE and sequence.end is None else last


def days_between(earlier: str, later: str) -> float:
    """The days from one instant of the log to another."""
    moments = [datetime.fromisoformat(instant.removesuffix("Z")) for instant in (earlier, later)]
    return (moments[1] - moments[0]) / timedelta(days=1)
