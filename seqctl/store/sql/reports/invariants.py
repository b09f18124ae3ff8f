"""Counting the ledger anew, for `check`: what counters say against what rows and gap runs really hold.

Everything is aggregated by SQLite, so that ten million numbers take minutes at most. Each query reads a table
or an index once; none looks up what it was not asked for.
"""

from collections.abc import Iterator

from seqctl.model.number.counter_name import CounterName
from seqctl.model.policy.policy import encode
from seqctl.model.reports.recount import Alike, BadRun, EndedReservations, Recount
from seqctl.model.reports.stored import CompiledPattern, CompiledPolicy, OtherType
from seqctl.store.sql.definitions.policies import compiled_anew

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

COUNTED = """
SELECT c.id, s.name, c.period, c.scope, s.mode, s.used, coalesce(r.first, s.start), s.step,
  coalesce(r.last, s.end),
  c.first, c.last, c.accounted, c.reusable, c.reserved, c.latest_date, c.latest_value,
  u.space, u.period, coalesce(t.name, s.document_type),
  CASE WHEN s."unique" = 'period' THEN c.period ELSE '' END,
  (SELECT l.date FROM number l WHERE l.counter_id = c.id AND l.value = c.latest_value),
  count(n.serial), min(n.value), max(n.value), count(CASE WHEN n.state = 'reserved' THEN 1 END),
  min(n.date), max(n.date),
  max(CASE WHEN n.state <> 'reserved' THEN n.date END),
  count(CASE WHEN (n.value - coalesce(r.first, s.start)) % s.step <> 0 THEN 1 END),
  count(CASE WHEN n.value < coalesce(r.first, s.start) OR n.value > coalesce(r.last, s.end) THEN 1 END),
  count(CASE WHEN n.uniqueness_id <> coalesce(c.domain_id, c.uniqueness_id) THEN 1 END),
  count(CASE WHEN (n.state = 'reserved') <> (n.expires_at IS NOT NULL) THEN 1 END)
FROM counter c JOIN sequence s ON s.id = c.sequence_id
  LEFT JOIN range r ON r.sequence_id = c.sequence_id AND r.name = c.period
  LEFT JOIN uniqueness u ON u.id = coalesce(c.domain_id, c.uniqueness_id)
  LEFT JOIN text_space t ON t.document_type = s.document_type LEFT JOIN number n ON n.counter_id = c.id
GROUP BY c.id, s.id, u.id, t.name, r.id
"""
IN_RUNS = """
SELECT r.counter_id, r.state, CAST(sum(((r.last - r.first) / s.step + 1) >> 32) AS BIGINT),
  CAST(sum(((r.last - r.first) / s.step + 1) & 4294967295) AS BIGINT)
FROM gap_run r JOIN counter c ON c.id = r.counter_id JOIN sequence s ON s.id = c.sequence_id
WHERE r.first <= r.last GROUP BY r.counter_id, r.state
"""
"""Lengths are summed in two halves: the sum of two long runs may be more than SQLite can add up."""

RUN = "SELECT r.counter_id, r.first, r.last, r.state FROM gap_run r "
MISPLACED_RUNS = (
    RUN + "JOIN counter c ON c.id = r.counter_id JOIN sequence s ON s.id = c.sequence_id"
    " WHERE r.first > r.last OR r.first < c.first OR r.last > c.last OR (r.first - c.first) % s.step <> 0"
    " OR (r.last - c.first) % s.step <> 0 OR (r.state = 'reusable' AND s.mode <> 'gapless') LIMIT ?"
)
OVERLAPPING_RUNS = (
    "SELECT counter_id, first, last, state FROM (SELECT counter_id, first, last, state, max(last) OVER"
    " (PARTITION BY counter_id ORDER BY first, last ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    " AS before FROM gap_run) r WHERE first <= before LIMIT ?"
)
HELD_RUNS = (
    RUN + "WHERE EXISTS (SELECT 1 FROM number n WHERE n.counter_id = r.counter_id"
    " AND n.value BETWEEN r.first AND r.last) LIMIT ?"
)
TWICE = (
    "SELECT t.text, coalesce(u.space, '?'), t.count FROM"
    " (SELECT text, uniqueness_id, count(*) AS count FROM number GROUP BY text, uniqueness_id"
    " HAVING count(*) > 1 LIMIT ?) t LEFT JOIN uniqueness u ON u.id = t.uniqueness_id"
)
MIXED = (
    "SELECT a.text, one.space, 2 FROM uniqueness one JOIN uniqueness other"
    " ON other.space = one.space AND one.period = '' AND other.period > ''"
    " JOIN number a ON a.uniqueness_id = other.id"
    " JOIN number b ON b.text = a.text AND b.uniqueness_id = one.id LIMIT ?"
)
"""Texts unique always beside the same text unique within a period: what the index cannot see."""

DIVIDED_KEYS = (
    "SELECT d.key FROM (SELECT key, min(event_id) AS first, max(event_id) AS last FROM number"
    " WHERE key IS NOT NULL AND state <> 'reserved' GROUP BY key, key_space) d"
    " JOIN event a ON a.id = d.first JOIN event b ON b.id = d.last WHERE d.first <> d.last"
    " AND (a.at <> b.at OR a.action <> b.action OR a.subject <> b.subject) LIMIT ?"
)
"""A reservation that ended frees its key before its row is gone, so that reserved rows do not count.

A request that drew from several ranges left an event for each, of one instant.
"""

NOT_MARKED_USED = (
    "SELECT s.name FROM sequence s WHERE s.used <> 1 AND EXISTS (SELECT 1 FROM counter c JOIN number n"
    " ON n.counter_id = c.id JOIN event e ON e.id = n.event_id WHERE c.sequence_id = s.id"
    " AND e.action <> 'adopt') ORDER BY s.name LIMIT ?"
)
UNUSED_POLICIES = (
    "SELECT p.name FROM policy p WHERE p.used = 0 AND p.name IN"
    " (SELECT DISTINCT policy FROM number WHERE policy IS NOT NULL) ORDER BY p.name LIMIT ?"
)
OTHER_TYPES = (
    "SELECT 'set', t.name, m.document_type, s.name, s.document_type FROM set_member m JOIN sequence_set t"
    " ON t.id = m.set_id JOIN sequence s ON s.id = m.sequence_id WHERE s.document_type <> m.document_type"
    " AND (s.types IS NULL OR replace(s.types, :line || m.document_type || :tab, '') = s.types)"
    " UNION ALL SELECT 'policy', p.name, p.document_type, s.name, s.document_type FROM policy p"
    " JOIN sequence s ON s.id = p.sequence_id WHERE s.document_type <> p.document_type"
    " AND (s.types IS NULL OR replace(s.types, :line || p.document_type || :tab, '') = s.types) LIMIT :most"
)
OVERDUE = (
    "SELECT n.counter_id, count(*), min(n.expires_at) FROM counter c JOIN number n ON n.counter_id = c.id"
    " WHERE c.reserved > 0 AND n.state = 'reserved' AND n.expires_at <= ? GROUP BY n.counter_id"
)


class Invariants:
    """What must hold in the tables of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def compiled_patterns(self) -> list[CompiledPattern]:
        """Of every sequence its name, kind and pattern, and the compiled pattern as it is stored."""
        query = "SELECT name, kind, pattern, compiled FROM sequence ORDER BY name"
        return [CompiledPattern(*row) for row in self.connection.execute(query)]

    def compiled_policies(self) -> Iterator[CompiledPolicy]:
        """Of every policy its id and name, its stored form, and the form that its conditions have.

        The latter is None where conditions or logic cannot be read.
        """
        query = "SELECT id, name, compiled, conditions, logic FROM policy ORDER BY name"
        for id, name, compiled, conditions, logic in self.connection.execute(query).fetchall():
            try:
                right = encode(*compiled_anew(conditions, logic))
            except (ValueError, LookupError, TypeError):
                right = None
            yield CompiledPolicy(id, name, compiled, right)

    def recounted(self) -> Iterator[Recount]:
        """Every counter with what was counted of it. Reads the whole ledger, in the order of counters."""
        in_runs: dict[int, list[int]] = {}
        for counter_id, state, high, low in self.connection.execute(IN_RUNS):
            sums = in_runs.setdefault(counter_id, [0, 0])
            sums[0] += (high << 32) + low
            sums[1] += (high << 32) + low if state == "reusable" else 0
        for row in self.connection.execute(COUNTED):
            stored, right = (row[16], row[17]), (row[18], row[19])
            yield Recount._make([*row[:16], stored, right, *row[20:], *in_runs.get(row[0], (0, 0))])

    def misplaced_runs(self, most: int) -> list[BadRun]:
        """Gap runs that are turned round, off the grid, outside the counter or of a state it cannot have."""
        return self._runs(MISPLACED_RUNS, most)

    def overlapping_runs(self, most: int) -> list[BadRun]:
        """Gap runs that begin before an earlier one of their counter has ended."""
        return self._runs(OVERLAPPING_RUNS, most)

    def held_runs(self, most: int) -> list[BadRun]:
        """Gap runs in which a number is held after all."""
        return self._runs(HELD_RUNS, most)

    def alike(self, most: int) -> list[Alike]:
        """Texts that the ledger holds more often than their uniqueness allows."""
        twice = [Alike(*row) for row in self.connection.execute(TWICE, (most,))]
        mixed = "SELECT 1 FROM uniqueness WHERE period > '' LIMIT 1"
        if self.connection.execute(mixed).fetchone() is None:
            return twice
        return twice + [Alike(*row) for row in self.connection.execute(MIXED, (most,))]

    def divided_keys(self, most: int) -> list[str]:
        """Keys whose numbers come from more than one request."""
        return [key for (key,) in self.connection.execute(DIVIDED_KEYS, (most,))]

    def not_marked_used(self, most: int) -> list[str]:
        """Sequences that issued numbers themselves and whose fields are free all the same."""
        return [name for (name,) in self.connection.execute(NOT_MARKED_USED, (most,))]

    def unused_policies(self, most: int) -> list[str]:
        """Policies that chose the sequence of a number and can be removed all the same."""
        return [name for (name,) in self.connection.execute(UNUSED_POLICIES, (most,))]

    def other_types(self, most: int) -> list[OtherType]:
        """Sets and policies that give a document type a sequence of another one."""
        given = {"line": "\n", "tab": "\t", "most": most}
        return [OtherType(*row) for row in self.connection.execute(OTHER_TYPES, given)]

    def reviewed(self) -> set[int]:
        """The counters that have numbers under review."""
        query = "SELECT DISTINCT counter_id FROM gap_run WHERE state = 'review'"
        return {id for (id,) in self.connection.execute(query)}

    def overdue(self, now: str) -> list[EndedReservations]:
        """Reservations past their deadline, for each counter that has any."""
        return [EndedReservations(*row) for row in self.connection.execute(OVERDUE, (now,))]

    def counter_name(self, counter_id: int) -> CounterName:
        """The sequence, period and scope of a counter; its number where it is not there."""
        query = (
            "SELECT s.name, c.period, c.scope FROM counter c JOIN sequence s ON s.id = c.sequence_id"
            " WHERE c.id = ?"
        )
        row = self.connection.execute(query, (counter_id,)).fetchone()
        return CounterName(*(row or ("?", str(counter_id), "")))

    def _runs(self, query: str, most: int) -> list[BadRun]:
        return [BadRun(*row) for row in self.connection.execute(query, (most,))]
