"""Taking back a void or a release that was a mistake: the number is its document's again.

A number that was freed comes back with its text, date, record and key, unless something else took its place.
"""

from __future__ import annotations

from functools import partial

from seqctl.actions.ledger.ambiguity import ambiguous_number
from seqctl.actions.ledger.free import free_former, free_overdue
from seqctl.actions.ledger.named_numbers import Spot, named_before, the_one
from seqctl.actions.ledger.near_numbers import meant_instead
from seqctl.actions.ledger.selections import check_answerable
from seqctl.actions.numbers.asked import Attempt, Numbers, finish, told_apart, writing
from seqctl.actions.numbers.change import ANY
from seqctl.actions.numbers.closing import check_open
from seqctl.actions.numbers.date_order import Neighbours
from seqctl.actions.numbers.find import only_one, refused_state
from seqctl.actions.numbers.number_list import Asked
from seqctl.actions.numbers.requests import of_one_request
from seqctl.actions.numbers.returns import check_free
from seqctl.actions.references.computed import with_references
from seqctl.actions.references.kept import keep
from seqctl.errors import NotFound, Refused, UsageError, repeatable
from seqctl.model.classes import field, mutable, replaced
from seqctl.model.log.aim import aim_of, held_of
from seqctl.model.log.events.numbers import RowsChanged
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.held_number import HeldNumber, whole_row
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.printed import Life
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

Claimed = dict[tuple[str | None, int], Life]
"""A number of each request whose key comes back, by the key and its name space."""


@mutable
class Return:
    """The numbers of one counter that come back: void ones, and earlier lives of integers that were freed.

    `asked` has by value what was asked for, `done` what came back; `runs_before` are the gap runs, as they
    were, out of which it came.
    """

    place: CounterPlace
    void: dict[int, HeldNumber] = field(factory=dict)
    freed: dict[int, Life] = field(factory=dict)
    asked: dict[int, Asked] = field(factory=dict)
    done: dict[int, HeldNumber] = field(factory=dict)
    rows_before: dict[int, list[object]] = field(factory=dict)
    runs_before: dict[int, tuple[object, ...]] = field(factory=dict)


@repeatable
def reinstate(
    store: Store, texts: Numbers, reason: str | None, wanted: NumberFilter = ANY
) -> list[KnownNumber]:
    """Make numbers issued again that were voided, or issued and freed, by mistake.

    All or nothing, in one event. Raises NotFound, or Refused: `not_void`,
    `ambiguous_number`, `not_confirmed` and `reservation_expired` (a reservation is reserved anew),
    `number_taken` where the integer or the text is held, `key_reused` where the key was used since,
    `blocked`, `not_reached`, `date_order` or `closed`.
    """
    with writing(store, texts) as transaction:
        attempt = Attempt(transaction, texts, wanted, "reinstate")
        back: dict[tuple[object, ...], Return] = {}
        asked_for = []
        for asked in attempt.each():
            found: Spot | None = attempt.tried(asked, partial(_asked, attempt, asked, asked.reason or reason))
            if found is None:
                continue
            one = back.setdefault(found.names[:3], Return(found.place))
            if found.value not in one.asked:
                one.asked[found.value] = asked
                asked_for.append((one, found.value))
            if found.holder is not None:
                one.void[found.value] = found.holder
            else:
                one.freed[found.value] = _earlier_life(transaction, found, composed(asked.text), wanted)
        returns = [*back.values()]
        # What frees former holders leaves events of its own, before the one of the numbers.
        for one in returns:
            free_overdue(transaction, one.place.sequence, one.place.counter)
        claimed: Claimed = {}
        keys = [_keys_freed(attempt, one, claimed) for one in returns]
        event_id = transaction.log.last().id + 1
        for one, values in zip(returns, keys, strict=True):
            _bring_back(attempt, one, values, event_id)
        finish(attempt.list, attempt.lines)
        returned = [one.done.get(value) for one, value in asked_for]
        back_again = [number.known() for number in returned if number is not None]
        _note(attempt, [one for one in returns if one.done], reason)
        numbers = [*with_references(transaction, back_again)]
        if back_again and not attempt.list.dry_run:
            transaction.commit()
    return numbers


def _asked(attempt: Attempt, asked: Asked, reason: str | None) -> Spot:
    """The number that was asked for, with all that may keep it from coming back looked at."""
    if reason is None:
        raise UsageError(f"{asked.text} has no reason", "say why with --reason; the log keeps it")
    wanted = attempt.wanted if asked.sequence is None else replaced(attempt.wanted, sequence=asked.sequence)
    text = composed(asked.text)
    found: Spot = told_apart(asked, text, wanted, partial(_found, attempt.transaction))
    if found.holder is None:
        _earlier_life(attempt.transaction, found, text, wanted)
    return found


def _found(transaction: Transaction, text: str, wanted: NumberFilter) -> Spot:
    """The number that a text names: a void one, with its holder, or one that nobody holds."""
    number = only_one(transaction.held.named(text, wanted), text)
    before = named_before(transaction, text, wanted)
    if number is not None and not number.overdue(transaction.now):
        others = [spot for spot in before if spot.holder is None]
        if others:
            freed = [(item.place.sequence, item.place.period) for item in others]
            places = [(sequence.document_type, sequence.name, period) for sequence, period in freed]
            raise ambiguous_number(text, [(number.document_type, number.sequence, number.period), *places])
        if number.state != "void":
            raise refused_state(transaction, number, "reinstate")
        sequence = transaction.definitions.sequence_by_id(number.sequence_id)
        counter = transaction.held.counter(number.counter_id)
        sequence = transaction.ranges.narrowed(sequence, number.period)
        place = CounterPlace(sequence, number.period, number.scope, counter)
        return Spot(place, number.value, number.state, holder=number, named=True)
    if number is not None:
        raise Refused(
            "reservation_expired",
            f"the reservation of {text} ended at {number.expires_at}: it was never issued",
            "reserve a new number; --ttl sets how long it is held",
        )
    if not before:
        hint = meant_instead(transaction, text, wanted) or "see: seqctl numbers"
        check_answerable(transaction, wanted)
        raise NotFound(f"no number ever had the text {text!r}", hint)
    spot = the_one(before, text)
    check_free(transaction, spot, text)
    return Spot(spot.place, spot.value, spot.state, spot.event_id, named=True)


def _earlier_life(transaction: Transaction, spot: Spot, text: str, wanted: NumberFilter) -> Life:
    """The last life in which an integer was issued under a text, as a number of the type that is wanted.

    Raises NotFound where it had none of that type, and Refused for reservations alone.
    """
    counter_id = spot.place.counter.id
    assert counter_id is not None
    own, named = spot.place.sequence.document_type, wanted.document_type
    lives = [
        life
        for life in transaction.printed.lives(counter_id, spot.value)
        if life.text == text and named in (None, life.noted_type or own)
    ]
    if not lives:
        hint = f"see which types it had: seqctl show {shell_word(text)}"
        raise NotFound(f"no {named} ever had the number {text!r}", hint)
    issued = [life for life in lives if life.state == "issued"]
    if issued:
        return issued[0]
    last = lives[0]
    how = "reservation_expired" if last.action == "expire" else "not_confirmed"
    ended = "ended" if last.action == "expire" else "was released"
    raise Refused(
        how,
        f"{text} was only reserved, and its reservation {ended} at {last.at}",
        "reserve a new number: a reservation does not come back",
    )


def _keys_freed(attempt: Attempt, one: Return, claimed: Claimed) -> list[int]:
    """The values of one counter, ascending, whose keys are free, or were only those of ended reservations."""
    return [
        value
        for value in sorted(one.asked)
        if value in one.void
        or attempt.tried(one.asked[value], partial(_free_key, attempt.transaction, one.freed[value], claimed))
    ]


def _bring_back(attempt: Attempt, one: Return, values: list[int], event_id: int) -> None:
    """Make numbers of one counter issued again, as far as nothing is in the way."""
    transaction, place, counter = attempt.transaction, one.place, one.place.counter
    assert counter.id is not None
    for value in values:
        number = one.void.get(value) or _held_again(one.freed[value], place, event_id)
        if not attempt.tried(one.asked[value], partial(_check, transaction, place.sequence, number)):
            continue
        if value in one.void:
            one.rows_before[value] = number.row
            number.state = "issued"
            transaction.held.change(number, event_id)
        else:
            runs = transaction.gaps.clear(counter, value, value, place.sequence.step)
            one.runs_before.update({run[0]: run for run in runs})
            transaction.held.put_back(number)
            keep(transaction, place.sequence, number.serial)
            counter.hold(1, value, value)
        counter.date(number.date, value)
        one.done[value] = number
    if one.done:
        transaction.ledger.save_counter(counter)


def _note(attempt: Attempt, returns: list[Return], reason: str | None) -> None:
    """Note in one event what came back to each counter."""
    if not returns:
        return
    aim = aim_of(
        [held_of(one.place.sequence, one.place.counter, [*one.done.values()]) for one in returns],
        attempt.list.file,
    )
    void = [(one, value) for one in returns for value in one.done if value in one.void]
    freed = [(one, value) for one in returns for value in one.done if value in one.freed]
    whys = [one.asked[value].reason or reason for one, value in [*void, *freed]]
    if len(set(whys)) == 1:
        reason = whys[0]
    each: list[dict[str, object]] = [{} if why == reason else {"reason": why} for why in whys]
    runs = [
        run if aim.counters is None else (one.place.counter.id, *run)
        for one in returns
        for _, run in sorted(one.runs_before.items())
    ]
    attempt.transaction.log.append(
        RowsChanged(
            *("reinstate", *aim[:6]),
            reason=reason,
            numbers=[number.text for one in returns for number in one.done.values()],
            after={"state": "issued"},
            rows_before=[one.rows_before[value] for one, value in void],
            rows_after=[one.done[value].row for one, value in freed] if freed else None,
            runs_before=runs if freed else None,
            file=attempt.list.file,
            each=each if any(each) else None,
            counters=aim.counters,
        )
    )


def _held_again(life: Life, place: CounterPlace, event_id: int) -> HeldNumber:
    """A number as its row was, held again: issued by the event that issued it then."""
    sequence = place.sequence
    names = (sequence.id, sequence.name, sequence.document_type, place.period, place.scope)
    number = HeldNumber(*whole_row(life.row), *names)
    assert place.counter.domain_id is not None
    number.uniqueness_id = place.counter.domain_id
    number.state, number.expires_at, number.change_id = "issued", None, event_id
    return number


def _check(transaction: Transaction, sequence: Sequence, number: HeldNumber) -> bool:
    """True. Refuses where a date is closed or out of order, or the text or the ledger's place is taken."""
    check_open(sequence, number, number.date)
    if number.state == "void":
        return True
    if number.date is not None:
        Neighbours(transaction, sequence, number).check(number.date)
    holder = transaction.ledger.holder(number.text, *sequence.domain(number.period), 0)
    if holder is not None:
        where = f"sequence {holder[0]!r}" + (f" in period {holder[1]}" if holder[1] != "all" else "")
        raise Refused(
            "number_taken",
            f"{number.text} cannot be reinstated: the text is held by {where}",
            f"see: seqctl show {shell_word(number.text)}",
        )
    other = transaction.held.of_serial(number.serial)
    if other is not None:
        # Before schema 2 the place of the last number was given again when that number was freed.
        raise Refused(
            "number_taken",
            f"{number.text} cannot be reinstated: its place in the ledger went to {other}",
            f"enter it anew: seqctl adopt {shell_word(sequence.name)} {shell_word(number.text)}",
        )
    return True


def _free_key(transaction: Transaction, life: Life, claimed: Claimed) -> bool:
    """True. Refuses where another request used the key since; what it reserved and lost is noted as freed.

    `claimed` has a number of each request whose key comes back with this call: two cannot have one key.
    """
    key, key_space = life.key
    if key is None:
        return True
    other = claimed.get(life.key, life)
    events = other.written_by, life.written_by
    if events[0] != events[1] and not of_one_request(transaction, *events):
        raise Refused(
            "key_reused",
            f"{life.text} and {other.text} cannot both be reinstated: two requests used the key {key!r}",
            "reinstate one of them",
        )
    now = transaction.now
    others = [
        number
        for number in transaction.held.of_key(key, key_space, life.written_by)
        if not of_one_request(transaction, number.event_id, life.written_by)
    ]
    used = next((number for number in others if not number.overdue(now)), None)
    if used is not None:
        raise Refused(
            "key_reused",
            f"{life.text} cannot be reinstated: its key {key!r} was used since, by {used.text}",
            f"see: seqctl show {shell_word(used.text)}",
        )
    if others:
        free_former(transaction, key)
    claimed[life.key] = life
    return True
