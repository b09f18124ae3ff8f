"""Lists for people: numbers of the ledger, counters, events. Read in pages, never held as a whole."""

from collections.abc import Iterator

from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import KeyedCounter
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reports.recount import LedgerTotal
from seqctl.model.sequence.scope import scope_values
from seqctl.store.sql.needed import COUNTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

NUMBERS = (
    "SELECT n.text, n.value, s.name, s.document_type, c.period, c.scope, n.date, n.state, n.key,"
    " n.record, n.policy, n.set_name, n.reused, e.at, e.actor, n.expires_at"
    " FROM number n JOIN counter c ON c.id = n.counter_id JOIN sequence s ON s.id = c.sequence_id"
    " JOIN event e ON e.id = n.event_id "
)
PAGE = 1000


class Listing:
    """Reads for people, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def numbers(self, wanted: NumberFilter) -> Iterator[KnownNumber]:
        """The numbers that pass a filter, in the order of issue."""
        conditions, values = _conditions(wanted)
        query = NUMBERS + ("WHERE " + " AND ".join(conditions) if conditions else "")
        cursor = self.connection.execute(query + " ORDER BY n.serial", values)
        left = wanted.limit
        while left != 0 and (rows := cursor.fetchmany(PAGE if left is None else min(left, PAGE))):
            for row in rows:
                if left == 0:
                    return
                if all(item in scope_values(row[5]).items() for item in wanted.scope):
                    left = None if left is None else left - 1
                    yield KnownNumber._make((*row[:12], bool(row[12]), *row[13:]))

    def counters(self, sequence_id: int, period: str | None = None) -> list[KeyedCounter]:
        """The counters of a sequence with their period and scope, in order; those of one period."""
        rows = self.connection.execute(
            f"{COUNTER}, period, scope FROM counter WHERE sequence_id = :sequence"
            " AND (:period IS NULL OR period = :period) ORDER BY period, scope",
            {"sequence": sequence_id, "period": period},
        )
        return [KeyedCounter(key, scope, Counter(*row)) for *row, key, scope in rows]

    def counts(self) -> dict[str, int]:
        """How many definitions, counters, numbers and events the book holds."""
        tables = ("calendar", "sequence", "sequence_set", "counter", "number", "event")
        return {
            table: self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        }

    def standing(self) -> LedgerTotal:
        """Integers of all counters that no document holds, and numbers held by reservations."""
        passed, reserved = self.connection.execute(
            "SELECT coalesce(sum(CAST(CASE WHEN c.last < c.first THEN 0 ELSE (c.last - c.first) / s.step + 1"
            " END AS DOUBLE PRECISION)), 0), coalesce(sum(c.reserved), 0) FROM counter c"
            " JOIN sequence s ON s.id = c.sequence_id"
        ).fetchone()
        (held,) = self.connection.execute("SELECT count(*) FROM number").fetchone()
        return LedgerTotal(int(passed) - held, int(reserved))


def _conditions(wanted: NumberFilter) -> tuple[list[str], list[object]]:
    tests: list[tuple[str, object]] = [
        ("s.name = ?", wanted.sequence),
        ("s.document_type = ?", wanted.document_type),
        ("n.state = ?", wanted.state),
        ("n.date >= ?", wanted.date_from),
        ("n.date <= ?", wanted.date_to),
        ("c.period = ?", wanted.period),
        ("n.record = ?", wanted.record),
        ("n.key = ?", wanted.key),
    ]
    given = [(test, value) for test, value in tests if value is not None]
    return [test for test, _ in given], [value for _, value in given]
