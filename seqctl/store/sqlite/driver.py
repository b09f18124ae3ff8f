"""What an issue needs of the sqlite3 module, taken from the C module behind it: a connection, and its lock.

The classes are the same; the package around them only adds adapters for types that are never bound here,
and costs a tenth of itself to load.
"""

import os
from stat import S_ISREG

try:
    from _sqlite3 import Connection, Error, IntegrityError, OperationalError, connect
except ImportError:
    from sqlite3 import Connection, Error, IntegrityError, OperationalError, connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.errors import SeqctlError
    from seqctl.store.sqlite.engine import SqliteStore

__all__ = [
    "APPLICATION_ID",
    "LOG",
    "QUEUE",
    "VERSION",
    "Connection",
    "Error",
    "IntegrityError",
    "OperationalError",
    "began_at_once",
    "begin_reading",
    "connect",
    "connection_to",
    "file_uri",
    "identify",
    "text_held",
    "translated",
    "wait_for_locks",
]

QUEUE = "-queue"
"""A file of the book's name and this: writers queue for the lock; see `turnstile.py`."""

LOG = "-wal"
"""What SQLite names its write-ahead log after the book; whoever writes in WAL has it open."""

APPLICATION_ID = 0x53514354
"""`SQCT`: marks an SQLite file as a book of seqctl."""

VERSION = 2
"""The schema that this program writes; `PRAGMA user_version` of a book."""

STEPS = 500_000
"""Steps of SQLite's machine, some milliseconds, after which it is asked whether to go on."""


def file_uri(path: str) -> str:
    """The `file:` URI that opens a path for reading and writing and never creates it.

    The path keeps its `..`: after a link they lead out of the folder behind it, as for every other program.
    """
    plain = b"/._-~"
    full = path if path.startswith("/") else os.getcwd() + "/" + path
    name = b"/" + os.fsencode(full).lstrip(b"/")
    quoted = "".join(
        chr(byte) if byte in plain or (byte < 128 and chr(byte).isalnum()) else f"%{byte:02X}"
        for byte in name
    )
    return f"file:{quoted}?mode=rw"


def translated(error: Error, store: "SqliteStore") -> "SeqctlError | Error":
    """The error as a person should read it; what no person can cause stays as it is."""
    from seqctl.store.sqlite.file.diagnosis import made_of_strange_tables
    from seqctl.store.sqlite.file.failures import explain

    return explain(error, store.path, store.timeout) or made_of_strange_tables(error, store) or error


def text_held(error: Error) -> Exception:
    """TextHeld where an error says that a text is held already; any other error as it is."""
    if not isinstance(error, IntegrityError) or "number.text" not in str(error):
        return error
    from seqctl.errors import TextHeld

    return TextHeld(str(error))


def connection_to(path: str, timeout: float) -> Connection:
    """A connection to an existing file; it is never created here."""
    try:
        found, uri = os.stat(path), file_uri(path)
    except OSError as error:
        from seqctl.store.sqlite.file.diagnosis import unreachable

        raise unreachable(path, error) from error
    if found.st_nlink > 1 or not S_ISREG(found.st_mode):
        from seqctl.store.sqlite.file.diagnosis import refuse_kind

        refuse_kind(path, found)
    connection = None
    try:
        connection = connect(uri, timeout=timeout, isolation_level=None, uri=True)
        connection.execute("PRAGMA foreign_keys = ON")
        # The same as FULL in WAL; in a copy that is not in WAL, where FULL can lose a commit, it is safe.
        connection.execute("PRAGMA synchronous = EXTRA")
    except (Error, UnicodeDecodeError) as error:
        if connection is not None:
            connection.close()
        from seqctl.store.sqlite.file.failures import explain

        raise explain(error, path, timeout) or error from error
    return connection


def begin_reading(store: "SqliteStore") -> None:
    """See one state of the book from the first look on. Blocks no writer and waits for none.

    On the command line an interruption ends a query that takes long; in a program signals are its own.
    """
    if store.surroundings is not None:
        store.surroundings.check()
    else:
        store.connection.set_progress_handler(_go_on, STEPS)
    wait_for_locks(store, store.timeout)
    store.connection.execute("BEGIN")


def _go_on() -> int:
    """Whether SQLite is to stop: no. But Python sees to signals here, and what they raise stops it."""
    return 0


def wait_for_locks(store: "SqliteStore", seconds: float) -> None:
    """Let SQLite wait so long for a lock; it counts milliseconds in 31 bits."""
    if store.patience != seconds:
        milliseconds = min(max(int(seconds * 1000), 0), 0x7FFFFFFF)
        store.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
        store.patience = seconds


def began_at_once(store: "SqliteStore") -> bool:
    """Begin a transaction that writes, if the lock is free now. Raises what SQLite raises but for that."""
    wait_for_locks(store, 0)
    try:
        store.connection.execute("BEGIN IMMEDIATE")
    except Error as error:
        from seqctl.errors import Busy
        from seqctl.store.sqlite.file.failures import explain

        if not isinstance(explain(error, store.path, store.timeout), Busy):
            raise
        return False
    if not os.access(store.real_path + LOG, os.F_OK):
        # In a copy that is not in WAL a commit waits for whoever reads; in WAL it waits for nobody.
        wait_for_locks(store, store.timeout)
    return True


def identify(store: "SqliteStore") -> None:
    """Check that a file is a book of this program's schema. Raises DatabaseUnusable or NotFound."""
    try:
        (application,) = store.connection.execute("PRAGMA application_id").fetchone()
        (version,) = store.connection.execute("PRAGMA user_version").fetchone()
    except Error as error:
        raise translated(error, store) from error
    if application != APPLICATION_ID or version != VERSION:
        from seqctl.store.sqlite.file.diagnosis import refuse_file

        known = (APPLICATION_ID, VERSION)
        refuse_file(store.path, store.connection, (application, version), known)
