"""Drawing from a counter, one number or a hundred thousand: freed ones first, then those that follow.

A lane is a counter while it is drawn from, a frame what the numbers of records alike have in common. Nothing
is written and no counter moves while numbers are drawn; `settle` does both, once for each counter.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.reuse import FreeRun, Reuse
    from seqctl.days import date
    from seqctl.model.number.counter import Counter
    from seqctl.model.number.gap_runs import Run
    from seqctl.model.number.issue import Issue
    from seqctl.model.sequence.sequence import Sequence
    from seqctl.store.port import Transaction


class Lane:
    """One counter and where it stands in this run: `last` and `latest_date`. `outcome` names it in messages.

    `first` is the first value that follows; `freed` are the runs of values that are issued again before it,
    `reused` the values that were; `latest_number` is the text of the number of the latest date, where that
    was drawn in this run.
    """

    __slots__ = (
        *("counter", "drawn", "first", "frames", "freed", "last", "latest_date", "latest_number"),
        *("limit", "outcome", "reuse", "reused", "sequence"),
    )

    def __init__(self, sequence: "Sequence", counter: "Counter", outcome: "Issue") -> None:
        self.sequence = sequence
        self.counter = counter
        self.outcome = outcome
        self.first = counter.last + sequence.step
        self.last = counter.last
        self.latest_date = counter.latest_date
        self.latest_number: str | None = None
        self.drawn = 0
        self.limit = 0
        self.frames: list[Frame] = []
        self.reuse: Reuse | None = None
        self.freed: list[FreeRun] = []
        self.reused: set[int] = set()

    def has_more(self, limit: int) -> bool:
        """Whether the counter has a number left up to `limit`, or a freed one."""
        return self.last + self.sequence.step <= limit or any(run.first <= limit for run in self.freed)

    def upcoming(self, frame: "Frame", count: int = 1, freed: int = 0) -> range:
        """The new values of a request for `count` numbers of which `freed` are issued again.

        Raises Refused `exhausted` or `too_long` where the range ends before.
        """
        step = self.sequence.step
        final = self.last + (count - freed) * step
        if final > frame.limit and count > freed:
            from seqctl.actions.ledger.refusals import no_room

            raise no_room(self.sequence, self.outcome, self.last, (frame.before, frame.after), count, freed)
        return range(self.last + step, final + 1, step)

    def dated(self, day: str, text: str) -> None:
        """Note the number that now carries the latest date of this run."""
        self.latest_date, self.latest_number = day, text

    def check_order(self, transaction: "Transaction", frame: "Frame") -> str | None:
        """The warning of a new number dated before the latest; raises Refused where the sequence says so."""
        if self.sequence.date_order == "off" or (self.latest_date or "") <= frame.day:
            return None
        from seqctl.actions.ledger.refusals import date_order, out_of_order

        if self.latest_number is not None:
            assert self.latest_date is not None
            return out_of_order(self.sequence, frame.day, self.latest_number, self.latest_date)
        warning = date_order(transaction, self.sequence, self.counter, frame.day)
        self.latest_date = self.counter.latest_date
        return warning

    def running_out(self) -> str | None:
        """The warning of a counter that has reached `warn_at`."""
        from seqctl.model.sequence.warning import warn_from

        sequence = self.sequence
        assert sequence.warn_at is not None
        if self.last < warn_from(sequence.warn_at, sequence.start, self.limit, sequence.step):
            return None
        left = (self.limit - self.last) // sequence.step
        numbers = "number" if left == 1 else "numbers"
        return f"{self.outcome.counter_words()} has {left} {numbers} left (warn_at is {sequence.warn_at})"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest value that was drawn."""
        return min(self.reused, default=self.first), self.last if self.drawn > len(self.reused) else max(
            self.reused
        )


class Frame:
    """What the numbers of records alike have in common: counter, date and the text around the count.

    `limit` is the last value that its numbers can have, `highest` the highest one that was drawn.
    """

    __slots__ = ("after", "before", "day", "highest", "lane", "limit")

    def __init__(self, lane: Lane, day: "date", attributes: dict[str, str]) -> None:
        sequence = lane.sequence
        self.lane = lane
        self.day = day.isoformat()
        self.before, self.after = sequence.compiled.frame(day, sequence.fiscal, attributes)
        self.limit = sequence.last_value(len(self.before) + len(self.after))
        self.highest = -1
        lane.frames.append(self)

    def take(self, highest: int, count: int = 1) -> None:
        """Note that so many numbers were drawn, freed ones or those that follow."""
        lane = self.lane
        lane.drawn += count
        lane.limit = self.limit
        if highest > lane.last:
            lane.last = highest
        if highest > self.highest:
            self.highest = highest


def settle(transaction: "Transaction", lane: Lane, reserve: bool = False) -> "list[Run]":
    """Move a counter as it was drawn from, and write it; gives the gap runs that were, for the event.

    Reservations of the counter whose deadline has passed are recorded as freed first, in an event of their
    own. Needs the write lock.
    """
    ledger, sequence, counter, outcome = transaction.ledger, lane.sequence, lane.counter, lane.outcome
    assert sequence.id is not None
    lowest, highest = lane.ends
    if counter.id is None:
        ledger.add_counter(sequence, outcome.scope, outcome.period, counter)
    before = lane.reuse.take_out(lane.reused) if lane.reuse is not None else []
    counter.hold(lane.drawn, lowest, highest)
    if reserve:
        # Its date is provisional: it counts for the order of dates when it is confirmed.
        counter.reserve(lane.drawn)
    else:
        for frame in lane.frames:
            if frame.highest >= 0:
                counter.date(frame.day, frame.highest)
    ledger.save_counter(counter)
    if not sequence.self_issued:
        ledger.mark_used(sequence.id)
        sequence.self_issued = sequence.used = True
    return before
