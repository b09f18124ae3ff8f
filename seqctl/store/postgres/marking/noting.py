"""What is written to the mark of a book on a server, from within a transaction."""

from seqctl.model.reports.high_water import ABSENT, BEHIND, IN_STEP, OLDER, UNUSABLE
from seqctl.store.marks.standing import Standing, doubts, lags, standing
from seqctl.store.marks.written import Entry, Place, Written, content
from seqctl.store.sql.log import HASH, sealed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import Transaction
    from seqctl.store.postgres.marking.named import NamedMark

COUNTERS = (
    "SELECT s.id, s.name, c.period, c.scope, c.last FROM counter c JOIN sequence s ON s.id = c.sequence_id"
)
TOUCHED = f"{COUNTERS} WHERE c.id IN (SELECT counter_id FROM event WHERE id > ?)"
OF_NO_COUNTER = "SELECT EXISTS (SELECT 1 FROM event WHERE id > ? AND counter_id IS NULL)"


def found_standing(mark: "NamedMark", transaction: "Transaction") -> Standing:
    """How the mark stands to the book that a transaction sees. An empty file is no mark yet, and what this
    program did not write is never written to.
    """
    found = standing(mark.path, transaction.connection, transaction.log.last())
    written = found.written
    if written is None or written.book is not None:
        return found
    return Standing(UNUSABLE if written.end else ABSENT)


def noted(mark: "NamedMark", transaction: "Transaction") -> bytes | None:
    """The mark as the commit of a transaction leaves the book; None where it stays as it is.

    Where it knows more than the book, it is begun anew by whoever brings the last counter to where it stood.
    Where there is none, or none that can be read, whoever issues next tells it and begins it.
    """
    number, digest = transaction.log.last()
    head = number, digest.hex()[:HASH]
    entries: dict[Place, Entry] | None = None
    if not mark.anew:
        found = found_standing(mark, transaction)
        written = found.written
        if written is None or found.kind not in (IN_STEP, BEHIND, OLDER):
            return None
        if found.kind == OLDER and not _seen_to(transaction, written):
            return None
        entries = None if found.kind == OLDER else _brought_up(transaction, written, head)
    if entries is None:
        entries = {
            (sequence, period, scope): Entry(name, last, *head)
            for sequence, name, period, scope, last in transaction.connection.execute(COUNTERS)
        }
    lines = [
        sealed(
            f"{sequence}\t{entry.name}\t{period}\t{scope}\t{entry.last}\t".encode(),
            (entry.event, bytes.fromhex(entry.digest)),
        )
        for (sequence, period, scope), entry in sorted(entries.items(), key=lambda item: item[1].event)
    ]
    (book,) = transaction.connection.execute("SELECT identity FROM book").fetchone()
    return content(book, f"{transaction.now[:19]}Z", lines, (number, digest))


def _brought_up(
    transaction: "Transaction", written: Written, head: tuple[int, str]
) -> dict[Place, Entry] | None:
    """What a mark knows, with the counters that were used since; None where all must be read anew."""
    execute = transaction.connection.execute
    if written.head is None or not written.whole:
        return None
    since = (written.head[0],)
    if execute(OF_NO_COUNTER, since).fetchone()[0]:
        # A definition was renamed, or an import gave counters their first values.
        return None
    used = {
        (sequence, period, scope): Entry(name, last, *head)
        for sequence, name, period, scope, last in execute(TOUCHED, since)
    }
    return written.entries | used


def _seen_to(transaction: "Transaction", written: Written) -> bool:
    """Whether an older book lagged behind its mark before this transaction, and does so no more."""
    if not transaction.ledger.saved or lags(written, transaction.connection):
        return False
    if doubts(written, transaction.connection):
        return False
    from seqctl.store.postgres.beginning import settings
    from seqctl.store.postgres.session import open_session

    store = transaction.store
    before = open_session(store.address, store.timeout)
    try:
        before.together([("BEGIN", ()), settings(store, store.idle)])
        return bool(lags(written, before) or doubts(written, before))
    finally:
        before.close()
