"""Issuing numbers: look which ones come next, take them, note the event, commit.

Looking and taking are two functions: `peek` looks, `issue` looks and takes. Whatever refuses, refuses while
looking, so that a failed request consumes nothing.
"""

from seqctl.actions.issuing.look import Draw, look
from seqctl.errors import ConfirmationNeeded, Refused, TextHeld
from seqctl.model.number.counter import Counter
from seqctl.model.number.issue import Issue, Issued
from seqctl.model.number.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.recall import Recall
    from seqctl.model.number.gap_runs import Run
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
            from seqctl.actions.issuing.repeat_key import replay

            earlier = replay(transaction, request)
            if earlier is not None:
                # Whoever got it the first time may have been killed before the mark knew that it is durable.
                transaction.confirm_mark()
                return earlier
        recall = store.recall and _still_valid(transaction)
        told = _told_by_mark(transaction) if recall is None else None
        if request.key is not None and _freed_former(transaction, request.key):
            recall = None
        draw = look(transaction, request, recall)
        if told is not None:
            draw.outcome.warnings.append(told)
        if draw.far is not None and not request.confirmed:
            _ask_first(transaction, draw, draw.far)
        # What is loaded is loaded before the commit: no error after it may hide the number.
        memory = _memory(recall) if store.committed else None
        # Taking changes what is remembered; where it is not committed, the book is looked up again.
        store.recall = None
        serial = _take(transaction, draw, recall)
        transaction.commit()
        if memory is not None:
            memory.remember(transaction, draw, serial)
            store.recall = memory
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
        told = _told_by_mark(transaction)
        draw = look(transaction, request)
        if told is not None:
            draw.outcome.warnings.append(told)
        held = _held_text(transaction, draw)
        if held is not None:
            raise held
        return draw.outcome


def _ask_first(transaction: "Transaction", draw: Draw, question: str) -> None:
    """Raise ConfirmationNeeded, unless the request is refused anyway: then raise that."""
    raise _held_text(transaction, draw) or ConfirmationNeeded(question)


def _freed_former(transaction: "Transaction", key: str) -> bool:
    """Where the key is used anew, what it had is reservations that ended: record them as freed."""
    if not transaction.ledger.issued_under_key(key, 0):
        return False
    from seqctl.actions.ledger.free import free_former

    free_former(transaction, key)
    return True


def _told_by_mark(transaction: "Transaction") -> str | None:
    """What the mark beside the book says: nothing, a warning, or Refused where the book is older."""
    if transaction.mark_in_step():
        return None
    from seqctl.actions.ledger.older_book import refuse_older_book

    return refuse_older_book(transaction)


def _still_valid(transaction: "Transaction") -> "Recall | None":
    from seqctl.actions.issuing.recall import still_valid

    return still_valid(transaction)


def _memory(recall: "Recall | None") -> "Recall":
    """Where the next issue of this process finds what this one looked up; the first one of all needs none."""
    from seqctl.actions.issuing.recall import Recall

    return recall or Recall()


def _take(transaction: "Transaction", draw: Draw, recall: "Recall | None") -> int:
    """Write what was looked up: counter, rows of the ledger and one event. Returns the next serial."""
    ledger, counter, outcome = transaction.ledger, draw.counter, draw.outcome
    sequence = draw.choice.sequence
    if counter.id is None:
        ledger.add_counter(draw.sequence_id, outcome.scope, outcome.period, draw.uniqueness, counter)
        if recall is not None:
            recall.unmixed.clear()
    freed = _take_freed(transaction, draw) if draw.reuse is not None else None
    if draw.request.reserve:
        outcome.expires_at = _deadline(transaction, draw)
    event_id = transaction.log.last()[0] + 1
    serial = recall.serial if recall is not None else transaction.log.next_serial()
    shared = (
        counter.id,
        counter.uniqueness_id,
        outcome.date,
        outcome.state,
        outcome.record,
        outcome.key,
        0,
        outcome.policy,
        outcome.set_name,
        outcome.expires_at,
        event_id,
    )
    try:
        rows = ledger.add_numbers(shared, serial, outcome.numbers)
    except TextHeld as error:
        raise _held_text(transaction, draw, event_id) or error from error
    if _mixed(transaction, counter, outcome.document_type, recall):
        # Texts unique always and texts unique within a period meet: the index alone sees too little.
        held = _held_text(transaction, draw, event_id)
        if held is not None:
            raise held
    values = [value for value, _, _ in outcome.numbers]
    count, last = len(values), max(values)
    counter.hold(count, min(values), last)
    if draw.request.reserve:
        counter.reserve(count)
    else:
        counter.date(outcome.date, last)
    ledger.save_counter(counter)
    if not sequence.self_issued:
        ledger.mark_used(draw.sequence_id)
    policy = draw.choice.policy
    if policy is not None and not policy.used:
        assert policy.id is not None
        ledger.mark_policy_used(policy.id)
    request, action = draw.request, "reserve" if draw.request.reserve else "issue"
    aim = (action, outcome.sequence, counter.id, min(values), last, serial, count)
    about = (outcome.period, outcome.scope, request.key, request.date, request.text(request.target))
    outcome.issued_at = transaction.log.append(Issued(*aim, *about, rows, freed or None))
    outcome.actor = transaction.log.actor
    return serial + count


def _mixed(transaction: "Transaction", counter: Counter, document_type: str, recall: "Recall | None") -> bool:
    """Whether texts of a type are unique always here and within a period there."""
    if recall is not None and document_type in recall.unmixed:
        return False
    mixed = transaction.ledger.mixed_uniqueness(counter.uniqueness_id)
    if recall is not None and not mixed:
        recall.unmixed.add(document_type)
    return mixed


def _take_freed(transaction: "Transaction", draw: Draw) -> "list[Run]":
    """Take what is issued again out of the gap runs; returns those as they were, for the event.

    Reservations of the counter whose deadline has passed are recorded as freed first, in an event of their
    own.
    """
    from seqctl.actions.ledger.free import free_overdue
    from seqctl.model.number.runs import joined

    sequence, counter = draw.choice.sequence, draw.counter
    free_overdue(transaction, sequence, counter)
    values = [value for value, _, reused in draw.outcome.numbers if reused]
    before: list[Run] = []
    for first, last in joined(values, sequence.step):
        before += transaction.gaps.clear(counter, first, last, sequence.step)
    return before


def _deadline(transaction: "Transaction", draw: Draw) -> str:
    """When the reservations of a request end."""
    from seqctl.model.time.duration import duration_seconds
    from seqctl.model.time.instant import later

    ttl = draw.request.ttl or draw.choice.sequence.reservation_ttl
    return later(transaction.now, duration_seconds(ttl))


def _held_text(transaction: "Transaction", draw: Draw, besides_event: int = 0) -> Refused | None:
    """The refusal for the first text of a draw that another number holds already, or None."""
    from seqctl.actions.ledger.refusals import number_taken

    document_type, period = draw.uniqueness
    freed = {number.text for number in draw.reuse.overdue} if draw.reuse is not None else set()
    for text in draw.outcome.texts:
        if text in freed and not besides_event:
            continue
        holder = transaction.ledger.holder(text, document_type, period, besides_event)
        if holder is not None:
            return number_taken(text, draw.outcome, holder)
    return None
