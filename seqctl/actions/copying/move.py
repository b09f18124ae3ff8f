"""Moving a book to another file or server, so that never two of it live.

The source says first that it moves, and is written to no more; the copy is whole and proved before it is
opened; then the source says where it went. A move that broke is run again, or given up (`abandon.py`).
"""

from __future__ import annotations

from seqctl.actions.audit.verify import verify
from seqctl.actions.copying.leaving import address_of, leaving
from seqctl.actions.ledger.older_book import refuse_older_book
from seqctl.errors import DatabaseUnusable, Refused
from seqctl.model.classes import frozen
from seqctl.model.log.events.book import Moved
from seqctl.model.log.moving import EMPTY, FILLED, LEFT, MOVED_FROM, MOVED_TO, MOVING, OPENED, OTHER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from seqctl.store.port import Place, Store

    Watch = Callable[[str], object]
    """Told what is being copied."""
    Warn = Callable[[str], object]
    """Told what a person should know of the book that leaves."""
    Head = tuple[int, bytes]
    """The number and hash of an event."""


@frozen
class BookMoved:
    """A book that moved: where to, its numbers and events there, and the hash of the event that opened it."""

    address: str
    numbers: int
    events: int
    head: str


def move_book(source: Store, place: Place, watch: Watch, warn: Warn) -> BookMoved:
    """Move a book to an empty place, or go on with a move that broke; durable when this returns.

    Locks the source for each of its two events, and the place while it is filled and while it is opened.
    Where the mark of the source cannot tell whether it is an older copy, or its server took over from
    another one, that is said once, as soon as the source has said that it moves: the move may break.
    Raises Refused `in_use` where the place holds something else, `moving` where the book is being moved to
    another place, `moved` where it went there; DatabaseUnusable `damaged` where the copy is not sound.
    """
    head = _begin(source, place, warn)
    if not _filled(source, place, head, watch):
        watch("checking the copy")
        _prove(place, head)
        _open(source, place, head)
    with source.write() as transaction:
        if transaction.log.last() != head:
            raise leaving(transaction)
        transaction.log.append(Moved(MOVED_TO, "book", place.shown))
        transaction.commit()
    return _outcome(place)


def _begin(source: Store, place: Place, warn: Warn) -> Head:
    """The event by which the book leaves, appended where it is not there yet."""
    with source.read() as transaction:
        action, address = address_of(transaction)
        if action is None:
            with place.locked() as held:
                if held.standing(transaction) not in (EMPTY, LEFT):
                    raise _used(place)
        elif action != MOVING or address != place.shown:
            raise leaving(transaction)
        else:
            return transaction.log.last()
    with source.write() as transaction:
        told = refuse_older_book(transaction)
        transaction.log.append(Moved(MOVING, "book", place.shown))
        transaction.commit()
        if told is not None:
            warn(told)
        return transaction.log.last()


def _used(place: Place) -> Refused:
    return Refused(
        "in_use",
        f"{place.shown} already holds a book, and a book can only move to an empty place",
        "name a file or a schema that is not there yet",
    )


def _filled(source: Store, place: Place, head: Head, watch: Watch) -> bool:
    """Fill the place under its lock, unless it is filled. True where the book was opened there already."""
    with source.read() as transaction, place.locked() as held:
        if transaction.log.last() != head:
            raise leaving(transaction)
        standing = held.standing(transaction)
        if standing == OTHER:
            raise _used(place)
        if standing not in (FILLED, OPENED):
            held.fill(transaction, watch)
            held.commit()
        return standing == OPENED


def _prove(place: Place, head: Head) -> None:
    """Hold the log of the copy against its tables. Raises DatabaseUnusable."""
    with place.opened() as copy:
        faults = verify(copy).findings
        with copy.read() as transaction:
            same = transaction.log.last() == head
    if faults or not same:
        told = faults[0].message if faults else "its log ends elsewhere"
        raise DatabaseUnusable(
            "damaged",
            f"the copy at {place.shown} is not sound: {told}",
            "check this book with: seqctl audit verify; give up with: seqctl copy --abandon --reason TEXT",
        )


def _open(source: Store, place: Place, head: Head) -> None:
    """Let the copy be the book that lives, unless the move was given up meanwhile."""
    with place.opened() as copy, copy.write() as transaction:
        with source.read() as left:
            if left.log.last() != head:
                raise leaving(left)
        if transaction.log.last() == head:
            transaction.log.append(Moved(MOVED_FROM, "book", source.real_path))
            transaction.mark.begin()
            transaction.commit()


def _outcome(place: Place) -> BookMoved:
    with place.opened() as book, book.read() as transaction:
        counts = transaction.listing.counts()
        return BookMoved(place.shown, counts["number"], counts["event"], transaction.log.last().hash.hex())
