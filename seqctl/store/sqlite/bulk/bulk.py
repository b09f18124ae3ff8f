"""Many numbers of many counters in one transaction: what `assign` reads and writes at once."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from sqlite3 import Connection, IntegrityError

from seqctl.errors import TextHeld
from seqctl.model.log.lead import Lead, NewNumber
from seqctl.model.log.told import KeyedText
from seqctl.model.reports.assignment import RECORD_KEYS
from seqctl.store.sql.log import sha256
from seqctl.store.sqlite.bulk.batch import CACHE, ROWS_AT_ONCE

KEYS_AT_ONCE = 500
PROBED = 1000

INSERT = (
    "INSERT INTO number (counter_id, uniqueness_id, policy, set_name, event_id, key_space, reused, date,"
    " record, key, serial, value, text, state)"
)
SHARED, OWN = 7, 6
"""How many columns rows of one counter and choice share, and how many are a row's own."""
ROW = f"({', '.join('?' * (SHARED + OWN))}, 'issued')"


@lru_cache(maxsize=4)
def _statement(rows: int, alike: bool) -> str:
    """The statement that writes some rows; rows that are alike bind what they share only once."""
    if not alike:
        return f"{INSERT} VALUES {', '.join([ROW] * rows)}"
    own = ", ".join(f"column{at}" for at in range(1, OWN + 1))
    values = ", ".join([f"({', '.join('?' * OWN)})"] * rows)
    return f"{INSERT} SELECT {'?, ' * SHARED}{own}, 'issued' FROM (VALUES {values})"


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
        self.connection.execute(f"PRAGMA cache_size = -{CACHE}")
        digest = sha256()
        remaining = iter(numbers)
        try:
            while chunk := list(islice(remaining, ROWS_AT_ONCE)):
                leads, records, keys, values, texts = zip(*chunk, strict=True)
                serials = range(serial, serial + len(chunk))
                serial += len(chunk)
                lines = [
                    f"{lead.head}{record or ''}\x1f{key or ''}{lead.tail}{at}\x1f{value}\x1f{text}{lead.end}"
                    for at, (lead, record, key, value, text) in zip(serials, chunk, strict=True)
                ]
                digest.update("".join(lines).encode())
                dates = [lead.date for lead in leads]
                self._insert(leads, zip(dates, records, keys, serials, values, texts, strict=True))
        except IntegrityError as error:
            raise TextHeld(str(error)) from error
        return str(digest.hexdigest())

    def _insert(self, leads: tuple[Lead, ...], rows: Iterable[tuple[object, ...]]) -> None:
        """Insert some rows behind what each shares with others: mostly all of them, with one counter."""
        shared = leads[0].shared
        alike = all(lead.shared == shared for lead in set(leads))
        if alike:
            bound = [*shared, *chain.from_iterable(rows)]
        else:
            bound = [value for lead, row in zip(leads, rows, strict=True) for value in (*lead.shared, *row)]
        self.connection.execute(_statement(len(leads), alike), bound)
