"""A book on a server for a process that issues once: two messages, through libpq alone.

The first takes the lock and looks: what an issue of this request will ask for goes along with it. The second
writes and commits. Whatever else is asked for takes a message more.
"""

from seqctl.errors import TextHeld
from seqctl.process import Clock
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.beginning import begin_writing, locked
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.engine import PostgresStore, Transaction
from seqctl.store.postgres.ledger import PostgresLedger
from seqctl.store.postgres.session import GRACE
from seqctl.store.postgres.session.libpq_session import LibpqSession
from seqctl.store.sql.needed import Definitions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from seqctl.model.number.request import Request
    from seqctl.store.postgres.connection import ServerConnection, ServerRows
    from seqctl.store.postgres.ledger import Began
    from seqctl.store.sql.connection import Connection, Values

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
    store.take_over(session)
    return store


class Sent(Exception):
    """A statement that a reader would send, with its values."""


class Listening:
    """A connection that sends nothing and says what would be sent."""

    def execute(self, statement: str, values: "Values" = ()) -> "Any":
        """Raise Sent."""
        raise Sent(statement, values)


def would_send(ask: "Callable[[Connection], object]") -> "Statement":
    """The first statement that a reader would send."""
    try:
        ask(Listening())  # type: ignore[arg-type]
    except Sent as sent:
        return sent.args
    raise LookupError("nothing would be sent")


class Known:
    """Rows that were read before they were asked for."""

    __slots__ = ("_left", "rowcount")

    def __init__(self, rows: "list[Any]") -> None:
        self._left = iter(rows)
        self.rowcount = len(rows)

    def fetchone(self) -> "Any":
        """The next row; None behind the last one."""
        return next(self._left, None)

    def fetchmany(self, size: int = 1) -> "list[Any]":
        """The next rows, at most so many."""
        return [row for _, row in zip(range(size), self._left, strict=False)]

    def fetchall(self) -> "list[Any]":
        """The rows that were not read yet."""
        return [*self._left]

    def __iter__(self) -> "Any":
        return self._left


ONE = Known([()])
"""What a statement that only writes gives: it wrote one row."""


class LeanSession(LibpqSession):
    """A session that sends what only writes together with what follows, and knows what was looked at."""

    __slots__ = ("_known", "_later")

    def __init__(self, conninfo: str, seconds: float) -> None:
        super().__init__(conninfo, seconds)
        self._known: dict[tuple[str, str], list[Any]] = {}
        self._later: list[Statement] = []

    def know(self, statement: str, values: "Values", rows: "list[Any]") -> None:
        """Note the rows of a statement, until something is written."""
        self._known[statement, repr(values)] = rows

    def execute(self, statement: str, values: "Values" = (), /) -> "ServerRows":
        """Run one statement and give its rows."""
        rows = self._known.get((statement, repr(values)))
        if rows is not None:
            return Known(rows)
        if statement.startswith(("INSERT", "UPDATE")) and "RETURNING" not in statement:
            self._known.clear()
            # A text that is held already ends all, and another way words it.
            self._later.append((statement.partition(" ON CONFLICT")[0], values))
            return ONE
        return self.together([(statement, values)])[0]

    def together(self, statements: "list[Statement]", /) -> "list[ServerRows]":
        """Run statements behind those that wait; the rows of each. Raises TextHeld where a text is held."""
        waiting, self._later = self._later, []
        try:
            return super().together([*waiting, *statements])[len(waiting) :]
        except ServerError as error:
            if error.constraint == "number_text":
                raise TextHeld(error.message) from error
            raise

    def run(self, script: str, /) -> "list[Any]":
        """Run statements without values behind those that wait; one without rows in the same message."""
        self._known.clear()
        if script == "ROLLBACK":
            self._later.clear()
        if script == "COMMIT":
            self.together([(script, ())])
            return []
        if self._later:
            self.together([])
        return super().run(script)

    def copy_in(self, statement: str, rows: "Iterable[str]", /) -> None:
        """Run a COPY behind what waits."""
        self.together([])
        super().copy_in(statement, rows)


class LeanStore(PostgresStore):
    """A book on a server from which a request will be issued."""

    __slots__ = ("request",)

    request: "Request"
    idle = 2
    """Whoever was stopped with the lock holds nobody up for longer, and prints nothing when it wakes."""

    def write(self) -> Transaction:
        """A transaction that holds the book's lock, and has looked for what the request asks for."""
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
