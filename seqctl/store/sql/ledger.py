"""Counters and the ledger of numbers: what an issue reads and writes.

On the path of every issue. Lists for people are in `listing.py`.
"""

from seqctl.model.number.counter import Counter
from seqctl.store.sql.log import sha256
from seqctl.store.sql.needed import COUNTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.log.told import KeyedNumber
    from seqctl.model.number.counter_name import TextHolder
    from seqctl.model.number.issue import Issue
    from seqctl.model.sequence.sequence import Sequence
    from seqctl.store.sql.connection import Connection
    from seqctl.store.sql.memory import Memory

FIELD_END = "\x1f"
"""What ends a field of a ledger row when it is hashed; U+001E ends the row. Neither can be printed."""

INSERT = (
    "INSERT INTO number (counter_id, uniqueness_id, date, state, record, key, key_space, policy,"
    " set_name, expires_at, event_id, serial, value, text, reused)"
)
INSERT_ROW = (
    f"{INSERT} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (text, uniqueness_id) DO NOTHING"
)
"""Writes a row; none where its text is held already."""

FIND_COUNTER = (
    f"{COUNTER}, (SELECT min(period) = '' AND max(period) > '' FROM uniqueness WHERE space ="
    " (SELECT space FROM uniqueness WHERE id = coalesce(c.domain_id, c.uniqueness_id)))"
    " FROM counter c WHERE sequence_id = ? AND scope = ? AND period = ?"
)
"""A counter with whether texts unique always and texts unique within a period meet in its space."""

TYPED_INSERT = INSERT.replace(" serial,", " document_type, serial,")
"""The same for rows that name their document type, and for many at once."""

BATCH = 200
"""From so many numbers on it pays to load what writes many rows with one statement."""


class Ledger:
    """The counters and numbers of one book, within a transaction.

    `saved` holds the last value of each counter that was written. How rows are written is each engine's own.
    """

    __slots__ = ("connection", "memory", "saved")

    asked = ""
    """What selects of an event's detail the date, the request as a text, and its target."""

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self.memory: Memory | None = None
        self.saved: dict[int, int] = {}

    def counter(self, sequence_id: int, scope: str, period: str) -> "Counter | None":
        """The counter of a sequence, scope and period; None where it was never used nor given a value."""
        if self.memory is not None:
            known = self.memory.counters.pop((sequence_id, scope, period), None)
            if known is not None:
                return known
        row = self.connection.execute(FIND_COUNTER, (sequence_id, scope, period)).fetchone()
        return Counter(*row) if row else None

    def add_counter(self, sequence: "Sequence", scope: str, period: str, counter: Counter) -> None:
        """Store a new counter of a sequence and give it its ids."""
        document_type, unique_period = sequence.domain(period)
        within = (self.space(document_type), unique_period)
        query = "SELECT id FROM uniqueness WHERE space = ? AND period = ?"
        row = self.connection.execute(query, within).fetchone()
        if row is None:
            insert = "INSERT INTO uniqueness (space, period) VALUES (?, ?) RETURNING id"
            row = self.connection.execute(insert, within).fetchone()
        self.connection.execute(
            "INSERT INTO counter (sequence_id, scope, period, uniqueness_id, first, last)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (sequence.id, scope, period, row[0], counter.first, counter.last),
        )
        stored = Counter(*self.connection.execute(FIND_COUNTER, (sequence.id, scope, period)).fetchone())
        counter.id, counter.uniqueness_id = stored.id, stored.uniqueness_id
        counter.domain_id, counter.mixed = stored.domain_id, stored.mixed
        if self.memory is not None:
            # The first counter of a domain may be what makes others mixed.
            self.memory.counters.clear()

    def save_counter(self, counter: Counter) -> None:
        """Write back what an action changed in a counter."""
        assert counter.id is not None
        self.saved[counter.id] = counter.last
        self.connection.execute(
            "UPDATE counter SET first = ?, last = ?, accounted = ?, reusable = ?, reserved = ?,"
            " latest_date = ?, latest_value = ? WHERE id = ?",
            (
                counter.first,
                counter.last,
                counter.accounted,
                counter.reusable,
                counter.reserved,
                counter.latest_date,
                counter.latest_value,
                counter.id,
            ),
        )

    def mark_used(self, sequence_id: int) -> None:
        """Note that the sequence issued or reserved a number itself: its fields are fixed."""
        self.connection.execute("UPDATE sequence SET used = 1 WHERE id = ?", (sequence_id,))

    def mark_policy_used(self, policy_id: int) -> None:
        """Note that the policy chose the sequence of a number."""
        self.connection.execute("UPDATE policy SET used = 1 WHERE id = ?", (policy_id,))

    def add_numbers(self, counter: Counter, issue: "Issue", event_id: int, serial: int) -> str:
        """Add the rows of an issue from `serial` on and return the SHA-256 over them, in hexadecimal.

        Raises TextHeld where a text is held already; some rows were then written, and the transaction must
        not be committed.
        """
        numbers = issue.numbers
        known = (issue.date, issue.state, issue.record, issue.key, 0, issue.policy, issue.set_name)
        # In the order of INSERT; hashed by the domain that the counter was made with.
        shared = (counter.id, counter.domain_id, *known, issue.expires_at, event_id)
        hashed = (counter.id, counter.uniqueness_id, *shared[2:])
        common = FIELD_END.join(["" if field is None else str(field) for field in hashed])
        if len(numbers) >= BATCH or issue.noted_type is not None:
            from seqctl.model.log.lead import type_end

            typed = (*shared, issue.noted_type)
            return self._write_batch(typed, common, serial, numbers, type_end(issue.noted_type))
        digest = sha256()
        for place, (value, text, reused) in enumerate(numbers, serial):
            if not self.connection.execute(INSERT_ROW, (*shared, place, value, text, reused)).rowcount:
                from seqctl.errors import TextHeld

                raise TextHeld(f"the text {text!r} is held")
            digest.update(f"{common}\x1f{place}\x1f{value}\x1f{text}\x1f{reused}\x1e".encode())
        return str(digest.hexdigest())

    def _write_batch(
        self,
        shared: "tuple[object, ...]",
        common: str,
        serial: int,
        numbers: "list[tuple[int, str, int]]",
        end: str,
    ) -> str:
        """Write many rows of an issue and return the SHA-256 over them. Raises TextHeld.

        `shared` is what every row has, in the order of TYPED_INSERT, `common` and `end` what is hashed of it.
        """
        raise NotImplementedError

    def space(self, document_type: str) -> str:
        """The space in which the texts of a document type are unique: itself, or the one that it shares."""
        query = "SELECT name FROM text_space WHERE document_type = ?"
        row = self.connection.execute(query, (document_type,)).fetchone()
        return str(row[0]) if row else document_type

    def holder(self, text: str, document_type: str, period: str, besides_event: int) -> "TextHolder | None":
        """The sequence and period that hold a text which must not come again.

        A text is unique within the space of its document type; two sequences that both ask for uniqueness
        within a period (`period` is not empty) only meet within that period. Rows of `besides_event` do not
        count.
        """
        query = (
            "SELECT s.name, c.period FROM number n JOIN counter c ON c.id = n.counter_id"
            " JOIN sequence s ON s.id = c.sequence_id JOIN uniqueness u ON u.id = n.uniqueness_id"
            " WHERE n.text = :text AND u.space = :space"
            " AND (u.period = '' OR :period = '' OR u.period = :period) AND n.event_id <> :event"
        )
        space = self.space(document_type)
        given = {"text": text, "space": space, "period": period, "event": besides_event}
        row = self.connection.execute(query, given).fetchone()
        if row is None:
            return None
        from seqctl.model.number.counter_name import TextHolder

        return TextHolder(*row)

    def number_text(self, counter_id: int, value: int) -> "str | None":
        """The text of a number that a counter holds."""
        query = "SELECT text FROM number WHERE counter_id = ? AND value = ?"
        row = self.connection.execute(query, (counter_id, value)).fetchone()
        return str(row[0]) if row else None

    def issued_under_key(self, key: str) -> "list[KeyedNumber]":
        """The held numbers of an idempotency key in the order of issue, with the request that took them."""
        query = (
            "SELECT n.value, n.text, n.reused, n.date, n.state, n.record, n.policy, n.set_name,"
            " n.expires_at, s.name, coalesce(n.document_type, s.document_type), c.period, c.scope, s.reset,"
            f" e.at, e.actor, e.count, {self.asked}"
            " FROM number n JOIN event e ON e.id = n.event_id JOIN counter c ON c.id = n.counter_id"
            " JOIN sequence s ON s.id = c.sequence_id"
            " WHERE n.key = ? AND n.key_space = 0 ORDER BY n.serial"
        )
        rows = self.connection.execute(query, (key,)).fetchall()
        if not rows:
            return []
        from seqctl.model.log.told import KeyedNumber

        return [KeyedNumber(*row) for row in rows]
