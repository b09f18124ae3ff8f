"""Up to which day a sequence is closed, and the reservations that keep it from being closed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection


class Closings:
    """The closed stretches of the sequences of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def put(self, sequence_id: int, until: str | None) -> None:
        """Close a sequence through a day; None opens all of it."""
        query = "UPDATE sequence SET closed_until = ? WHERE id = ?"
        self.connection.execute(query, (until, sequence_id))

    def open_reservations(self, counter_id: int, until: str, undated: int, now: str) -> list[str]:
        """The numbers of a counter that live reservations dated up to a day hold, lowest first.

        `undated` is 1 where those without a date lie up to that day as well.
        """
        query = (
            "SELECT text FROM number WHERE counter_id = ? AND state = 'reserved' AND expires_at > ?"
            " AND (date <= ? OR (date IS NULL AND ? = 1)) ORDER BY value"
        )
        return [text for (text,) in self.connection.execute(query, (counter_id, now, until, undated))]
