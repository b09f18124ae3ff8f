"""Rows that stand where they should not, until an event claims them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from itertools import islice

from seqctl.model.log.replay.rows import COUNTER, EVENT, SERIAL, VALUE, Change, Row


class Pool:
    """Rows that stand where none of their event should: among those of another, or of no event at all."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)

    def at(self, places: range, kept: Container[int]) -> list[Row]:
        """Take the rows that stand at serials which an event gave, but for those that later events kept."""
        return self._take(lambda row: row[SERIAL] in places and row[SERIAL] not in kept)

    def holding(self, counter_id: int, value: int) -> Row | None:
        """Take the row of a number."""
        wanted = self._take(lambda row: (row[COUNTER], row[VALUE]) == (counter_id, value), 1)
        return wanted[0] if wanted else None

    def of(self, event_id: int, value: int | None) -> Row | None:
        """Take a row that names an event, of a value where that is known."""
        wanted = self._take(lambda row: row[EVENT] == event_id and value in (None, row[VALUE]), 1)
        return wanted[0] if wanted else None

    def _take(self, test: Callable[[Row], bool], most: int | None = None) -> list[Row]:
        taken = list(islice((row for row in self.rows if test(row)), most))
        self.rows = [row for row in self.rows if not any(row is one for one in taken)]
        return taken


def displaced(change: Change, row: Row) -> bool:
    """Whether a row is as a change left it, but for the event and the serial that it names."""
    return change.after is not None and _placeless(row) == _placeless(change.after)


def _placeless(row: Row) -> Row:
    return (*row[:EVENT], *row[SERIAL + 1 :])
