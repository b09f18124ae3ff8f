"""The high-water mark of a book on a server, which is optional: where none is named, nothing is told."""

from seqctl.model.reports.high_water import IN_STEP, Doubt, Lag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.parts import Parts


class Mark:
    """The mark of the book of a transaction. Without one a book is in step."""

    __slots__ = ("path", "transaction")

    def __init__(self, transaction: "Parts") -> None:
        self.transaction = transaction
        self.path = ""

    @property
    def reads_only(self) -> bool:
        """Whether the transaction only sees the book, and others may write meanwhile."""
        return not self.transaction.writes

    @property
    def kind(self) -> str:
        """How the mark stands to the book: one of the words of `model/reports/high_water.py`."""
        return IN_STEP

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
        """Begin the mark anew."""
