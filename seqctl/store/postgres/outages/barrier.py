"""The barrier: what stands in the server's log behind a commit, and is answered only when both are durable.

A writer lets the book go before its commit is on the disk and on the standby (`synchronous_commit` off), and
sends the barrier in the same message: a record behind the commit in the server's one log. Many share a sync
that way, and nobody holds the book while it lasts. So what others see may not be durable yet: whoever shows
it makes the barrier first.
"""

from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.outages.standby import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection, ServerRows
    from seqctl.store.sql.connection import Values

BARRIER = "SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'seqctl', '')"
"""A transaction of its own that is durable behind all that was committed before it."""

SHOWING = BARRIER.replace("'on'", f"CASE WHEN ({ALONE}) THEN 'local' ELSE 'on' END")
"""The same for whoever only reads: without any standby the primary's disk is all that can be waited for."""

UNSETTLED = (
    "CASE WHEN pg_is_in_recovery() THEN false"
    " WHEN current_setting('synchronous_standby_names') <> '' THEN true"
    " ELSE pg_current_wal_insert_lsn() > pg_current_wal_flush_lsn() END"
)
"""Whether something that was committed may not be durable: not everybody is told how far standbys are."""


def committed(connection: "ServerConnection", releases: bool) -> None:
    """Commit durably: with the barrier where the commit lets the book go before that, else alone.

    A commit that no standby confirmed is as one without an answer: raises ServerError with `lost`.
    """
    if releases:
        confirmed(connection, [("COMMIT", ())])
        return
    connection.unreplicated = False
    connection.together([("COMMIT", ())])
    if connection.unreplicated:
        raise ServerError("no standby confirmed the commit", lost=True)


def confirmed(connection: "ServerConnection", statements: "list[tuple[str, Values]]") -> None:
    """Run statements that end a transaction, and wait until all that was committed is durable.

    A barrier that no standby confirmed is one without an answer: raises ServerError with `lost`.
    """
    connection.unreplicated = False
    connection.together([*statements, (BARRIER, ())])
    if connection.unreplicated:
        raise ServerError("no standby confirmed the commit", lost=True)


def settled(connection: "ServerConnection", statements: "list[tuple[str, Values]]") -> "list[ServerRows]":
    """Make the barrier of a reader, in a transaction, and run statements behind it; the rows of each."""
    connection.unreplicated = False
    before: list[tuple[str, Values]] = [("BEGIN", ()), (SHOWING, ()), ("COMMIT", ())]
    answers = connection.together([*before, *statements])
    if connection.unreplicated:
        raise ServerError("no standby confirmed what was committed last", lost=True)
    return answers[len(before) :]
