"""Whether a book is being moved, or went elsewhere."""

from __future__ import annotations

from seqctl.errors import Refused, SeqctlError
from seqctl.json_text import from_json
from seqctl.model.log.moving import MOVED_TO, MOVING

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
    if action == MOVED_TO:
        return Refused("moved", f"this book moved to {address}", f"use the book that goes on: --db {address}")
    if action == MOVING:
        return Refused(
            "moving",
            f"this book is being moved to {address}",
            f"go on with: seqctl copy --to {address}; or give up with: seqctl copy --abandon --reason TEXT",
        )
    return Refused("in_use", "the move was given up meanwhile, and the book went on", "begin it again")
