"""Spaces of texts: document types whose numbers never have one text, and counters that are joined to them."""

from seqctl.model.number.counter_name import TextClash, TypedHolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.catalogue.spaces import Spaces
    from seqctl.store.sql.connection import Connection

HOLDER = "coalesce({0}.document_type, {0}s.document_type), {0}s.name, {0}c.period"
PLACED = "JOIN counter {0}c ON {0}c.id = {0}.counter_id JOIN sequence {0}s ON {0}s.id = {0}c.sequence_id"


class TextSpaces:
    """The spaces of texts of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def clash(self, spaces: list[str]) -> TextClash | None:
        """Two held numbers of different spaces that have one text in one period, or always."""
        marks = ", ".join("?" * len(spaces))
        row = self.connection.execute(
            f"SELECT n.text, {HOLDER.format('n')}, {HOLDER.format('m')} FROM number n"
            " JOIN uniqueness u ON u.id = n.uniqueness_id JOIN number m ON m.text = n.text"
            f" JOIN uniqueness v ON v.id = m.uniqueness_id {PLACED.format('n')} {PLACED.format('m')}"
            f" WHERE u.space IN ({marks}) AND v.space IN ({marks}) AND u.space < v.space"
            " AND (u.period = '' OR v.period = '' OR u.period = v.period)"
            " ORDER BY n.serial, m.serial LIMIT 1",
            (*spaces, *spaces),
        ).fetchone()
        return None if row is None else TextClash(row[0], (TypedHolder(*row[1:4]), TypedHolder(*row[4:])))

    def put(self, spaces: "Spaces") -> None:
        """Join document types as said, and none besides; counters and their numbers move to their spaces.

        Needs the write lock; the numbers that meet have different texts.
        """
        self.connection.execute("DELETE FROM text_space")
        self.connection.executemany(
            "INSERT INTO text_space (document_type, name) VALUES (?, ?)", sorted(spaces.items())
        )
        counters = self.connection.execute(
            "SELECT c.id, c.last >= c.first, u.id, u.space, u.period, s.document_type FROM counter c"
            " JOIN sequence s ON s.id = c.sequence_id"
            " JOIN uniqueness u ON u.id = coalesce(c.domain_id, c.uniqueness_id) ORDER BY c.id"
        ).fetchall()
        moves, left = [], set()
        for counter_id, used, domain_id, space, period, document_type in counters:
            right = spaces.get(document_type, document_type)
            if space != right:
                moves.append((counter_id, used, self._domain(right, period)))
                left.add(domain_id)
        if left & {domain_id for *_, domain_id in moves}:
            # Two spaces may change their names: whatever moves stands aside until every place is free.
            for counter_id, *_ in moves:
                self._place(counter_id, -counter_id)
        for move in moves:
            self._move(*move)

    def _move(self, counter_id: int, used: object, domain_id: int) -> None:
        """Put a counter and its numbers into a domain; by which domain the rows of a used one are hashed
        stays."""
        column = "domain_id" if used else "uniqueness_id"
        self.connection.execute(f"UPDATE counter SET {column} = ? WHERE id = ?", (domain_id, counter_id))
        self._place(counter_id, domain_id)

    def _place(self, counter_id: int, domain_id: int) -> None:
        """Say within which domain the texts of a counter's numbers are unique."""
        given = (domain_id, counter_id)
        self.connection.execute("UPDATE number SET uniqueness_id = ? WHERE counter_id = ?", given)

    def _domain(self, space: str, period: str) -> int:
        row = self.connection.execute(
            "SELECT id FROM uniqueness WHERE space = ? AND period = ?", (space, period)
        ).fetchone()
        if row is None:
            insert = "INSERT INTO uniqueness (space, period) VALUES (?, ?) RETURNING id"
            row = self.connection.execute(insert, (space, period)).fetchone()
        return int(row[0])
