"""Sequence sets in the tables of a book: with their members and owners, read and written many at a time.

Members and assignments are found by document type and by owner, since that is how an issue asks for them. To
look for those of one set reads all of them, so whoever needs those of several sets looks once for all.
"""

from seqctl.json_text import from_json, to_json
from seqctl.model.catalogue.sequence_set import SequenceSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from seqctl.store.sql.connection import Connection

OWNERS = (
    "SELECT t.name, a.kind, a.id FROM assignment a JOIN sequence_set t ON t.id = a.set_id"
    " ORDER BY t.name, a.kind, a.id"
)


def read_sets(fetch: "Callable[[str], Iterable[Any]]", order: str) -> dict[str, SequenceSet]:
    """All sets with their members and owners, in the order of a column; `fetch` gives the rows of a query."""
    query = f"SELECT name, is_default FROM sequence_set ORDER BY {order}"
    sets = {name: SequenceSet(name, {}, bool(default), ()) for name, default in fetch(query)}
    for name, document_type, sequence in fetch(
        "SELECT t.name, m.document_type, s.name FROM set_member m"
        " JOIN sequence_set t ON t.id = m.set_id JOIN sequence s ON s.id = m.sequence_id"
        " ORDER BY t.name, m.document_type"
    ):
        sets[name].members[document_type] = sequence
    owners: dict[str, list[str]] = {}
    for name, kind, id in fetch(OWNERS):
        owners.setdefault(name, []).append(f"{kind}:{id}")
    for name, listed in owners.items():
        sets[name].owners = tuple(listed)
    return sets


def put_sets(connection: "Connection", sets: list[SequenceSet]) -> None:
    """Write sets by their names: members, whether one is the default, and the owners that are given.

    An owner that had another set has this one now, and so has the place of the default.
    """
    known = _ids(connection)
    for given in sets:
        if given.default:
            connection.execute("UPDATE sequence_set SET is_default = 0 WHERE name <> ?", (given.name,))
    connection.executemany(
        "INSERT INTO sequence_set (name, is_default) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET is_default = excluded.is_default",
        [(given.name, int(given.default)) for given in sets],
    )
    ids = _ids(connection)
    _drop_members(connection, {ids[given.name] for given in sets if given.name in known})
    connection.executemany(
        "INSERT INTO set_member (set_id, document_type, sequence_id)"
        " SELECT CAST(? AS BIGINT), CAST(? AS TEXT), id FROM sequence WHERE name = ?",
        [(ids[given.name], kind, name) for given in sets for kind, name in given.members.items()],
    )
    owning = [given for given in sets if given.owners is not None]
    _drop_assignments(connection, {ids[given.name] for given in owning if given.name in known})
    owners = [(ids[given.name], *owner.partition(":")) for given in owning for owner in given.owners or ()]
    connection.executemany(
        "INSERT INTO assignment (kind, id, set_id) VALUES (?, ?, ?)"
        " ON CONFLICT (kind, id) DO UPDATE SET set_id = excluded.set_id",
        [(kind, owner, id) for id, kind, _, owner in owners],
    )
    _note_kinds(connection, {kind for _, kind, _, _ in owners})


def remove_sets(connection: "Connection", names: list[str]) -> None:
    """Delete sets with their members and assignments."""
    known = _ids(connection)
    ids = {known[name] for name in names}
    _drop_members(connection, ids)
    _drop_assignments(connection, ids)
    connection.executemany("DELETE FROM sequence_set WHERE id = ?", [(id,) for id in ids])


def _ids(connection: "Connection") -> dict[str, int]:
    """The ids of all sets by their names."""
    return dict(connection.execute("SELECT name, id FROM sequence_set").fetchall())


def _drop_members(connection: "Connection", ids: set[int]) -> None:
    if ids:
        rows = connection.execute("SELECT document_type, set_id FROM set_member").fetchall()
        connection.executemany(
            "DELETE FROM set_member WHERE document_type = ? AND set_id = ?",
            [row for row in rows if row[1] in ids],
        )


def _drop_assignments(connection: "Connection", ids: set[int]) -> None:
    if ids:
        rows = connection.execute("SELECT kind, id, set_id FROM assignment").fetchall()
        connection.executemany(
            "DELETE FROM assignment WHERE kind = ? AND id = ?",
            [(kind, owner) for kind, owner, id in rows if id in ids],
        )


def _note_kinds(connection: "Connection", kinds: set[str]) -> None:
    """Remember kinds of owners that are assigned to a set: they stay known when the last one goes."""
    (noted,) = connection.execute("SELECT assigned_kinds FROM book").fetchone()
    known = set(from_json(noted))
    if not kinds <= known:
        query = "UPDATE book SET assigned_kinds = ?"
        connection.execute(query, (json_list(kinds | known),))


def json_list(texts: "Iterable[str]") -> str:
    """Texts as the table `book` keeps them: an array in JSON, in order."""
    return to_json(sorted(texts))
