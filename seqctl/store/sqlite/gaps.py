"""Gap runs: stored stretches of integers of one counter that no document holds."""

import sqlite3

from seqctl.model.counter import Counter


class GapRuns:
    """The gap runs of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def add(self, counter_id: int, first: int, last: int, state: str, event_id: int) -> None:
        """Store a run of integers that no document holds."""
        self.connection.execute(
            "INSERT INTO gap_run (counter_id, first, last, state, event_id) VALUES (?, ?, ?, ?, ?)",
            (counter_id, first, last, state, event_id),
        )

    def cut(self, counter: Counter, value: int, step: int) -> list[tuple[int, int, str, int]]:
        """Take `value` and everything above it out of the gap runs of a counter, and out of its counts.

        Returns the runs as they were: first, last, state, event.
        """
        query = (
            "SELECT id, first, last, state, event_id FROM gap_run WHERE counter_id = ? AND last >= ?"
            " ORDER BY first"
        )
        before = []
        for id, first, last, state, event in self.connection.execute(query, (counter.id, value)).fetchall():
            before.append((first, last, state, event))
            cut = (last - max(first, value)) // step + 1
            counter.accounted -= cut
            if state == "reusable":
                counter.reusable -= cut
            if first >= value:
                self.connection.execute("DELETE FROM gap_run WHERE id = ?", (id,))
            else:
                update = "UPDATE gap_run SET last = ? WHERE id = ?"
                self.connection.execute(update, (value - step, id))
        return before

    def held_from(self, counter_id: int, value: int, most: int) -> list[str]:
        """The numbers that a counter holds from a value on, lowest first, at most `most`."""
        query = "SELECT text FROM number WHERE counter_id = ? AND value >= ? ORDER BY value LIMIT ?"
        return [text for (text,) in self.connection.execute(query, (counter_id, value, most))]

    def highest_held(self, counter_id: int) -> int | None:
        """The highest value that a counter holds."""
        query = "SELECT max(value) FROM number WHERE counter_id = ?"
        (value,) = self.connection.execute(query, (counter_id,)).fetchone()
        return None if value is None else int(value)
