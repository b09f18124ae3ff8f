"""One session on a server: how it is dialed, and the two ways to speak to it.

Both run shared statements (`?` and `:name`), give rows as tuples and raise ServerError. `libpq_session.py`
loads nothing heavy, `psycopg_session.py` can do all that psycopg can.
"""

import os

from seqctl.store.postgres.connection import ServerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.address import Address
    from seqctl.store.postgres.session.libpq_session import LibpqSession
    from seqctl.store.postgres.session.psycopg_session import PsycopgSession

GRACE = 5.0
"""Seconds beyond the time that a command waits for others in which the server must answer."""
LAST_STANDARD_FILE = 2
"""The descriptor of stderr."""


def open_session(address: "Address", timeout: float) -> "PsycopgSession":
    """A session through psycopg. Raises ServerAway, NotFound, Refused or DatabaseUnusable."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        from seqctl.store.postgres.failures import driver_missing

        raise driver_missing() from error
    keep_standard_files()
    from seqctl.store.postgres.session.psycopg_session import PsycopgSession

    try:
        return PsycopgSession(address.dialed(timeout), timeout + GRACE)
    except ServerError as error:
        from seqctl.store.postgres.failures import not_dialed

        raise not_dialed(error.message, address, timeout) from error


def open_lean_session(address: "Address", timeout: float) -> "LibpqSession | None":
    """A session through libpq alone; None where it cannot be had, and psycopg may know why."""
    try:
        from seqctl.store.postgres.session.libpq_session import LibpqSession

        keep_standard_files()
        return LibpqSession(address.dialed(timeout), timeout + GRACE)
    except (ImportError, ServerError):
        return None


def keep_standard_files() -> None:
    """Keep a connection from taking the place of a standard file that is closed, as SQLite does for its own.

    What is printed would go to the server. What is opened there instead cannot be written to.
    """
    while (descriptor := os.open("/dev/null", os.O_RDONLY)) <= LAST_STANDARD_FILE:
        pass
    os.close(descriptor)
