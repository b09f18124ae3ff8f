"""Looking which numbers a request would get: choose, check the rules, find the counter, render.

Nothing is written here; every rule that refuses an issue is checked here, in the order in which a person
would want to hear of it.
"""

from seqctl.actions.issuing.draw import Frame, Lane
from seqctl.actions.issuing.resolve import admits, resolve
from seqctl.days import date, is_far
from seqctl.errors import Refused
from seqctl.model.number.counter import Counter
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Choice, Request, unmet
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.period import document_day, period_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.resolve import Passed
    from seqctl.store.port import Transaction


class Draw:
    """What a request would draw: the outcome to be, and the lane of the counter that it comes from.

    `far` says that the document date is far ahead, which needs a yes.
    """

    __slots__ = ("choice", "far", "lane", "outcome", "request")

    def __init__(self, request: Request, choice: Choice, lane: Lane) -> None:
        self.choice = choice
        self.request = request
        self.lane = lane
        self.outcome = lane.outcome
        self.far: str | None = None


def look(transaction: "Transaction", request: Request, passed: "Passed | None" = None) -> Draw:
    """Find what a request would draw. Raises Refused, NotFound or UsageError; changes nothing.

    What is passed over is noted in `passed`.
    """
    choice = transaction.definitions.known_choice(request)
    if choice is None or (choice.in_line and not admits(transaction, request, choice.sequence)):
        choice = resolve(transaction, request, passed)
    try:
        return _look_at(transaction, request, choice)
    except Refused:
        if not choice.in_line:
            raise
        from seqctl.actions.issuing.candidates import successor

        following = successor(transaction, request, choice, passed)
        if following is None:
            raise
    return _look_at(transaction, request, following)


def _look_at(transaction: "Transaction", request: Request, choice: Choice) -> Draw:
    """Find what a request would draw from the sequence that was chosen."""
    sequence = choice.sequence
    zone = sequence.timezone or transaction.definitions.book_timezone()
    today = transaction.today(zone)
    day = document_day(request.date, zone) if request.date else today
    check_sequence(sequence, request.attributes, day)
    attributes, scope = shown_and_scope(sequence, request.attributes)
    lane = lane_of(transaction, sequence, scope, period_key(sequence.reset, day, sequence.fiscal))
    frame = Frame(lane, day, attributes)
    outcome = lane.outcome
    outcome.date = frame.day
    outcome.state = "reserved" if request.reserve else "issued"
    outcome.key, outcome.record = request.key, request.record
    outcome.policy = choice.policy.name if choice.policy is not None else None
    outcome.set_name = choice.set_name
    outcome.warnings += choice.warnings
    draw = Draw(request, choice, lane)
    if request.date and is_far(day, today):
        from seqctl.actions.ledger.refusals import far_date

        draw.far = far_date(day)
        outcome.warnings.append(draw.far)
    _draw(transaction, draw, frame)
    if attributes:
        from seqctl.model.pattern.attributes import check_rendered

        check_rendered(sequence.compiled, outcome.texts, day, attributes)
    if sequence.warn_at is not None:
        warning = lane.running_out()
        outcome.warnings += [] if warning is None else [warning]
    return draw


def _draw(transaction: "Transaction", draw: Draw, frame: Frame) -> None:
    """Draw the numbers of a request: the freed ones of the counter, then new ones."""
    lane, outcome, count = draw.lane, draw.outcome, draw.request.count
    freed: list[int] = []
    if lane.counter.reusable or lane.counter.reserved:
        from seqctl.actions.issuing.reuse import Reuse

        lane.reuse = Reuse(transaction, lane.sequence, lane.counter)
        if not draw.request.contiguous:
            freed = lane.reuse.values(count, outcome, frame.limit)
            lane.reused.update(freed)
    if len(freed) < count:
        warning = lane.check_order(transaction, frame)
        outcome.warnings += [] if warning is None else [warning]
    values = [*freed, *lane.upcoming(frame, count, len(freed))]
    frame.take(max(values), count)
    pattern, before, after = lane.sequence.compiled, frame.before, frame.after
    width, letters = pattern.width, pattern.alpha
    outcome.numbers = [
        (
            value,
            before + (pattern.counter_text(value) if letters else str(value).zfill(width)) + after,
            int(place < len(freed)),
        )
        for place, value in enumerate(values)
    ]


def lane_of(transaction: "Transaction", sequence: Sequence, scope: str, period: str) -> Lane:
    """A lane for the counter of a sequence, scope and period, which may be a new one."""
    assert sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, scope, period)
    if counter is None:
        counter = Counter.unused(sequence.start, sequence.step)
    names = (sequence.name, sequence.document_type, period, scope)
    return Lane(sequence, counter, Issue(*names, None, "issued", None, None, None, None))


def shown_and_scope(sequence: Sequence, given: dict[str, str]) -> tuple[dict[str, str], str]:
    """The attributes that a sequence shows or counts by, checked, and the text of their scope."""
    if not sequence.scope and not sequence.compiled.attributes:
        return {}, ""
    from seqctl.model.sequence.scope import scope_text, shown_attributes

    attributes = shown_attributes(sequence, given)
    return attributes, scope_text(tuple(sequence.scope), attributes)


def check_sequence(sequence: Sequence, attributes: dict[str, str], day: date) -> None:
    """Refuse where the sequence serves no record with these attributes and document date."""
    text = day.isoformat()
    begins, ends = sequence.effective_from, sequence.effective_until
    if (
        sequence.status != "active"
        or (sequence.closed_until is not None and text <= sequence.closed_until)
        or (sequence.fiscal is not None and not sequence.fiscal.holds(day))
        or (begins is not None and text < begins)
        or (ends is not None and text > ends)
        or (sequence.requires and unmet(sequence.requires, attributes) is not None)
    ):
        from seqctl.actions.ledger.refusals import serves_not

        raise serves_not(sequence, attributes, day)
