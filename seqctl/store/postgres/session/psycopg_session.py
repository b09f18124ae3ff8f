"""A session through psycopg, for everything but a plain `next`."""

import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from seqctl.store.postgres.errors import ServerError, silent
from seqctl.store.postgres.session.values import NUMERIC, decoder
from seqctl.store.postgres.statements import numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.sql.connection import Values

CANCELLED = "SyncRepWaitForLSN"


class NumericLoader(psycopg.adapt.Loader):
    """Whole numbers of any size are ints, as in SQLite, and not decimals."""

    def load(self, data: Any) -> object:
        """The number that a text of the server means."""
        return decoder(NUMERIC)(bytes(data))


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """psycopg's connection, which waits no longer for an answer than `wait_seconds`."""

    wait_seconds = 35.0

    def wait(self, gen: Any, *given: Any, **named: Any) -> Any:
        """Consume a generator that operates on the connection. Raises ServerError where nothing comes."""
        return super().wait(self._bounded(gen), *given, **named)

    def _bounded(self, gen: Any) -> "Generator[Any, Any, Any]":
        """The same generator, ended where what it waits for takes too long; psycopg wakes it ten times a
        second."""
        try:
            state = next(gen)
            deadline = time.monotonic() + self.wait_seconds
            while True:
                ready = yield state
                if ready:
                    deadline = time.monotonic() + self.wait_seconds
                elif time.monotonic() > deadline:
                    self.pgconn.finish()
                    raise silent(self.wait_seconds)
                state = gen.send(ready)
        except StopIteration as ended:
            return ended.value


class PsycopgSession:
    """One session; see `libpq_session.py`, which offers the same. `psycopg` is the connection behind it."""

    def __init__(self, conninfo: str, seconds: float) -> None:
        with errors(None):
            self.psycopg = Connection.connect(conninfo, autocommit=True, prepare_threshold=None)
        self.psycopg.cursor_factory = psycopg.RawCursor
        self.psycopg.adapters.register_loader("numeric", NumericLoader)
        self.psycopg.add_notice_handler(self._noticed)
        self.wait_seconds = seconds
        self.unreplicated = False

    @property
    def wait_seconds(self) -> float:
        """How long the answer to one message may take."""
        return self.psycopg.wait_seconds

    @wait_seconds.setter
    def wait_seconds(self, seconds: float) -> None:
        self.psycopg.wait_seconds = seconds

    @property
    def closed(self) -> bool:
        """Whether the connection is gone."""
        return self.psycopg.closed

    @property
    def in_transaction(self) -> bool:
        """Whether the server is within a transaction, by its last answer."""
        state = self.psycopg.info.transaction_status
        return state not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)

    @property
    def backend(self) -> int:
        """The number of the server's process."""
        return self.psycopg.info.backend_pid

    def execute(self, statement: str, values: "Values" = ()) -> "psycopg.Cursor[tuple[Any, ...]]":
        """Run a statement and give its rows. Raises ServerError."""
        with errors(self.psycopg):
            return self.psycopg.execute(*numbered(statement, values))

    def executemany(self, statement: str, values: "Iterable[Values]") -> None:
        """Run a statement once for each of the values. Raises ServerError."""
        with errors(self.psycopg):
            text = ""
            rows = []
            for each in values:
                text, row = numbered(statement, each)
                rows.append(row)
            if rows:
                self.psycopg.cursor().executemany(text, rows)

    def together(self, statements: "list[tuple[str, Values]]") -> "list[Any]":
        """Run statements that go out in one message and give the rows of each. Raises ServerError."""
        with errors(self.psycopg), self.psycopg.pipeline():
            return [self.psycopg.execute(*numbered(*each)) for each in statements]

    def close(self) -> None:
        """Close the connection; the server undoes what was not committed."""
        self.psycopg.close()

    def _noticed(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.source_function == CANCELLED:
            self.unreplicated = True


@contextmanager
def errors(connection: "Connection | None") -> Iterator[None]:
    """Raise as ServerError what psycopg raises in the block. Without a connection it is being dialed."""
    try:
        yield
    except psycopg.Error as error:
        told = error.diag.message_primary or str(error)
        fatal = error.diag.severity_nonlocalized in ("FATAL", "PANIC")
        lost = fatal or connection is None or connection.closed
        raise ServerError(told, error.sqlstate or "", error.diag.constraint_name or "", lost) from error
