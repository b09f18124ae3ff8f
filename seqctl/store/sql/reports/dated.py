"""Document dates within one counter: those of the numbers around an integer, and what is dated in a window.

A reservation past its deadline counts as freed: its date is no date any more.
"""

from bisect import bisect_right, insort
from collections.abc import Iterator

from seqctl.model.reports.stretch import Stretch
from seqctl.model.reports.windows import DatedSpan, WindowCounts, WindowNumber

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.reports.windows import Window
    from seqctl.store.sql.connection import Connection, Dialect

BELOW_ALL, ABOVE_ALL = -1, 2**63
"""Beyond the values of every counter."""

REMEMBERED = 1000
"""Spans of one counter that are kept. A list in the order of issue comes back to a few of them."""

OF = " FROM number WHERE counter_id = ? AND (state <> 'reserved' OR expires_at > ?)"
"""Held numbers of a counter."""

BELOW = f"SELECT value, date{OF} AND date IS NOT NULL AND value < ? ORDER BY value DESC LIMIT 1"
ABOVE = f"SELECT value, date{OF} AND date IS NOT NULL AND value > ? ORDER BY value LIMIT 1"
COUNTS = (
    "SELECT count(CASE WHEN date IS NULL THEN 1 END),"
    " count(CASE WHEN inside AND state = 'issued' THEN 1 END),"
    " count(CASE WHEN inside AND state = 'void' THEN 1 END),"
    " count(CASE WHEN inside AND state = 'reserved' THEN 1 END),"
    " min(CASE WHEN inside THEN value END), max(CASE WHEN inside THEN value END)"
    f" FROM (SELECT value, state, date, date BETWEEN ? AND ? AS inside{OF}) dated"
)

INSIDE = f"SELECT value, date BETWEEN ? AND ? AS inside{OF} AND date IS NOT NULL AND value BETWEEN ? AND ?"
STRANGER = f"SELECT 1 FROM ({INSIDE}) dated WHERE NOT inside LIMIT 1"
CHANGES = (
    "SELECT value, inside FROM (SELECT value, inside, lag(inside) OVER (ORDER BY value) AS before"
    f" FROM ({INSIDE}) dated) compared WHERE before IS NULL OR before <> inside ORDER BY value"
)
"""Where the numbers of a window begin and end among those of a counter that have a date."""


class DatedNumbers:
    """The dates of the numbers of one book, within a transaction; keeps what it found.

    A reservation counts while its deadline lies after `now`; then it is freed, and its date is none any more.
    """

    __slots__ = ("_spans", "connection", "dialect")

    def __init__(self, connection: "Connection", dialect: "Dialect") -> None:
        self.connection = connection
        self.dialect = dialect
        self._spans: dict[int, list[DatedSpan]] = {}

    def around(self, counter_id: int, value: int, now: str) -> DatedSpan:
        """The span of a counter in which an integer without a date lies.

        Reads from the integer to the nearest number with a date on both sides, once for each span: all
        integers of a counter cost as much as its rows.
        """
        spans = self._spans.setdefault(counter_id, [])
        at = bisect_right(spans, value, key=_low)
        if at and spans[at - 1].low < value < spans[at - 1].high:
            return spans[at - 1]
        below = self.connection.execute(BELOW, (counter_id, now, value)).fetchone()
        above = self.connection.execute(ABOVE, (counter_id, now, value)).fetchone()
        low, before = below or (BELOW_ALL, None)
        high, after = above or (ABOVE_ALL, None)
        span = DatedSpan(low, high, before, after)
        if len(spans) == REMEMBERED:
            spans.clear()
        insort(spans, span, key=_low)
        return span

    def counts(self, counter_id: int, first: str, last: str, now: str) -> WindowCounts:
        """What a counter holds with dates from one day to another. Reads all rows of the counter."""
        row = self.connection.execute(COUNTS, (first, last, counter_id, now)).fetchone()
        return WindowCounts(*row)

    def stretches(
        self, counter_id: int, lowest: int, highest: int, first: str, last: str, now: str
    ) -> Iterator[Stretch]:
        """The stretches of integers of which those without a date belong to a window, lowest first.

        `lowest` and `highest` are the values of its first and its last dated number. Each begins at a dated
        number, or at 0 where no number below has a date, and ends before the next one of another window.
        """
        below = self.connection.execute(BELOW, (counter_id, now, lowest)).fetchone()
        above = self.connection.execute(ABOVE, (counter_id, now, highest)).fetchone()
        begins: int | None = 0 if below is None else lowest
        end = ABOVE_ALL - 1 if above is None else above[0] - 1
        given = (first, last, counter_id, now, lowest, highest)
        # Most dates follow the numbers: then nothing lies between.
        if self.connection.execute(STRANGER, given).fetchone() is not None:
            for value, inside in self.dialect.rows(self.connection, CHANGES, given):
                if inside and begins is None:
                    begins = value
                elif not inside:
                    assert begins is not None
                    yield Stretch(begins, value - 1)
                    begins = None
        assert begins is not None
        yield Stretch(begins, end)

    def undated(self, counter_id: int, within: Stretch, now: str) -> Iterator[WindowNumber]:
        """The held numbers of a stretch without a date, lowest first. Reads all rows of the stretch."""
        query = (
            f"SELECT value, text, state, date{OF} AND date IS NULL AND value BETWEEN ? AND ? ORDER BY value"
        )
        return map(WindowNumber._make, self.dialect.rows(self.connection, query, (counter_id, now, *within)))

    def of_type(self, counter_id: int, document_type: str, own_type: str, window: "Window", now: str) -> int:
        """How many held numbers of a counter are of a document type; those dated in a window.

        `own_type` is the one of rows that name none. Reads all rows of the counter.
        """
        query = f"SELECT count(*){OF} AND coalesce(document_type, ?) = ?"
        given: list[object] = [counter_id, now, own_type, document_type]
        if not window.open:
            query, given = query + " AND date BETWEEN ? AND ?", [*given, *window.ends]
        return int(self.connection.execute(query, given).fetchone()[0])

    def undated_of_type(
        self, counter_id: int, document_type: str, own_type: str, within: Stretch, now: str
    ) -> int:
        """How many held numbers of a stretch without a date are of a document type."""
        query = (
            f"SELECT count(*){OF} AND coalesce(document_type, ?) = ? AND date IS NULL"
            " AND value BETWEEN ? AND ?"
        )
        given = (counter_id, now, own_type, document_type, *within)
        return int(self.connection.execute(query, given).fetchone()[0])

    def outside(
        self, counter_id: int, lowest: int, highest: int, first: str, last: str, now: str
    ) -> Iterator[WindowNumber]:
        """The numbers between two values that are dated, but not from one day to another; lowest first."""
        query = (
            f"SELECT value, text, state, date{OF} AND value BETWEEN ? AND ?"
            " AND (date < ? OR date > ?) ORDER BY value"
        )
        given = (counter_id, now, lowest, highest, first, last)
        return map(WindowNumber._make, self.dialect.rows(self.connection, query, given))


def _low(span: DatedSpan) -> int:
    return span.low
