"""What PostgreSQL says in words of its own where all else is shared."""

from itertools import count

from seqctl.store.sql.connection import Dialect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from seqctl.store.sql.connection import Connection, Values

PAGE = 1000
"""Rows that are fetched at once."""

_opened = count(1)
_closed: "list[str]" = []
"""Names for the cursors of this process, of which several may be open in one transaction."""


def fetch(connection: "Connection", query: str, values: "Values") -> "list[Any]":
    """All rows of a query: the server keeps no text that is no UTF-8."""
    return connection.execute(query, values).fetchall()


def rows(connection: "Any", query: str, values: "Values") -> "Iterator[Any]":
    """Rows of a query, in an order that it says, as they are asked for.

    What is no longer than a page is asked for once. Behind that page they come from a cursor, which lives as
    long as the transaction: libpq alone would keep all of them in memory.
    """
    page = connection.execute(f"{query} LIMIT {PAGE}", values).fetchall()
    yield from page
    if len(page) < PAGE:
        return
    name = _closed.pop() if _closed else f"rows_{next(_opened)}"
    open_behind = f"MOVE {PAGE} FROM {name}"
    connection.together([(f"DECLARE {name} NO SCROLL CURSOR FOR {query}", values), (open_behind, ())])
    while page := connection.run(f"FETCH {PAGE} FROM {name}"):
        yield from page
    connection.run(f"CLOSE {name}")
    _closed.append(name)


POSTGRES = Dialect(fetch, rows, last_counter="SELECT last_counter FROM head")
