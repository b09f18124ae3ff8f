"""Drawing numbers, one or a hundred thousand: looking which come next, and moving their counters.

`look_at` finds what a request would draw from a sequence: it checks the rules, finds the counter and renders.
Every rule that refuses an issue is checked here, in the order in which a person would want to hear of it.

A lane is a counter while it is drawn from, a frame what the numbers of records alike have in common. Nothing
is written and no counter moves while numbers are drawn; `settle` does both, once for each counter.
"""

from seqctl.days import date, is_far
from seqctl.model.number.counter import Counter
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Choice, Request, document_day, unmet
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from seqctl.actions.issuing.reuse import FreeRun, Reuse
    from seqctl.model.number.gap_runs import Run
    from seqctl.store.port import Transaction


def look_at(transaction: "Transaction", request: Request, choice: Choice) -> "Frame":
    """Find what a request would draw from the sequence that was chosen, which may be one of ranges."""
    sequence = choice.sequence
    today = transaction.today(sequence.zone)
    day = document_day(request.date, sequence.zone) if request.date else today
    given = request.attributes
    asked = None
    if sequence.types is not None or request.document_type is not None:
        from seqctl.actions.issuing.asked_type import asked_type, noted_type, with_code

        asked = asked_type(request, choice)
        given = with_code(sequence, asked, given)
    attributes, scope, period = counted_in(sequence, given, day)
    frame = Frame(choice, lane_of(transaction, sequence, scope, period), day, attributes)
    outcome = frame.lane.outcome
    if asked is not None:
        outcome.document_type, outcome.noted_type = asked, noted_type(sequence, asked)
    outcome.date = frame.day
    outcome.state = "reserved" if request.reserve else "issued"
    outcome.key, outcome.record = request.key, request.record
    outcome.policy = choice.policy.name if choice.policy is not None else None
    outcome.set_name = choice.set_name
    outcome.warnings += choice.warnings
    if request.date and is_far(day, today):
        from seqctl.actions.ledger.refusals import far_date

        frame.far = far_date(day)
        outcome.warnings.append(frame.far)
    _draw(transaction, request, frame)
    if attributes:
        from seqctl.model.pattern.attributes import check_rendered

        check_rendered(sequence.compiled, outcome.texts, day, attributes)
    if sequence.reference is not None:
        from seqctl.actions.references.claims import note_references

        note_references(transaction, frame.lane)
    elif request.with_reference:
        from seqctl.actions.ledger.refusals import no_reference

        raise no_reference(sequence.name)
    if sequence.warn_at is not None:
        outcome.warnings += frame.lane.early_warnings()
    return frame


def _draw(transaction: "Transaction", request: Request, frame: "Frame") -> None:
    """Draw the numbers of a request: the freed ones of the counter, then new ones."""
    lane, outcome, count = frame.lane, frame.lane.outcome, request.count
    freed: list[int] = []
    if lane.counter.reusable or lane.counter.reserved:
        from seqctl.actions.issuing.reuse import Reuse

        # Where dates must not go back, a run far behind may be the first that fits.
        most = None if lane.sequence.date_order == "refuse" else count
        lane.reuse = Reuse(transaction, lane.sequence, lane.counter, 0 if request.contiguous else most)
        freed = lane.reuse.values(count, outcome, frame.limit)
        lane.reused.update(freed)
    if len(freed) < count and lane.sequence.date_order != "off":
        warning = lane.check_order(transaction, frame)
        outcome.warnings += [] if warning is None else [warning]
    values = [*freed, *lane.upcoming(frame, count, len(freed))]
    frame.take(max(values), count)
    again = len(freed)
    texts = lane.sequence.compiled.texts(frame.before, values, frame.after)
    outcome.numbers = [
        (value, text, int(place < again))
        for place, (value, text) in enumerate(zip(values, texts, strict=True))
    ]


class Lane:
    """One counter and where it stands in this run: `last` and `latest_date`. `outcome` names it in messages.

    `freed` are the runs of values that are issued again before new ones, `reused` the values that were;
    `latest_number` is the text of the number of the latest date, where that was drawn in this run. Once it is
    settled, `lowest` and `highest` are the ends of what was drawn.
    """

    __slots__ = (
        *("counter", "drawn", "frames", "freed", "highest", "last", "latest_date", "latest_number"),
        *("limit", "lowest", "outcome", "reuse", "reused", "sequence"),
    )

    def __init__(self, sequence: Sequence, counter: Counter, outcome: Issue) -> None:
        self.sequence = sequence
        self.counter = counter
        self.outcome = outcome
        self.lowest = counter.last + sequence.step
        self.highest = self.last = counter.last
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

    def check_order(self, transaction: "Transaction", frame: "Frame") -> "str | None":
        """The warning of a new number dated before the latest; raises Refused where the sequence says so."""
        if (self.latest_date or "") <= frame.day:
            return None
        from seqctl.actions.ledger.refusals import date_order, out_of_order

        if self.latest_number is not None:
            assert self.latest_date is not None
            return out_of_order(self.sequence, frame.day, self.latest_number, self.latest_date)
        warning = date_order(transaction, self.sequence, self.counter, frame.day)
        self.latest_date = self.counter.latest_date
        return warning

    def early_warnings(self) -> "list[str]":
        """The warnings of a sequence whose `warn_at` is reached, in numbers or in days before its end."""
        from seqctl.model.sequence.warning import ending, reached

        sequence, told = self.sequence, []
        assert sequence.warn_at is not None
        warning = reached(sequence.warn_at, sequence.start, self.limit, sequence.step, self.last)
        if warning is not None:
            left = (self.limit - self.last) // sequence.step
            numbers = "number" if left == 1 else "numbers"
            told.append(f"{self.outcome.counter_words()} has {left} {numbers} left (warn_at is {warning})")
        latest = date.fromisoformat(max([frame.day for frame in self.frames]))
        near = ending(sequence.warn_at, sequence.effective_until, latest)
        if near is not None:
            words = f"sequence {sequence.name!r}" if sequence.served is None else self.outcome.counter_words()
            told.append(f"{words} {near}")
        return told


class Frame:
    """What the numbers of records alike have in common: what chose, counter, date, the text around the count.

    `limit` is the last value that its numbers can have, `highest` the highest one that was drawn. `far` says
    that the document date is far ahead, which needs a yes. `beyond` are the frames of further ranges, from
    which the same request draws.
    """

    __slots__ = ("after", "before", "beyond", "choice", "day", "far", "highest", "lane", "limit")

    def __init__(self, choice: Choice, lane: Lane, day: date, attributes: "dict[str, str]") -> None:
        sequence = lane.sequence
        self.choice = choice
        self.lane = lane
        self.far: str | None = None
        self.beyond: Iterable[Frame] = ()
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


def settle(transaction: "Transaction", lane: Lane) -> "list[Run]":
    """Move a counter as it was drawn from, and write it; gives the gap runs that were, for the event.

    Reservations of the counter whose deadline has passed are recorded as freed first, in an event of their
    own. Needs the write lock.
    """
    ledger, sequence, counter, outcome = transaction.ledger, lane.sequence, lane.counter, lane.outcome
    assert sequence.id is not None
    lane.lowest = min(lane.reused, default=lane.lowest)
    lane.highest = lane.last if lane.drawn > len(lane.reused) else max(lane.reused)
    if counter.id is None:
        ledger.add_counter(sequence, outcome.scope, outcome.period, counter)
    before = lane.reuse.take_out(lane.reused) if lane.reuse is not None else []
    counter.hold(lane.drawn, lane.lowest, lane.highest)
    if outcome.state == "reserved":
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


def lane_of(transaction: "Transaction", sequence: Sequence, scope: str, period: str) -> Lane:
    """A lane for the counter of a sequence, scope and period, which may be a new one."""
    assert sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, scope, period)
    if counter is None:
        counter = Counter.unused(sequence.start, sequence.step)
    names = (sequence.name, sequence.document_type, period, scope)
    outcome = Issue(*names, None, "issued", None, None, None, None)
    if sequence.reset == "range":
        outcome.range = period
    return Lane(sequence, counter, outcome)


def counted_in(sequence: Sequence, given: "dict[str, str]", day: date) -> "tuple[dict[str, str], str, str]":
    """Where a record of these attributes and this document date counts: what it shows, scope and period.

    Of one with ranges that is not narrowed to one of them nothing is said. Raises Refused where the sequence
    does not serve it, or an attribute cannot be shown.
    """
    text, begins, ends = day.isoformat(), sequence.effective_from, sequence.effective_until
    if (
        sequence.status != "active"
        or (sequence.closed_until is not None and text <= sequence.closed_until)
        or (sequence.fiscal is not None and not sequence.fiscal.holds(day))
        or (begins is not None and text < begins)
        or (ends is not None and text > ends)
        or (sequence.requires and unmet(sequence.requires, given) is not None)
    ):
        from seqctl.actions.ledger.refusals import serves_not

        raise serves_not(sequence, given, day)
    if sequence.reset == "range":
        return _counted_in_range(sequence, given)
    period = period_key(sequence.reset, day, sequence.fiscal)
    if not sequence.scope and not sequence.compiled.attributes:
        return {}, "", period
    from seqctl.model.sequence.scope import scope_text, shown_attributes

    attributes = shown_attributes(sequence, given)
    return attributes, scope_text(tuple(sequence.scope), attributes), period


def _counted_in_range(sequence: Sequence, given: "dict[str, str]") -> "tuple[dict[str, str], str, str]":
    """Where a record counts that one range serves: what it shows beside the values of the range."""
    served = sequence.served
    if served is None:
        return {}, "", ""
    from seqctl.model.sequence.scope import scope_text, shown_attributes

    attributes = shown_attributes(sequence, given)
    return attributes, scope_text(tuple(sequence.scope), served.values), served.name
