"""The sheet of changes: who changed which definition, counter or gap, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.reporting.totals import Totals
from seqctl.json_text import to_json
from seqctl.model.finding import UNREADABLE
from seqctl.model.log.event import Event
from seqctl.model.log.events.book import (
    BookMade,
    BookUpgraded,
    CopyAccepted,
    Defined,
    MoveAbandoned,
    Moved,
)
from seqctl.model.log.events.counters import ClosingMoved, NextValueSet, RunsTurned
from seqctl.model.log.events.kinds import KINDS, read
from seqctl.model.log.events.numbers import Numbered, RowsChanged, RowsFreed
from seqctl.model.number.issue import Issued
from seqctl.model.report.report import Sheet
from seqctl.model.report.words import counter_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

ABOUT_NUMBERS = (Issued, Numbered, RowsChanged, RowsFreed)
"""Events that are about single numbers, which other sheets show."""

NUMBERING = tuple(action for action, kind in KINDS.items() if kind in ABOUT_NUMBERS)
"""All other actions change something; who uses the library may call a change of definitions what he likes."""

Names = set[tuple[str, str]] | None
"""The definitions that a report is narrowed to, as (kind, name); None: all."""

Told = tuple[str, str, str, object, object, str | None]
"""Kind and name of what changed, what of it, from what, to what, and why."""


def add_changes(transaction: Transaction, sheet: Sheet, totals: Totals, names: Names) -> None:
    """Add a row for each field that an event changed, oldest first."""
    if names is not None:
        names = names | _former(transaction, names)
    changing = tuple(action for action in transaction.events.actions() if action not in NUMBERING)
    for event in transaction.events.after(None, changing) if changing else ():
        told = False
        for kind, name, field, before, after, reason in _told(event, names):
            told = True
            row = (event.at, event.actor, event.action, kind, name, field, _text(before), _text(after))
            sheet.add(*row, reason, event.id)
        if told:
            totals.count("changes")
            totals.people.add(event.actor)
            totals.last_change = event.at


def _former(transaction: Transaction, names: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The names that definitions had before."""
    kinds = {kind for kind, _ in names}
    known = {name for _, name in names}
    for renaming in reversed(transaction.history.renamings()):
        if renaming.new in known:
            known.add(renaming.old)
    return {(kind, name) for kind in kinds for name in known}


def _told(event: Event, names: Names) -> Iterator[Told]:
    """What an event changed. One that cannot be read is reported as such; `audit verify` says more."""
    try:
        content = read(event)
        found = list(_said(event, content)) if content is not None else []
    except UNREADABLE:
        found = [("event", event.subject, "", None, "unreadable", None)]
    for told in found:
        if names is None or told[0] == "book" or told[:2] in names:
            yield told


def _said(event: Event, content: object) -> Iterator[Told]:
    if isinstance(content, Defined):
        yield from _defined(content)
    elif isinstance(content, NextValueSet):
        where = counter_words("", content.scope, content.period)
        field = f"next value {where}".strip()
        yield "sequence", content.subject, field, content.before, content.next, content.reason
    elif isinstance(content, ClosingMoved):
        yield "sequence", content.subject, "closed through", content.before, content.until, content.reason
    elif isinstance(content, RunsTurned):
        yield from _turned(content)
    elif isinstance(content, BookMade):
        yield "book", "book", "made, with the time zone", None, content.timezone, None
    elif isinstance(content, BookUpgraded):
        yield "book", "book", "schema", None, content.version, None
    elif isinstance(content, CopyAccepted):
        yield "book", "book", "a restored or copied book goes on", None, None, content.reason
    elif isinstance(content, Moved | MoveAbandoned):
        yield "book", "book", event.action, None, content.address, getattr(content, "reason", None)


def _turned(content: RunsTurned) -> Iterator[Told]:
    """The runs of each counter that got another state, for each reason."""
    one = (content.counter_id, content.subject, content.period, content.scope)
    counters = {id: (str(name), period, scope) for id, name, period, scope, *_ in content.counters or [one]}
    each = content.each or [{"reason": content.reason}] * len(content.values)
    shown: dict[tuple[int, str | None], list[str]] = {}
    for (id, first, last), own in zip(content.runs(), each, strict=True):
        run = str(first) if first == last else f"{first}..{last}"
        shown.setdefault((id, own["reason"]), []).append(run)
    for (id, reason), runs in shown.items():
        name, period, scope = counters[id]
        field = f"gap {', '.join(runs)} {counter_words('', str(scope), str(period))}".strip()
        yield "sequence", name, field, None, content.to, reason


def _defined(content: Defined) -> Iterator[Told]:
    """The fields of definitions that an event changed; of one that came or went each field that is said."""
    for change in content.changes:
        kind, name, action = (str(change[part]) for part in ("kind", "name", "action"))
        fields = change.get("fields") or {}
        for field, (before, after) in fields.items():
            yield kind, name, field, before, after, None
        if not fields:
            yield kind, name, action, None, None, None


def _text(value: object) -> str | None:
    """A value of a field as a text: texts as they are, lists with commas, all else as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list) and all(isinstance(item, dict) and "operator" in item for item in value):
        return "; ".join(_condition(item) for item in value)
    return to_json(value)


def _condition(table: dict[str, object]) -> str:
    """A condition of a policy in words: `1: country in DE, FR`."""
    words = f"{table.get('id')}: {table.get('field')} {table['operator']}"
    return f"{words} {_text(table['value'])}" if "value" in table else words
