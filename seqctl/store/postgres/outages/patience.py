"""How long a server that was lost is dialed again, and how often an action is done anew.

For as many seconds as a command waits for others, in all, from the first loss on: by every store of this
process on that server, until one of them committed again.
"""

import time

from seqctl.errors import SeqctlError
from seqctl.store.postgres import session
from seqctl.store.postgres.connection import ServerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.engine import PostgresStore

AGAIN = 0.2
"""Seconds between two attempts to reach a server."""

MOST = 5
"""How often an action is done anew that met others in a way that the server does not resolve."""

AWAY = ("server_unreachable", "server_read_only")
"""What a server is while another one takes its place."""

MET = ("40001", "40P01")
"""The SQLSTATEs of meeting others: a serialization failure and a deadlock."""

ENDED = "25P03"
"""The SQLSTATE of a session whose client had an open transaction and said nothing for too long."""

_lost: dict[str, float] = {}
"""When the sessions on a server were lost of which none was found again."""

_met: dict[str, int] = {}
"""How often actions on a server were done anew since one of them committed."""


def dials_again(store: "PostgresStore", error: BaseException) -> bool:
    """Whether the server is dialed again behind an error, at once; where nothing was lost it is not."""
    if isinstance(error, ServerError):
        if not error.lost:
            return False
        _lost.setdefault(store.path, time.monotonic() - error.silence)
    elif not isinstance(error, SeqctlError) or error.code not in AWAY or store.path not in _lost:
        return False
    if not _in_time(store):
        return False
    store.drop()
    time.sleep(AGAIN)
    return True


def done_anew(store: "PostgresStore", error: ServerError) -> bool:
    """Whether an action that committed nothing may be done anew behind an error.

    Not that of a process which was stopped with the lock: nobody may wait for it any more.
    """
    if error.state == ENDED or (error.lost and store.stopped):
        return False
    if error.lost:
        _lost.setdefault(store.path, time.monotonic() - error.silence)
        return _in_time(store)
    if error.state not in MET:
        return False
    _met[store.path] = _met.get(store.path, 0) + 1
    return _met[store.path] <= MOST


def found_again(store: "PostgresStore") -> None:
    """Note that the server did what it was asked for: from now on it may take its time again."""
    if _lost.pop(store.path, None) is not None and store._connection is not None:
        store._connection.wait_seconds = store.timeout + session.GRACE
    _met.pop(store.path, None)


def forget_former(store: "PostgresStore") -> None:
    """Forget a loss for which an earlier action waited in vain: this one has its own time."""
    if store.path in _lost and not _in_time(store):
        del _lost[store.path]


def silent_for_all(store: "PostgresStore", error: ServerError) -> bool:
    """Whether a server said nothing for as long as anybody waits, so that it is not asked once more."""
    if error.lost:
        _lost.setdefault(store.path, time.monotonic() - error.silence)
    return error.silence > 0 and not _in_time(store)


def seconds_left(store: "PostgresStore") -> float:
    """How long a server is waited for: the whole timeout, or what is left of it since it was lost."""
    lost = _lost.get(store.path)
    return store.timeout if lost is None else max(lost + store.timeout - time.monotonic(), 0.1)


def _in_time(store: "PostgresStore") -> bool:
    return time.monotonic() < _lost[store.path] + store.timeout
