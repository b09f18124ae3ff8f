"""Many numbers of many counters in one transaction: what `assign` reads and writes at once."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from sqlite3 import Connection, IntegrityError

from seqctl.errors import TextHeld
from seqctl.store.sqlite.ledger import FIELD_END
from seqctl.store.sqlite.log import sha256

KEY_SPACE = 1
"""The name space of keys that name a record of a document type, apart from those of `next --key`."""

ROWS_AT_ONCE = 50
KEYS_AT_ONCE = 500
PROBED = 1000
CACHE = 64 * 1024
"""Kibibytes of pages kept in memory while many rows are written; the default would spill them early."""

INSERT = (
    "INSERT INTO number (counter_id, uniqueness_id, policy, set_name, event_id, date, record, key, serial,"
    " value, text, state, key_space, reused) VALUES "
)
SHARED, OWN = 5, 6
"""How many columns rows of one counter and choice share, and how many are a row's own."""
ROW = f"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'issued', {KEY_SPACE}, 0)"


@lru_cache(maxsize=4)
def _statement(rows: int, alike: bool) -> str:
    """The statement that writes some rows; rows that are alike bind what they share only once."""
    if not alike:
        return INSERT + ", ".join([ROW] * rows)
    parts = []
    for place in range(rows):
        own = ", ".join(f"?{place * OWN + at}" for at in range(SHARED + 1, SHARED + OWN + 1))
        shared = ", ".join(f"?{at}" for at in range(1, SHARED + 1))
        parts.append(f"({shared}, {own}, 'issued', {KEY_SPACE}, 0)")
    return INSERT + ", ".join(parts)


class Lead:
    """What rows of one counter, date and choice share, as values and as text around the rest of a row."""

    __slots__ = ("date", "head", "shared", "tail")

    def __init__(
        self,
        ids: tuple[int | None, int | None],
        date: str,
        policy: str | None,
        set_name: str | None,
        event_id: int,
    ) -> None:
        self.date = date
        self.shared = (*ids, policy, set_name, event_id)
        # What is hashed stands in docs/log.md: before the record, and after the key.
        self.head = FIELD_END.join((*map(str, ids), date, "issued", ""))
        self.tail = FIELD_END.join(("", str(KEY_SPACE), policy or "", set_name or "", "", str(event_id), ""))


class Bulk:
    """Reads and writes of many rows of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def assigned_sets(self, kind: str) -> dict[str, str]:
        """The sets of all customers, branches or the like of one kind, by id."""
        query = (
            "SELECT a.id, t.name FROM assignment a JOIN sequence_set t ON t.id = a.set_id WHERE a.kind = ?"
        )
        return dict(self.connection.execute(query, (kind,)).fetchall())

    def numbers_of(self, prefix: str, keys: list[str]) -> Iterator[tuple[str, str, str, str | None]]:
        """The held numbers of records: key, text, sequence and policy, for the keys that have one.

        All keys begin with `prefix`, which ends with a colon.
        """
        # Where no record of that type has a number yet, a hundred thousand look-ups are spared.
        after = prefix[:-1] + chr(ord(":") + 1)
        probe = (
            "SELECT count(*), max(key_space) FROM"
            " (SELECT key_space FROM number WHERE key >= ? AND key < ? LIMIT ?)"
        )
        found, highest = self.connection.execute(probe, (prefix, after, PROBED)).fetchone()
        if found < PROBED and (highest or 0) != KEY_SPACE:
            return
        for start in range(0, len(keys), KEYS_AT_ONCE):
            some = keys[start : start + KEYS_AT_ONCE]
            query = (
                "SELECT n.key, n.text, s.name, n.policy FROM number n JOIN counter c ON c.id = n.counter_id"
                f" JOIN sequence s ON s.id = c.sequence_id WHERE n.key_space = {KEY_SPACE}"
                f" AND n.key IN ({', '.join('?' * len(some))})"
            )
            yield from self.connection.execute(query, some)

    def lead(
        self,
        ids: tuple[int | None, int | None],
        date: str,
        policy: str | None,
        set_name: str | None,
        event_id: int,
    ) -> Lead:
        """What rows share: their counter and its domain, date, policy, set and event."""
        return Lead(ids, date, policy, set_name, event_id)

    def add_numbers(self, serial: int, rows: Iterable[tuple[Lead, str, str, int, str]]) -> str:
        """Add rows (lead, record, key, value, text) from `serial` on; return the SHA-256 over them.

        Raises TextHeld where a text is held already; some rows were then written.
        """
        self.connection.execute(f"PRAGMA cache_size = -{CACHE}")
        digest = sha256()
        remaining = iter(rows)
        try:
            while chunk := list(islice(remaining, ROWS_AT_ONCE)):
                # Rows of one counter mostly differ in nothing but their own columns and their date.
                shared = chunk[0][0].shared
                alike = all(row[0].shared == shared for row in chunk)
                values: list[object] = [*shared] if alike else []
                lines = []
                for lead, record, key, value, text in chunk:
                    if not alike:
                        values += lead.shared
                    values += (lead.date, record, key, serial, value, text)
                    lines.append(
                        f"{lead.head}{record}\x1f{key}{lead.tail}{serial}\x1f{value}\x1f{text}\x1f0\x1e"
                    )
                    serial += 1
                digest.update("".join(lines).encode())
                self.connection.execute(_statement(len(chunk), alike), values)
        except IntegrityError as error:
            raise TextHeld(str(error)) from error
        return str(digest.hexdigest())
