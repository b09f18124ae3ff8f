"""A book on a server for a process that issues once: through libpq alone, and nothing heavy is loaded."""

from seqctl.process import Clock
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.engine import PostgresStore
from seqctl.store.postgres.session import open_lean_session


def open_lean_book(url: str, actor: str, clock: Clock, timeout: float) -> PostgresStore | None:
    """Open an existing book, which is looked for when it is first written to; None leaves it to psycopg.

    A session that is lost is followed by one of psycopg.
    """
    address = address_of(url)
    session = open_lean_session(address, timeout)
    if session is None:
        return None
    store = PostgresStore(address, actor, clock, timeout)
    store.take_over(session)
    return store
