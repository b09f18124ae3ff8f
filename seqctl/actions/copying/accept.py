"""Saying of a restored, copied or upgraded book that it is the one that goes on."""

from __future__ import annotations

from seqctl.actions.ledger.older_book import refuse_behind, refuse_older_book
from seqctl.errors import repeatable
from seqctl.model.log.events.book import CopyAccepted
from seqctl.model.reports.high_water import IN_STEP, OLDER, UNUSABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


@repeatable
def accept_copy(store: Store, reason: str) -> int | None:
    """Let numbers go out from this book again, and note it; returns the event, None where nothing was amiss.

    In one transaction under the write lock. The mark beside the book is begun anew. It never overrides a
    mark that knows of later numbers: raises Refused `older_book` until they are caught up with.
    """
    with store.write_much() as transaction:
        mark = transaction.mark
        if mark.kind in (IN_STEP, UNUSABLE):
            return None
        refuse_behind(transaction, mark)
        transaction.log.append(CopyAccepted("accept", "book", reason, mark.newest() or None))
        mark.begin()
        transaction.commit()
        return transaction.log.last().id


def begin_mark(store: Store) -> str | None:
    """Begin the mark beside a book that lacks one of the present form; returns what a person should know."""
    with store.write_much() as transaction:
        return None if transaction.mark.kind == OLDER else refuse_older_book(transaction)
