"""Finding out what became of a COMMIT that was sent and not answered."""

from seqctl.errors import NotDelivered, SeqctlError, ServerAway
from seqctl.store.postgres.beginning import begin_writing
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.outages.barrier import confirmed
from seqctl.store.postgres.outages.patience import dials_again, done_anew, silent_for_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore
    from seqctl.store.sql.log import Head

LOOK = "check with: seqctl numbers; a request with --key can simply be repeated"


def find_out(store: "PostgresStore", head: "Head | None", error: ServerError) -> None:
    """Return where the book holds the event of a transaction whose COMMIT was not answered, durably.

    Asked under the book's lock: whatever the lost session was about to do has then ended, so that an event
    which is not there never comes. Raises ServerAway then, and NotDelivered where nobody can be asked.
    """
    while True:
        store.drop()
        try:
            if silent_for_all(store, error):
                raise error
            if _holds(store, head):
                return
        except (ServerError, SeqctlError) as again:
            if dials_again(store, again):
                continue
            raise NotDelivered(
                f"the outcome is unknown: the connection to {store.path} was lost at the commit"
                f" ({store.address.redacted(str(error))}), and the server cannot be asked"
                f" ({store.address.redacted(str(again))})",
                f"when the server is back, {LOOK}",
            ) from error
        if not error.lost:
            raise store.translated(error) from error
        undone = ServerAway(
            "server_unreachable",
            f"the connection to {store.path} was lost at the commit, and nothing was committed:"
            f" {store.address.redacted(str(error))}",
            "try again",
        )
        undone.again = done_anew(store, error)
        raise undone from error


def _holds(store: "PostgresStore", head: "Head | None") -> bool:
    """Whether the book holds an event; it is then as durable as any."""
    connection, began = begin_writing(store)
    if head is not None and began is not None:
        query = "SELECT 1 FROM event WHERE id = ? AND hash = ?"
        if connection.execute(query, (head.id, head.hash)).fetchone() is not None:
            confirmed(connection, [("ROLLBACK", ())])
            return True
    connection.run("ROLLBACK")
    return False
