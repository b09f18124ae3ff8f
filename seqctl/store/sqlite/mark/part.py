"""The high-water mark as the actions ask for it, within a transaction."""

from seqctl.model.reports.high_water import COPIED, IN_STEP, OLDER, Doubt, Lag, MarkWritten
from seqctl.store.marks.standing import Standing, doubts, lags, standing
from seqctl.store.marks.written import Written, read
from seqctl.store.sqlite.driver import file_uri
from seqctl.store.sqlite.mark.beginning import begin, copied_from, gave_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.parts import Parts


class Mark:
    """The mark beside the book of a transaction; a book in memory has none, and is in step with it."""

    __slots__ = ("_standing", "path", "transaction")

    def __init__(self, transaction: "Parts") -> None:
        self.transaction = transaction
        mark = transaction.store.high_water
        self.path = "" if mark is None else mark.path
        self._standing: Standing | None = None

    @property
    def called(self) -> str:
        """The mark, in words."""
        return "the mark beside this book"

    @property
    def witness(self) -> str:
        """Nothing: nobody but the users of the book writes the mark beside it."""
        return ""

    def written(self) -> MarkWritten | None:
        """What the mark says of itself; None where there is none that can be read."""
        try:
            written = read(self.path) if self.path else None
        except OSError:
            return None
        if written is None or written.book is None:
            return None
        return MarkWritten(written.head[0] if written.head is not None else 0, written.host, written.at)

    def note(self) -> bool:
        """Nothing is to be done: whoever changes the book writes its mark."""
        return True

    @property
    def reads_only(self) -> bool:
        """Whether the transaction only sees the book, and others may write meanwhile."""
        return not self.transaction.writes

    @property
    def kind(self) -> str:
        """How the mark stands to the book: one of the words of `model/reports/high_water.py`."""
        return self.standing.kind

    @property
    def standing(self) -> Standing:
        """How the mark stands to the book; looked up once, by reading all of it."""
        if self._standing is None:
            self._standing = self._looked_up()
        return self._standing

    def newest(self) -> int:
        """The newest event that the mark knows; 0 where it knows none."""
        written = self.standing.written
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
        return gave_out(self.transaction.connection, self.transaction.log.last().id)

    def origin(self) -> str:
        """Of which book this one is a copy, in words."""
        return f"this book is a backup of {copied_from(self.transaction.connection)}"

    def is_untouched_copy(self) -> bool:
        """Whether the book is what `backup` made, and nothing was written to it since."""
        row = self.transaction.connection.execute("SELECT copied_event FROM book").fetchone()
        return row is not None and row[0] == self.transaction.log.last().id

    def begin(self) -> None:
        """Begin the mark anew: it knows every counter as it is now. Needs the write lock."""
        mark = self.transaction.store.high_water
        self.transaction.connection.execute("UPDATE book SET copied_from = NULL")
        if mark is not None:
            begin(mark, self.transaction.connection, self.transaction.log.last())

    def _of_older_book(self) -> Written | None:
        return self.standing.written if self.standing.kind == OLDER else None

    def _looked_up(self) -> Standing:
        """What the mark says; a backup of a server's book is a copy unless a mark is in step with it."""
        found = self._marked()
        if found.kind in (IN_STEP, OLDER) or copied_from(self.transaction.connection) is None:
            return found
        return Standing(COPIED, found.written)

    def _marked(self) -> Standing:
        mark, transaction = self.transaction.store.high_water, self.transaction
        if mark is None:
            return Standing(IN_STEP)
        if self.reads_only:
            from seqctl.store.sqlite.mark.standing import standing_meanwhile

            return standing_meanwhile(mark.path, file_uri(transaction.store.real_path))
        newest = transaction.log.last()
        found = standing(mark.path, transaction.connection, newest)
        if found.kind == IN_STEP and found.written is not None:
            from seqctl.store.sqlite.mark.changes import take_over

            take_over(mark, found.written, newest)
        return found
