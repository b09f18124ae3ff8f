"""Looking which numbers a request would get: choose, check the rules, find the counter, render.

Nothing is written here; every rule that refuses an issue is checked here, in the order in which a person
would want to hear of it.
"""

from seqctl.actions.issuing.resolve import admits, resolve
from seqctl.days import date, is_far
from seqctl.errors import Refused
from seqctl.model.number.counter import Counter
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Choice, Request, unmet
from seqctl.model.sequence.scope import scope_text, shown_attributes
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word
from seqctl.model.time.period import document_day, period_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.recall import Recall
    from seqctl.actions.issuing.resolve import Passed
    from seqctl.actions.issuing.reuse import Reuse
    from seqctl.store.port import Transaction


class Draw:
    """What a request would draw: the outcome to be, and the counter that it comes from.

    `reuse` is there where the counter has freed numbers or reservations; `far` says that the document date is
    far ahead, which needs a yes.
    """

    __slots__ = ("choice", "counter", "far", "outcome", "request", "reuse", "sequence_id", "uniqueness")

    def __init__(self, request: Request, choice: Choice, counter: Counter, outcome: Issue) -> None:
        sequence = choice.sequence
        assert sequence.id is not None
        self.choice = choice
        self.request = request
        self.sequence_id = sequence.id
        self.counter = counter
        self.outcome = outcome
        self.reuse: Reuse | None = None
        self.far: str | None = None
        self.uniqueness = (
            sequence.document_type,
            outcome.period if sequence.unique == "period" else "",
        )


def look(
    transaction: "Transaction",
    request: Request,
    recall: "Recall | None" = None,
    passed: "Passed | None" = None,
) -> Draw:
    """Find what a request would draw. Raises Refused, NotFound or UsageError; changes nothing.

    What `recall` remembers is not looked up again; what is passed over is noted in `passed`.
    """
    choice = recall.choice(request) if recall is not None else None
    if choice is None or (choice.in_line and not admits(transaction, request, choice.sequence)):
        choice = resolve(transaction, request, passed)
    try:
        return _look_at(transaction, request, choice, recall)
    except Refused:
        if not choice.in_line:
            raise
        from seqctl.actions.issuing.candidates import successor

        following = successor(transaction, request, choice, passed)
        if following is None:
            raise
    return _look_at(transaction, request, following, recall)


def _look_at(transaction: "Transaction", request: Request, choice: Choice, recall: "Recall | None") -> Draw:
    """Find what a request would draw from the sequence that was chosen."""
    sequence = choice.sequence
    zone = sequence.timezone or _book_zone(transaction, recall)
    today = transaction.today(zone)
    day = document_day(request.date, zone) if request.date else today
    check_sequence(sequence, request.attributes, day)
    attributes = shown_attributes(sequence, request.attributes)
    scope = scope_text(tuple(sequence.scope), attributes)
    period = period_key(sequence.reset, day, sequence.fiscal)
    assert sequence.id is not None
    counter = recall and recall.counter(sequence.id, scope, period)
    counter = counter or transaction.ledger.counter(sequence.id, scope, period)
    if counter is None:
        counter = Counter.unused(sequence.start, sequence.step)
    outcome = Issue(
        sequence.name,
        sequence.document_type,
        period,
        scope,
        day.isoformat(),
        "reserved" if request.reserve else "issued",
        request.key,
        request.record,
        choice.policy.name if choice.policy is not None else None,
        choice.set_name,
    )
    draw = Draw(request, choice, counter, outcome)
    if choice.warnings:
        outcome.warnings += choice.warnings
    if is_far(day, today):
        from seqctl.actions.ledger.refusals import far_date

        draw.far = far_date(day)
        outcome.warnings.append(draw.far)
    before, after = sequence.compiled.frame(day, sequence.fiscal, attributes)
    limit = sequence.last_value(len(before) + len(after))
    freed = _freed_values(transaction, draw, limit)
    if len(freed) < request.count:
        _check_order(transaction, sequence, counter, day, outcome)
    values = _values(draw, freed, limit, (before, after))
    _render(sequence, (before, after), values, len(freed), outcome)
    if attributes:
        from seqctl.model.pattern.attributes import check_rendered

        check_rendered(sequence.compiled, outcome.texts, day, attributes)
    if sequence.warn_at is not None:
        from seqctl.model.sequence.warning import warn_from

        reached = max(counter.last, values[-1])
        if reached >= warn_from(sequence.warn_at, sequence.start, limit, sequence.step):
            outcome.warnings.append(running_out(sequence, outcome, (limit - reached) // sequence.step))
    return draw


def _book_zone(transaction: "Transaction", recall: "Recall | None") -> str:
    """The time zone of the book."""
    if recall is None:
        return transaction.definitions.book_timezone()
    if recall.zone is None:
        recall.zone = transaction.definitions.book_timezone()
    return recall.zone


def check_sequence(sequence: Sequence, attributes: dict[str, str], day: date) -> None:
    """Refuse where the sequence serves no record with these attributes and document date."""
    if sequence.status != "active":
        raise Refused(
            "inactive",
            f"sequence {sequence.name!r} is inactive",
            f"activate it with: seqctl sequence activate {shell_word(sequence.name)}",
        )
    text = day.isoformat()
    if sequence.closed_until is not None and text <= sequence.closed_until:
        from seqctl.actions.ledger.refusals import closed_day

        raise closed_day(sequence, text)
    if sequence.fiscal is not None and not sequence.fiscal.holds(day):
        from seqctl.actions.ledger.refusals import no_fiscal_year

        raise no_fiscal_year(sequence, text)
    begins, ends = sequence.effective_from, sequence.effective_until
    if (begins and text < begins) or (ends and text > ends):
        window = " ".join([f"{word} {end}" for word, end in (("from", begins), ("until", ends)) if end])
        raise Refused(
            "not_effective",
            f"sequence {sequence.name!r} is effective {window}, not on {text}",
            "choose another sequence, or another document date with --date",
        )
    name = unmet(sequence.requires, attributes)
    if name is not None:
        values, given = sequence.requires[name], attributes.get(name.casefold())
        wanted = " or ".join(f"{name}={value}" for value in values) or f"{name}=VALUE"
        attribute = " or ".join(shell_word(f"{name}={value}") for value in values) or wanted
        shown = "nothing" if given is None else f"{name}={given}"
        raise Refused(
            "not_for",
            f"sequence {sequence.name!r} is for {wanted}; the request gives {shown}",
            f"give --attr {attribute}, or choose another sequence",
        )


def _freed_values(transaction: "Transaction", draw: Draw, limit: int) -> list[int]:
    """The freed values of the counter that are issued again before it counts on."""
    counter, request = draw.counter, draw.request
    if not counter.reusable and not counter.reserved:
        return []
    from seqctl.actions.issuing.reuse import Reuse

    draw.reuse = Reuse(transaction, draw.choice.sequence, counter)
    if request.contiguous:
        return []
    return draw.reuse.values(request.count, draw.outcome, limit)


def _check_order(
    transaction: "Transaction", sequence: Sequence, counter: Counter, day: date, outcome: Issue
) -> None:
    """Warn of or refuse a new number that carries a date before the latest one of the counter."""
    if sequence.date_order == "off" or (counter.latest_date or "") <= day.isoformat():
        return
    from seqctl.actions.ledger.refusals import date_order

    warning = date_order(transaction, sequence, counter, day)
    if warning:
        outcome.warnings.append(warning)


def _values(draw: Draw, freed: list[int], limit: int, frame: tuple[str, str]) -> list[int]:
    """The freed values and then new ones, as many as were asked for; refused where the range ends before."""
    counter, step, count = draw.counter, draw.choice.sequence.step, draw.request.count
    first = counter.last + step
    final = counter.last + (count - len(freed)) * step
    if final > limit and final >= first:
        from seqctl.actions.ledger.refusals import no_room

        raise no_room(draw.choice.sequence, draw.outcome, counter, frame, count, len(freed))
    return [*freed, *range(first, final + 1, step)]


def _render(
    sequence: Sequence, frame: tuple[str, str], values: list[int], freed: int, outcome: Issue
) -> None:
    """Render the values into the outcome; the first `freed` of them are issued again."""
    pattern, (before, after) = sequence.compiled, frame
    width = pattern.width
    if pattern.alpha:
        texts = [before + pattern.counter_text(value) + after for value in values]
    else:
        texts = [before + str(value).zfill(width) + after for value in values]
    reused = [1] * freed + [0] * (len(values) - freed)
    outcome.numbers = list(zip(values, texts, reused, strict=True))


def running_out(sequence: Sequence, outcome: Issue, left: int) -> str:
    """The warning of a counter that has reached `warn_at`."""
    numbers = "number" if left == 1 else "numbers"
    return f"{outcome.counter_words()} has {left} {numbers} left (warn_at is {sequence.warn_at})"
