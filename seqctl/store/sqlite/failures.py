"""SQLite's failures in words: which file, what happened, what to do next."""

import os
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
        "check the permissions of the file and of its directory",
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
        "check the disk; the transaction was undone",
    ),
}


def explain(error: sqlite3.Error, path: str, timeout: float) -> SeqctlError | None:
    """The error in a person's words, or None for one that only a bug can cause."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return Busy(
            f"another writer held {path} for longer than {timeout:g} seconds",
            "try again, or wait longer with --timeout SECONDS",
        )
    if primary == sqlite3.SQLITE_CANTOPEN and os.path.isdir(path):
        return DatabaseUnusable("not_a_database", f"{path} is a directory", "name a file with --db")
    if primary not in MEANINGS:
        return None
    name, message, hint = MEANINGS[primary]
    return DatabaseUnusable(name, message.format(path=path, error=error), hint)
