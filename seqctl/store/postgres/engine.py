"""A book in a schema of a PostgreSQL server, and transactions on it.

A writer reads what was committed last, behind the book's lock (`beginning.py`); what is read without writing
sees one state throughout. Nothing is set for longer than a transaction: a pooler may stand in between.
"""

import os
import time

from seqctl.errors import SeqctlError, TextHeld
from seqctl.process import DEFAULT_TIMEOUT, Clock
from seqctl.store.postgres.address import address_of
from seqctl.store.postgres.beginning import BULK_IDLE, begin_reading, begin_writing
from seqctl.store.postgres.connection import ServerError
from seqctl.store.postgres.ledger import PostgresLedger, PostgresLog
from seqctl.store.postgres.outages.barrier import committed, confirmed
from seqctl.store.postgres.outages.patience import (
    dials_again,
    done_anew,
    forget_former,
    found_again,
    seconds_left,
)
from seqctl.store.sql import LoadedLate
from seqctl.store.sql.needed import Definitions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

    from seqctl.days import date
    from seqctl.store.postgres.address import Address
    from seqctl.store.postgres.connection import ServerConnection
    from seqctl.store.postgres.ledger import Began
    from seqctl.store.postgres.marking.named import NamedMark
    from seqctl.store.postgres.marking.part import Mark
    from seqctl.store.postgres.parts import Beside, Parts
    from seqctl.store.sql.memory import Memory

if not TYPE_CHECKING:

    class Beside(LoadedLate):
        """What every issue does without, in `parts.py`."""

        __slots__ = ()
        home = "seqctl.store.postgres.parts"

    Parts = Beside

IN_STEP = "in step"
"""The word of `model/reports/high_water.py`, which no issue loads."""

OWN_TRIGGER = "23001"
"""What the triggers of the schema raise."""

IDLE = 2
"""Whoever was stopped with the lock holds nobody up for longer, and prints nothing when it wakes: seconds."""

VERSION = 2
"""The schema that this program writes; the same number means the same tables in a book in a file."""


class PostgresStore(Beside):
    """An open book on a server. `path` names it for people, without a password; dialed when first needed."""

    __slots__ = (
        *("__weakref__", "_connection", "_process", "_staging", "actor", "address", "clock"),
        *("committed", "identity", "idle", "in_its_cluster", "issues_once", "login", "memory", "named_mark"),
        *("heard", "path", "releases", "settled", "stopped", "tells", "timeout"),
    )

    schema = VERSION
    offers = "Beside"

    def __init__(
        self, address: "Address", actor: str, clock: Clock, timeout: float, mark: str | None = None
    ) -> None:
        self.address = address
        self.path = address.shown
        self.actor = actor
        self.clock = clock
        self.timeout = timeout
        self.committed = self.issues_once = False
        """Whether it serves a process that issues one number and ends."""
        self.idle = IDLE
        """Seconds after which the server ends a transaction that writes and in which the client is silent."""
        self.heard = 0.0
        """When the server answered that the lock was had, by the clock of waits."""
        self.stopped = False
        """Whether this process said nothing for longer than that: its transaction is over."""
        self.releases = True
        """Whether the commit of the present transaction lets the book go before it is durable."""
        self.settled: bytes | None = None
        """The hash of an event of which this session knows that it is durable."""
        self.in_its_cluster = True
        """Whether the server is the one on which the book was last written, without a promotion since."""
        self.tells: Callable[[Mark], None] | None = None
        """Who says that the server took over from another one, behind a commit that kept it."""
        self.login: str | None = None
        """Whose the session is, as the server says to whoever writes."""
        self.memory: Memory | None = None
        self._connection: ServerConnection | None = None
        self._process = os.getpid()
        self.identity: str | None = None
        """Which book it is, once that is known: another one in its place is never written to."""
        self._staging: Any = None
        self.named_mark: NamedMark | None = None
        """What knows how far the book came, where somebody named it."""
        if mark is not None:
            from seqctl.store.postgres.marking import named

            self.named_mark = named.NamedMark(mark)

    @property
    def real_path(self) -> str:
        """The address of the book, without a password."""
        return self.path

    def write(self) -> "Transaction":
        """A transaction that holds the book's lock from its start. Raises Busy after the timeout."""
        self.idle = IDLE
        return Transaction(self, begin_writing)

    def write_much(self) -> "Transaction":
        """The same for what takes its time."""
        self.idle = BULK_IDLE
        return Transaction(self, begin_writing)

    def read(self) -> "Transaction":
        """A transaction that sees one state of the book and blocks no writer."""
        return Transaction(self, begin_reading)

    def dialed(self) -> "ServerConnection":
        """The session of this store, begun where there is none that serves. Raises ServerError."""
        if self._connection is not None and self._process != os.getpid():
            # The session is the parent's: to end it here would end it there.
            from seqctl.store.postgres.forks import leave

            leave(self._connection)
            self._connection = self.memory = None
        if self._connection is None or self._connection.lost:
            from seqctl.store.postgres.session import open_session

            self.drop()
            self.settled = None
            self._process = os.getpid()
            self._connection = open_session(self.address, seconds_left(self))
        return self._connection

    def take_over(self, connection: "ServerConnection") -> None:
        """Use a session that was dialed for this store."""
        self._connection = connection

    def drop(self) -> None:
        """Give a session up that is of no use any more."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def translated(self, error: ServerError) -> "SeqctlError | ServerError":
        """The error as a person should read it; what no person can cause stays as it is."""
        from seqctl.store.postgres.failures import explain

        return explain(error, self.address, self.timeout) or error

    def close(self) -> None:
        """Close the book."""
        if self._process == os.getpid():
            self.drop()
        if self._staging is not None:
            self._staging.discard()

    def __enter__(self) -> "PostgresStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Transaction(Parts):
    """One transaction. Leaving the `with` block without `commit` undoes all of it."""

    __slots__ = (
        *("_adopted", "_begin", "connection", "definitions", "done", "ledger", "log", "store", "writes"),
    )

    offers = "Parts"

    def __init__(
        self, store: PostgresStore, begin: "Callable[[PostgresStore], tuple[ServerConnection, Began]]"
    ) -> None:
        self.store = store
        self._begin = begin
        self._adopted: Any = None
        self.done = False
        """Whether it was committed."""
        self.writes = begin is not begin_reading
        """Whether it holds the book's lock; else it only sees the book."""

    def __enter__(self) -> "Transaction":
        named = self.store.named_mark
        forget_former(self.store)
        while True:
            if named is not None:
                named.look(self.store)
            try:
                connection, began = self._begin(self.store)
                break
            except BaseException as error:
                self._undo()
                # Nothing was done yet, so that a session which ended is dialed anew.
                if dials_again(self.store, error):
                    continue
                if isinstance(error, ServerError):
                    raise self.store.translated(error) from error
                raise
        self.connection = connection
        self.definitions = Definitions(connection)
        self.ledger = PostgresLedger(connection)
        self.log = PostgresLog(connection, self.store.actor, self.store.clock)
        self.log.begin(began, self.store.login)
        return self

    @property
    def now(self) -> str:
        """The instant of this transaction, read from the clock once, when it is first asked for."""
        return self.log.now

    def today(self, zone: str) -> "date":
        """The day that the instant of this transaction is in a time zone."""
        return self.store.clock.today(zone, self.log.now)

    def mark_in_step(self) -> bool:
        """Whether the book lies where it was last written and has what its mark knows, where one is named.

        `mark` in the parts tells what else it is.
        """
        named = self.store.named_mark
        if not self.writes:
            return self.mark.kind == IN_STEP
        return self.store.in_its_cluster and (named is None or named.reached(self.connection))

    def confirm_mark(self) -> None:
        """Nothing here: whoever leaves a transaction that wrote nothing waits until all of it is durable."""

    def commit(self) -> None:
        """Make the changes durable. Raises a SeqctlError where nothing was changed.

        Where the session was lost at the COMMIT, the book is asked whether it holds this transaction's event.
        """
        if self.connection.failed:
            raise RuntimeError("a transaction that met an error cannot be committed")
        self.store.stopped = time.monotonic() - self.store.heard > self.store.idle
        tells = None if self.store.in_its_cluster or self.log.head is None else self.store.tells
        mark = None if tells is None else self.mark.going_on()
        named = self.store.named_mark
        noted = named.noted(self) if named is not None and self.log.head is not None else None
        try:
            committed(self.connection, self.store.releases)
        except ServerError as error:
            if error.state == OWN_TRIGGER and self.log.head is None:
                raise RuntimeError("a transaction changed rows and appended no event") from error
            if not error.lost and not self.store.releases:
                raise self.store.translated(error) from error
            from seqctl.store.postgres.outages.outcome import find_out

            find_out(self.store, self.log.head, error)
        self.done = self.store.committed = True
        self.store.settled = self.log.head and self.log.head.hash
        found_again(self.store)
        if named is not None and noted is not None:
            named.write(noted)
        if tells is not None and mark is not None:
            tells(mark)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        if error is None and self.writes and self.connection.in_transaction:
            try:
                # What was found is told as issued, and whoever wrote it may not have waited for the disk.
                confirmed(self.connection, [("ROLLBACK", ())])
            except ServerError as lost:
                error = lost
        self._undo()
        if isinstance(error, TextHeld):
            # A text that is held was told only with the commit: the next time each row is.
            self.store.memory = None
        if isinstance(error, ServerError):
            told = self.store.translated(error)
            if self.writes and not self.done and isinstance(told, SeqctlError):
                told.again = done_anew(self.store, error)
            raise told from error

    def _undo(self) -> None:
        connection = self.store._connection
        try:
            if connection is not None and not connection.lost and connection.in_transaction:
                connection.run("ROLLBACK")
        except ServerError:
            # The server undoes the unfinished transaction of a session that ends.
            self.store.drop()


def open_book(
    url: str, actor: str, clock: Clock, timeout: float = DEFAULT_TIMEOUT, mark: str | None = None
) -> PostgresStore:
    """Open an existing book. Raises NotFound where there is none, DatabaseUnusable where it is no book."""
    store = PostgresStore(address_of(url), actor, clock, timeout, mark)
    try:
        with store.read():
            return store
    except BaseException:
        store.close()
        raise
