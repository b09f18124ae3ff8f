"""Many numbers of many counters in one transaction: what `assign` reads and writes at once."""

from collections.abc import Iterable, Iterator

from seqctl.model.log.lead import NewNumber
from seqctl.model.log.told import KeyedText
from seqctl.model.reports.assignment import RECORD_KEYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

KEYS_AT_ONCE = 500
PROBED = 1000

INSERT = (
    "INSERT INTO number (counter_id, uniqueness_id, policy, set_name, event_id, key_space, reused,"
    " document_type, date, record, key, serial, value, text, state)"
)

TYPE, HELD_TYPE = "coalesce(a.document_type, p.document_type)", "coalesce(n.document_type, p.own_type)"
"""The document type of a staged number `a` at a place `p`, and of the number `n` that the ledger holds."""

ALIKE = (
    f" AND n.text = a.text AND {TYPE} = {HELD_TYPE} AND n.state <> 'reserved'"
    " AND (n.state = 'void') = (a.entered = 'void')"
)
"""Whether the ledger holds a staged number alike, but for its date and record."""


class Bulk:
    """Reads and writes of many rows of one book, within a transaction.

    How rows are written is each engine's own.
    """

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def assigned_sets(self, kind: str) -> dict[str, str]:
        """The sets of all customers, branches or the like of one kind, by id."""
        query = (
            "SELECT a.id, t.name FROM assignment a JOIN sequence_set t ON t.id = a.set_id WHERE a.kind = ?"
        )
        return dict(self.connection.execute(query, (kind,)).fetchall())

    def numbers_of(self, prefix: str, keys: list[str]) -> Iterator[KeyedText]:
        """The held numbers of records, for the keys that have one.

        All keys begin with `prefix`, which ends with a colon.
        """
        # Where no record of that type has a number yet, a hundred thousand look-ups are spared.
        after = prefix[:-1] + chr(ord(":") + 1)
        probe = (
            "SELECT count(*), max(key_space) FROM"
            " (SELECT key_space FROM number WHERE key >= ? AND key < ? LIMIT ?)"
        )
        found, highest = self.connection.execute(probe, (prefix, after, PROBED)).fetchone()
        if found < PROBED and (highest or 0) != RECORD_KEYS:
            return
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = keys[start : start + KEYS_AT_ONCE]
            query = (
                "SELECT n.key, n.text, s.name, n.policy FROM number n JOIN counter c ON c.id = n.counter_id"
                f" JOIN sequence s ON s.id = c.sequence_id WHERE n.key_space = {RECORD_KEYS}"
                f" AND n.key IN ({', '.join('?' * len(some))})"
            )
            yield from map(KeyedText._make, self.connection.execute(query, some))

    def add_numbers(self, serial: int, numbers: Iterable[NewNumber]) -> str:
        """Add numbers of any counters from `serial` on; return the SHA-256 over their rows.

        Raises TextHeld where a text is held already; some rows were then written.
        """
        raise NotImplementedError
