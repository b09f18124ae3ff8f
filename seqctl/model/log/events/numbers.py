"""Events that write rows of the ledger, change them, or take them out; `Issued` stands with the issue."""

from __future__ import annotations

from seqctl.model.classes import frozen
from seqctl.model.log.events.said import OfCounters, Said, counters_moved
from seqctl.model.number.held_number import ROW, Held
from seqctl.model.number.runs import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from seqctl.model.log.event import Event
    from seqctl.model.log.replay.state import BookState

    Row = Sequence[Any]
    """A row of the ledger as an event keeps it: its columns in the order of ROW."""

COUNTER, STATE, VALUE = (ROW.index(name) for name in ("counter_id", "state", "value"))


@frozen
class Numbered(Said):
    """`assign` and `adopt`: the records of a file got numbers, or existing numbers were entered.

    `counters` has of each counter id, sequence, period, scope, lowest and highest value, and the count;
    `sources` is the hash over where adopted numbers come from, where the input tells.
    """

    twice = ("count",)
    omitted = ("unchanged", "runs_before", "sources")

    action: str
    subject: str
    serial: int
    type: str
    file: str | None
    count: int
    unchanged: int | None
    rows: str
    counters: Sequence[Any]
    runs_before: Sequence[Any] | None
    sources: str | None = None

    def held(self) -> list[Held]:
        """What it gave out of each counter."""
        return [
            Held(int(id), str(name), str(period), str(scope), int(count), int(low), int(high))
            for id, name, period, scope, low, high, count in self.counters
        ]

    def apply(self, event: Event, state: BookState) -> None:
        """Counters hold what was given out."""
        state.write(event.id, self.action, self.held())


@frozen
class RowsChanged(OfCounters):
    """`confirm`, `extend`, `void`, `record` and `reinstate`: rows changed as `after` says, or came back.

    `each` has for each of the rows that were there, and then for each that came back, what differs from one
    to the other, where that is so: its reason, its note, and columns as `after` has them.
    """

    omitted = ("period", "scope", "rows_after", "runs_before", "note", "file", "each", "counters")

    reason: str | None
    numbers: list[str]
    after: dict[str, object]
    rows_before: Sequence[Row]
    rows_after: Sequence[Row] | None = None
    runs_before: Sequence[Any] | None = None
    note: str | None = None
    file: str | None = None
    each: list[dict[str, Any]] | None = None
    counters: Sequence[Any] | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """Reservations are none any more; what came back is held, and in no gap run."""
        counters = counters_moved(self, self.counters, event, state)
        if self.after.get("state", "reserved") != "reserved":
            for row in self.rows_before:
                counters[row[COUNTER]].confirm(row[STATE] == "reserved")
        for row in self.rows_after or ():
            counter = counters[row[COUNTER]]
            counter.runs.clear(row[VALUE], row[VALUE])
            counter.hold(1, row[VALUE], row[VALUE])


@frozen
class RowsFreed(OfCounters):
    """`release`, `expire` and `reconcile`: rows left the ledger.

    `under` is the event that annulled their range, which says why they are blocked. `each` has for each row
    what differs from one to the other: its reason, its note, and of another counter `to` and `under`.
    """

    after = rows_after = None
    omitted = ("period", "scope", "file", "each", "under", "counters")

    reason: str | None
    numbers: list[str]
    to: str
    rows_before: Sequence[Row]
    file: str | None = None
    each: list[dict[str, Any]] | None = None
    under: int | None = None
    counters: Sequence[Any] | None = None

    def apply(self, event: Event, state: BookState) -> None:
        """What is held no more becomes gap runs, unless it is simply missing."""
        each = self.each or [{}] * len(self.rows_before)
        rows_of: dict[int, list[tuple[Row, dict[str, Any]]]] = {}
        for row, own in zip(self.rows_before, each, strict=True):
            rows_of.setdefault(row[COUNTER], []).append((row, own))
        counters = counters_moved(self, self.counters, event, state)
        for id, rows in rows_of.items():
            counter, own = counters[id], rows[0][1]
            counter.free(len(rows), sum(row[STATE] == "reserved" for row, _ in rows))
            to, under = own.get("to", self.to), own.get("under", self.under)
            if to != "missing":
                for first, last in joined((row[VALUE] for row, _ in rows), counter.step):
                    counter.runs.put(first, last, to, under or event.id)
