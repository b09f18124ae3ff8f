"""Whether a book on a server is older than what was given out from it, as the actions ask.

The head row keeps in which cluster and on which timeline the book was last written. A restored dump lies in
another cluster; a promoted standby and a server that was restored to a point in time have another timeline.
A mark that was named knows more: whether the book has all that was known of it.
"""

from seqctl.model.reports.high_water import (
    BEHIND,
    COPIED,
    IN_STEP,
    OLDER,
    PROMOTED,
    REACHED,
    UNUSABLE,
    Doubt,
    Lag,
    MarkWritten,
)
from seqctl.store.marks.standing import Standing, doubts, lags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.marks.written import Written
    from seqctl.store.postgres.engine import Transaction

SYSTEM = "system_identifier = (SELECT system_identifier::text FROM pg_control_system())"
"""Says that the book lies in the cluster that answers."""

SEEN = (
    f"SELECT {SYSTEM}, timeline, CASE WHEN pg_is_in_recovery() THEN timeline ELSE"
    " ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END,"
    " pg_is_in_recovery() FROM head"
)
"""Whether the book lies in the cluster that it was last written in; the timeline then and now, which a
standby does not say; whether it is a standby that answers."""

MAY_SAY_WHERE = "SELECT has_column_privilege('head', 'system_identifier', 'UPDATE')"


class Mark:
    """How the book of a transaction stands to the cluster that it lies in, and to its mark."""

    __slots__ = ("_cluster", "_standing", "path", "transaction")

    def __init__(self, transaction: "Transaction") -> None:
        self.transaction = transaction
        named = transaction.store.named_mark
        self.path = "" if named is None else named.shown
        self._cluster: tuple[bool, int, int, bool] | None = None
        self._standing: Standing | None = None

    @property
    def reads_only(self) -> bool:
        """Whether the transaction only sees the book, and others may write meanwhile."""
        return not self.transaction.writes

    @property
    def kind(self) -> str:
        """How the book stands: one of the words of `model/reports/high_water.py`."""
        same, before, now, standby = self.cluster
        if standby:
            # It may lag behind the book, which is no reason to think that the book is older.
            return IN_STEP
        moved = not same or before != now
        found = self.standing.kind
        if self.path and found in (IN_STEP, BEHIND):
            return REACHED if moved else IN_STEP
        if not moved or found == OLDER:
            return found
        return PROMOTED if same else COPIED

    @property
    def standing(self) -> Standing:
        """How the mark stands to the book; looked up once."""
        if self._standing is None:
            self._standing = self._looked_up()
        return self._standing

    @property
    def cluster(self) -> tuple[bool, int, int, bool]:
        """Whether the cluster is the one of the last write, the timeline then and now, and whether it is a
        standby; looked up once."""
        if self._cluster is None:
            row = self.transaction.connection.execute(SEEN).fetchone()
            self._cluster = row or (True, 1, 1, False)
        return self._cluster

    @property
    def called(self) -> str:
        """The mark, in words."""
        return f"the mark {self.path}"

    @property
    def witness(self) -> str:
        """Who wrote the mark, in words behind what it tells; empty where none is named."""
        said = self.written()
        return f" ({self.called}, written by {said.host} at {said.at})" if said else ""

    def written(self) -> MarkWritten | None:
        """What the mark says of itself; None where there is none that can be read."""
        written = self._written()
        if written is None or written.book is None:
            return None
        return MarkWritten(written.head[0] if written.head is not None else 0, written.host, written.at)

    def origin(self) -> str:
        """Where the book comes from, in words; of one that reached its mark, that it did."""
        same, before, now, _ = self.cluster
        told = f"the timeline of the server changed from {before} to {now} since the book was last written"
        if not same:
            told = "this book was restored or copied to another server than it was last written on"
        if self.kind != REACHED:
            return told
        return f"{told}; it has all that its mark knows, up to event {self.newest()}{self.witness}"

    def newest(self) -> int:
        """The newest event that the mark knows; 0 where it knows none."""
        written = self._written()
        return written.head[0] if written is not None and written.head is not None else 0

    def lags(self) -> list[Lag]:
        """The counters of an older book that stand below its mark."""
        written = self._of_older_book()
        return [] if written is None else lags(written, self.transaction.connection)

    def doubts(self) -> list[Doubt]:
        """The counters of an older book whose freed or reserved numbers could be issued again."""
        written = self._of_older_book()
        return [] if written is None else doubts(written, self.transaction.connection)

    def gave_out(self) -> bool:
        """Whether the book gave numbers out, which a mark should know."""
        query = "SELECT EXISTS (SELECT 1 FROM event WHERE serial IS NOT NULL)"
        return bool(self.transaction.connection.execute(query).fetchone()[0])

    def is_untouched_copy(self) -> bool:
        """Whether the book is what `backup` made, and nothing was written to it since."""
        return False

    def going_on(self) -> "Mark | None":
        """Keep that the server took over from another one, for what issues nothing; itself if that is to be
        said, with all that it says looked up.

        A book that is older than its mark, or a copy, stays what it is.
        """
        if self.kind not in (PROMOTED, REACHED):
            return None
        said = self.gave_out()
        self.begin()
        return self if said else None

    def begin(self) -> None:
        """Keep that the book goes on in this cluster and on this timeline, and let the commit write the mark.

        Behind a promotion an issuer may do so too, who may not say in which cluster the book is.
        """
        same, before, now, _ = self.cluster
        execute = self.transaction.connection.execute
        if not same and execute(MAY_SAY_WHERE).fetchone()[0]:
            execute(f"UPDATE head SET {SYSTEM}, timeline = ?", (now,))
        elif before != now:
            execute("UPDATE head SET timeline = ?", (now,))
        self.transaction.store.in_its_cluster = True
        named = self.transaction.store.named_mark
        if named is not None and self.standing.kind != UNUSABLE:
            named.anew = True

    def note(self) -> bool:
        """Write the mark as of the state that this reader sees, made durable first; ends the transaction.

        False where it cannot be written.
        """
        named = self.transaction.store.named_mark
        if named is None or self.cluster[-1]:
            return True
        from seqctl.store.postgres.marking.noting import noted

        named.anew = self.standing.kind not in (IN_STEP, BEHIND)
        content = noted(named, self.transaction)
        self.transaction.confirm_mark()
        return content is None or named.write(content)

    def _written(self) -> "Written | None":
        return self.standing.written

    def _of_older_book(self) -> "Written | None":
        return self._written() if self.kind == OLDER else None

    def _looked_up(self) -> Standing:
        named = self.transaction.store.named_mark
        if named is None:
            return Standing(IN_STEP)
        from seqctl.store.postgres.marking.noting import found_standing

        found = found_standing(named, self.transaction)
        if self.reads_only and named.reached(self.transaction.connection):
            # What others wrote to the mark since is of events that this transaction does not see.
            return Standing(IN_STEP, found.written)
        return found
