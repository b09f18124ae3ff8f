"""Opening a book and running transactions on it: the part of the engine that every issue needs.

WAL and a sync at each commit: a commit that returned survives a power cut. Every writing transaction
begins with BEGIN IMMEDIATE, so that it sees the last commit and nobody else writes until it ends. The
last connection to close writes the log back, so that a book at rest is one file.
"""

import os

from seqctl.process import DEFAULT_TIMEOUT, Clock
from seqctl.store.sql import LoadedLate
from seqctl.store.sql.ledger import Ledger
from seqctl.store.sql.log import Log
from seqctl.store.sql.needed import Definitions
from seqctl.store.sqlite.driver import (
    QUEUE,
    VERSION,
    Error,
    began_at_once,
    begin_reading,
    connection_to,
    identify,
    translated,
)
from seqctl.store.sqlite.high_water import HighWater

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from seqctl.days import date
    from seqctl.store.sql.memory import Memory
    from seqctl.store.sqlite.driver import Connection
    from seqctl.store.sqlite.file.living_with_others import Surroundings
    from seqctl.store.sqlite.parts import Beside, Parts
    from seqctl.store.sqlite.queue.turn import Turn
    from seqctl.store.sqlite.queue.turnstile import Turnstile
else:

    class Beside(LoadedLate):
        """What every issue does without, in `parts.py`."""

        __slots__ = ()
        home = "seqctl.store.sqlite.parts"

    Parts = Beside

MOUNTS = "/proc/self/mountinfo"
"""Where Linux lists what is mounted, one mount a line; see proc(5)."""

UNEXPECTED = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a value that makes no sense ends in, and what a bug ends in: the book is asked which it was."""


class SqliteLedger(Ledger):
    """Counters and the ledger, with rows as SQLite writes them."""

    __slots__ = ()

    connection: "Connection"
    asked = (
        "json_extract(e.detail, '$.date'), json_extract(e.detail, '$.request'),"
        " json_extract(e.detail, '$.request.target')"
    )

    def _write_batch(
        self,
        shared: "tuple[object, ...]",
        common: str,
        serial: int,
        numbers: "list[tuple[int, str, int]]",
        end: str,
    ) -> str:
        """Write many rows of an issue and return the SHA-256 over them. Raises TextHeld."""
        from seqctl.store.sqlite.bulk.batch import add_batch

        return add_batch(self.connection, shared, common, serial, numbers, end)


class SqliteStore(Beside):
    """An open book. `path` is its file, `actor` whom its events name, `clock` the time of day."""

    __slots__ = (
        *("__weakref__", "actor", "clock", "committed", "connection", "high_water", "memory", "path"),
        *("patience", "real_path", "surroundings", "timeout", "turnstile"),
    )

    schema = VERSION
    offers = "Beside"

    def __init__(self, connection: "Connection", path: str, actor: str, clock: Clock, timeout: float) -> None:
        self.connection = connection
        self.path = path
        self.actor = actor
        self.clock = clock
        self.timeout = timeout
        self.patience = timeout  # seconds that SQLite waits for a lock at present; see `driver.py`
        self.committed = False  # whether a transaction was, which an interruption must not hide
        self.high_water: HighWater | None = None  # how far numbers were given out from a book in a file
        self.memory: Memory | None = None  # what its last issue found, for the next one
        self.real_path = os.path.realpath(path)
        """The file by its full name without links, whatever the current directory becomes."""
        self.turnstile: Turnstile | None = None
        """The queue of writers, from the first time on that this store found one or had to wait."""
        self.surroundings: Surroundings | None = None  # in the library; see `living_with_others.py`

    def write(self) -> "Transaction":
        """A transaction that holds the write lock from its start. Raises Busy after the timeout."""
        return Transaction(self, begin_writing)

    write_much = write

    def read(self) -> "Transaction":
        """A transaction that sees one state of the book and blocks no writer."""
        return Transaction(self, begin_reading)

    def close(self) -> None:
        """Close the book; the last to close it leaves a single file. Raises UsageError in another thread."""
        if self.surroundings is not None:
            self.surroundings.check_thread()
        try:
            self.connection.close()
        finally:
            if self.turnstile is not None:
                self.turnstile.close()
            if self.high_water is not None:
                self.high_water.close()

    def __enter__(self) -> "SqliteStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Transaction(Parts):
    """One transaction. Leaving the `with` block without `commit` undoes all of it.

    What every issue needs is in `definitions`, `ledger` and `log`; the rest is in the parts.
    """

    __slots__ = (
        *("_before", "_begin", "_turn", "connection", "definitions", "ledger", "log", "store", "writes"),
    )

    offers = "Parts"

    def __init__(self, store: SqliteStore, begin: "Callable[[SqliteStore], Turn | None]") -> None:
        self.store = store
        self.connection = store.connection
        self._begin = begin
        self.writes = begin is begin_writing
        """Whether it holds the write lock; else it only sees the book."""
        self._turn: Turn | None = None
        self.definitions = Definitions(store.connection)
        self.ledger = SqliteLedger(store.connection)
        self.log = Log(store.connection, store.actor, store.clock)

    def __enter__(self) -> "Transaction":
        inside = self.connection.in_transaction
        try:
            self._turn = self._begin(self.store)
            self._before = self.connection.total_changes
        except BaseException as error:
            if not inside:
                self._end()
            if isinstance(error, Error):
                raise translated(error, self.store) from error
            raise
        return self

    @property
    def now(self) -> str:
        """The instant of this transaction, read from the clock once, when it is first asked for."""
        return self.log.now

    def today(self, zone: str) -> "date":
        """The day that the instant of this transaction is in a time zone."""
        return self.store.clock.today(zone, self.log.now)

    def mark_in_step(self) -> bool:
        """Whether the mark beside the book ends with its newest event, as it does unless something happened.

        The mark of a book that gave nothing out yet is begun here, where it writes.
        A reader may be told No while others write; `mark` in the parts then tells what it is.
        """
        mark, newest = self.store.high_water, self.log.last()
        if mark is None or mark.in_step(newest):
            return True
        try:
            from seqctl.store.sqlite.mark.beginning import began_with_first
        except OSError:
            # The process may open no more files: the mark is passed over.
            return True
        return self.writes and began_with_first(mark, self.connection, newest)

    def confirm_mark(self) -> None:
        """Say in the mark that the newest event is durable: whoever wrote it may have been killed before."""
        if self.mark_in_step() and self.store.high_water is not None:
            self.store.high_water.confirm()

    def commit(self) -> None:
        """Make the changes durable. Raises a SeqctlError where nothing was changed.

        An error of COMMIT itself says nothing about the outcome: then the book is asked whether it holds
        this transaction's last event. Where it cannot answer, NotDelivered says that nobody knows.
        """
        if self.connection.total_changes != self._before and self.log.head is None:
            raise RuntimeError("a transaction changed rows and appended no event")
        mark, head = self.store.high_water, self.log.head
        if mark is not None and head is not None:
            noted = mark.note(self.connection, self.log.before, head, self.ledger.saved)
            if not noted:
                self._note_after_a_look(mark, head)
        try:
            self.connection.execute("COMMIT")
        except Error as error:
            from seqctl.store.sqlite.driver import file_uri
            from seqctl.store.sqlite.file.diagnosis import was_committed

            if not was_committed(self.store, file_uri(self.store.real_path), head, error):
                raise translated(error, self.store) from error
        self.store.committed = True
        self._leave_turn()
        if self.store.surroundings is not None:
            self.store.surroundings.check_committed()
        if mark is not None:
            mark.confirm()

    def _note_after_a_look(self, mark: HighWater, head: "tuple[int, bytes]") -> None:
        """See to the whole file of the mark first, then tell it what is about to be committed."""
        try:
            from seqctl.store.sqlite.mark.changes import note_after_a_look
        except OSError:
            # The process may open no more files: the mark lags behind, which the next issue tells.
            return
        note_after_a_look(mark, self.connection, self.log.before, head, self.ledger.saved)

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: "BaseException | None",
        trace: "TracebackType | None",
    ) -> None:
        self._end()
        if isinstance(error, Error):
            raise translated(error, self.store) from error
        if isinstance(error, UNEXPECTED):
            from seqctl.store.sqlite.file.diagnosis import made_of_damage

            damage = made_of_damage(error, self.store)
            if damage is not None:
                raise damage from error

    def _end(self) -> None:
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except Error:
            # SQLite undoes an unfinished transaction when the file is opened next.
            self.connection.close()
        finally:
            self._leave_turn()

    def _leave_turn(self) -> None:
        if self._turn is not None:
            self._turn.leave()


def begin_writing(store: SqliteStore) -> "Turn | None":
    """Take the write lock: at once where nobody queues for it, else in turn. Raises what SQLite raises.

    The first writer who finds the lock taken puts the queue up; a book that has one writer never sees it.
    """
    if store.surroundings is not None:
        store.surroundings.check()
    if store.turnstile is None:
        if not os.access(store.real_path + QUEUE, os.F_OK) and began_at_once(store):
            return None
        from seqctl.store.sqlite.queue.turnstile import Turnstile

        store.turnstile = Turnstile(store.real_path)
    return store.turnstile.begin(store)


def open_book(path: str, actor: str, clock: Clock, timeout: float = DEFAULT_TIMEOUT) -> SqliteStore:
    """Open an existing book. Raises NotFound where there is none, DatabaseUnusable where it is no book."""
    store = store_at(path, actor, clock, timeout)
    try:
        identify(store)
    except BaseException:
        store.close()
        raise
    return store


def store_at(path: str, actor: str, clock: Clock, timeout: float) -> SqliteStore:
    """A store on an existing file that may be any database, of which nothing was read yet.

    A file of two names is refused: SQLite keeps the log beside the name by which a file was opened, and
    whoever opens the other name would not see what stands in it. So it is with a second hard link, and with
    a file that is mounted by itself. Raises NotFound, DatabaseUnusable or Busy.
    """
    store = SqliteStore(connection_to(path, timeout), path, actor, clock, timeout)
    store.high_water = HighWater(store.real_path)
    try:
        with open(MOUNTS, "rb", 0) as file:
            mounts = file.read()
    except OSError:
        # Other systems than Linux do not tell what is mounted.
        return store
    name = os.fsencode(store.real_path)
    # The list writes blanks and backslashes in another way.
    if b" " + name in mounts or name.split() != [name] or b"\\" in name:
        from seqctl.store.sqlite.file.mounts import refuse_mounted

        refuse_mounted(store, mounts)
    return store
