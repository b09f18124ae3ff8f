"""Finding out what became of a COMMIT that was sent and not answered."""

import time

from seqctl.errors import NotDelivered
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.locking import AGAIN, begin_writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore
    from seqctl.store.sql.log import Head

LOOK = "look with: seqctl numbers; a request with a --key may simply be repeated"


def find_out(store: "PostgresStore", head: "Head | None", error: ServerError) -> None:
    """Return where the book holds the event of a transaction whose COMMIT was not answered.

    Asked under the book's lock: whatever the lost session was about to do has then ended. Raises NotDelivered
    where the event is not there, or nobody can be asked.
    """
    until = time.monotonic() + store.timeout
    while True:
        store.drop()
        try:
            if _holds(store, head):
                return
        except ServerError as again:
            if not again.lost or time.monotonic() > until:
                raise NotDelivered(
                    f"nobody knows whether this was committed: {store.path} was lost at the commit ({error})"
                    f" and cannot be asked ({again})",
                    f"when the server is back, {LOOK}",
                ) from error
            time.sleep(AGAIN)
            continue
        raise NotDelivered(
            f"{store.path} was lost at the commit ({error}), and does not hold what was to be committed", LOOK
        ) from error


def _holds(store: "PostgresStore", head: "Head | None") -> bool:
    connection, began = begin_writing(store)
    try:
        if head is None or began is None:
            return False
        query = "SELECT 1 FROM event WHERE id = ? AND hash = ?"
        return connection.execute(query, (head.id, head.hash)).fetchone() is not None
    finally:
        connection.run("ROLLBACK")
