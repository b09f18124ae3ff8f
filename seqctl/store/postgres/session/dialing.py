"""Dialing a server without blocking: its reasons come with their SQLSTATE, and no dial takes for ever."""

import time
from select import POLLIN, POLLOUT, poll

from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.session.libpq import Handle, Library, Text

CONNECTED, BAD = 0, 1
"""States of a connection, of all that it may be in; see libpq-fe.h."""

FAILED, READING, WRITING, OK = range(4)
"""What PQconnectPoll answers."""

VERBOSE = 2
"""How much of an error libpq tells: its SQLSTATE too, which it has no other way to tell while dialing."""


def dial(libpq: Library, conninfo: bytes, seconds: float) -> Handle:
    """A connection to the first server of an address that takes it. Raises ServerError.

    A server that takes the dial and says nothing would keep libpq from those behind it, since libpq counts
    the seconds of `connect_timeout` only where it blocks; so it may do that, once.
    """
    handle: Handle = libpq.PQconnectStart(conninfo)
    try:
        state = _polled(libpq, handle, time.monotonic() + seconds / 5)
        if state in (READING, WRITING):
            libpq.PQfinish(handle)
            handle = libpq.PQconnectdb(conninfo)
        if libpq.PQstatus(handle) == CONNECTED:
            return handle
        raise ServerError(told(libpq, handle), lost=True)
    except BaseException:
        libpq.PQfinish(handle)
        raise


def reason(libpq: Library, conninfo: bytes, seconds: float) -> str:
    """Why an address cannot be dialed, in libpq's words with the server's SQLSTATE; empty where it can be."""
    handle: Handle = libpq.PQconnectStart(conninfo)
    try:
        failed = _polled(libpq, handle, time.monotonic() + seconds) == FAILED
        return told(libpq, handle) if failed else ""
    finally:
        libpq.PQfinish(handle)


def mistake(libpq: Library, conninfo: bytes) -> str:
    """What libpq cannot read in an address; empty where it understands all of it."""
    words = (Text * 1)()
    options: Handle = libpq.PQconninfoParse(conninfo, words)
    libpq.PQconninfoFree(options)
    return "" if options else (words[0] or b"").decode("utf-8", "replace")


def told(libpq: Library, handle: Handle) -> str:
    """What libpq says went wrong last on a connection."""
    words: bytes | None = libpq.PQerrorMessage(handle)
    return (words or b"").decode("utf-8", "replace")


def _polled(libpq: Library, handle: Handle, deadline: float) -> int:
    """Go on with a dial until it succeeds, fails, or the time is over; gives what it waits for by then."""
    libpq.PQsetErrorVerbosity(handle, VERBOSE)
    waiting = poll()
    while libpq.PQstatus(handle) != BAD:
        state = int(libpq.PQconnectPoll(handle))
        if state not in (READING, WRITING):
            return state
        socket = libpq.PQsocket(handle)
        waiting.register(socket, POLLIN if state == READING else POLLOUT)
        if not waiting.poll(max(deadline - time.monotonic(), 0) * 1000):
            return state
        waiting.unregister(socket)
    return FAILED
