"""Whether a book on a server is older than what was given out from it, as far as the server itself shows it.

The head row keeps in which cluster and on which timeline the book was last written. A restored dump lies in
another cluster; a promoted standby and a server that was restored to a point in time have another timeline.
"""

from seqctl.model.reports.high_water import COPIED, IN_STEP, PROMOTED, Doubt, Lag
from seqctl.store.postgres.beginning import CLUSTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.parts import Parts

SYSTEM = "system_identifier = (SELECT system_identifier::text FROM pg_control_system())"
"""Says that the book lies in the cluster that answers."""


class Mark:
    """How the book of a transaction stands to the cluster that it lies in."""

    __slots__ = ("_cluster", "path", "transaction")

    def __init__(self, transaction: "Parts") -> None:
        self.transaction = transaction
        self.path = ""
        self._cluster: tuple[bool, int, int] | None = None

    @property
    def reads_only(self) -> bool:
        """Whether the transaction only sees the book, and others may write meanwhile."""
        return not self.transaction.writes

    @property
    def kind(self) -> str:
        """How the book stands: one of the words of `model/reports/high_water.py`."""
        same, before, now = self.cluster
        return COPIED if not same else IN_STEP if before == now else PROMOTED

    @property
    def cluster(self) -> tuple[bool, int, int]:
        """Whether the cluster is the one of the last write, and the timeline then and now; looked up once."""
        if self._cluster is None:
            row = self.transaction.connection.execute(f"SELECT {CLUSTER} FROM head").fetchone()
            self._cluster = row or (True, 1, 1)
        return self._cluster

    def origin(self) -> str:
        """Where the book comes from, in words."""
        same, before, now = self.cluster
        if not same:
            return "this book was restored or copied to another server than it was last written on"
        return f"the timeline of the server changed from {before} to {now} since the book was last written"

    def newest(self) -> int:
        """The newest event that the mark knows; 0 where it knows none."""
        return 0

    def lags(self) -> list[Lag]:
        """The counters of an older book that stand below its mark."""
        return []

    def doubts(self) -> list[Doubt]:
        """The counters of an older book whose freed or reserved numbers could be issued again."""
        return []

    def gave_out(self) -> bool:
        """Whether the book gave numbers out, which a mark should know."""
        query = "SELECT EXISTS (SELECT 1 FROM event WHERE serial IS NOT NULL)"
        return bool(self.transaction.connection.execute(query).fetchone()[0])

    def is_untouched_copy(self) -> bool:
        """Whether the book is what `backup` made, and nothing was written to it since."""
        return False

    def begin(self) -> None:
        """Keep that the book goes on in this cluster and on this timeline."""
        same, _, now = self.cluster
        # Behind a promotion an issuer may do so too, who has no right to say which cluster the book is in.
        moved = "" if same else f"{SYSTEM}, "
        self.transaction.connection.execute(f"UPDATE head SET {moved}timeline = ?", (now,))
        self.transaction.store.in_its_cluster = True
