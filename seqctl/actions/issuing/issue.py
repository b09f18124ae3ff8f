"""Issuing numbers: look which ones come next, take them, note the event, commit.

Looking and taking are two functions: `peek` looks, `issue` looks and takes. Whatever refuses, refuses while
looking, so that a failed request consumes nothing.
"""

from seqctl.actions.issuing.draw import Frame, look_at, settle
from seqctl.actions.issuing.resolve import admits, resolve
from seqctl.errors import ConfirmationNeeded, Refused, SeqctlError, TextHeld
from seqctl.model.number.issue import Issue, Issued
from seqctl.model.number.request import Choice, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.issuing.resolve import Passed
    from seqctl.store.port import Store, Transaction


def issue(store: "Store", request: Request) -> Issue:
    """Issue or reserve the numbers of a request, in one transaction that is durable when this returns.

    Freed numbers of a gapless counter are issued again first, lowest first.

    A request whose key was used before gets the same numbers again and writes nothing. Takes the write lock
    of the book; raises Refused, NotFound, Busy or DatabaseUnusable, and then nothing was consumed.
    """
    request.check()
    careful = False
    while True:
        try:
            return _issued(store, request)
        except TextHeld:
            # A server was told of the rows only at the commit, and holds a text of them: now row by row.
            if careful:
                raise
            careful = True
        except SeqctlError as error:
            if not error.again:
                raise


def _issued(store: "Store", request: Request) -> Issue:
    with store.write() if request.count == 1 else store.write_much() as transaction:
        if request.key is not None:
            earlier = _earlier(transaction, request)
            if earlier is not None:
                return earlier
        if request.of is not None:
            request = _following(transaction, request)
        # The first issue of a process has nothing to remember, and spares itself how that is done.
        again = store.committed
        known = transaction.recall(request) if again else None
        told = None if known is not None or transaction.mark_in_step() else _older_book(transaction)
        if request.key is not None:
            _free_former(transaction, request.key)
        frame = look(transaction, request, known)
        outcome = frame.lane.outcome
        outcome.warnings += [] if told is None else [told]
        if frame.far is not None and not request.confirmed:
            # What is refused anyway is refused without a question.
            raise held_text(transaction, frame) or ConfirmationNeeded(frame.far)
        _take(transaction, request, frame)
        for beyond in frame.beyond:
            _take(transaction, request, beyond)
        transaction.commit()
        if again:
            transaction.remember(request, frame.choice, outcome.period, outcome.scope, frame.lane.counter)
    return outcome


def peek(store: "Store", request: Request) -> Issue:
    """The numbers that `issue` would give now. Consumes nothing and blocks nobody."""
    request.check()
    with store.read() as transaction:
        if request.key is not None:
            from seqctl.actions.issuing.repeat_key import replay

            earlier = replay(transaction, request)
            if earlier is not None:
                return earlier
        told = None if transaction.mark_in_step() else _older_book(transaction)
        if request.of is not None:
            request = _following(transaction, request)
        frame = look(transaction, request)
        held = held_text(transaction, frame)
        if held is not None:
            raise held
        frame.lane.outcome.warnings += [] if told is None else [told]
        return frame.lane.outcome


def look(
    transaction: "Transaction",
    request: Request,
    known: "Choice | None" = None,
    passed: "Passed | None" = None,
) -> "Frame":
    """Find and render what a request would draw. Raises Refused, NotFound or UsageError; changes nothing.

    `known` is the choice that served a request alike; what is passed over is noted in `passed`.
    """
    choice = known
    if choice is None or (choice.in_line and not admits(transaction, request, choice.sequence)):
        choice = resolve(transaction, request, passed)
    looking = look_at
    if choice.sequence.reset == "range":
        from seqctl.actions.issuing.ranges import look_in_ranges as looking
    try:
        return looking(transaction, request, choice)
    except Refused:
        if not choice.in_line:
            raise
        from seqctl.actions.issuing.candidates import successor

        following = successor(transaction, request, choice, passed)
        if following is None:
            raise
    return look(transaction, request, following, passed)


def _take(transaction: "Transaction", request: Request, frame: Frame) -> None:
    """Write what was looked up: counter, rows of the ledger and one event."""
    ledger, log, lane, policy = transaction.ledger, transaction.log, frame.lane, frame.choice.policy
    counter, outcome = lane.counter, lane.outcome
    if request.reserve:
        outcome.expires_at = _deadline(transaction, request, lane.sequence.reservation_ttl)
    runs = settle(transaction, lane)
    newest, _ = log.last()
    serial, count = log.next_serial(), len(outcome.numbers)
    try:
        rows = ledger.add_numbers(counter, outcome, newest + 1, serial)
    except TextHeld as error:
        raise held_text(transaction, frame, newest + 1) or error from error
    # Where texts unique always and texts unique within a period meet, the index alone sees too little.
    held = held_text(transaction, frame, newest + 1) if counter.mixed else None
    if held is not None:
        raise held
    if outcome.scheme is not None:
        from seqctl.actions.references.kept import keep

        keep(transaction, lane.sequence, serial)
    if policy is not None and not policy.used:
        assert policy.id is not None
        ledger.mark_policy_used(policy.id)
    action = "reserve" if request.reserve else "issue"
    aim = (action, outcome.sequence, counter.id, lane.lowest, lane.highest, serial, count)
    about = (outcome.period, outcome.scope, request.key, request.date, request.text(request.target))
    outcome.issued_at = log.append(Issued(*aim, *about, rows, runs or None))
    outcome.actor = log.actor


def _earlier(transaction: "Transaction", request: Request) -> "Issue | None":
    """The numbers that the key of a request got before."""
    from seqctl.actions.issuing.repeat_key import replay

    earlier = replay(transaction, request)
    if earlier is not None:
        # Whoever got it the first time may have been killed before the mark knew that it is durable.
        transaction.confirm_mark()
    return earlier


def _following(transaction: "Transaction", request: Request) -> Request:
    """The request with what it takes from the number that it names."""
    from seqctl.actions.issuing.of_number import following

    return following(transaction, request)


def _free_former(transaction: "Transaction", key: str) -> None:
    """Where the key is used anew, what it had is reservations that ended: record them as freed."""
    if transaction.ledger.issued_under_key(key):
        from seqctl.actions.ledger.free import free_former

        free_former(transaction, key)
        transaction.forget()


def _older_book(transaction: "Transaction") -> "str | None":
    """What is reported where the mark beside the book is not in step: nothing, a warning, or Refused."""
    from seqctl.actions.ledger.older_book import refuse_older_book

    return refuse_older_book(transaction)


def _deadline(transaction: "Transaction", request: Request, usual: str) -> str:
    """When the reservations of a request end."""
    from seqctl.model.time.duration import duration_seconds
    from seqctl.model.time.instant import later

    return later(transaction.now, duration_seconds(request.ttl or usual))


def held_text(transaction: "Transaction", frame: Frame, besides_event: int = 0) -> "Refused | None":
    """The refusal for the first drawn text that another number holds already, or None."""
    from seqctl.actions.ledger.refusals import number_taken

    for part in (frame, *frame.beyond):
        lane = part.lane
        document_type, period = lane.sequence.domain(lane.outcome.period)
        freed = {number.text for number in lane.reuse.overdue} if lane.reuse is not None else set()
        for _, text, _ in lane.outcome.numbers:
            if text in freed and not besides_event:
                continue
            holder = transaction.ledger.holder(text, document_type, period, besides_event)
            if holder is not None:
                return number_taken(text, lane.outcome, holder)
    return None
