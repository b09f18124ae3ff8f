"""Giving up a move that broke: what was copied is taken away, and the book goes on where it is."""

from __future__ import annotations

from seqctl.actions.copying.leaving import address_of, leaving
from seqctl.errors import Refused, UsageError
from seqctl.model.log.events.book import MoveAbandoned
from seqctl.model.log.moving import FILLED, LEFT, MOVED_TO, MOVING, OPENED, OTHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from seqctl.store.port import Place, Store


def abandon_move(source: Store, open_place: Callable[[str], Place], reason: str) -> str:
    """Give up a move; returns the address that the book does not move to.

    The place is cleared under its own lock, which is held until the source says that it goes on: whoever
    copies there at the same time finds the move given up. Raises UsageError where the book is not being
    moved, Refused `moved` where it was opened there, ServerAway where the place is not reached: the source
    alone cannot know.
    """
    with source.read() as transaction:
        action, address = address_of(transaction)
        head = transaction.log.last()
    if action == MOVED_TO:
        with source.read() as transaction:
            raise leaving(transaction)
    if action != MOVING:
        raise UsageError("this book is not being moved", "see what it is with: seqctl info")
    place = open_place(address)
    try:
        with place.locked() as held:
            with source.read() as transaction:
                standing = held.standing(transaction)
            if standing == OPENED:
                raise Refused(
                    "moved",
                    f"the book was already opened at {address} and goes on there",
                    f"end the move with: seqctl copy --to {address}",
                )
            if standing in (FILLED, LEFT):
                held.clear()
            with source.write() as transaction:
                if transaction.log.last() != head:
                    raise leaving(transaction)
                transaction.log.append(MoveAbandoned("abandon", "book", address, reason))
                transaction.commit()
            held.commit()
        if standing != OTHER:
            place.remove()
    finally:
        place.close()
    return address
