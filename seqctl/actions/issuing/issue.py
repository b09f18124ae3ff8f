"""Issuing numbers: look which ones come next, take them, note the event, commit.

Looking and taking are two functions: `peek` looks, `issue` looks and takes. Whatever refuses, refuses while
looking, so that a failed request consumes nothing.
"""

from seqctl.actions.issuing.draw import Draw, look, settle
from seqctl.errors import ConfirmationNeeded, Refused, TextHeld
from seqctl.model.number.issue import Issue, Issued
from seqctl.model.number.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def issue(store: "Store", request: Request) -> Issue:
    """Issue or reserve the numbers of a request, in one transaction that is durable when this returns.

    Freed numbers of a gapless counter are issued again first, lowest first.

    A request whose key was used before gets the same numbers again and writes nothing. Takes the write lock
    of the book; raises Refused, NotFound, Busy or DatabaseUnusable, and then nothing was consumed.
    """
    request.check()
    with store.write() as transaction:
        if request.key is not None:
            earlier = _earlier(transaction, request)
            if earlier is not None:
                return earlier
        # The first issue of a process has nothing to remember, and spares itself how that is done.
        again = store.committed
        told = None if again and transaction.recall() else told_by_mark(transaction)
        if request.key is not None:
            _free_former(transaction, request.key)
        draw = look(transaction, request)
        if told is not None:
            draw.outcome.warnings.append(told)
        if draw.far is not None and not request.confirmed:
            # What is refused anyway is refused without a question.
            raise held_text(transaction, draw) or ConfirmationNeeded(draw.far)
        _take(transaction, draw)
        transaction.commit()
        if again:
            transaction.remember(
                request, draw.choice, draw.outcome.period, draw.outcome.scope, draw.lane.counter
            )
    return draw.outcome


def peek(store: "Store", request: Request) -> Issue:
    """The numbers that `issue` would give now. Consumes nothing and blocks nobody."""
    request.check()
    with store.read() as transaction:
        if request.key is not None:
            from seqctl.actions.issuing.repeat_key import replay

            earlier = replay(transaction, request)
            if earlier is not None:
                return earlier
        told = told_by_mark(transaction)
        draw = look(transaction, request)
        if told is not None:
            draw.outcome.warnings.append(told)
        held = held_text(transaction, draw)
        if held is not None:
            raise held
        return draw.outcome


def _take(transaction: "Transaction", draw: Draw) -> None:
    """Write what was looked up: counter, rows of the ledger and one event."""
    ledger, log, outcome, request = transaction.ledger, transaction.log, draw.outcome, draw.request
    counter = draw.lane.counter
    lowest, highest = draw.lane.ends
    if request.reserve:
        outcome.expires_at = _deadline(transaction, draw)
    runs = settle(transaction, draw.lane, request.reserve)
    event_id, serial, count = log.last().id + 1, log.next_serial(), len(outcome.numbers)
    try:
        rows = ledger.add_numbers(counter, outcome, event_id, serial)
    except TextHeld as error:
        raise held_text(transaction, draw, event_id) or error from error
    if counter.mixed:
        # Texts unique always and texts unique within a period meet: the index alone sees too little.
        held = held_text(transaction, draw, event_id)
        if held is not None:
            raise held
    policy = draw.choice.policy
    if policy is not None and not policy.used:
        assert policy.id is not None
        ledger.mark_policy_used(policy.id)
    aim = ("reserve" if request.reserve else "issue", outcome.sequence, counter.id, lowest, highest)
    about = (outcome.period, outcome.scope, request.key, request.date, request.text(request.target))
    outcome.issued_at = log.append(Issued(*aim, serial, count, *about, rows, runs or None))
    outcome.actor = log.actor


def _earlier(transaction: "Transaction", request: Request) -> Issue | None:
    """The numbers that the key of a request got before."""
    from seqctl.actions.issuing.repeat_key import replay

    earlier = replay(transaction, request)
    if earlier is not None:
        # Whoever got it the first time may have been killed before the mark knew that it is durable.
        transaction.confirm_mark()
    return earlier


def _free_former(transaction: "Transaction", key: str) -> None:
    """Where the key is used anew, what it had is reservations that ended: record them as freed."""
    if transaction.ledger.issued_under_key(key):
        from seqctl.actions.ledger.free import free_former

        free_former(transaction, key)
        transaction.forget()


def told_by_mark(transaction: "Transaction") -> str | None:
    """What the mark beside the book says: nothing, a warning, or Refused where the book is older."""
    if transaction.mark_in_step():
        return None
    from seqctl.actions.ledger.older_book import refuse_older_book

    return refuse_older_book(transaction)


def _deadline(transaction: "Transaction", draw: Draw) -> str:
    """When the reservations of a request end."""
    from seqctl.model.time.duration import duration_seconds
    from seqctl.model.time.instant import later

    ttl = draw.request.ttl or draw.choice.sequence.reservation_ttl
    return later(transaction.now, duration_seconds(ttl))


def held_text(transaction: "Transaction", draw: Draw, besides_event: int = 0) -> Refused | None:
    """The refusal for the first text of a draw that another number holds already, or None."""
    from seqctl.actions.ledger.refusals import number_taken

    lane = draw.lane
    document_type, period = lane.sequence.domain(lane.outcome.period)
    freed = {number.text for number in lane.reuse.overdue} if lane.reuse is not None else set()
    for text in draw.outcome.texts:
        if text in freed and not besides_event:
            continue
        holder = transaction.ledger.holder(text, document_type, period, besides_event)
        if holder is not None:
            return number_taken(text, draw.outcome, holder)
    return None
