"""Gap runs: stretches of integers of one counter that no document holds, and the counters they lie in."""

from seqctl.model.classes import frozen
from seqctl.model.number.counter import Counter
from seqctl.model.sequence.sequence import Sequence

STATES = ("missing", "reusable", "review", "blocked")
"""`missing` is computed and never stored; the others are what somebody or a rule made of a gap."""
EXPIRED = "reservation expired"
UNSAID = {"expire": EXPIRED, "release": "reservation released"}
"""What is shown as the reason of an event that needs none."""


@frozen
class CounterPlace:
    """A counter together with what it counts: its sequence, period and scope."""

    sequence: Sequence
    period: str
    scope: str
    counter: Counter

    @property
    def integers(self) -> int:
        """How many integers lie from the counter's first value to its last, both included."""
        counter = self.counter
        return (counter.last - counter.first) // self.sequence.step + 1 if counter.used else 0

    def words(self) -> str:
        """The counter in a message."""
        words = f"sequence {self.sequence.name!r}"
        if self.scope:
            words += f" for {self.scope}"
        return words + (f" in period {self.period}" if self.period != "all" else "")


@frozen
class GapRun:
    """`first` to `last` in the steps of the counter, all in one state for one reason.

    `event_id` is the event that made it so; None for a missing run that no event explains. `freed_at` is set
    where the run is freed by the deadline of reservations, which no event has recorded yet.
    """

    first: int
    last: int
    state: str
    event_id: int | None = None
    freed_at: str | None = None


@frozen
class ListedGap:
    """A gap run as lists show it: where it lies, what its numbers are called, and why it is as it is.

    All its numbers have texts of one pattern; `never_printed` says that these only would be theirs. The dates
    are those of the nearest numbers below and above that have one. `range` is the period, where it is one.
    """

    sequence: str
    scope: str
    period: str
    first: int
    last: int
    count: int
    first_number: str
    last_number: str
    state: str
    reason: str | None
    actor: str | None
    since: str | None
    never_printed: bool
    before_date: str | None
    after_date: str | None
    range: str | None = None
