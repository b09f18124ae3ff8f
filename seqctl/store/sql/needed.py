"""Reading the definitions that an issue needs: one sequence, and which one serves a document type.

On the path of every issue. Lists of definitions and all changes to them are in `catalogue.py`.
"""

from seqctl.model.pattern.compiled import decode
from seqctl.model.sequence.sequence import HELD, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from seqctl.model.catalogue.sequence_set import SetMember
    from seqctl.model.owner import OwnerSettings
    from seqctl.model.policy.policy import ActivePolicy, Policy
    from seqctl.model.sequence.candidate import Candidate
    from seqctl.model.time.calendar import Calendar
    from seqctl.store.sql.connection import Connection

SEQUENCE = (
    "SELECT s.id, s.used, s.closed_until, s.compiled, coalesce(s.timezone, (SELECT timezone FROM book)),"
    " c.id, c.name, c.month, c.day, c.named_by, s.name, s.title, s.description, s.document_type, s.kind,"
    " s.pattern, s.start, s.end, s.step, s.max_width,"
    ' s.max_length, s.reset, s.timezone, s.scope, s.requires, s.mode, s."unique", s.date_order, s.manual,'
    " s.warn_at, s.reservation_ttl, s.characters, s.reference, s.reference_base,"
    " s.effective_from, s.effective_until, s.status, s.types, c.listed"
    " FROM sequence s LEFT JOIN calendar c ON c.id = s.calendar_id "
)


NAMING = ("policies", "sets", "sequences")
"""What names document types."""

COUNTER = (
    "SELECT id, uniqueness_id, first, last, accounted, reusable, reserved, latest_date, latest_value,"
    " coalesce(domain_id, uniqueness_id)"
)
"""What is read of a counter, in the order of its fields."""


class Definitions:
    """The definitions of one book, read within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def book_timezone(self) -> str:
        """The time zone of the book."""
        (zone,) = self.connection.execute("SELECT timezone FROM book").fetchone()
        return str(zone)

    def owner_settings(self) -> "OwnerSettings":
        """Which kinds of owners the book knows."""
        from seqctl.model.owner import OwnerSettings

        query = "SELECT owner_kinds, known_owners, assigned_kinds FROM book"
        return OwnerSettings(*self.connection.execute(query).fetchone())

    def sequence(self, name: str) -> "Sequence | None":
        """The sequence of that name."""
        row = self.connection.execute(SEQUENCE + "WHERE s.name = ?", (name,)).fetchone()
        return sequence_from_row(row) if row else None

    def sequence_by_id(self, id: int) -> Sequence:
        """The sequence with that id, which the book refers to."""
        row = self.connection.execute(SEQUENCE + "WHERE s.id = ?", (id,)).fetchone()
        return sequence_from_row(row)

    def active_sequences(self, document_type: str, most: int) -> "list[str]":
        """The names of active sequences of a type, at most `most`."""
        query = (
            "SELECT name FROM sequence WHERE document_type = ? AND status = 'active' ORDER BY name LIMIT ?"
        )
        return [name for (name,) in self.connection.execute(query, (document_type, most))]

    def of_type(self, document_type: str) -> "list[Candidate]":
        """What decides whether the sequences that number a type serve a request, by name."""
        from seqctl.model.sequence.candidate import Candidate
        from seqctl.store.sql.definitions.shared_types import OF_TYPE, of_type

        query = (
            "SELECT name, status, effective_from, effective_until, timezone, requires FROM sequence s"
            f" WHERE {OF_TYPE} ORDER BY name"
        )
        return [Candidate(*row) for row in self.connection.execute(query, of_type(document_type))]

    def type_use(self, document_type: str) -> "frozenset[str]":
        """Which of `policies`, `sets` and `sequences` name a document type.

        `shared` says that a sequence numbers it beside its own type.
        """
        query = (
            "SELECT EXISTS (SELECT 1 FROM policy WHERE document_type = :type),"
            " EXISTS (SELECT 1 FROM set_member WHERE document_type = :type),"
            " EXISTS (SELECT 1 FROM sequence WHERE document_type = :type),"
            " EXISTS (SELECT 1 FROM text_space)"
        )
        found = self.connection.execute(query, {"type": document_type}).fetchone()
        use = frozenset([name for name, named in zip(NAMING, found, strict=False) if named])
        if found[3]:
            from seqctl.store.sql.definitions.shared_types import is_shared

            use |= {"sequences", "shared"} if is_shared(self.connection, document_type) else set()
        return use

    def active_policies(self, document_type: str) -> "Iterator[ActivePolicy]":
        """What decides whether an active policy of a type matches, highest priority first."""
        from seqctl.store.sql.definitions.policies import active_policies

        return active_policies(self.connection, document_type)

    def policy_by_id(self, id: int) -> "Policy":
        """The policy with that id, which `active_policies` gave."""
        from seqctl.store.sql.definitions.policies import policy_by_id

        return policy_by_id(self.connection, id)

    def member(self, set_name: str, document_type: str) -> "Sequence | None":
        """The sequence that a set gives a document type."""
        row = self.connection.execute(
            "SELECT m.sequence_id FROM sequence_set t JOIN set_member m ON m.set_id = t.id"
            " WHERE t.name = ? AND m.document_type = ?",
            (set_name, document_type),
        ).fetchone()
        return self.sequence_by_id(row[0]) if row else None

    def default_member(self, document_type: str) -> "SetMember | None":
        """The default set and the sequence that it gives a document type."""
        row = self.connection.execute(
            "SELECT t.name, m.sequence_id FROM sequence_set t JOIN set_member m ON m.set_id = t.id"
            " WHERE t.is_default = 1 AND m.document_type = ?",
            (document_type,),
        ).fetchone()
        if row is None:
            return None
        from seqctl.model.catalogue.sequence_set import SetMember

        return SetMember(row[0], self.sequence_by_id(row[1]))

    def sequence_names(self) -> "list[str]":
        """The names of all sequences, in order."""
        rows = self.connection.execute("SELECT name FROM sequence ORDER BY name")
        return [name for (name,) in rows]

    def with_references(self) -> "list[str]":
        """The names of the sequences whose numbers have payment references, in order."""
        rows = self.connection.execute("SELECT name FROM sequence WHERE reference IS NOT NULL ORDER BY name")
        return [name for (name,) in rows]

    def set_names(self) -> "list[str]":
        """The names of all sets, in order."""
        rows = self.connection.execute("SELECT name FROM sequence_set ORDER BY name")
        return [name for (name,) in rows]

    def target_names(self) -> "list[str]":
        """Everything that a request may name: document types and sequences."""
        from seqctl.store.sql.definitions.shared_types import shared_types

        rows = self.connection.execute(
            "SELECT name FROM sequence UNION SELECT document_type FROM sequence"
            " UNION SELECT document_type FROM set_member UNION SELECT document_type FROM policy"
        )
        names = [name for (name,) in rows]
        return names + [name for name in shared_types(self.connection) if name not in names]

    def assigned_set(self, kind: str, id: str) -> "str | None":
        """The set that was assigned to a customer, branch or the like."""
        row = self.connection.execute(
            "SELECT t.name FROM assignment a JOIN sequence_set t ON t.id = a.set_id"
            " WHERE a.kind = ? AND a.id = ?",
            (kind, id),
        ).fetchone()
        return str(row[0]) if row else None

    def assigned_ids(self, kind: str) -> "list[str]":
        """The owners of a kind that have a set."""
        rows = self.connection.execute("SELECT id FROM assignment WHERE kind = ?", (kind,))
        return [id for (id,) in rows]


def sequence_from_row(row: "tuple[object, ...]") -> Sequence:
    """A sequence as the query SEQUENCE gives it. A pattern of another stored form is compiled anew."""
    sequence = Sequence()
    sequence.id, sequence.closed_until, sequence.zone = row[0], row[2], row[4]  # type: ignore[assignment]
    sequence.used = bool(row[1])
    sequence.self_issued = row[1] == 1
    sequence.fiscal = sequence.calendar = sequence.types = None
    if row[5] is not None:
        sequence.fiscal = calendar_from_row((*row[6:10], row[5], row[-1]))
        sequence.calendar = sequence.fiscal.name
    for name, value in zip(STORED, row[10:-2], strict=True):
        setattr(sequence, name, value)
    sequence.manual = bool(sequence.manual)
    sequence.scope, sequence.requires = {}, {}
    if row[23] or row[24]:
        from seqctl.model.sequence.scope import unpack_values

        sequence.scope, sequence.requires = unpack_values(str(row[23])), unpack_values(str(row[24]))
    pattern = decode(str(row[3]), sequence.kind == "alpha", sequence.max_width)
    if pattern is None:
        from seqctl.model.pattern.compile import compile_pattern

        pattern = compile_pattern(sequence.pattern, sequence.alpha, sequence.max_width)
    if row[-2] is not None:
        from seqctl.model.pattern.coded import coded
        from seqctl.model.sequence.document_types import codes_of, unpack_types

        sequence.types = unpack_types(str(row[-2]))
        pattern = coded(pattern, tuple(codes_of(sequence).values()))
    sequence.compiled = pattern
    return sequence


def calendar_from_row(row: "tuple[object, ...]") -> "Calendar":
    """A calendar of its name, month, day, naming, id and listed days."""
    if row[5] is not None:
        from seqctl.model.time.listed_calendar import unpack_calendar

        return unpack_calendar(str(row[0]), str(row[5]), row[4])  # type: ignore[arg-type]
    from seqctl.model.time.calendar import Calendar

    return Calendar(*row[:5])  # type: ignore[arg-type]


STORED = tuple([name for name in HELD if name != "calendar"])
"""The fields that the table holds as they are, in its order: all but the calendar."""
