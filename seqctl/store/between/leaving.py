"""Refusing to write to a book that is being moved or was moved: two live books would issue numbers twice."""

from seqctl.json_text import from_json
from seqctl.model.log.moving import MOVED_FROM, MOVED_TO, MOVING, refused_leaving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

ENDING = (MOVED_TO, MOVED_FROM, "abandon")
"""What may follow on `moving to`: the move is done, here or at the other end, or it is given up."""


def refuse_leaving(connection: "Connection", newest: str, action: str) -> None:
    """Raise Refused `moving` or `moved` unless the event ends a move. `newest` is the book's newest one."""
    if newest == MOVING and action in ENDING:
        return
    (detail,) = connection.execute("SELECT detail FROM event ORDER BY id DESC LIMIT 1").fetchone()
    raise refused_leaving(newest, from_json(detail)["address"])
