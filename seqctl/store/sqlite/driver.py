"""What an issue needs of the sqlite3 module, taken from the C module behind it.

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
    "Connection",
    "Error",
    "IntegrityError",
    "OperationalError",
    "connect",
    "connection_to",
    "file_uri",
    "translated",
]


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
    from seqctl.store.sqlite.file.failures import explain

    return explain(error, store.path, store.timeout) or error


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
