"""Gap runs: stored stretches of integers of one counter that no document holds.

The runs of a counter never overlap. Every change goes through `put` and `clear`, which keep the counts of
the counter right and give back the runs as they were, for the event that notes the change.
"""

from seqctl.model.number.counter import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

RunBefore = tuple[int, int, str, int]
"""A gap run as it was: first, last, state, and the event that made it."""

OVERLAPPING = (
    " FROM gap_run WHERE counter_id = :counter AND first <= :last AND last >= :first AND first >="
    " coalesce((SELECT max(first) FROM gap_run WHERE counter_id = :counter AND first <= :first),"
    " :first)"
)


class GapRuns:
    """The gap runs of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def put(
        self, counter: Counter, first: int, last: int, step: int, state: str, event_id: int
    ) -> list[RunBefore]:
        """Make all integers from `first` to `last` one run of that state, whatever they were before.

        None of them may be held. Returns the runs that were cut or replaced, as they were.
        """
        before = self.clear(counter, first, last, step)
        self.connection.execute(
            "INSERT INTO gap_run (counter_id, first, last, state, event_id) VALUES (?, ?, ?, ?, ?)",
            (counter.id, first, last, state, event_id),
        )
        _count(counter, state, (last - first) // step + 1)
        return before

    def clear(self, counter: Counter, first: int, last: int, step: int) -> list[RunBefore]:
        """Take all integers from `first` to `last` out of the runs. Returns the runs as they were."""
        query = "SELECT id, first, last, state, event_id" + OVERLAPPING + " ORDER BY first"
        aim = {"counter": counter.id, "first": first, "last": last}
        found = self.connection.execute(query, aim).fetchall()
        for id, begins, ends, state, event_id in found:
            self.connection.execute("DELETE FROM gap_run WHERE id = ?", (id,))
            rest = ((begins, first - step), (last + step, ends))
            for low, high in rest:
                if low <= high:
                    self.connection.execute(
                        "INSERT INTO gap_run (counter_id, first, last, state, event_id)"
                        " VALUES (?, ?, ?, ?, ?)",
                        (counter.id, low, high, state, event_id),
                    )
            cleared = (min(ends, last) - max(begins, first)) // step + 1
            _count(counter, state, -cleared)
        return [row[1:] for row in found]

    def overlapping(self, counter_id: int, first: int, last: int) -> list[RunBefore]:
        """The runs that hold an integer from `first` to `last`, in order, uncut."""
        query = "SELECT first, last, state, event_id" + OVERLAPPING + " ORDER BY first"
        aim = {"counter": counter_id, "first": first, "last": last}
        return self.connection.execute(query, aim).fetchall()

    def reusable(self, counter_id: int, most: int) -> list[tuple[int, int]]:
        """The lowest runs of numbers that go out again, at most `most` of them."""
        query = (
            "SELECT first, last FROM gap_run WHERE counter_id = ? AND state = 'reusable'"
            " ORDER BY first LIMIT ?"
        )
        return self.connection.execute(query, (counter_id, most)).fetchall()

    def held_from(self, counter_id: int, value: int, most: int) -> list[str]:
        """The numbers that a counter holds from a value on, lowest first, at most `most`."""
        query = "SELECT text FROM number WHERE counter_id = ? AND value >= ? ORDER BY value LIMIT ?"
        return [text for (text,) in self.connection.execute(query, (counter_id, value, most))]

    def highest_held(self, counter_id: int) -> int | None:
        """The highest value that a counter holds."""
        query = "SELECT max(value) FROM number WHERE counter_id = ?"
        (value,) = self.connection.execute(query, (counter_id,)).fetchone()
        return None if value is None else int(value)


def _count(counter: Counter, state: str, integers: int) -> None:
    counter.accounted += integers
    if state == "reusable":
        counter.reusable += integers
