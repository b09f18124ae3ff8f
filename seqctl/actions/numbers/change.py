"""What happens to a number after it was drawn: confirm, release, void, expire.

Each is one transaction over any number of numbers, all or nothing, and leaves one event for each counter that
it changed, with the rows as they were before.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.ledger.free import free, free_overdue, freed_state
from seqctl.actions.ledger.refusals import closed, far_date
from seqctl.actions.numbers.date_order import Neighbours
from seqctl.actions.numbers.find import find_held
from seqctl.days import date as day_class
from seqctl.days import is_far
from seqctl.errors import ConfirmationNeeded, Refused, UsageError
from seqctl.model.classes import frozen
from seqctl.model.log.events.numbers import RowsChanged
from seqctl.model.number.counter import Counter
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import document_day
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

ANY = NumberFilter()


@frozen
class Group:
    """The numbers of a request that belong to one counter, ascending."""

    sequence: Sequence
    counter: Counter
    numbers: list[HeldNumber]


def confirm(
    store: Store,
    texts: list[str],
    wanted: NumberFilter = ANY,
    *,
    date: str | None = None,
    record: str | None = None,
    confirmed: bool = False,
    warn: Callable[[str], None] = lambda words: None,
) -> list[KnownNumber]:
    """Make reservations issued numbers, with another document date or a record where they are given.

    Without a date each takes that of its reservation. One of another period is refused (`date_period`), and
    where order matters one that does not fit between those of its neighbours (`date_order`); where it is
    only watched, `warn` is told. Raises Refused `already_confirmed`, `reservation_expired`, `already_void`
    or `closed`, and ConfirmationNeeded for a date that is given and far ahead, unless a person said yes
    (`confirmed`).
    """
    with store.write() as transaction:
        far = None
        for group in _groups(transaction, texts, wanted, "confirm"):
            after: dict[str, object] = {"state": "issued", "expires_at": None}
            if record is not None:
                after["record"] = record
            if date is not None:
                after["date"] = _confirmed_date(transaction, group, date)
                far = far or _far_ahead(transaction, group, str(after["date"]))
            _check_dates(transaction, group, after.get("date"), warn)
            group.counter.confirm(len(group.numbers))
            _change(transaction, group, "confirm", after, None)
        if far is not None:
            if not confirmed:
                raise ConfirmationNeeded(far)
            warn(far)
        return _done(transaction, texts, wanted)


def void(store: Store, texts: list[str], reason: str, wanted: NumberFilter = ANY) -> list[KnownNumber]:
    """Void issued numbers: they stay on their documents for ever, accounted for, and never come again.

    Raises Refused `already_void`, `not_confirmed` or `closed`.
    """
    with store.write() as transaction:
        for group in _groups(transaction, texts, wanted, "void"):
            for number in group.numbers:
                check_open(group.sequence, number, number.date)
            _change(transaction, group, "void", {"state": "void"}, reason)
        return _done(transaction, texts, wanted)


def release(
    store: Store, texts: list[str], reason: str | None = None, wanted: NumberFilter = ANY
) -> list[KnownNumber]:
    """Free numbers whose document never came to be: a gapless sequence gives them out again.

    Issued numbers need a reason (UsageError). Raises Refused `already_void`, `reservation_expired`, `closed`.
    """
    with store.write() as transaction:
        freed = []
        for group in _groups(transaction, texts, wanted, "release"):
            for number in group.numbers:
                if number.state == "issued" and reason is None:
                    raise UsageError(
                        f"{number.text} is issued, and releasing it needs a reason",
                        "say why with --reason; a reservation is released without one",
                    )
                check_open(group.sequence, number, number.date)
            to = freed_state(group.sequence)
            free(transaction, group.sequence, group.counter, group.numbers, "release", to, reason)
            freed += [number.known(to) for number in group.numbers]
        transaction.commit()
    return freed


def expire(store: Store) -> list[KnownNumber]:
    """Record every reservation whose deadline has passed as freed; returns these numbers."""
    with store.write() as transaction:
        freed = []
        for id in transaction.held.overdue_counters(transaction.now):
            counter = transaction.held.counter(id)
            first = transaction.held.overdue(id, transaction.now)[0]
            sequence = transaction.definitions.sequence_by_id(first.sequence_id)
            numbers = free_overdue(transaction, sequence, counter)
            freed += [number.known(freed_state(sequence)) for number in numbers]
        if freed:
            transaction.commit()
    return freed


def _groups(transaction: Transaction, texts: list[str], wanted: NumberFilter, action: str) -> list[Group]:
    """The numbers by counter, each in a state that allows the action."""
    by_counter: dict[int, dict[int, HeldNumber]] = {}
    for text in dict.fromkeys(texts):
        number = find_held(transaction, text, wanted, action)
        by_counter.setdefault(number.counter_id, {})[number.value] = number
    groups = []
    for id, numbers in by_counter.items():
        ordered = [numbers[value] for value in sorted(numbers)]
        sequence = transaction.definitions.sequence_by_id(ordered[0].sequence_id)
        groups.append(Group(sequence, transaction.held.counter(id), ordered))
    return groups


def _change(
    transaction: Transaction, group: Group, action: str, after: dict[str, object], reason: str | None
) -> None:
    """Change rows of one counter as `after` says, and note the event with the rows as they were."""
    event_id = transaction.log.last().id + 1
    rows = [number.row for number in group.numbers]
    if "date" in after:
        group.counter.undate({number.date for number in group.numbers})
    for number in group.numbers:
        for name, value in after.items():
            setattr(number, name, value)
        transaction.held.change(number, event_id)
        group.counter.date(number.date, number.value)
    transaction.ledger.save_counter(group.counter)
    first, last = group.numbers[0], group.numbers[-1]
    assert group.counter.id is not None
    transaction.log.append(
        RowsChanged(
            *(action, group.sequence.name, group.counter.id, first.value, last.value),
            period=first.period,
            scope=first.scope,
            reason=reason,
            numbers=[number.text for number in group.numbers],
            after=after,
            rows_before=rows,
        )
    )


def _done(transaction: Transaction, texts: list[str], wanted: NumberFilter) -> list[KnownNumber]:
    """Commit, and give back the numbers as they are now."""
    changed = [transaction.held.named(text, wanted)[0].known() for text in dict.fromkeys(texts)]
    transaction.commit()
    return changed


def _confirmed_date(transaction: Transaction, group: Group, given: str) -> str:
    """The day of a confirmation: in the period of the numbers, and shown by them."""
    sequence = group.sequence
    zone = sequence.zone
    day = document_day(given, zone)
    for number in group.numbers:
        if period_key(sequence.reset, day, sequence.fiscal) != number.period:
            raise Refused(
                "date_period",
                f"{day} lies outside {number.period}, the period of {number.text}",
                "release the number and take one of the other period",
            )
        if number.date is not None and not _shows(sequence, number, day.isoformat()):
            raise Refused(
                "date_period",
                f"{number.text} shows the document date {number.date}, not {day}",
                "release the number and take a new one with that date",
            )
    return day.isoformat()


def _far_ahead(transaction: Transaction, group: Group, given: str) -> str | None:
    """The warning of a date far ahead of today in the sequence's zone; None for any other."""
    zone = group.sequence.zone
    day = day_class.fromisoformat(given)
    today = transaction.today(zone)
    return far_date(day) if is_far(day, today) else None


def _check_dates(transaction: Transaction, group: Group, given: object, warn: Callable[[str], None]) -> None:
    """Refuse dates that are closed, or out of order where order matters.

    The numbers are looked at as if those below them were confirmed already.
    """
    from copy import copy

    before: HeldNumber | None = None
    for number in group.numbers:
        day = number.date if given is None else str(given)
        check_open(group.sequence, number, day)
        if day is None:
            continue
        warning = Neighbours(transaction, group.sequence, number, before).check(day)
        if warning is not None:
            warn(warning)
        before = copy(number)
        before.date = day


def _shows(sequence: Sequence, number: HeldNumber, day: str) -> bool:
    """Whether the date tokens of a number would be the same on another day."""
    tokens = sequence.compiled.date_tokens
    if not tokens:
        return True
    from seqctl.days import date
    from seqctl.model.pattern.compiled import date_token_text

    days = (date.fromisoformat(number.date or day), date.fromisoformat(day))
    return all(
        date_token_text(token, days[0], sequence.fiscal) == date_token_text(token, days[1], sequence.fiscal)
        for token in tokens
    )


def check_open(sequence: Sequence, number: HeldNumber, day: str | None) -> None:
    """Refuse to change a number that lies in a closed period; one without a date lies at its period's end."""
    if sequence.closed_until is None:
        return
    if day is None:
        from seqctl.model.time.period_bounds import period_bounds

        end = period_bounds(sequence.reset, number.period, sequence.fiscal)[1]
        day = end.isoformat() if end is not None else None
    if day is not None and day <= sequence.closed_until:
        raise closed(sequence, f"{number.text}, dated {day},", day)
