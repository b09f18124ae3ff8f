"""Definitions as a whole: reading the catalogue of a book, and writing changes to it.

Nothing here is on the path of an issue.
"""

from collections.abc import Iterable

from seqctl.json_text import from_json, to_json
from seqctl.model.catalogue.catalogue import BOOK_LISTS, Catalogue, Origin
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.pattern.compile import encode
from seqctl.model.policy.policy import Policy
from seqctl.model.sequence.changes import HeldExtent
from seqctl.model.sequence.scope import pack_values
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar
from seqctl.store.sql.definitions.policies import POLICY, POLICY_COLUMNS, policy_from_row, policy_row
from seqctl.store.sql.needed import SEQUENCE, STORED, sequence_from_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Connection

COLUMNS = (*STORED, "calendar_id", "compiled")

FORMER_PATTERN = (
    "INSERT INTO former_pattern (counter_id, event_id, first, last, pattern)"
    " SELECT c.id, CAST(:event AS BIGINT), c.first, c.last, s.pattern FROM sequence s"
    " JOIN counter c ON c.sequence_id = s.id"
    " WHERE s.name = :name AND s.used > 0 AND s.pattern <> :pattern AND (c.last >= c.first OR EXISTS"
    " (SELECT 1 FROM event e WHERE e.counter_id = c.id AND e.action NOT IN ('issue', 'reserve')))"
)
"""Keeps the pattern of a used sequence that an event is about to replace."""


class CatalogueTables:
    """The tables of definitions of one book, within a transaction."""

    __slots__ = ("connection",)

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection

    def read(self) -> Catalogue:
        """Every definition of the book."""
        calendars = {
            name: Calendar(name, month, day, named_by, id)
            for id, name, month, day, named_by in self.connection.execute(
                "SELECT id, name, month, day, named_by FROM calendar ORDER BY name"
            )
        }
        rows = self.connection.execute(SEQUENCE + "ORDER BY s.name")
        sequences = {sequence.name: sequence for sequence in map(sequence_from_row, rows)}
        timezone, *lists = self.connection.execute(
            f"SELECT timezone, {', '.join(BOOK_LISTS)} FROM book"
        ).fetchone()
        book = dict(zip(BOOK_LISTS, map(from_json, lists), strict=True))
        policies = {
            policy.name: policy
            for policy in map(policy_from_row, self.connection.execute(POLICY + "ORDER BY p.name"))
        }
        return Catalogue(
            timezone, calendars, sequences, self._read_sets(), policies, self._read_origins(), book
        )

    def _read_origins(self) -> dict[str, Origin]:
        query = "SELECT name, origin FROM sequence WHERE origin IS NOT NULL"
        return {name: from_json(origin) for name, origin in self.connection.execute(query)}

    def put_origins(self, origins: dict[str, Origin]) -> None:
        """Keep what other systems said of sequences, by the names of these."""

        self.connection.executemany(
            "UPDATE sequence SET origin = ? WHERE name = ?",
            [(origin_text(origin), name) for name, origin in origins.items()],
        )

    def _read_sets(self) -> dict[str, SequenceSet]:
        sets = {
            name: SequenceSet(name, {}, bool(is_default), ())
            for name, is_default in self.connection.execute(
                "SELECT name, is_default FROM sequence_set ORDER BY name"
            )
        }
        for name, document_type, sequence in self.connection.execute(
            "SELECT t.name, m.document_type, s.name FROM set_member m"
            " JOIN sequence_set t ON t.id = m.set_id JOIN sequence s ON s.id = m.sequence_id"
            " ORDER BY t.name, m.document_type"
        ):
            sets[name].members[document_type] = sequence
        for name, kind, id in self.connection.execute(
            "SELECT t.name, a.kind, a.id FROM assignment a JOIN sequence_set t ON t.id = a.set_id"
            " ORDER BY t.name, a.kind, a.id"
        ):
            sets[name].owners = (*(sets[name].owners or ()), f"{kind}:{id}")
        return sets

    def put_timezone(self, timezone: str) -> None:
        """Set the book's time zone."""
        self.connection.execute("UPDATE book SET timezone = ?", (timezone,))

    def put_book_list(self, key: str, texts: list[str]) -> None:
        """Set one of the lists of the whole book, named by a key of BOOK_LISTS."""
        assert key in BOOK_LISTS
        self.connection.execute(f"UPDATE book SET {key} = ?", (json_list(texts),))

    def put_calendar(self, calendar: Calendar) -> None:
        """Write a calendar by its name."""
        self.connection.execute(
            "INSERT INTO calendar (name, month, day, named_by) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
            " DO UPDATE SET month = excluded.month, day = excluded.day, named_by = excluded.named_by",
            (calendar.name, calendar.month, calendar.day, calendar.named_by),
        )

    def put_sequences(self, sequences: list[Sequence], event_id: int) -> None:
        """Write sequences by their names, all fields of each; `event_id` is the event that will say so."""
        former = ({"event": event_id, "name": item.name, "pattern": item.pattern} for item in sequences)
        self.connection.executemany(FORMER_PATTERN, former)
        calendars = dict(self.connection.execute("SELECT name, id FROM calendar").fetchall())
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS if name != "name")
        marks = ", ".join("?" * len(COLUMNS))
        self.connection.executemany(
            f"INSERT INTO sequence ({names}) VALUES ({marks}) ON CONFLICT (name) DO UPDATE SET {updates}",
            (sequence_row(sequence, calendars) for sequence in sequences),
        )

    def put_set(self, sequence_set: SequenceSet) -> None:
        """Write a set by its name: members, whether it is the default, and the owners that are given."""
        if sequence_set.default:
            self.connection.execute(
                "UPDATE sequence_set SET is_default = 0 WHERE name <> ?", (sequence_set.name,)
            )
        self.connection.execute(
            "INSERT INTO sequence_set (name, is_default) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET is_default = excluded.is_default",
            (sequence_set.name, int(sequence_set.default)),
        )
        (id,) = self.connection.execute(
            "SELECT id FROM sequence_set WHERE name = ?", (sequence_set.name,)
        ).fetchone()
        self.connection.execute("DELETE FROM set_member WHERE set_id = ?", (id,))
        self.connection.executemany(
            "INSERT INTO set_member (set_id, document_type, sequence_id)"
            " SELECT CAST(? AS BIGINT), CAST(? AS TEXT), id FROM sequence WHERE name = ?",
            [(id, kind, name) for kind, name in sequence_set.members.items()],
        )
        if sequence_set.owners is not None:
            owners = [owner.partition(":") for owner in sequence_set.owners]
            self.connection.execute("DELETE FROM assignment WHERE set_id = ?", (id,))
            self.connection.executemany(
                "INSERT INTO assignment (kind, id, set_id) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, id) DO UPDATE SET set_id = excluded.set_id",
                [(kind, owner, id) for kind, _, owner in owners],
            )
            self._note_kinds({kind for kind, _, _ in owners})

    def _note_kinds(self, kinds: set[str]) -> None:
        """Remember kinds of owners that are assigned to a set: they stay known when the last one goes."""
        (noted,) = self.connection.execute("SELECT assigned_kinds FROM book").fetchone()
        known = set(from_json(noted))
        if not kinds <= known:
            self.connection.execute("UPDATE book SET assigned_kinds = ?", (json_list(kinds | known),))

    def put_policy(self, policy: Policy) -> None:
        """Write a policy by its name."""
        names = POLICY_COLUMNS
        updates = ", ".join(f"{name} = excluded.{name}" for name in (*names[1:], "sequence_id"))
        self.connection.execute(
            f"INSERT INTO policy ({', '.join(names)}, sequence_id) VALUES ({', '.join('?' * len(names))},"
            f" (SELECT id FROM sequence WHERE name = ?)) ON CONFLICT (name) DO UPDATE SET {updates}",
            (*policy_row(policy), policy.sequence),
        )

    def remove_definition(self, kind: str, name: str) -> None:
        """Delete a definition that nothing refers to; an unused sequence takes its counters along."""
        if kind == "set":
            query = "DELETE FROM set_member WHERE set_id = (SELECT id FROM sequence_set WHERE name = ?)"
            self.connection.execute(query, (name,))
            query = "DELETE FROM assignment WHERE set_id = (SELECT id FROM sequence_set WHERE name = ?)"
            self.connection.execute(query, (name,))
            self.connection.execute("DELETE FROM sequence_set WHERE name = ?", (name,))
        elif kind == "policy":
            self.connection.execute("DELETE FROM policy WHERE name = ?", (name,))
        elif kind == "sequence":
            self.drop_counters(name)
            self.connection.execute("DELETE FROM sequence WHERE name = ?", (name,))
        else:
            self.connection.execute("DELETE FROM calendar WHERE name = ?", (name,))

    def drop_counters(self, name: str) -> None:
        """Delete the counters of a sequence that was never used."""
        query = (
            "DELETE FROM counter WHERE sequence_id = (SELECT id FROM sequence WHERE name = ? AND used = 0)"
        )
        self.connection.execute(query, (name,))

    def held_extent(self, sequence_id: int) -> HeldExtent | None:
        """How far the held numbers of a sequence reach; None where it holds none."""
        value, length = self.connection.execute(
            "SELECT max(n.value), max(length(n.text)) FROM counter c JOIN number n"
            " ON n.counter_id = c.id WHERE c.sequence_id = ?",
            (sequence_id,),
        ).fetchone()
        return None if value is None else HeldExtent(value, length)

    def counters_of(self, sequence_id: int) -> dict[CounterKey, Counter]:
        """The counters of a sequence by (period, scope)."""
        rows = self.connection.execute(
            "SELECT period, scope, id, uniqueness_id, first, last, accounted, reusable, reserved,"
            " latest_date, latest_value FROM counter WHERE sequence_id = ? ORDER BY period, scope",
            (sequence_id,),
        )
        return {CounterKey(period, scope): Counter(*fields) for period, scope, *fields in rows}


def sequence_row(sequence: Sequence, calendars: dict[str, int]) -> list[object]:
    """The columns of a sequence, in the order of COLUMNS. `calendars` are the ids of calendars by name."""
    values = [
        pack_values(getattr(sequence, name)) if name in ("scope", "requires") else getattr(sequence, name)
        for name in STORED
    ]
    calendar_id = calendars[sequence.calendar] if sequence.calendar else None
    return [*values, calendar_id, encode(sequence.compiled)]


def origin_text(origin: object) -> str:
    """What other systems said of a sequence, as the table keeps it."""
    from json import dumps

    return dumps(origin, ensure_ascii=False, sort_keys=True)


def json_list(texts: Iterable[str]) -> str:
    """Texts as the table `book` keeps them: an array in JSON, in order."""
    return to_json(sorted(texts))
