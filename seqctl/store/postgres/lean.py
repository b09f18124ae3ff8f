"""A book on a server for a process that issues once: two messages, through libpq alone.

The first takes the lock and looks: what an issue of this request will ask for goes along with it. The second
writes and commits. Whatever else is asked for takes a message more.
"""

from seqctl.process import Clock
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.beginning import BULK_IDLE, begin_writing, locked
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.engine import PostgresStore, Transaction
from seqctl.store.postgres.ledger import PostgresLedger
from seqctl.store.postgres.session import GRACE
from seqctl.store.postgres.session.libpq_session import LibpqSession
from seqctl.store.postgres.session.sparing import Sparing, would_send
from seqctl.store.sql.needed import Definitions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.request import Request
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.postgres.ledger import Began
    from seqctl.store.sql.connection import Values

    Statement = tuple[str, Values]

COUNTERS = 8
"""How many counters of a sequence are looked at before it is known which one is needed: the newest."""

COUNTER = " WHERE sequence_id = ? AND scope = ? AND period = ?"
LATEST = f" WHERE sequence_id = (SELECT id FROM sequence WHERE name = ?) ORDER BY id DESC LIMIT {COUNTERS}"


def open_lean_book(
    url: str, actor: str, clock: Clock, timeout: float, request: "Request", mark: str | None
) -> PostgresStore | None:
    """Open an existing book, which is looked for when it is first written to; None leaves it to psycopg.

    A session that is lost is followed by one of psycopg.
    """
    address = address_of(url)
    try:
        session = LeanSession(address.dialed(timeout), timeout + GRACE)
    except (ImportError, ServerError):
        return None
    store = LeanStore(address, actor, clock, timeout, mark)
    store.request = request
    store.issues_once = request.count == 1
    store.take_over(session)
    return store


class LeanSession(Sparing, LibpqSession):
    """A session through libpq that spares messages."""

    __slots__ = ("_known", "_later", "spares")

    def __init__(self, conninfo: str, seconds: float) -> None:
        super().__init__(conninfo, seconds)
        self._known, self._later, self.spares = {}, [], True


class LeanStore(PostgresStore):
    """A book on a server from which a request will be issued."""

    __slots__ = ("request",)

    request: "Request"

    def write(self) -> Transaction:
        """A transaction that holds the book's lock, and has looked for what the request asks for."""
        return Transaction(self, begin_looking)

    def write_much(self) -> Transaction:
        """The same for many numbers."""
        self.idle = BULK_IDLE
        return Transaction(self, begin_looking)


def begin_looking(store: PostgresStore) -> "tuple[ServerConnection, Began]":
    """Take the book's lock and look, in one message. Raises what `begin_writing` raises."""
    connection = store.dialed()
    if not isinstance(connection, LeanSession) or not isinstance(store, LeanStore):
        return begin_writing(store)
    request = store.request
    name = request.sequence or request.target
    looks = [
        would_send(lambda connection: Definitions(connection).type_use(request.target)),
        would_send(lambda connection: Definitions(connection).sequence(name)),
        would_send(lambda connection: Definitions(connection).book_timezone()),
    ]
    if request.key is not None:
        key = request.key
        looks.append(would_send(lambda connection: PostgresLedger(connection).issued_under_key(key)))
    asked = None if store.named_mark is None else store.named_mark.question()
    if asked is not None:
        looks.append(asked)
    counter, _ = would_send(lambda connection: PostgresLedger(connection).counter(0, "", ""))
    latest = counter.replace("SELECT", "SELECT sequence_id, scope, period,", 1).replace(COUNTER, LATEST)
    began, answers = locked(store, connection, [*looks, (latest, (name,))])
    *told, counters = answers
    for (statement, values), rows in zip(looks, told, strict=True):
        connection.know(statement, values, rows.fetchall())
    for row in counters:
        connection.know(counter, tuple(row[:3]), [row[3:]])
    return connection, began
