"""SQLite's failures in words: which file, what happened, what to do next."""

import sqlite3

from seqctl.errors import Busy, DatabaseUnusable, SeqctlError

MEANINGS = {
    sqlite3.SQLITE_NOTADB: (
        "not_a_database",
        "{path} is not a seqctl database",
        "name another file with --db, or make a new one with: seqctl init",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "damaged",
        "{path} is damaged: {error}",
        "restore the last backup; do not go on issuing from this file",
    ),
    sqlite3.SQLITE_READONLY: (
        "read_only",
        "{path} cannot be written: {error}",
        "check the permissions of the file, of {path}-wal and {path}-shm beside it, and of its directory",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "read_only",
        "{path} cannot be opened: {error}",
        "check the permissions of the file and of its directory",
    ),
    sqlite3.SQLITE_PERM: (
        "read_only",
        "{path} may not be used: {error}",
        "check the permissions of the file and of its directory",
    ),
    sqlite3.SQLITE_FULL: (
        "disk_full",
        "the disk that holds {path} is full; nothing was changed",
        "free some space and try again",
    ),
    sqlite3.SQLITE_IOERR: (
        "damaged",
        "reading or writing {path} failed: {error}",
        "check the disk; nothing was changed",
    ),
    sqlite3.SQLITE_TOOBIG: (
        "damaged",
        "{path} cannot be read or written: {error}, of more than SQLite's limit of a billion bytes",
        "divide a request for millions of numbers; where it was none, check with: seqctl check",
    ),
    # What a request may not do, the actions refuse before; so the rows contradict each other already.
    sqlite3.SQLITE_CONSTRAINT: (
        "damaged",
        "{path} is inconsistent: {error}; nothing was changed",
        "to see what is wrong: seqctl check",
    ),
}

OLDEST = (3, 37, 0)
"""The first SQLite that knows STRICT tables, which a book is made of; an older one takes it for damaged."""

UNREADABLE = "Could not decode to UTF-8"
"""How Python's own error begins where a text in the file is none; it carries no code."""

STRANGE_TABLES = ("no such table:", "no such column:")
"""How an error of SQLite begins where the tables are not those that the version of the schema promises."""


def explain(error: sqlite3.Error | UnicodeDecodeError, path: str, timeout: float) -> SeqctlError | None:
    """The error in a person's words, or None for one that only a bug can cause.

    Python raises UnicodeDecodeError where SQLite's own words about a damaged schema are no text.
    """
    outdated = outdated_library()
    if outdated is not None:
        return outdated
    if isinstance(error, UnicodeDecodeError) or str(error).startswith((UNREADABLE, *STRANGE_TABLES)):
        return as_told(sqlite3.SQLITE_CORRUPT, error, path)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_INTERRUPT:
        # Nothing but an interruption stops a query; see `driver.py`.
        raise KeyboardInterrupt from error
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_PROTOCOL:
        return Busy(
            f"{path} could not be locked: {error}",
            "try again; the database belongs on a local disk, where locks can be relied on",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(
            f"another writer held {path} for longer than {timeout:g} seconds",
            "try again, or wait longer with --timeout SECONDS",
        )
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        # There is no room for the memory that the users of a book share.
        primary = sqlite3.SQLITE_FULL
    return as_told(primary, error, path) if primary in MEANINGS else None


def outdated_library() -> DatabaseUnusable | None:
    """What to say where SQLite is too old for any book, or None."""
    if sqlite3.sqlite_version_info >= OLDEST:
        return None
    needed = ".".join(map(str, OLDEST[:2]))
    return DatabaseUnusable(
        "sqlite_outdated",
        f"this Python has SQLite {sqlite3.sqlite_version}, and seqctl needs {needed} or newer",
        "use a Python with a newer SQLite: python -c 'import sqlite3; print(sqlite3.sqlite_version)'",
    )


def as_told(primary: int, error: object, path: str) -> DatabaseUnusable:
    """The error of one of SQLite's primary codes, in the words of MEANINGS."""
    name, message, hint = MEANINGS[primary]
    return DatabaseUnusable(name, message.format(path=path, error=error), hint.format(path=path))
