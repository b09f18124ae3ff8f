"""What happens to a number after it was drawn: confirm, extend, release, void, record, expire.

Each is one transaction over any number of numbers, all or nothing, and leaves one event, with the rows as
they were before. `expire` leaves one for each counter.
"""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.ledger.free import Freed, free, free_overdue, freed_state
from seqctl.actions.numbers.asked import Attempt, Group, Numbers, finish, writing
from seqctl.actions.numbers.closing import check_open
from seqctl.actions.numbers.confirmed_dates import confirmed_columns
from seqctl.actions.numbers.number_list import Asked
from seqctl.actions.references.computed import with_references
from seqctl.errors import ConfirmationNeeded, UsageError, repeatable
from seqctl.model.log.aim import aim_of, held_of
from seqctl.model.log.events.numbers import RowsChanged
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.time.duration import duration_seconds
from seqctl.model.time.instant import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

ANY = NumberFilter()

Own = dict[int, dict[str, object]]
"""Columns that single numbers of a counter get, by their values."""


@repeatable
def confirm(
    store: Store,
    texts: Numbers,
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
    only watched, `warn` is called. Raises Refused `already_confirmed`, `reservation_expired`, `already_void`
    or `closed`, and ConfirmationNeeded for a date that is given and far ahead, unless a person said yes
    (`confirmed`).
    """
    with writing(store, texts) as transaction:
        attempt = Attempt(transaction, texts, wanted, "confirm")
        after: dict[str, object] = {"state": "issued", "expires_at": None}
        if record is not None:
            after["record"] = record
        far: list[str] = []
        changes = []
        for group in attempt.groups():
            own = confirmed_columns(transaction, attempt, group, date, warn, far)
            if date is not None and group.numbers:
                after["date"] = own[group.numbers[0].value]["date"]
            changes.append((group, own))
        finish(attempt.list, attempt.lines)
        if far:
            if not confirmed:
                raise ConfirmationNeeded(far[0])
            warn(far[0])
        for group, _ in changes:
            group.counter.confirm(len(group.numbers))
        _change(attempt, changes, after, None)
        return _done(attempt, [group for group, _ in changes])


@repeatable
def extend(store: Store, texts: Numbers, ttl: str, wanted: NumberFilter = ANY) -> list[KnownNumber]:
    """Give reservations a new deadline, from now on.

    Raises Refused `reservation_expired`, `already_confirmed`, `not_reserved` or `already_void`.
    """
    with writing(store, texts) as transaction:
        attempt = Attempt(transaction, texts, wanted, "extend")
        after: dict[str, object] = {"expires_at": later(transaction.now, duration_seconds(ttl))}
        groups = attempt.groups()
        finish(attempt.list, attempt.lines)
        _change(attempt, [(group, {}) for group in groups], after, None)
        return _done(attempt, groups)


@repeatable
def void(store: Store, texts: Numbers, reason: str | None, wanted: NumberFilter = ANY) -> list[KnownNumber]:
    """Void issued numbers: they stay on their documents for ever, accounted for, and never come again.

    Raises Refused `already_void`, `not_confirmed` or `closed`, UsageError for one without a reason.
    """
    with writing(store, texts) as transaction:
        attempt = Attempt(transaction, texts, wanted, "void")
        groups = attempt.groups()
        for group in groups:

            def check(number: HeldNumber, asked: Asked, group: Group = group) -> None:
                _needs_reason(asked, reason)
                check_open(group.sequence, number, number.date)

            attempt.keep(group, check)
        finish(attempt.list, attempt.lines)
        _change(attempt, [(group, {}) for group in groups], {"state": "void"}, reason)
        return _done(attempt, groups)


@repeatable
def record(
    store: Store,
    texts: Numbers,
    wanted: NumberFilter = ANY,
    *,
    record: str | None = None,
    note: str | None = None,
    reason: str | None = None,
) -> list[KnownNumber]:
    """Note which document has a number, or anything else that is worth to know of it.

    An empty record is filled; another one in its place needs a reason (UsageError). Raises Refused
    `not_confirmed`.
    """
    with writing(store, texts) as transaction:
        attempt = Attempt(transaction, texts, wanted, "record")
        groups = attempt.groups()
        for group in groups:

            def check(number: HeldNumber, asked: Asked) -> None:
                new = asked.record or record
                if new is None and (asked.note or note) is None:
                    words = f"{number.text} gets neither a record nor a note"
                    raise UsageError(words, "give --record or --note")
                if number.record not in (None, new) and new is not None and (asked.reason or reason) is None:
                    raise UsageError(
                        f"{number.text} has the record {number.record!r}, and another one needs a reason",
                        "say why with --reason",
                    )

            attempt.keep(group, check)
        finish(attempt.list, attempt.lines)
        after: dict[str, object] = {} if record is None else {"record": record}
        changes: list[tuple[Group, Own]] = [
            (
                group,
                {value: {"record": asked.record} for value, asked in group.asked.items() if asked.record},
            )
            for group in groups
        ]
        _change(attempt, changes, after, reason, note)
        return _done(attempt, groups)


@repeatable
def release(
    store: Store, texts: Numbers, reason: str | None = None, wanted: NumberFilter = ANY
) -> list[KnownNumber]:
    """Free numbers whose document never came to be: a gapless sequence gives them out again.

    Issued numbers need a reason (UsageError). Raises Refused `already_void`, `reservation_expired`, `closed`.
    """
    with writing(store, texts) as transaction:
        attempt = Attempt(transaction, texts, wanted, "release")
        groups = attempt.groups()
        for group in groups:

            def check(number: HeldNumber, asked: Asked, group: Group = group) -> None:
                if number.state == "issued" and (asked.reason or reason) is None:
                    raise UsageError(
                        f"{number.text} is issued, and releasing it needs a reason",
                        "say why with --reason; a reservation is released without one",
                    )
                check_open(group.sequence, number, number.date)

            attempt.keep(group, check)
        finish(attempt.list, attempt.lines)
        freed = []
        for group in groups:
            if group.numbers:
                to, each = freed_state(group.sequence), _each(group, reason, None, {})
                freed.append(Freed(group.sequence, group.counter, group.numbers, to, each))
        if freed:
            free(transaction, freed, "release", reason, attempt.list.file)
        known = [number.known(one.to) for one in freed for number in one.numbers]
        if known and not attempt.list.dry_run:
            transaction.commit()
    return known


@repeatable
def expire(store: Store) -> list[KnownNumber]:
    """Record every reservation whose deadline has passed as freed; returns these numbers."""
    with store.write_much() as transaction:
        freed = []
        for id in transaction.held.overdue_counters(transaction.now):
            counter = transaction.held.counter(id)
            first = transaction.held.overdue(id, transaction.now)[0]
            sequence = transaction.definitions.sequence_by_id(first.sequence_id)
            sequence = transaction.ranges.narrowed(sequence, first.period)
            numbers = free_overdue(transaction, sequence, counter)
            freed += [number.known(freed_state(sequence)) for number in numbers]
        if freed:
            transaction.commit()
    return freed


def _needs_reason(asked: Asked, reason: str | None) -> None:
    if (asked.reason or reason) is None:
        raise UsageError(f"{asked.text} has no reason", "say why with --reason; the log keeps it")


def _each(group: Group, reason: str | None, note: str | None, own: Own) -> list[dict[str, object]]:
    """What the numbers of a group have of their own, each in its place."""
    each = []
    for number in group.numbers:
        asked = group.asked[number.value]
        parts = dict(own.get(number.value, {}))
        if asked.reason not in (None, reason):
            parts["reason"] = asked.reason
        if asked.note not in (None, note):
            parts["note"] = asked.note
        each.append(parts)
    return each


def _change(
    attempt: Attempt,
    changes: list[tuple[Group, Own]],
    after: dict[str, object],
    reason: str | None,
    note: str | None = None,
) -> None:
    """Change rows as `after` says, or as is said of single ones, and note one event with the rows before."""
    changes = [(group, own) for group, own in changes if group.numbers]
    if not changes:
        return
    event_id = attempt.transaction.log.last().id + 1
    rows: list[list[object]] = []
    each: list[dict[str, object]] = []
    for group, own in changes:
        before = [number.row for number in group.numbers]
        differing = {
            value: {name: item for name, item in columns.items() if after.get(name, rows) != item}
            for value, columns in own.items()
        }
        rows += before
        each += _each(group, reason, note, differing)
        _write(attempt.transaction, group, after, differing, event_id)
    aim = aim_of(
        [held_of(group.sequence, group.counter, group.numbers) for group, _ in changes], attempt.list.file
    )
    attempt.transaction.log.append(
        RowsChanged(
            *(attempt.action, *aim[:6]),
            reason=reason,
            numbers=[number.text for group, _ in changes for number in group.numbers],
            after=after,
            rows_before=rows,
            note=note,
            file=attempt.list.file,
            each=each if any(each) else None,
            counters=aim.counters,
        )
    )


def _write(
    transaction: Transaction, group: Group, after: dict[str, object], differing: Own, event_id: int
) -> None:
    """Write the rows of one counter as they are after, and the counter."""
    if "date" in after or any("date" in columns for columns in differing.values()):
        group.counter.undate({number.date for number in group.numbers})
    for number in group.numbers:
        for name, value in (after | differing.get(number.value, {})).items():
            setattr(number, name, value)
        transaction.held.change(number, event_id)
        group.counter.date(number.date, number.value)
    transaction.ledger.save_counter(group.counter)


def _done(attempt: Attempt, groups: list[Group]) -> list[KnownNumber]:
    """Commit, and give back the numbers as they are now, in the order in which they were asked for."""
    by_asked = {id(group.asked[number.value]): number.known() for group in groups for number in group.numbers}
    asked = [item for group in groups for item in group.asked.values()]
    order = attempt.order
    ordered = sorted(asked, key=lambda item: order[id(item)])
    numbers = [by_asked[id(item)] for item in ordered if id(item) in by_asked]
    changed = [*with_references(attempt.transaction, numbers)]
    if changed and not attempt.list.dry_run:
        attempt.transaction.commit()
    return changed
