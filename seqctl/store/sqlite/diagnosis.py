"""What a file is that is no usable book, and whether an event is really in a book."""

import sqlite3
from typing import NoReturn

from seqctl.errors import DatabaseUnusable, NotDelivered, NotFound


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


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables and no mark of any program."""
    query = "SELECT (SELECT count(*) FROM sqlite_schema), application_id FROM pragma_application_id"
    return bool(connection.execute(query).fetchone() == (0, 0))
