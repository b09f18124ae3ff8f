"""What goes wrong on the server or on the way to it, in words: what happened, where, what to do next."""

import re

from seqctl.errors import Busy, DatabaseUnusable, NotFound, Refused, SeqctlError, ServerAway, UsageError
from seqctl.store.postgres.address import Address
from seqctl.store.postgres.connection import ServerError

SERVER = "{shown} cannot be used: the server reports: {told}"

MEANINGS: dict[str, tuple[type[SeqctlError], str, str, str]] = {
    "25006": (
        DatabaseUnusable,
        "server_read_only",
        "{shown} is read-only: a standby, or a server that is set to refuse changes",
        "name all servers of the cluster in the address: postgresql://HOST1,HOST2/DBNAME",
    ),
    "28": (
        Refused,
        "not_allowed",
        "the server refuses the login: {told}",
        "check the user, its password in ~/.pgpass or PGPASSFILE, and the server's pg_hba.conf",
    ),
    "42501": (
        Refused,
        "not_allowed",
        "the user of {shown} may not do this: {told}",
        "use a role with more rights; which roles may do what: seqctl help postgresql",
    ),
    "53100": (
        DatabaseUnusable,
        "disk_full",
        "the disk of the server is full; nothing was changed in {shown}",
        "free some space on the server and try again",
    ),
    "53300": (
        ServerAway,
        "server_unreachable",
        "{shown} has no connection left for another user: {told}",
        "try again, or raise max_connections on the server",
    ),
    "53": (
        ServerAway,
        "server_unreachable",
        "{shown} is short of resources; nothing was changed: {told}",
        "try again; the log of the server has more",
    ),
    "58": (DatabaseUnusable, "damaged", SERVER, "check the disk of the server; nothing was changed"),
    "XX": (DatabaseUnusable, "damaged", SERVER, "to see what is wrong: seqctl check"),
    # What a request may not do, the actions refuse before; so the rows contradict each other already.
    "23": (
        DatabaseUnusable,
        "damaged",
        "{shown} is inconsistent: {told}; nothing was changed",
        "to see what is wrong: seqctl check",
    ),
    "42": (
        DatabaseUnusable,
        "damaged",
        "the tables of {shown} are not as seqctl made them: {told}",
        "to see what is wrong: seqctl check",
    ),
}
"""What is said for errors by the beginning of their SQLSTATE; the longest that fits counts. What they mean is
in the appendix of PostgreSQL's manual."""

WAITED = ("55P03", "57014", "40001", "40P01")
"""The lock was not to be had in time, the statement took too long, or others kept getting in the way."""

NUL = "cannot contain NUL"
"""What psycopg says of a text that the server could not keep."""

OWN_TRIGGER = "23001"
"""Raised by the triggers of the schema: only a bug can do it."""

NO_DATABASE = "3D000"
SPOKEN = re.compile(r": +(?=[A-Z]*[0-9])([0-9A-Z]{5}): ")
"""Where a line of libpq gives the SQLSTATE of the server, between its severity and its words."""

NO_PASSWORD = "fe_sendauth: "
"""How libpq begins where the server asks for a password and there is none."""

READ_ONLY = ("session is read-only", "server is in hot standby mode")
"""What libpq itself says where an address asks for a server that takes writes; it is not translated."""


def explain(error: ServerError, address: Address, timeout: float) -> SeqctlError | None:
    """The error in a person's words, or None for one that only a bug can cause."""
    if error.state == OWN_TRIGGER:
        return None
    if not error.state and NUL in error.message:
        return UsageError(
            "a text holds the character U+0000, which nothing on a PostgreSQL server is named with",
            "write it without that character",
        )
    if error.state in WAITED:
        return Busy(
            f"another writer held {address.shown} for longer than {timeout:g} seconds",
            "try again, or wait longer with --timeout SECONDS",
        )
    meant = meaning(error, address)
    if meant is None and error.lost:
        return ServerAway(
            "server_unreachable",
            f"the connection to {address.shown} was lost; nothing was changed:"
            f" {one_line(address.redacted(error.message))}",
            "try again; with --key KEY no number is issued twice",
        )
    return meant


def driver_missing() -> SeqctlError:
    """What to say where neither psycopg nor its libpq is installed."""
    return DatabaseUnusable(
        "driver_missing",
        "a book on PostgreSQL needs psycopg, which is not installed",
        "install it with: pip install 'seqctl[postgres]'",
    )


def not_dialed(told: str, address: Address, timeout: float) -> SeqctlError:
    """Why there is no connection. What psycopg reports has no SQLSTATE, so libpq is asked once more."""
    from seqctl.store.postgres.session.dialing import mistake, reason
    from seqctl.store.postgres.session.libpq import load

    dialed = address.dialed(timeout).encode()
    try:
        libpq = load()
    except ImportError:
        return as_dialed(told, address)
    wrong = mistake(libpq, dialed)
    if wrong:
        return UsageError(
            f"the address of the book cannot be read: {one_line(address.redacted(wrong))}",
            "an address is postgresql://USER@HOST:PORT/DBNAME?schema=NAME, with libpq's parameters",
        )
    return as_dialed(reason(libpq, dialed, min(timeout, 5)) or told, address)


def as_dialed(told: str, address: Address) -> SeqctlError:
    """Why there is no connection, from libpq's line for each server, with SQLSTATEs where a server spoke."""
    lines = [line for line in address.redacted(told).splitlines() if " failed: " in line]
    states = {found[1]: line[found.end() :] for line in lines for found in [SPOKEN.search(line)] if found}
    if NO_DATABASE in states:
        return NotFound(
            f"there is no database for {address.shown}: {states[NO_DATABASE]}",
            "create it with: createdb DBNAME",
        )
    if lines and all(line.endswith(READ_ONLY) for line in lines):
        states = {"25006": ""}
    asked = [line for line in lines if NO_PASSWORD in line]
    if asked and not states:
        states = {"28000": asked[0].partition(NO_PASSWORD)[2]}
    for state, words in states.items():
        meant = meaning(ServerError(words, state), address)
        if meant is not None:
            return meant
    return ServerAway(
        "server_unreachable",
        f"{address.shown} cannot be reached: {one_line(' '.join(lines) or address.redacted(told))}",
        "check the address, and that the server runs and lets this machine in",
    )


def meaning(error: ServerError, address: Address) -> SeqctlError | None:
    """What MEANINGS has for an error."""
    for length in (5, 2) if len(error.state) == 5 else ():
        found = MEANINGS.get(error.state[:length])
        if found is not None:
            kind, code, message, hint = found
            told = one_line(address.redacted(error.message))
            return kind(code, message.format(shown=address.shown, told=told), hint)
    return None


def one_line(text: str) -> str:
    """A text of several lines as one."""
    return " ".join(text.split())
