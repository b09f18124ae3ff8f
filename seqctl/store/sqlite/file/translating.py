"""Statements outside a transaction of the book: undone where they fail, and told in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from seqctl.store.sqlite.driver import Error, translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore


@contextmanager
def translating(store: "SqliteStore") -> Iterator[None]:
    """Roll back what a failure leaves open, and raise an error of SQLite as a person should read it."""
    connection = store.connection
    try:
        yield
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, Error):
            raise translated(error, store) from error
        raise
