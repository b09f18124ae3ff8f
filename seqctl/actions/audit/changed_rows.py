"""What later events kept of the rows that they changed or freed, asked for by the event that wrote the rows.

The log is read once for it. Rows that were changed may be most of the ledger, so that they lie in a spool.
"""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.log.replay.rows import EVENT, SERIAL, Change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Spool


class RowChanges:
    """The changes of rows that one event wrote; false where there are none."""

    __slots__ = ("_any", "_event_id", "_spool")

    def __init__(self, spool: Spool, event_id: int, any: bool) -> None:
        self._spool = spool
        self._event_id = event_id
        self._any = any

    def __bool__(self) -> bool:
        return self._any

    def __iter__(self) -> Iterator[list[Change]]:
        """The changes of each row, oldest first; rows by their serials."""
        if self._any:
            for values in self._spool.under(self._event_id):
                yield [Change(*value) for value in values]

    def __contains__(self, serial: object) -> bool:
        """Whether the row of a serial was changed or freed."""
        return self._any and isinstance(serial, int) and self._spool.has(self._event_id, serial)


class ChangedRows:
    """The changes of all rows: first each is noted, then they are taken, event by event."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._writers: Iterator[int] | None = None
        self._next: int | None = None
        self._left: set[int] = set()
        """Events that wrote changed rows, were not asked for, and lie behind."""

    def note(self, change: Change) -> None:
        """Note a change. Raises what a row of another form raises."""
        self._spool.add(int(change.known[EVENT]), int(change.known[SERIAL]), tuple(change))

    def take(self, event_id: int) -> RowChanges:
        """The changes of the rows that an event wrote, given once."""
        self._go_on_to(event_id)
        found = event_id == self._next
        if found:
            self._turn()
        elif event_id in self._left:
            self._left.remove(event_id)
            found = True
        return RowChanges(self._spool, event_id, found)

    def untaken(self) -> Iterator[int]:
        """The events that wrote changed rows and were never asked for."""
        self._go_on_to(None)
        yield from sorted(self._left)

    def _go_on_to(self, event_id: int | None) -> None:
        if self._writers is None:
            self._writers = self._spool.keys()
            self._turn()
        while self._next is not None and (event_id is None or self._next < event_id):
            self._left.add(self._next)
            self._turn()

    def _turn(self) -> None:
        assert self._writers is not None
        self._next = next(self._writers, None)
