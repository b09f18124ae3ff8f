"""Looking into the event log: its events, as people read them and as they are hashed, and its head."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from heapq import merge
from itertools import islice

from seqctl.errors import UsageError
from seqctl.json_text import from_json
from seqctl.model.classes import replaced
from seqctl.model.finding import nearest
from seqctl.model.log.event import Event, EventFilter
from seqctl.model.log.events.kinds import KINDS
from seqctl.model.time.instant import check_date, date_only, not_a_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

_Span = tuple[str, int, "int | None"]
"""A name, and the events behind which and before which something had it; None: it has it now."""

MOST_CHANGES = 3
"""How many changed definitions a line of the list names."""


def list_events(store: Store, wanted: EventFilter) -> Generator[Event]:
    """The events that pass a filter, oldest first, read in pages.

    Raises UsageError for an action that there is not.
    """
    with store.read() as transaction:
        check_action(transaction, wanted.action)
        yield from chosen_events(transaction, wanted)


def chosen_events(transaction: Transaction, wanted: EventFilter) -> Iterator[Event]:
    """The events that pass a filter, oldest first; of a subject also under the names that it had before."""
    names = [] if wanted.subject is None else _named(transaction, wanted.subject)
    if len(names) < 2:
        return transaction.events.chosen(wanted)
    found = _under(transaction, replaced(wanted, limit=None, last=None), names)
    if wanted.last is not None:
        found = iter(deque(found, maxlen=wanted.last))
    return islice(found, wanted.limit)


def _under(transaction: Transaction, wanted: EventFilter, names: list[_Span]) -> Iterator[Event]:
    """The events that concern something under one of its names."""
    chosen = [
        _between(transaction.events.chosen(replaced(wanted, subject=name)), first, last)
        for name, first, last in names
    ]
    seen = 0
    for event in merge(*chosen, key=lambda event: event.id):
        # A renaming is reported under both names.
        if event.id > seen:
            yield event
            seen = event.id


def _between(events: Iterator[Event], first: int, last: int | None) -> Iterator[Event]:
    """The events behind one and before another."""
    return (event for event in events if first < event.id and (last is None or event.id < last))


def _named(transaction: Transaction, subject: str) -> list[_Span]:
    """The names of something, the present one first, each with the events between which it had it."""
    spans: list[_Span] = [(subject, 0, None)]
    renamed = transaction.history.renamings()
    name = subject
    for event_id, old, new in reversed(renamed):
        if new == name:
            given_up = [earlier for earlier, given, _ in renamed if given == old and earlier < event_id]
            spans.append((old, max(given_up, default=0), event_id))
            name = old
    return spans


def check_action(transaction: Transaction, action: str | None) -> None:
    """Raise UsageError for an action that no event has or could have."""
    if action is not None and action not in KINDS and not transaction.events.has_action(action):
        hint = nearest(action, list(KINDS)) or f"one of: {', '.join(KINDS)}"
        raise UsageError(f"no event is called {action!r}", hint)


def log_head(store: Store) -> tuple[int, str]:
    """Number and hash, in hexadecimal, of the last event; 0 and zeros where there is none."""
    with store.read() as transaction:
        number, digest = transaction.log.last()
    return number, digest.hex()


def first_instant(given: str) -> str:
    """The first instant that a day or an instant means, in UTC as events carry it. Raises UsageError."""
    return _instant(given, "00:00:00.000000")


def last_instant(given: str) -> str:
    """The last instant that a day or an instant means: all of a day. Raises UsageError."""
    return _instant(given, "23:59:59.999999")


def _instant(given: str, time_of_day: str) -> str:
    if date_only(check_date(given)):
        return f"{given}T{time_of_day}Z"
    try:
        moment = datetime.fromisoformat(given)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise not_a_date(given) from None
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def about(event: Event) -> str:
    """Counts, values and reasons of an event in a few words."""
    parts = []
    if event.count is not None:
        parts.append("1 number" if event.count == 1 else f"{event.count} numbers")
    if event.first is not None and event.counter_id is not None:
        parts.append(str(event.first) if event.first == event.last else f"{event.first}..{event.last}")
    try:
        detail = from_json(event.detail)
        if isinstance(detail, dict):
            numbers = detail.get("numbers")
            if isinstance(numbers, list) and len(numbers) > 1:
                parts.insert(0, f"{len(numbers)} numbers")
            counters = detail.get("counters")
            if event.counter_id is None and isinstance(counters, list) and len(counters) > 1:
                parts.append(f"{len(counters)} counters")
            parts += _said(detail)
    except (RecursionError, ValueError):
        # Nothing but the rest of the line is lost; that the event was tampered with is reported by the chain.
        parts.append("unreadable")
    return ", ".join(parts)


def _said(detail: dict[str, object]) -> list[str]:
    """What the detail of an event says beside its columns."""
    each = detail.get("each")
    details = (
        [detail, *(own for own in each if isinstance(own, dict))] if isinstance(each, list) else [detail]
    )
    states = sorted({str(own["to"]) for own in details if isinstance(own.get("to"), str)})
    parts = [f"to {', '.join(states)}"] if states else []
    for name, words in (
        ("file", ""),
        ("address", ""),
        ("until", "through "),
        ("timezone", "timezone "),
        ("reason", ""),
    ):
        if isinstance(detail.get(name), str):
            parts.append(f"{words}{detail[name]}")
    changes = detail.get("changes")
    if isinstance(changes, list):
        named = [change for change in changes if isinstance(change, dict)]
        parts += [
            f"{item.get('action')} {item.get('kind')} {item.get('name')}" for item in named[:MOST_CHANGES]
        ]
        if len(changes) > MOST_CHANGES:
            parts.append(f"{len(changes) - MOST_CHANGES} more")
    return parts
