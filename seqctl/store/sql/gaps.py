"""Gap runs: stored stretches of integers of one counter that no document holds.

What `put` and `clear` do to them is the model's, in `GapRuns`; here they are read and written back. Both give
back the runs as they were, for the event that notes the change.
"""

from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_runs import GapRuns, Run
from seqctl.model.reports.stretch import Stretch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

OVERLAPPING = (
    " FROM gap_run WHERE counter_id = :counter AND first <= :last AND last >= :first AND first >="
    " coalesce((SELECT max(first) FROM gap_run WHERE counter_id = :counter AND first <= :first),"
    " :first)"
)


class StoredGapRuns:
    """The gap runs of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def put(self, counter: Counter, first: int, last: int, step: int, state: str, event_id: int) -> list[Run]:
        """Make all integers from `first` to `last` one run of that state, whatever they were before.

        None of them may be held. Returns the runs that were cut or replaced, as they were.
        """
        assert counter.id is not None
        before = self.overlapping(counter.id, first, last)
        runs = GapRuns(counter, step, before)
        runs.put(first, last, state, event_id)
        self._exchange(counter.id, before, runs)
        return before

    def clear(self, counter: Counter, first: int, last: int, step: int) -> list[Run]:
        """Take all integers from `first` to `last` out of the runs. Returns the runs as they were."""
        assert counter.id is not None
        before = self.overlapping(counter.id, first, last)
        runs = GapRuns(counter, step, before)
        runs.clear(first, last)
        self._exchange(counter.id, before, runs)
        return before

    def _exchange(self, counter_id: int, before: list[Run], now: GapRuns) -> None:
        gone = [(counter_id, run.first) for run in before]
        self.connection.executemany("DELETE FROM gap_run WHERE counter_id = ? AND first = ?", gone)
        self.connection.executemany(
            "INSERT INTO gap_run (counter_id, first, last, state, event_id) VALUES (?, ?, ?, ?, ?)",
            [(counter_id, *run) for run in now],
        )

    def overlapping(self, counter_id: int, first: int, last: int) -> list[Run]:
        """The runs that hold an integer from `first` to `last`, in order, uncut."""
        query = "SELECT first, last, state, event_id" + OVERLAPPING + " ORDER BY first"
        aim = {"counter": counter_id, "first": first, "last": last}
        return [Run._make(row) for row in self.connection.execute(query, aim)]

    def reusable(self, counter_id: int, most: int | None) -> list[Stretch]:
        """The lowest runs of numbers that are issued again, in order; at most `most` of them."""
        query = "SELECT first, last FROM gap_run WHERE counter_id = ? AND state = 'reusable' ORDER BY first"
        # No number stands for all rows in both engines.
        limit, bound = ("", (counter_id,)) if most is None else (" LIMIT ?", (counter_id, most))
        return [Stretch(*row) for row in self.connection.execute(query + limit, bound)]

    def held_from(self, counter_id: int, value: int, most: int) -> list[str]:
        """The numbers that a counter holds from a value on, lowest first, at most `most`."""
        query = "SELECT text FROM number WHERE counter_id = ? AND value >= ? ORDER BY value LIMIT ?"
        return [text for (text,) in self.connection.execute(query, (counter_id, value, most))]

    def highest_held(self, counter_id: int) -> int | None:
        """The highest value that a counter holds."""
        query = "SELECT max(value) FROM number WHERE counter_id = ?"
        (value,) = self.connection.execute(query, (counter_id,)).fetchone()
        return None if value is None else int(value)
