"""What happened to one integer of a counter, as the events tell it, and why a gap run is as it is."""

from __future__ import annotations

from seqctl.json_text import from_json
from seqctl.model.log.told import Told
from seqctl.model.number.held_number import ROW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.store.sql.connection import Connection


VALUE, EVENT_ID = ROW.index("value"), ROW.index("event_id")
EVENT = "SELECT id, at, actor, action, subject, detail FROM event "


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
        changes = self.connection.execute(
            EVENT + "WHERE counter_id = ? AND first <= ? AND last >= ?"
            " AND action NOT IN ('issue', 'reserve')",
            (counter_id, value, value),
        )
        found = {}
        issuing = set() if issued_by is None else {issued_by}
        for row in changes:
            event = _event(row)
            kept_rows = (*event["detail"].get("rows_before", ()), *event["detail"].get("rows_after", ()))
            rows = [kept for kept in kept_rows if kept[VALUE] == value]
            if rows or _concerns(event["detail"], value):
                found[event["id"]] = event
                issuing.update(kept[EVENT_ID] for kept in rows)
        for id in issuing - found.keys():
            row = self.connection.execute(EVENT + "WHERE id = ?", (id,)).fetchone()
            if row is not None:
                found[id] = _event(row)
        return [found[id] for id in sorted(found)]

    def told(self, event_id: int) -> Told:
        """The action, instant, actor and reason of an event."""
        query = "SELECT action, at, actor, detail FROM event WHERE id = ?"
        action, at, actor, detail = self.connection.execute(query, (event_id,)).fetchone()
        return Told(action, at, actor, from_json(detail).get("reason"))


def _concerns(detail: dict[str, Any], value: int) -> bool:
    """Whether an event whose range holds a value concerns it: not where it names others alone."""
    if "values" in detail:
        return any(first <= value <= last for first, last in detail["values"])
    return "rows_before" not in detail


def _event(row: tuple[Any, ...]) -> dict[str, Any]:
    """An event as JSON shows it."""
    names = ("id", "at", "actor", "action", "subject")
    return {**dict(zip(names, row, strict=False)), "detail": from_json(row[5])}
