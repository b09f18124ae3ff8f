"""What PostgreSQL says in words of its own where all else is shared."""

from seqctl.store.sql.connection import Dialect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.store.sql.connection import Connection, Values


def fetch(connection: "Connection", query: str, values: "Values") -> "list[Any]":
    """All rows of a query: the server keeps no text that is no UTF-8."""
    return connection.execute(query, values).fetchall()


POSTGRES = Dialect(fetch, last_counter="SELECT last_counter FROM head")
