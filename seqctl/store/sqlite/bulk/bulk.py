"""Writing many numbers of many counters in one transaction: what `assign` writes at once."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, islice

from seqctl.errors import TextHeld
from seqctl.model.log.lead import Lead, NewNumber
from seqctl.store.sql.bulk import INSERT, Bulk
from seqctl.store.sql.log import sha256
from seqctl.store.sqlite.bulk.batch import CACHE, ROWS_AT_ONCE
from seqctl.store.sqlite.driver import IntegrityError

SHARED, OWN = 8, 6
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


class SqliteBulk(Bulk):
    """Many rows, with statements of SQLite that each write some of them."""

    __slots__ = ()

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
