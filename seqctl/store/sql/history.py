"""What happened to one integer of a counter, as events tell it, and why gap runs and numbers are as they are.

A row of the ledger names the event that changed it last, and that event keeps the row as it was, which names
the one before. What another system said of an adopted number stands in a row of `number_source`, which
belongs to the row of the ledger that an event wrote at a serial, and stays for good; docs/log.md states the
hash over these rows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from seqctl.json_text import from_json
from seqctl.model.classes import NamedTuple
from seqctl.model.finding import UNREADABLE
from seqctl.model.log.told import OwnReasons, Source, Told, rows_told, runs_told
from seqctl.model.number.held_number import ROW
from seqctl.store.sql.log import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.catalogue.times import DefinitionsChanged, Renaming
    from seqctl.store.sql.connection import Connection


COUNTER, VALUE, EVENT_ID, SERIAL = map(ROW.index, ("counter_id", "value", "event_id", "serial"))
OWN = ("reason", "note", "to")
"""What an event may say of one number alone, and a list of events shows."""
CHANGE = -1
"""Of a row as events keep it, which may lack its document type."""
EVENT = "SELECT id, at, actor, action, subject, detail FROM event "
TURNING = ("void", "reinstate")
"""Kinds of events whose reason says why a number is in its state; not that of `record`."""

KEPT = 64
"""Events that are kept while a list is read: what one event changed stands near each other."""


class History:
    """The events of one book as they concern single numbers, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def of(self, counter_id: int, value: int, issued_by: int | None = None) -> list[dict[str, Any]]:
        """Every event that concerned an integer, oldest first, those of its earlier lives included.

        `issued_by` is the event that issued the number that holds it now. An event that issued an earlier
        one is known from the row that was kept when that one was freed.
        """
        reaching = "first <= ? AND last >= ? AND action NOT IN ('issue', 'reserve')"
        changes = self.connection.execute(
            f"{EVENT}WHERE counter_id = ? AND {reaching}", (counter_id, value, value)
        ).fetchall()
        # Those that concern several counters.
        changes += self.connection.execute(f"{EVENT}WHERE counter_id IS NULL AND {reaching}", (value, value))
        found = {}
        issuing = set() if issued_by is None else {issued_by}
        for row in changes:
            event = _event(row)
            detail = event["detail"]
            rows = [
                (kept, own)
                for kept, own in rows_told(detail)
                if kept[COUNTER] == counter_id and kept[VALUE] == value
            ]
            runs = [
                own
                for id, first, last, own in runs_told(detail)
                if id in (None, counter_id) and first <= value <= last
            ]
            if rows or runs or not ("rows_before" in detail or "values" in detail):
                for own in [*(own for _, own in rows[:1]), *runs[:1]]:
                    event["detail"] |= {name: own[name] for name in OWN if name in own}
                found[event["id"]] = event
                issuing.update(kept[EVENT_ID] for kept, _ in rows)
        for id in issuing - found.keys():
            row = self.connection.execute(EVENT + "WHERE id = ?", (id,)).fetchone()
            if row is not None:
                found[id] = _event(row)
        return [found[id] for id in sorted(found)]

    def definitions(self, kind: str) -> Iterator[DefinitionsChanged]:
        """The events that changed definitions of a kind, oldest first; what cannot be read is passed over."""
        from seqctl.model.catalogue.times import DefinitionsChanged

        ids = self.connection.execute(
            "SELECT id FROM event WHERE counter_id IS NULL AND action NOT IN ('issue', 'reserve')"
            " AND instr(detail, ?) > 0",
            (f'"{kind}"',),
        )
        for id in sorted(id for (id,) in ids.fetchall()):
            query = "SELECT at, actor, detail FROM event WHERE id = ?"
            at, actor, detail = self.connection.execute(query, (id,)).fetchone()
            try:
                changes = from_json(detail).get("changes")
            except UNREADABLE:
                continue
            if isinstance(changes, list):
                yield DefinitionsChanged(at, actor, [item for item in changes if isinstance(item, dict)])

    def renamings(self) -> list[Renaming]:
        """The events that gave definitions new names, oldest first; what cannot be read is passed over."""
        from seqctl.model.catalogue.times import Renaming

        rows = self.connection.execute(
            "SELECT id, detail FROM event WHERE counter_id IS NULL AND action NOT IN ('issue', 'reserve')"
            " AND action LIKE '% rename' ORDER BY id"
        )
        found = []
        for id, detail in rows.fetchall():
            try:
                (change,) = from_json(detail)["changes"]
                old, new = map(str, change["fields"]["name"])
            except UNREADABLE:
                continue
            found.append(Renaming(id, old, new))
        return found

    def detail(self, event_id: int) -> str | None:
        """What an event says beside its columns, as JSON; None where it is gone."""
        row = self.connection.execute("SELECT detail FROM event WHERE id = ?", (event_id,)).fetchone()
        return str(row[0]) if row else None

    def told(self, event_id: int) -> Told:
        """The action, instant, actor and reasons of an event."""
        query = "SELECT action, at, actor, detail, counter_id FROM event WHERE id = ?"
        action, at, actor, detail, counter_id = self.connection.execute(query, (event_id,)).fetchone()
        said = from_json(detail)
        own = _own_reasons(said, counter_id) if said.get("each") else None
        return Told(action, at, actor, said.get("reason"), own)


def _own_reasons(detail: dict[str, Any], counter_id: int | None) -> OwnReasons:
    """What an event says is the reason of single numbers and runs, lowest first."""
    own: OwnReasons = {}
    for row, said in rows_told(detail):
        if said.get("reason"):
            own.setdefault(row[COUNTER], []).append((row[VALUE], row[VALUE], said["reason"]))
    for id, first, last, said in runs_told(detail):
        own.setdefault(id or counter_id or 0, []).append((first, last, said["reason"]))
    for told in own.values():
        told.sort()
    return own


def _event(row: tuple[Any, ...]) -> dict[str, Any]:
    """An event as JSON shows it."""
    names = ("id", "at", "actor", "action", "subject")
    return {**dict(zip(names, row, strict=False)), "detail": from_json(row[5])}


class Why(NamedTuple):
    """Why a number is in its state, what was noted of it last, and the event that has the reason."""

    reason: str | None = None
    note: str | None = None
    event_id: int | None = None
    actor: str | None = None
    at: str | None = None


class _Change(NamedTuple):
    """What an event said of a row, and which event had changed that before."""

    reason: str | None
    note: str | None
    before: int | None


class _Event(NamedTuple):
    """Who changed rows and when, and what the event says of each, by serial."""

    actor: str | None
    at: str | None
    changes: dict[int, _Change]


UNKNOWN = _Event(None, None, {})


class Reasons:
    """Reads what events say of single rows, each event once."""

    __slots__ = ("_kept", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._kept: OrderedDict[int, _Event] = OrderedDict()

    def of(self, serial: int, change_id: int | None) -> Why:
        """What the events say that changed the row of a serial, `change_id` the last of them."""
        reason = note = event_id = actor = at = None
        while change_id is not None and (reason is None or note is None):
            event = self._event(change_id)
            change = event.changes.get(serial)
            if change is None:
                break
            if reason is None and change.reason:
                reason, event_id, actor, at = change.reason, change_id, event.actor, event.at
            note = note or change.note
            change_id = change.before
        return Why(reason, note, event_id, actor, at)

    def _event(self, event_id: int) -> _Event:
        """What an event says of each row that it changed or put back, by serial."""
        event = self._kept.get(event_id)
        if event is None:
            query = "SELECT actor, at, action, detail FROM event WHERE id = ?"
            row = self.connection.execute(query, (event_id,)).fetchone()
            event = UNKNOWN if row is None else _Event(row[0], row[1], _read(row[2], from_json(row[3])))
            self._kept[event_id] = event
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return event


def _read(action: str, detail: dict[str, Any]) -> dict[int, _Change]:
    reason, note = detail.get("reason"), detail.get("note")
    before = len(detail.get("rows_before", ()))
    changes = {}
    for at, (row, own) in enumerate(rows_told(detail)):
        why = own.get("reason", reason) if action in TURNING else None
        changes[row[SERIAL]] = _Change(why, own.get("note", note), row[CHANGE] if at < before else None)
    return changes


class SourceDigest:
    """The SHA-256 over the sources of one event, in the order of their serials."""

    __slots__ = ("_hash", "rows")

    def __init__(self) -> None:
        self.rows = 0
        self._hash = sha256()

    def add(self, serial: object, reason: object, actor: object, at: object, note: object = None) -> None:
        """Take one more."""
        self.rows += 1
        # Sources had no notes once: one without is hashed as it was then.
        noted = () if note is None else (note,)
        columns = (_hashed(column) for column in (serial, reason, actor, at, *noted))
        self._hash.update(("\x1f".join(columns) + "\x1e").encode("utf-8", "surrogateescape"))

    def hex(self) -> str | None:
        """The hash in hexadecimal; None where there is no source."""
        return str(self._hash.hexdigest()) if self.rows else None


def _hashed(column: object) -> str:
    """A column as it is hashed: NULL as an empty text, and an empty text, which nobody wrote, as none ever
    is.
    """
    if column is None:
        return ""
    return str(column) or "\x1f"


class Sources:
    """The sources of adopted numbers of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def of(self, event_id: int, serial: int) -> Source | None:
        """Where the number comes from that an event wrote at a serial; None where nobody said."""
        query = "SELECT reason, actor, at, note FROM number_source WHERE serial = ? AND event_id = ?"
        row = self.connection.execute(query, (serial, event_id)).fetchone()
        return None if row is None else Source(*row)
