"""What a file is that is no usable book, whether it holds an event, and whose fault an error is."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from typing import NoReturn

from seqctl.errors import DatabaseUnusable, NotDelivered, NotFound, SeqctlError
from seqctl.model.text import shell_word
from seqctl.store.sqlite.file.failures import as_told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sqlite.engine import SqliteStore

SHORT_TABLES = (
    "book",
    "calendar",
    "sequence",
    "sequence_set",
    "set_member",
    "assignment",
    "policy",
    "text_space",
    "uniqueness",
    "counter",
    "former_pattern",
)
"""The tables of definitions and counters, which are read for every request."""

NEWEST = 1000
"""Rows of a long table that are looked at; the others are for `check`."""

TEXT_OR_NULL = "typeof({0}) NOT IN ('text', 'null')"
INTEGER_OR_NULL = "typeof({0}) NOT IN ('integer', 'null')"
TEXT, INTEGER = "typeof({0}) <> 'text'", "typeof({0}) <> 'integer'"
LONG_TABLES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "number": (
        (INTEGER, ("counter_id", "value", "uniqueness_id", "key_space", "reused", "event_id")),
        (INTEGER_OR_NULL, ("change_id",)),
        (TEXT, ("text",)),
        (TEXT_OR_NULL, ("date", "record", "key", "policy", "set_name", "expires_at", "document_type")),
        ("{0} NOT IN ('issued', 'reserved', 'void')", ("state",)),
    ),
    "number_source": (
        (INTEGER, ("event_id",)),
        (TEXT_OR_NULL, ("reason", "actor", "at", "note")),
    ),
    "gap_run": (
        (INTEGER, ("counter_id", "first", "last", "event_id")),
        ("{0} NOT IN ('reusable', 'blocked', 'review')", ("state",)),
    ),
    "event": (
        (TEXT, ("at", "actor", "action", "subject")),
        (INTEGER_OR_NULL, ("counter_id", "first", "last", "serial", "count")),
        ("NOT json_valid({0})", ("detail",)),
        ("typeof({0}) <> 'blob' OR length({0}) <> 32", ("hash",)),
    ),
}
"""What no row of the other tables can hold: for some columns of each a test that is true where it does."""

NO_BOOK_ROW = "the row of the table book is gone, which says what book it is and its time zone"


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


def unreachable(path: str, error: OSError) -> SeqctlError:
    """What is wrong where the system shows no file of that name."""
    if not os.path.isabs(path) and _is_nowhere():
        return DatabaseUnusable(
            "read_only",
            f"{path} cannot be reached: the current directory is gone",
            "change to another directory, or name the file by its full path",
        )
    nothing = error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
    if nothing and os.path.islink(path):
        return NotFound(
            f"{path} is a link to {os.readlink(path)!r}, and no database is there",
            "remove the link, or make the database under the name that it leads to",
        )
    if nothing:
        return NotFound(
            f"there is no database at {path}", "make one with: seqctl init (or seqctl import FILE)"
        )
    return DatabaseUnusable(
        "read_only",
        f"{path} cannot be reached: {error.strerror}",
        "check the permissions of the directories above it",
    )


def _is_nowhere() -> bool:
    """Whether the directory in which this process works was removed."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def refuse_kind(path: str, found: os.stat_result) -> NoReturn:
    """Say why what has that name is not opened: it is not a regular file, or has a second name."""
    if stat.S_ISDIR(found.st_mode):
        raise DatabaseUnusable("not_a_database", f"{path} is a directory", "name a file with --db")
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseUnusable(
            "not_a_database", f"{path} is a pipe or a device, not a file", "name a file with --db"
        )
    raise DatabaseUnusable(
        "hard_link",
        f"{path} has {found.st_nlink} names (hard links); numbers that were issued under one may be unknown"
        " under another",
        f"find them with: find / -samefile {shell_word(path)} - keep the one with a -wal beside it, else any",
    )


def was_committed(store: SqliteStore, uri: str, head: tuple[int, bytes] | None, error: sqlite3.Error) -> bool:
    """Whether the book holds the last event of a transaction whose COMMIT raised, asked on a new connection.

    Raises NotDelivered where it cannot be asked.
    """
    try:
        if store.connection.in_transaction:
            store.connection.execute("ROLLBACK")
        return head is not None and holds_event(uri, *head)
    except sqlite3.Error:
        raise outcome_unknown(store.path, error) from error


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
        f"the outcome is unknown: {path} failed at the commit ({error}) and cannot be read",
        "when the disk works again, check with: seqctl numbers; a request with --key can simply be repeated",
    )


def made_of_damage(error: Exception, store: SqliteStore) -> DatabaseUnusable | None:
    """What an error of Python says of the book; None where it is a bug, which is told at once.

    Looks, after the transaction has ended, at what is quickly read: the row of the book, the tables of its
    definitions and counters, and the newest rows of the others. What lies deeper `check` finds.
    An error of seqctl's own says what it means.
    """
    kind = type(error)
    if kind.__module__.startswith("seqctl"):
        return None
    if kind.__name__ == "ZoneInfoNotFoundError":
        return DatabaseUnusable(
            "unknown_timezone",
            f"{store.path} names a time zone that this machine does not know: {error.args[0]}",
            "install the system's time zones (the package tzdata), and check with: seqctl check",
        )
    try:
        found = _damage_at_a_glance(store.connection)
    except sqlite3.Error as damage:
        found = str(damage)
    return None if found is None else as_told(sqlite3.SQLITE_CORRUPT, found, store.path)


def made_of_strange_tables(error: sqlite3.Error, store: SqliteStore) -> DatabaseUnusable | None:
    """What a statement that SQLite refuses says of the book; None where its tables are those that they were.

    The same statement runs in every other book: it is a bug, unless somebody changed the schema of this one.
    """
    if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
        return None
    from seqctl.store.sqlite.file.schema_differences import schema_differences

    try:
        changed = next(schema_differences(store.connection), None)
    except sqlite3.Error as damage:
        return as_told(sqlite3.SQLITE_CORRUPT, damage, store.path)
    return None if changed is None else as_told(sqlite3.SQLITE_CORRUPT, error, store.path)


def _damage_at_a_glance(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the parts of a book that are quickly read, or None. SQLite may raise as well."""
    if connection.execute("SELECT 1 FROM book").fetchone() is None:
        return NO_BOOK_ROW
    for table in SHORT_TABLES:
        (found,) = connection.execute(f"PRAGMA integrity_check({table})").fetchone()
        if found != "ok":
            return str(found)
    strange = (_strange_row(connection, table) for table in LONG_TABLES)
    return next(filter(None, strange), None)


def _strange_row(connection: sqlite3.Connection, table: str) -> str | None:
    """Which of the newest rows of a table nothing can have written, in words."""
    tests = [test.format(column) for test, columns in LONG_TABLES[table] for column in columns]
    newest = f"SELECT rowid AS row, * FROM {table} ORDER BY rowid DESC LIMIT {NEWEST}"
    query = f"SELECT row FROM ({newest}) WHERE {' OR '.join(tests)} LIMIT 1"
    found = connection.execute(query).fetchone()
    return None if found is None else f"the row {found[0]} of the table {table} holds what no row can"


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables and no mark of any program."""
    query = "SELECT (SELECT count(*) FROM sqlite_schema), application_id FROM pragma_application_id"
    return bool(connection.execute(query).fetchone() == (0, 0))
