"""Making a book in a schema of a server, telling what a schema is, and bringing an old book up to date."""

from os import urandom

from seqctl.errors import DatabaseUnusable, NotFound
from seqctl.machine import machine_zone
from seqctl.process import DEFAULT_TIMEOUT, Clock
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.beginning import LOGIN, locking
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.engine import VERSION, PostgresStore, Transaction, open_book
from seqctl.store.postgres.tables.schema import STEPS
from seqctl.store.sql.log import GENESIS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.postgres.ledger import Began

SYSTEM = (
    "SELECT (SELECT system_identifier FROM pg_control_system())::text,"
    " ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint"
)
"""Which cluster the server is, and its timeline, which changes with every promotion."""


def open_or_create(
    url: str,
    actor: str,
    clock: Clock,
    timeout: float = DEFAULT_TIMEOUT,
    timezone: str | None = None,
    mark: str | None = None,
) -> PostgresStore:
    """Open a book, made where there is none, with its schema where the login may make one.

    A new book takes `timezone`, by default the machine's. Two programs that make it at once get one book.
    Raises DatabaseUnusable where a mark is named that knows of a book, which is then not here.
    """
    store = PostgresStore(address_of(url), actor, clock, timeout, mark)
    try:
        try:
            with store.read():
                return store
        except NotFound:
            if store.identity is not None:
                from seqctl.store.postgres.marking.wrong_book import wrong_book

                raise wrong_book(store, None) from None
            make(store, timezone or machine_zone())
        return store
    except BaseException:
        store.close()
        raise


def make(store: PostgresStore, timezone: str) -> None:
    """Make the tables and the first event of a book; leaves one that is there alone."""
    from seqctl.model.log.events.book import BookMade

    with Transaction(store, begin_making) as transaction:
        connection = transaction.connection
        if connection.execute("SELECT to_regclass('book')::text").fetchone()[0] is not None:
            return
        make_tables(connection)
        identity = urandom(16).hex()
        made_at = transaction.log.append(BookMade("init", "book", timezone, VERSION, identity))
        connection.execute(
            "INSERT INTO book (id, timezone, created_at, identity) VALUES (1, ?, ?, ?)",
            (timezone, made_at, identity),
        )
        transaction.commit()


def make_tables(connection: "ServerConnection") -> None:
    """Make the tables of a book without a row but that of the head, in an open transaction."""
    apply(connection, list(STEPS))
    system, timeline = connection.execute(SYSTEM).fetchone()
    connection.execute(
        "INSERT INTO head (id, event_id, hash, action, next_serial, last_counter, transaction,"
        " system_identifier, timeline) VALUES (1, 0, ?, '', 1, 0, pg_current_xact_id(), ?, ?)",
        (GENESIS, system, timeline),
    )


def apply(connection: "ServerConnection", steps: list[str]) -> None:
    """Apply steps of the schema in an open transaction whose search path is the book's schema."""
    for name in steps:
        connection.run(STEPS[name])
        connection.execute("INSERT INTO step (name) VALUES (?)", (name,))


def begin_making(store: PostgresStore) -> "tuple[ServerConnection, Began]":
    """Take the lock of a book that may not be there yet, and see to its schema."""
    connection = store.dialed()
    asked = connection.together([*locking(store), (f"SELECT {LOGIN}", ())])
    (store.login,) = asked[-1].fetchone()
    query = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?"
    if connection.execute(query, (store.address.schema,)).fetchone() is None:
        connection.run(f'CREATE SCHEMA "{store.address.schema}"')
    return connection, None


def _begin_upgrading(store: PostgresStore) -> "tuple[ServerConnection, Began]":
    """Take the lock of a book whose tables are not the present ones."""
    connection = store.dialed()
    head = f"SELECT {LOGIN}, event_id, hash, next_serial, action FROM head FOR UPDATE"
    store.login, *began = connection.together([*locking(store), (head, ())])[-1].fetchone()
    return connection, tuple(began)


def upgrade(url: str, actor: str, clock: Clock, timeout: float = DEFAULT_TIMEOUT) -> list[str]:
    """Apply the schema steps that a book lacks, in one transaction; returns their names."""
    names = pending_steps(url, actor, clock, timeout)
    if not names:
        return []
    from seqctl.model.log.events.book import BookUpgraded

    store = PostgresStore(address_of(url), actor, clock, timeout)
    with store, Transaction(store, _begin_upgrading) as transaction:
        apply(transaction.connection, names)
        (identity,) = transaction.connection.execute("SELECT identity FROM book").fetchone()
        transaction.log.append(BookUpgraded("upgrade", "book", VERSION, identity))
        transaction.commit()
    return names


def pending_steps(url: str, actor: str, clock: Clock, timeout: float = DEFAULT_TIMEOUT) -> list[str]:
    """The names of the schema steps that `upgrade` would apply."""
    try:
        open_book(url, actor, clock, timeout).close()
        return []
    except DatabaseUnusable as error:
        if error.code != "schema_outdated":
            raise
    with PostgresStore(address_of(url), actor, clock, timeout) as store:
        try:
            rows = store.dialed().execute(f'SELECT name FROM "{store.address.schema}".step')
            applied = {name for (name,) in rows}
        except ServerError as error:
            raise store.translated(error) from error
    return [name for name in STEPS if name not in applied]


def open_store(
    url: str,
    *,
    create: bool = False,
    actor: str | None = None,
    clock: Clock | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    mark: str | None = None,
) -> PostgresStore:
    """Open a book for the library; the server is dialed when the book is first needed."""
    from seqctl.process import login_name

    name, time_of_day = actor or login_name(), clock or Clock()
    if create:
        return open_or_create(url, name, time_of_day, timeout, mark=mark)
    return PostgresStore(address_of(url), name, time_of_day, timeout, mark)
