"""Beginning a transaction on a server: the book's lock for a writer, one state of the book for a reader.

A writer takes the book's advisory lock first, so that whoever waits is served in the order of coming, then
locks the head row in a statement of its own. Nothing is set for longer than the transaction.
"""

from seqctl.store.sql.log import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.postgres.engine import PostgresStore
    from seqctl.store.postgres.ledger import Began

IDLE = 60
"""Seconds after which the server ends a transaction in which the client says nothing."""

AGAIN = 0.2
"""Seconds between two attempts to reach a server."""


def begin_writing(store: "PostgresStore") -> "tuple[ServerConnection, Began]":
    """Take the book's lock, first come, first served, and then its head row. Raises ServerError."""
    connection = store.connected()
    return connection, lock(store, connection)


def lock(store: "PostgresStore", connection: "ServerConnection") -> "Began":
    """Begin a transaction with the book's lock; what its head row says. Raises ServerError."""
    rows = connection.run(
        f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {settings(store)};"
        f" SELECT pg_advisory_xact_lock({lock_key(store.address.schema)});"
        " SELECT event_id, hash, next_serial, action FROM head FOR UPDATE"
    )
    return rows[0] if rows else None


def begin_reading(store: "PostgresStore") -> "tuple[ServerConnection, Began]":
    """See one state of the book from the first look on. Raises ServerError."""
    connection = store.connected()
    # Not READ ONLY, which forbids temporary tables too.
    connection.run(f"BEGIN ISOLATION LEVEL REPEATABLE READ; {settings(store)}")
    return connection, None


def settings(store: "PostgresStore") -> str:
    """What holds for one transaction: where its tables are, and how long it may wait."""
    wait = min(max(int(store.timeout * 1000), 1), 0x7FFFFFFF)
    return (
        f'SET LOCAL search_path = "{store.address.schema}", pg_temp; SET LOCAL lock_timeout = {wait};'
        f" SET LOCAL idle_in_transaction_session_timeout = '{IDLE}s'; SET LOCAL synchronous_commit = on"
    )


def lock_key(schema: str) -> int:
    """The number of the advisory lock of a book, of 64 bits with a sign."""
    return int.from_bytes(sha256(b"seqctl\0" + schema.encode()).digest()[:8], "big", signed=True)
