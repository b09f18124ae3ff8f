"""A session through psycopg, for everything but a plain `next`; see `ServerConnection`."""

import time
from contextlib import contextmanager

import psycopg
from psycopg import waiting
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from seqctl.store.postgres.connection import CANCELLED, FetchedRows, ServerError, silent
from seqctl.store.postgres.session.sparing import Sparing
from seqctl.store.postgres.session.values import NUMERIC, decoder, encoded
from seqctl.store.postgres.statements import numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from typing import Any

    from seqctl.store.postgres.connection import ServerRows
    from seqctl.store.sql.connection import Values


INTERVAL = 0.1
"""Seconds after which whoever waits looks whether it has waited too long."""


class NumericLoader(psycopg.adapt.Loader):
    """Whole numbers of any size are ints, as in SQLite, and not decimals."""

    def load(self, data: "Any") -> object:
        """The number that a text of the server means."""
        return decoder(NUMERIC)(bytes(data))


class Connection(psycopg.Connection["tuple[Any, ...]"]):
    """psycopg's connection, which waits no longer for a sign of the server than `wait_seconds`."""

    wait_seconds = 35.0

    def wait(self, gen: "Any", *given: "Any", **named: "Any") -> "Any":
        """Consume a generator that operates on the connection. Raises ServerError where nothing comes.

        An interruption ends the session at once: to cancel what it waits for, as psycopg does, would wait
        for a server that may be silent.
        """
        try:
            return waiting.wait(self._bounded(gen), self.pgconn.socket, INTERVAL)
        except KeyboardInterrupt:
            self.pgconn.finish()
            raise

    def _bounded(self, gen: "Any") -> "Generator[Any, Any, Any]":
        """The same generator, ended where it waits too long; psycopg wakes it ten times a second."""
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


class PlainSession:
    """One session through psycopg. `psycopg` is the connection behind it."""

    __slots__ = ("psycopg", "unreplicated", "warnings")

    def __init__(self, conninfo: str, seconds: float) -> None:
        try:
            self.psycopg = Connection.connect(conninfo, autocommit=True, prepare_threshold=None)
        except psycopg.Error as error:
            raise ServerError(str(error), error.sqlstate or "", lost=True) from error
        self.psycopg.cursor_factory = psycopg.RawCursor
        self.psycopg.adapters.register_loader("numeric", NumericLoader)
        self.psycopg.add_notice_handler(self._noticed)
        self.psycopg.wait_seconds = seconds
        self.warnings: list[str] = []
        self.unreplicated = False

    @property
    def wait_seconds(self) -> float:
        """How long the server may stay silent."""
        return self.psycopg.wait_seconds

    @wait_seconds.setter
    def wait_seconds(self, seconds: float) -> None:
        self.psycopg.wait_seconds = seconds

    @property
    def lost(self) -> bool:
        """Whether the session is over."""
        return self.psycopg.closed

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and not ended."""
        state = self.psycopg.info.transaction_status
        return state not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)

    @property
    def failed(self) -> bool:
        """Whether the transaction can only be undone."""
        return self.psycopg.info.transaction_status == TransactionStatus.INERROR

    @property
    def backend(self) -> int:
        """The number of the server's process."""
        return self.psycopg.info.backend_pid

    def execute(self, statement: str, values: "Values" = (), /) -> "ServerRows":
        """Run one statement and give its rows."""
        with self.errors():
            return self.psycopg.execute(*numbered(statement, values))

    def executemany(self, statement: str, values: "Iterable[Values]", /) -> object:
        """Run one statement once for each of the values, many of them in one message."""
        pairs = [numbered(statement, each) for each in values]
        with self.errors():
            cursor = self.psycopg.cursor()
            if pairs:
                cursor.executemany(pairs[0][0].encode(), [given for _, given in pairs])
            return cursor

    def together(self, statements: "list[tuple[str, Values]]", /) -> "list[ServerRows]":
        """Run statements that go out in one message and give the rows of each.

        Not in psycopg's pipeline: that asks for a flush behind the end of the message, and a server that was
        asked something does not count how long a client with an open transaction says nothing.
        """
        messages = [_message(*numbered(*each)) for each in statements]
        with self.errors():
            answers = self.psycopg.wait(self._pipelined(messages))
            for answer in answers:
                if answer.status == ExecStatus.FATAL_ERROR:
                    raise psycopg.errors.error_from_result(answer)
            return [_rows(answer) for answer in answers]

    def _pipelined(self, messages: "list[tuple[Any, ...]]") -> "Generator[Any, Any, list[Any]]":
        """What became of each message."""
        connection = self.psycopg.pgconn
        connection.enter_pipeline_mode()
        for message in messages:
            connection.send_query_params(*message)
        connection.pipeline_sync()
        answers: list[Any] = []
        sending = True
        while True:
            sending = sending and connection.flush() != 0
            while not connection.is_busy():
                result = connection.get_result()
                if result is None:
                    # The end of one statement; or nothing is left, since the connection broke.
                    if connection.status != ConnStatus.OK:
                        break
                elif result.status == ExecStatus.PIPELINE_SYNC:
                    connection.exit_pipeline_mode()
                    return answers
                else:
                    answers.append(result)
            ready = yield waiting.Wait.RW if sending else waiting.Wait.R
            if ready & waiting.Ready.R:
                connection.consume_input()

    def run(self, script: str, /) -> "list[Any]":
        """Run statements without values in one message; the rows of the last one that has columns."""
        with self.errors():
            cursor = self.psycopg.execute(script.encode())
            rows = cursor.fetchall() if cursor.description else []
            while cursor.nextset():
                rows = cursor.fetchall() if cursor.description else rows
            return rows

    def copy_in(self, statement: str, rows: "Iterable[str]", /) -> None:
        """Run a COPY ... FROM STDIN with texts of whole lines, in its text format."""
        with self.errors(), self.psycopg.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for some in rows:
                copy.write(some)

    def close(self) -> None:
        """End the session."""
        self.psycopg.close()

    @contextmanager
    def errors(self) -> "Iterator[None]":
        """Raise as ServerError what psycopg raises in the block."""
        try:
            yield
        except psycopg.Error as error:
            found = error.diag
            lost = self.lost or found.severity_nonlocalized in ("FATAL", "PANIC")
            message, constraint = found.message_primary or str(error), found.constraint_name or ""
            raise ServerError(message, error.sqlstate or "", constraint, lost) from error

    def _noticed(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self.warnings.append(notice.message_primary or "")
            if notice.source_function == CANCELLED:
                self.unreplicated = True


class PsycopgSession(Sparing, PlainSession):
    """A session through psycopg that can spare messages."""

    __slots__ = ("_known", "_later", "spares")

    def __init__(self, conninfo: str, seconds: float) -> None:
        super().__init__(conninfo, seconds)
        self._known, self._later, self.spares = {}, [], False


def _message(text: str, values: list[object]) -> "tuple[Any, ...]":
    """What a statement is sent with: everything goes as text."""
    try:
        pairs = [encoded(value) for value in values]
    except ValueError as error:
        raise ServerError(str(error)) from error
    return text.encode(), [data for data, _ in pairs], [type for _, type in pairs]


def _rows(result: "Any") -> FetchedRows:
    """The rows of a result, and how many it gave or changed."""
    columns = range(result.nfields)
    read = [decoder(result.ftype(column)) for column in columns]
    rows = [
        tuple(
            [
                None if (data := result.get_value(row, column)) is None else read[column](data)
                for column in columns
            ]
        )
        for row in range(result.ntuples)
    ]
    return FetchedRows(rows, result.command_tuples or 0)
