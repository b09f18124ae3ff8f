"""What SQLite says in words of its own where all else is shared."""

from seqctl.store.sql.connection import Dialect
from seqctl.store.sqlite.driver import OperationalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from seqctl.store.sql.connection import Values


def fetch(connection: "Any", query: str, values: "Values") -> "list[Any]":
    """All rows of a query; texts that are no UTF-8 keep their bytes as lone surrogates."""
    try:
        return connection.execute(query, values).fetchall()  # type: ignore[no-any-return]
    except OperationalError as error:
        if "decode" not in str(error):
            raise
    strict = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        return connection.execute(query, values).fetchall()  # type: ignore[no-any-return]
    finally:
        connection.text_factory = strict


def rows(connection: "Any", query: str, values: "Values") -> "Iterator[Any]":
    """Rows of a query as they are asked for, which SQLite gives by itself."""
    return connection.execute(query, values)  # type: ignore[no-any-return]


SQLITE = Dialect(fetch, rows, last_counter="SELECT seq FROM sqlite_sequence WHERE name = 'counter'")
