"""Lists for people: numbers of the ledger, counters, sets. Read in pages, never held as a whole."""

from collections.abc import Iterator
from itertools import chain, islice

from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import KeyedCounter
from seqctl.model.number.known_number import CountedNumber, KnownNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reports.recount import LedgerTotal
from seqctl.model.sequence.scope import scope_values
from seqctl.store.sql.history import Reasons, Why
from seqctl.store.sql.needed import COUNTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from seqctl.model.policy.choice import PolicyChoice
    from seqctl.store.sql.connection import Connection, Dialect

# The sign keeps SQLite from going through counters to numbers, instead of the other way.
NUMBERS = (
    "SELECT n.text, n.value, s.name, coalesce(n.document_type, s.document_type), c.period, c.scope, n.date,"
    " n.state, n.key, n.record, n.policy, n.set_name, n.reused, e.at, e.actor, n.expires_at, n.serial,"
    " q.reason, q.actor, q.at, q.note, n.change_id, CASE WHEN s.reset = 'range' THEN c.period END,"
    " n.counter_id"
    " FROM number n JOIN counter c ON c.id = +n.counter_id JOIN sequence s ON s.id = c.sequence_id"
    " JOIN event e ON e.id = n.event_id"
    " LEFT JOIN number_source q ON q.serial = n.serial AND q.event_id = n.event_id "
)
COUNTERS = "SELECT c.id FROM counter c JOIN sequence s ON s.id = c.sequence_id WHERE "
MEMBERS = "SELECT m.sequence_id FROM set_member m JOIN sequence_set t ON t.id = m.set_id WHERE t.name = ?"
PAGE = 1000
BELOW_ALL = -1
"""Below the values of every counter."""
UNSAID = Why()

SORTING = 4
"""Reading a row through its counter and sorting it costs as much as passing so many in the order of issue."""


class _Chosen(NamedTuple):
    """Which rows of the ledger a list shows, as SQL: tests with their values, and their counters."""

    tests: list[str]
    values: list[object]
    counters: str
    counter_values: list[object]


class Listing:
    """Reads for people, within a transaction."""

    __slots__ = ("connection", "dialect")

    def __init__(self, connection: "Connection", dialect: "Dialect") -> None:
        self.connection = connection
        self.dialect = dialect

    def numbers(self, wanted: NumberFilter, now: str) -> Iterator[KnownNumber]:
        """The numbers that pass a filter, in the order of issue; those of a window of time as at an instant.

        The newest, or those behind a cursor, are read from there on: what a list costs is what it shows,
        and where a target has few numbers among many, at most some times these.
        """
        backwards = wanted.last is not None
        most = wanted.limit if wanted.last is None else wanted.last
        found = islice(self._passing(wanted, now, backwards, most), most)
        if backwards:
            return islice(reversed([*found]), wanted.limit)
        return found

    def _passing(
        self, wanted: NumberFilter, now: str, backwards: bool, most: int | None
    ) -> Iterator[KnownNumber]:
        """The numbers that pass a filter, oldest first or newest first."""
        belongs = None if (wanted.date_from, wanted.date_to) == (None, None) else self._window(wanted, now)
        reasons = Reasons(self.connection)
        for *row, counter_id in self._rows(_chosen(wanted), wanted.after or 0, backwards, most):
            number = _known(row, reasons)
            if not (_says(number.reason, wanted.reason) and _says(number.note, wanted.note)):
                continue
            if wanted.scope and not set(wanted.scope) <= set(scope_values(number.scope).items()):
                continue
            if belongs is None or number.date is not None or belongs(counter_id, number.value):
                yield number

    def _window(self, wanted: NumberFilter, now: str) -> "Callable[[int, int], bool]":
        """Tells whether an integer without a date belongs to a window of time."""
        from seqctl.model.reports.windows import Window
        from seqctl.store.sql.reports.dated import DatedNumbers

        window, dated = Window(wanted.date_from, wanted.date_to), DatedNumbers(self.connection, self.dialect)
        return lambda counter_id, value: window.holds(dated.around(counter_id, value, now).date)

    def _rows(
        self, chosen: _Chosen, after: int, backwards: bool, most: int | None
    ) -> "Iterator[tuple[Any, ...]]":
        """Rows of the ledger behind a place in the order of issue, in that order or backwards.

        Some are looked for in that order; the others, where the counters have few, are sorted.
        """
        (last,) = self.connection.execute("SELECT coalesce(max(serial), 0) FROM number").fetchone()
        near = self._near(chosen, last - after, most)
        if near >= last - after:
            return self._read(chosen, after, last, backwards, sorting=False)
        if backwards:
            first_ones = self._read(chosen, last - near, last, True, sorting=False)
            return chain(first_ones, self._read(chosen, after, last - near, True, sorting=True))
        first_ones = self._read(chosen, after, after + near, False, sorting=False)
        return chain(first_ones, self._read(chosen, after + near, last, False, sorting=True))

    def _near(self, chosen: _Chosen, rows: int, most: int | None) -> int:
        """Through how many rows of the ledger to look in the order of issue before counters are asked."""
        if not chosen.counters:
            return rows
        query = f"SELECT coalesce(sum(accounted), 0) FROM counter WHERE id IN ({chosen.counters})"
        (own,) = self.connection.execute(query, chosen.counter_values).fetchone()
        own = int(own)
        if SORTING * own >= rows:
            return rows
        # Where so many are probably found among them.
        worth_it = most is not None and most * rows <= SORTING * own * own
        return SORTING * own if worth_it else 0

    def _read(
        self, chosen: _Chosen, after: int, last: int, backwards: bool, sorting: bool
    ) -> "Iterator[tuple[Any, ...]]":
        """Rows between two places in the order of issue; `sorting` reads them counter by counter."""
        serial, counter = ("+n.serial", "n.counter_id") if sorting else ("n.serial", "+n.counter_id")
        tests = [*chosen.tests, f"{serial} > ?", f"{serial} <= ?"]
        if chosen.counters:
            tests.append(f"{counter} IN ({chosen.counters})")
        query = f"{NUMBERS}WHERE {' AND '.join(tests)} ORDER BY {serial}{' DESC' if backwards else ''}"
        given = (*chosen.values, after, last, *chosen.counter_values)
        yield from self.dialect.rows(self.connection, query, given)

    def counters(self, sequence_id: int, period: str | None = None) -> list[KeyedCounter]:
        """The counters of a sequence with their period and scope, in order; those of one period."""
        rows = self.connection.execute(
            f"{COUNTER}, period, scope FROM counter WHERE sequence_id = :sequence"
            " AND (CAST(:period AS TEXT) IS NULL OR period = :period) ORDER BY period, scope",
            {"sequence": sequence_id, "period": period},
        )
        return [KeyedCounter(key, scope, Counter(*row)) for *row, key, scope in rows]

    def of_counter(self, counter_id: int) -> Iterator[CountedNumber]:
        """The numbers that a counter holds, by value, read in pages."""
        reasons = Reasons(self.connection)
        query = f"{NUMBERS}WHERE n.counter_id = ? AND n.value > ? ORDER BY n.value LIMIT {PAGE}"
        after = BELOW_ALL
        while page := self.connection.execute(query, (counter_id, after)).fetchall():
            for *row, _ in page:
                number, why = _explained(row, reasons)
                yield CountedNumber(number, why.event_id)
            after = page[-1][1]

    def members(self, set_name: str) -> dict[str, str]:
        """The names of the sequences that a set gives its document types, by type."""
        rows = self.connection.execute(
            "SELECT m.document_type, s.name FROM set_member m JOIN sequence_set t ON t.id = m.set_id"
            " JOIN sequence s ON s.id = m.sequence_id WHERE t.name = ? ORDER BY m.document_type",
            (set_name,),
        )
        return dict(rows.fetchall())

    def sets_of(self, sequence_id: int) -> list[str]:
        """The names of the sets that name a sequence, in order."""
        rows = self.connection.execute(
            "SELECT DISTINCT t.name FROM set_member m JOIN sequence_set t ON t.id = m.set_id"
            " WHERE m.sequence_id = ? ORDER BY t.name",
            (sequence_id,),
        )
        return [name for (name,) in rows]

    def choices(self, document_type: str) -> "list[PolicyChoice]":
        """What the active policies of a document type choose, by their names."""
        from seqctl.model.policy.choice import PolicyChoice

        rows = self.connection.execute(
            "SELECT p.name, s.name FROM policy p JOIN sequence s ON s.id = p.sequence_id"
            " WHERE p.document_type = ? AND p.status = 'active' ORDER BY p.name",
            (document_type,),
        )
        return [PolicyChoice(*row) for row in rows]

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


def _known(row: "list[Any]", reasons: Reasons) -> KnownNumber:
    """A row of NUMBERS as lists show it."""
    return _explained(row, reasons)[0]


def _explained(row: "list[Any]", reasons: Reasons) -> tuple[KnownNumber, Why]:
    """The same, and what events say of it."""
    serial, source_reason, source_actor, source_at, source_note, change_id, of_range = row[16:]
    why = UNSAID if change_id is None else reasons.of(serial, change_id)
    told = (why.reason or source_reason, why.note or source_note, source_actor, source_at)
    issued = (*row[:12], bool(row[12]), *row[13:15], None, *row[15:17])
    return KnownNumber._make((*issued, *told, of_range, why.actor, why.at)), why


def _says(text: str | None, part: str | None) -> bool:
    """Whether a text holds a part, whatever the capital letters; any one does where none is asked for."""
    return part is None or (text is not None and part.casefold() in text.casefold())


def _chosen(wanted: NumberFilter) -> _Chosen:
    """A filter as SQL. What has no date may lie in a window all the same, which SQL does not tell."""
    own = _given(
        ("n.state = ?", wanted.state),
        ("(n.date >= ? OR n.date IS NULL)", wanted.date_from),
        ("(n.date <= ? OR n.date IS NULL)", wanted.date_to),
        ("n.record = ?", wanted.record),
        ("n.key = ?", wanted.key),
        ("n.policy = ?", wanted.policy),
        ("e.actor = ?", wanted.actor),
        ("n.value = ?", wanted.value),
        ("e.at >= ?", wanted.issued_from),
        ("e.at <= ?", wanted.issued_to),
        ("n.reused = ?", 1 if wanted.reused else None),
        ("q.actor = ?", wanted.source_actor),
        ("coalesce(n.document_type, s.document_type) = ?", wanted.document_type),
    )
    counters = _given(
        ("s.name = ?", wanted.sequence),
        (f"s.id IN ({MEMBERS})", wanted.set_name),
        ("c.period = ?", wanted.period),
    )
    if wanted.document_type is not None:
        counters |= {"(s.document_type = ? OR s.types IS NOT NULL)": wanted.document_type}
    those = COUNTERS + " AND ".join(counters) if counters else ""
    return _Chosen([*own], [*own.values()], those, [*counters.values()])


def _given(*tests: tuple[str, object]) -> dict[str, object]:
    """The tests of which a value is given, with these."""
    return {test: value for test, value in tests if value is not None}
