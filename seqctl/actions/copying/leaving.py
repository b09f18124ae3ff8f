"""Whether a book is being moved, or went elsewhere."""

from __future__ import annotations

from seqctl.errors import Refused, SeqctlError
from seqctl.json_text import from_json
from seqctl.model.log.moving import MOVED_TO, MOVING, refused_leaving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def address_of(transaction: Transaction) -> tuple[str | None, str]:
    """What the newest event says of a move, `moving to` or `moved to`, and the address; None without."""
    newest = next(transaction.events.after(transaction.log.last().id - 1), None)
    if newest is None or newest.action not in (MOVING, MOVED_TO):
        return None, ""
    return newest.action, str(from_json(newest.detail)["address"])


def leaving(transaction: Transaction) -> SeqctlError:
    """Why a move cannot go on, in words."""
    action, address = address_of(transaction)
    if action is not None:
        return refused_leaving(action, address)
    return Refused("in_use", "the move was given up meanwhile, and the book went on", "begin it again")
