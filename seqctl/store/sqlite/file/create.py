"""Making a book, bringing an old one up to date, and telling what a strange file is."""

import os
import sqlite3
import time
from contextlib import suppress
from stat import S_IMODE, S_ISREG

from seqctl.errors import DatabaseUnusable
from seqctl.folders import destination, make_folder
from seqctl.machine import machine_zone
from seqctl.model.catalogue.plan import NOWHERE
from seqctl.process import DEFAULT_TIMEOUT, Clock
from seqctl.store.sqlite.driver import VERSION, identify, translated
from seqctl.store.sqlite.engine import SqliteStore, open_book, store_at
from seqctl.store.sqlite.file.diagnosis import is_empty
from seqctl.store.sqlite.file.failures import outdated_library
from seqctl.store.sqlite.mark.changes import forget


def open_or_create(
    path: str,
    actor: str,
    clock: Clock,
    timeout: float = DEFAULT_TIMEOUT,
    timezone: str | None = None,
) -> SqliteStore:
    """Open a book, making it where there is none: directory 0700, file 0600 from the first byte.

    An empty file becomes a book, and is made private first; a link that leads nowhere is refused.

    A new book takes `timezone`, by default the machine's. Two programs that make it at once get one book.
    """
    _refuse_outdated_library()
    make_file(path)
    store = store_at(path, actor, clock, timeout)
    try:
        _create_tables(store, timezone or machine_zone())
        identify(store)
    except BaseException:
        store.close()
        raise
    return store


def open_in_memory(actor: str, clock: Clock, timezone: str | None = None) -> SqliteStore:
    """An empty book that is gone when it is closed: what a plan is compared with where there is none."""
    _refuse_outdated_library()
    connection = sqlite3.connect(NOWHERE, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    store = SqliteStore(connection, NOWHERE, actor, clock, 0)
    _write_tables(store, timezone or machine_zone())
    return store


def upgrade(path: str, actor: str, clock: Clock, timeout: float = DEFAULT_TIMEOUT) -> list[str]:
    """Apply the schema steps that a book lacks, in one transaction; returns their names."""
    try:
        open_book(path, actor, clock, timeout).close()
        return []
    except DatabaseUnusable as error:
        if error.code != "schema_outdated":
            raise
    from seqctl.model.log.events.book import BookUpgraded
    from seqctl.store.sqlite.file.migrations import migrate

    store = store_at(path, actor, clock, timeout)
    with store, store.write() as transaction:
        applied = migrate(store.connection)
        (identity,) = store.connection.execute("SELECT identity FROM book").fetchone()
        transaction.log.append(BookUpgraded("upgrade", "book", VERSION, identity))
        transaction.commit()
    return applied


def pending_steps(path: str, actor: str, clock: Clock, timeout: float = DEFAULT_TIMEOUT) -> list[str]:
    """The names of the schema steps that `upgrade` would apply."""
    try:
        open_book(path, actor, clock, timeout).close()
        return []
    except DatabaseUnusable as error:
        if error.code != "schema_outdated":
            raise
    from seqctl.store.sqlite.file.migrations import pending

    with store_at(path, actor, clock, timeout) as store:
        return pending(store.connection)


def _refuse_outdated_library() -> None:
    """Raise DatabaseUnusable where SQLite is too old, before anything is made."""
    outdated = outdated_library()
    if outdated is not None:
        raise outdated


def make_file(path: str) -> None:
    """Make an empty file of 0600, with its folders of 0700; an empty one that is there is made private.

    Raises DatabaseUnusable `read_only`.
    """
    try:
        folder = os.path.dirname(path)
        if folder and not os.path.isdir(folder):
            make_folder(os.path.realpath(folder))
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            _make_private(path)
            return
        os.fchmod(descriptor, 0o600)
        os.close(descriptor)
    except OSError as error:
        raise DatabaseUnusable(
            "read_only", f"{path} cannot be made: {error.strerror}", "check the directory"
        ) from error


def _make_private(path: str) -> None:
    """Take an empty file, out of which a book will be made, from everybody else. Raises OSError.

    Only by its name: closing it would drop the locks of whoever has it open in this process.
    """
    with suppress(FileNotFoundError):
        found = os.stat(destination(path))
        if S_ISREG(found.st_mode) and found.st_size == 0 and (S_IMODE(found.st_mode) & 0o077):
            os.chmod(path, 0o600)


def _create_tables(store: SqliteStore, timezone: str) -> None:
    """Write the schema into an empty file; leave any other as it is."""
    try:
        if not is_empty(store.connection):
            return
        set_wal(store)
        # What was given out from an earlier book of that name says nothing about a new one.
        forget(store.real_path)
    except sqlite3.Error as error:
        raise translated(error, store) from error
    _write_tables(store, timezone)


def _write_tables(store: SqliteStore, timezone: str) -> None:
    with store.write() as transaction:
        if not is_empty(store.connection):
            return
        from seqctl.model.log.events.book import BookMade
        from seqctl.store.sqlite.file.migrations import migrate, new_identity

        migrate(store.connection)
        identity = new_identity()
        made_at = transaction.log.append(BookMade("init", "book", timezone, VERSION, identity))
        store.connection.execute(
            "INSERT INTO book (id, timezone, created_at, identity) VALUES (1, ?, ?, ?)",
            (timezone, made_at, identity),
        )
        transaction.commit()


def set_wal(store: SqliteStore) -> None:
    """Switch a new file to WAL. The switch ignores the busy timeout, hence the bounded retry."""
    deadline = time.monotonic() + store.timeout
    while True:
        try:
            (mode,) = store.connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if time.monotonic() > deadline or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.005)
    if mode != "wal":
        raise DatabaseUnusable(
            "read_only",
            f"{store.path} lies where SQLite cannot keep its write-ahead log",
            "keep the database on a local disk",
        )


def open_store(
    path: str,
    *,
    create: bool = False,
    actor: str | None = None,
    clock: Clock | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> SqliteStore:
    """Open a book for the library: its file, whom the events name, the clock and seconds to wait.

    `actor` is the login name by default. Raises NotFound where there is no book and `create` is not meant.
    The store serves the thread and the process that opened it, and no other: see docs/library.md.
    """
    from seqctl.process import login_name
    from seqctl.store.sqlite.file.living_with_others import Surroundings, leave_inherited

    leave_inherited(path)
    name = actor or login_name()
    opened = open_or_create if create else open_book
    store = opened(path, name, clock or Clock(), timeout)
    store.surroundings = Surroundings(store)
    return store
