"""Refusing to write to a book that goes elsewhere, or went there: two live books would give numbers twice."""

from seqctl.errors import Refused
from seqctl.json_text import from_json
from seqctl.model.log.moving import MOVED_FROM, MOVED_TO, MOVING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

ENDING = (MOVED_TO, MOVED_FROM, "abandon")
"""What may follow on `moving to`: the move is done, here or at the other end, or it is given up."""


def refuse_leaving(connection: "Connection", newest: str, action: str) -> None:
    """Raise Refused `moving` or `moved` unless the event ends a move. `newest` is the book's newest one."""
    if newest == MOVING and action in ENDING:
        return
    query = "SELECT detail, at FROM event ORDER BY id DESC LIMIT 1"
    detail, at = connection.execute(query).fetchone()
    address = from_json(detail)["address"]
    if newest == MOVED_TO:
        raise Refused(
            "moved",
            f"this book moved to {address} on {at[:10]}, and nothing is written to it any more",
            f"use the book that goes on: --db {address}",
        )
    raise Refused(
        "moving",
        f"this book is being moved to {address}, and nothing is written to it meanwhile",
        f"go on with: seqctl copy --to {address}; or give up with: seqctl copy --abandon --reason TEXT",
    )
