"""What rows give out, where their event is gone or cannot be trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from seqctl.model.log.replay.rows import COUNTER, EVENT, REUSED, VALUE, Row
from seqctl.model.number.held_number import Held

KEPT = 20
"""How many rows of each counter are kept."""


class Tally:
    """What rows give out of each counter.

    `rows` keeps the first rows of each counter, `taken` its values that may have been in gap runs, `highest`
    the highest event that they name.
    """

    def __init__(self) -> None:
        self.rows: dict[int, list[Row]] = {}
        self.taken: dict[int, list[tuple[int, int]]] = {}
        self.highest: dict[int, int] = {}
        self._values: dict[int, tuple[int, int, int]] = {}

    def add(self, rows: list[Row]) -> None:
        """Count some rows."""
        for row in rows:
            id, value = row[COUNTER], row[VALUE]
            count, low, high = self._values.get(id, (0, value, value))
            self._values[id] = (count + 1, min(low, value), max(high, value))
            self.highest[id] = max(self.highest.get(id, 0), row[EVENT])
            if count < KEPT:
                self.rows.setdefault(id, []).append(row)
            if row[REUSED]:
                self.taken.setdefault(id, []).append((id, value))

    def kept(self, counter_id: int | None = None) -> list[Row]:
        """The rows that were kept, of one counter or of all."""
        return [row for id, rows in self.rows.items() if counter_id in (None, id) for row in rows]

    def take_back(self, row: Row) -> None:
        """Count a row that was kept no longer."""
        id = row[COUNTER]
        count, low, high = self._values[id]
        self._values[id] = (count - 1, low, high)
        self.rows[id].remove(row)

    def held(self) -> list[Held]:
        """What was given out; the rows do not tell the names of their counters."""
        return [Held(id, "", "", "", *values) for id, values in self._values.items()]


def drawn_again(rows: Iterable[Row], anywhere: Callable[[int], bool] | None = None) -> list[tuple[int, int]]:
    """Counter and value of rows that may have been in a gap run: the reused ones, or of some counters all."""
    if anywhere is None:
        return [(row[COUNTER], row[VALUE]) for row in rows if row[REUSED]]
    return [(row[COUNTER], row[VALUE]) for row in rows if row[REUSED] or anywhere(row[COUNTER])]
