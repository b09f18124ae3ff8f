"""How transactions on a server begin: one message takes the lock, says which book it is, and where it stands.

A writer takes the book's advisory lock first, so that whoever waits is served in the order of coming, then
locks the head row in a statement of its own, and reads only in that and later statements: one that reads
beside the advisory lock would see the book as it was before.
"""

import time

from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.outages.barrier import UNSETTLED, settled
from seqctl.store.postgres.outages.standby import ALONE, standby_missing
from seqctl.store.sql.log import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection, ServerRows
    from seqctl.store.postgres.engine import PostgresStore
    from seqctl.store.postgres.ledger import Began
    from seqctl.store.sql.connection import Values

APPLIED = "0001_book"
"""The steps of the schema that this program knows, in one line."""

BOOK = "(SELECT identity FROM book), (SELECT string_agg(name, ' ' ORDER BY name) FROM step)"
"""Which book it is, and the steps of its schema."""

SEEN = f"SELECT {BOOK}, (SELECT hash FROM head), {UNSETTLED}"
"""What a reader asks first."""

BULK_IDLE = 60
"""Seconds after which the server ends a transaction of much in which the client says nothing."""

READING_IDLE = 3600
"""The same for a reader: a long list is fetched as a person turns its pages. It holds up only what needs a
table to itself, such as `init --roles`, which gives up in time."""

CLUSTER = (
    "system_identifier = (SELECT system_identifier::text FROM pg_control_system()), timeline,"
    " CASE WHEN pg_is_in_recovery() THEN timeline ELSE"
    " ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint END"
)
"""Whether the book lies in the cluster that it was last written in; the timeline then and now. A promotion
changes the timeline, and only a copy changes the cluster."""

LOGIN = "session_user::text"
"""Whose the session is: events name it beside whoever acts."""

AROUND = f"SELECT ({ALONE}), {LOGIN}, {CLUSTER} FROM head"
"""What does not change while a session lasts; asked before the lock is waited for."""

HEAD = f"SELECT event_id, hash, next_serial, action, {BOOK} FROM head FOR UPDATE"

SAME = (False, None, True, 1, 1)
"""What is said of the surroundings where the head is gone."""

NO_BOOK = ("42P01", "42703", "3F000")
"""How a server answers where there is no such table, column or schema."""


def begin_writing(store: "PostgresStore") -> "tuple[ServerConnection, Began]":
    """Take the book's lock, first come, first served, and then its head row.

    Raises ServerError, NotFound, DatabaseUnusable, or ServerAway where no standby would confirm a commit.
    """
    connection = store.dialed()
    connection.spares = False
    if store.memory is None:
        began, _ = locked(store, connection, [])
        return connection, began
    looks = store.memory.looks()
    began, answers = locked(store, connection, looks)
    for (statement, values), rows in zip(looks, answers, strict=True):
        connection.know(statement, values, rows.fetchall())
    return connection, began


def locked(
    store: "PostgresStore", connection: "ServerConnection", looks: "list[tuple[str, Values]]"
) -> "tuple[Began, list[ServerRows]]":
    """What the head row says behind the book's lock, and the rows of what else is asked in that message."""
    *begin, lock = locking(store)
    statements: list[tuple[str, Values]] = [*begin, (AROUND, ()), lock, (HEAD, ()), *looks]
    _, _, around, had, head, *found = _asked(store, connection, statements)
    store.heard = time.monotonic()
    store.releases = had.fetchone() == ("off",)
    row = head.fetchone()
    if row is None:
        # The head is gone; what else is can be said by others.
        row = (None, None, None, None, *_asked(store, connection, [(f"SELECT {BOOK}", ())])[0].fetchone())
    number, digest, serial, action, identity, steps = row
    alone, store.login, *cluster = around.fetchone() or SAME
    recognize(store, connection, identity, steps)
    if alone:
        raise standby_missing(store.address)
    store.in_its_cluster = bool(cluster[0] and cluster[1] == cluster[2])
    began = None if number is None else (number, digest, serial, action)
    return began, found


def begin_reading(store: "PostgresStore") -> "tuple[ServerConnection, Began]":
    """See one state of the book from the first look on, in which everything is durable.

    Raises ServerError, NotFound or DatabaseUnusable.
    """
    connection = store.dialed()
    connection.spares = False
    # Not READ ONLY, which forbids temporary tables too.
    begin: list[tuple[str, Values]] = [("BEGIN ISOLATION LEVEL REPEATABLE READ", ())]
    begin += [settings(store, READING_IDLE), (SEEN, ())]
    identity, steps, newest, unsettled = _asked(store, connection, begin)[-1].fetchone()
    recognize(store, connection, identity, steps)
    if unsettled and newest != store.settled:
        connection.run("ROLLBACK")
        *_, store.settled, _ = settled(connection, begin)[-1].fetchone()
        if store.settled != newest:
            # Others go on writing: only a session beside this one can wait for what this one sees.
            _settle_beside(store)
    return connection, None


def _settle_beside(store: "PostgresStore") -> None:
    from seqctl.store.postgres.session import open_session

    connection = open_session(store.address, store.timeout)
    try:
        settled(connection, [])
    finally:
        connection.close()


def locking(store: "PostgresStore") -> "list[tuple[str, Values]]":
    """Begin a transaction with the book's lock.

    The last answer says whether its commit lets the book go before it is durable (`off`): unless a process
    that issues one number had the lock without waiting, who would gain nothing. To try never overtakes.
    """
    key = lock_key(store.address.schema)
    had = f"pg_try_advisory_xact_lock({key})" if store.issues_once else "false"
    lock = (
        f"SELECT set_config('synchronous_commit', CASE WHEN {had} THEN 'on'"
        f" WHEN pg_advisory_xact_lock({key}) IS NULL THEN '' ELSE 'off' END, true)"
    )
    return [("BEGIN ISOLATION LEVEL READ COMMITTED", ()), settings(store, store.idle), (lock, ())]


def recognize(
    store: "PostgresStore", connection: "ServerConnection", identity: str | None, steps: str | None
) -> None:
    """Refuse what is no book of this program, or another book than before."""
    if identity is None or steps != APPLIED:
        raise _refusal(store, connection)
    if store.identity not in (None, identity):
        from seqctl.store.postgres.marking.wrong_book import wrong_book

        raise wrong_book(store, identity)
    store.identity = identity


def settings(store: "PostgresStore", idle: int) -> "tuple[str, Values]":
    """What holds for one transaction: where its tables are, how long it may wait, and be waited for."""
    wait = min(max(int(store.timeout * 1000), 1), 0x7FFFFFFF)
    chosen = {
        "search_path": f'"{store.address.schema}", pg_temp',
        "lock_timeout": f"{wait}",
        "idle_in_transaction_session_timeout": f"{idle}s",
        "synchronous_commit": "on",
    }
    calls = ", ".join([f"set_config('{name}', '{value}', true)" for name, value in chosen.items()])
    return f"SELECT {calls}", ()


def lock_key(schema: str) -> int:
    """The number of the advisory lock of a book, of 64 bits with a sign."""
    return int.from_bytes(sha256(b"seqctl\0" + schema.encode()).digest()[:8], "big", signed=True)


def _asked(
    store: "PostgresStore", connection: "ServerConnection", statements: "list[tuple[str, Values]]"
) -> "list[ServerRows]":
    """The answers to one message; where there are no tables, what is there instead is said."""
    try:
        return connection.together(statements)
    except ServerError as error:
        if error.state not in NO_BOOK:
            raise
        raise _refusal(store, connection) from error


def _refusal(store: "PostgresStore", connection: "ServerConnection") -> ServerError:
    """Raise NotFound or DatabaseUnusable for what the schema holds; where it is a book now, try again."""
    from seqctl.store.postgres.tables.diagnosis import identify

    connection.run("ROLLBACK")
    identify(store, connection)
    return ServerError(f"{store.path} was changed meanwhile", "40001")
