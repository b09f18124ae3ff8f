"""Many numbers of one counter in one request: what `next -n` writes.

Loaded only for a batch; a few numbers are written in `ledger.py`, row by row.
"""

from itertools import islice

from seqctl.store.sql.ledger import TYPED_INSERT
from seqctl.store.sql.log import sha256
from seqctl.store.sqlite.driver import Connection, Error, text_held

ROWS_AT_ONCE = 400
"""One statement for each row costs three times as much; twice as many at once cost more again."""

CACHE = 64 * 1024
"""Kibibytes of pages kept in memory while many rows are written; the default would spill them early."""


def add_batch(
    connection: Connection,
    shared: tuple[object, ...],
    common: str,
    serial: int,
    numbers: list[tuple[int, str, int]],
    end: str,
) -> str:
    """Add rows from `serial` on and return the SHA-256 over them, in hexadecimal.

    `shared` is what every row has, in the order of TYPED_INSERT, and `common` the same as text; behind it
    come serial, value, text, reused and `end`. Raises TextHeld; some rows were then written.
    """
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    digest = sha256()
    remaining = iter(numbers)
    full = _statement(len(shared), ROWS_AT_ONCE)
    while chunk := list(islice(remaining, ROWS_AT_ONCE)):
        bound: list[object] = [*shared]
        lines = ""
        for value, text, reused in chunk:
            bound += (serial, value, text, reused)
            lines += f"{common}\x1f{serial}\x1f{value}\x1f{text}\x1f{reused}{end}"
            serial += 1
        digest.update(lines.encode())
        rows = len(chunk)
        statement = full if rows == ROWS_AT_ONCE else _statement(len(shared), rows)
        try:
            connection.execute(statement, bound)
        except Error as error:
            raise text_held(error) from error
    return str(digest.hexdigest())


def _statement(shared: int, rows: int) -> str:
    """The statement for so many rows; what they share is bound once."""
    alike = "?, " * shared
    values = ", ".join(["(?, ?, ?, ?)"] * rows)
    return f"{TYPED_INSERT} SELECT {alike}column1, column2, column3, column4 FROM (VALUES {values})"
