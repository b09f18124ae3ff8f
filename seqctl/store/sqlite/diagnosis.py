"""What a file is that is no usable book, whether it holds an event, and whose fault an error is."""

from __future__ import annotations

import sqlite3
from typing import NoReturn

from seqctl.errors import DatabaseUnusable, NotDelivered, NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore


def refuse_file(
    path: str, connection: sqlite3.Connection, found: tuple[int, int], known: tuple[int, int]
) -> NoReturn:
    """Say why a file is no book that this program can use.

    `found` and `known` are (application id, schema version) of the file and of this program.
    """
    application, version = found
    if application == known[0] and version > known[1]:
        raise DatabaseUnusable(
            "schema_newer",
            f"{path} was written by a newer seqctl (schema {version}; this one knows {known[1]})",
            "upgrade seqctl on this machine",
        )
    if application == known[0]:
        raise DatabaseUnusable(
            "schema_outdated",
            f"{path} has the schema {version} of an older seqctl",
            "bring it up to date with: seqctl upgrade",
        )
    if is_empty(connection):
        raise NotFound(f"{path} holds no book yet", "make one with: seqctl init")
    raise DatabaseUnusable(
        "not_a_database",
        f"{path} is a database of another program",
        "name another file with --db",
    )


def holds_event(uri: str, number: int, digest: bytes) -> bool:
    """Whether the book holds an event, asked on a new connection after a COMMIT that raised."""
    connection = sqlite3.connect(uri, timeout=30, uri=True)
    try:
        query = "SELECT 1 FROM event WHERE id = ? AND hash = ?"
        return connection.execute(query, (number, digest)).fetchone() is not None
    finally:
        connection.close()


def outcome_unknown(path: str, error: sqlite3.Error) -> NotDelivered:
    """The commit failed, and the book cannot be asked whether it holds what was to be committed."""
    return NotDelivered(
        f"nobody knows whether this was committed: {path} failed at the commit ({error}) and cannot be read",
        "when the disk works again, look with: seqctl numbers; a request with a --key may simply be repeated",
    )


def made_of_damage(error: Exception, store: SqliteStore) -> DatabaseUnusable | None:
    """What an error of Python says of the book; None where the book is sound and the error is a bug.

    Reads the whole book, after the transaction has ended. An error of seqctl's own says what it means.
    """
    kind = type(error)
    if kind.__module__.startswith("seqctl"):
        return None
    if kind.__name__ == "ZoneInfoNotFoundError":
        return DatabaseUnusable(
            "unknown_timezone",
            f"{store.path} names a time zone that this machine does not know: {error.args[0]}",
            "install the system's time zones (the package tzdata), and look with: seqctl check",
        )
    try:
        (found,) = store.connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as damage:
        found = damage
    return None if found == "ok" else _damaged(store.path, found)


def _damaged(path: str, found: object) -> DatabaseUnusable:
    return DatabaseUnusable(
        "damaged",
        f"{path} is damaged: {found}",
        "restore the last backup; do not go on issuing from this file",
    )


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables and no mark of any program."""
    query = "SELECT (SELECT count(*) FROM sqlite_schema), application_id FROM pragma_application_id"
    return bool(connection.execute(query).fetchone() == (0, 0))
