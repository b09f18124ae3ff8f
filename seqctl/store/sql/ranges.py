"""Ranges as they serve: which ones a day lets in, where their counters stand, and that they are annulled.

On the path of every issue of a sequence with ranges.
"""

from seqctl.model.number.counter import Counter
from seqctl.store.sql.definitions.ranges import RANGE, SELECTED, range_from_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.range.changes import HeldInRange
    from seqctl.model.range.range import Range
    from seqctl.model.sequence.sequence import Sequence
    from seqctl.store.sql.connection import Connection

SERVING = (
    f"SELECT {SELECTED} FROM range r JOIN sequence s ON s.id = r.sequence_id"
    " LEFT JOIN counter c ON c.sequence_id = r.sequence_id AND c.period = r.name"
    " WHERE r.sequence_id = ? AND r.annulled IS NULL"
    " AND (r.valid_from IS NULL OR r.valid_from <= ?) AND (r.valid_until IS NULL OR r.valid_until >= ?)"
    " AND (c.id IS NULL OR c.reusable > 0 OR c.reserved > 0 OR r.last IS NULL OR c.last < r.last)"
)


class Ranges:
    """The ranges of one book, within a transaction."""

    __slots__ = ("_narrowed", "connection")

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self._narrowed: dict[str, Sequence] = {}

    def serving(self, sequence_id: int, day: str) -> "list[Range]":
        """The ranges of a sequence that are in force on a day and may have a number left, best first."""
        rows = self.connection.execute(SERVING, (sequence_id, day, day))
        return sorted(map(range_from_row, rows), key=lambda each: each.order)

    def of(self, sequence_id: int) -> "list[Range]":
        """The ranges of a sequence, in the order in which they serve."""
        rows = self.connection.execute(RANGE + "WHERE r.sequence_id = ?", (sequence_id,))
        return sorted(map(range_from_row, rows), key=lambda each: each.order)

    def range(self, name: str) -> "Range | None":
        """The range of that id."""
        row = self.connection.execute(RANGE + "WHERE r.name = ?", (name,)).fetchone()
        return range_from_row(row) if row else None

    def names(self) -> list[str]:
        """The ids of all ranges, in order."""
        return [name for (name,) in self.connection.execute("SELECT name FROM range ORDER BY name")]

    def narrowed(self, sequence: "Sequence", period: str) -> "Sequence":
        """A sequence as the range of a period makes it; one that counts otherwise as it is.

        Each range is read once in a transaction that changes none.
        """
        if sequence.reset != "range":
            return sequence
        known = self._narrowed.get(period)
        if known is None:
            from seqctl.model.range.serving import in_range

            served = self.range(period)
            if served is None:
                return sequence
            known = self._narrowed[period] = in_range(sequence, served)
        return known

    def counter_of(self, name: str) -> "tuple[str, Counter, int] | None":
        """The scope, counter and step of a range's sequence; None where nothing was given out of it."""
        row = self.connection.execute(
            "SELECT c.scope, s.step, c.id, c.uniqueness_id, c.first, c.last, c.accounted, c.reusable,"
            " c.reserved, c.latest_date, c.latest_value, coalesce(c.domain_id, c.uniqueness_id) FROM range r"
            " JOIN sequence s ON s.id = r.sequence_id"
            " JOIN counter c ON c.sequence_id = r.sequence_id AND c.period = r.name WHERE r.name = ?",
            (name,),
        ).fetchone()
        return (row[0], Counter(*row[2:]), row[1]) if row else None

    def held_in(self, name: str) -> "HeldInRange | None":
        """How far the held numbers of a range reach; None where it holds none."""
        row = self.connection.execute(
            "SELECT max(n.value), min(n.date), max(n.date) FROM range r JOIN counter c"
            " ON c.sequence_id = r.sequence_id AND c.period = r.name JOIN number n ON n.counter_id = c.id"
            " WHERE r.name = ?",
            (name,),
        ).fetchone()
        if row[0] is None:
            return None
        from seqctl.model.range.changes import HeldInRange

        return HeldInRange(*row)

    def held_count(self, name: str, now: str) -> int:
        """How many numbers of a range documents hold: no reservation whose deadline has passed."""
        (count,) = self.connection.execute(
            "SELECT count(*) FROM range r JOIN counter c ON c.sequence_id = r.sequence_id"
            " AND c.period = r.name JOIN number n ON n.counter_id = c.id WHERE r.name = ?"
            " AND (n.expires_at IS NULL OR n.expires_at > ?)",
            (name, now),
        ).fetchone()
        return int(count)

    def annul(self, name: str, event_id: "int | None", last: "int | None", ended: bool) -> None:
        """Note the event that annuls a range, None for one that is reopened, and the last number it has."""
        query = "UPDATE range SET annulled = ?, last = ?, ended = ? WHERE name = ?"
        self.connection.execute(query, (event_id, last, int(ended), name))
        self._narrowed.clear()
