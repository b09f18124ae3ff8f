"""A session through libpq alone, for what starts thousands of times; see `ServerConnection`.

Nothing blocks: a server that falls silent costs a bounded wait, and an interruption is seen at once.
"""

import time
from select import POLLIN, POLLOUT, poll

from seqctl.store.postgres.connection import CANCELLED, FetchedRows, ServerError, silent
from seqctl.store.postgres.session.dialing import CONNECTED, dial, told
from seqctl.store.postgres.session.libpq import NoticeReceiver, Text, Unsigned, load
from seqctl.store.postgres.session.values import decoder, encoded
from seqctl.store.postgres.statements import numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from seqctl.store.postgres.connection import ServerRows
    from seqctl.store.postgres.session.libpq import Handle
    from seqctl.store.sql.connection import Values

IDLE, IN_ERROR = 0, 3
"""States of a transaction: there is none, or it can only be undone."""

EMPTY, COMMAND_OK, TUPLES_OK, COPY_IN, PIPELINE_SYNC = 0, 1, 2, 4, 10
"""Kinds of results; see libpq-fe.h."""

SEVERITY, SQLSTATE, MESSAGE, CONSTRAINT, SOURCE_FUNCTION = b"VCMnR"
"""Fields of an error, by their letters."""


class LibpqSession:
    """One session through libpq."""

    __slots__ = ("_handle", "_libpq", "_receiver", "_waiting", "unreplicated", "wait_seconds", "warnings")

    def __init__(self, conninfo: str, seconds: float) -> None:
        self._libpq = libpq = load()
        self.wait_seconds = seconds
        self.warnings: list[str] = []
        self.unreplicated = False
        self._waiting = poll()
        self._handle: Handle | None = dial(libpq, conninfo.encode(), seconds)
        self._receiver = NoticeReceiver(self._noticed)
        libpq.PQsetNoticeReceiver(self._handle, self._receiver, None)
        libpq.PQsetnonblocking(self._handle, 1)

    @property
    def lost(self) -> bool:
        """Whether the session is over."""
        return self._handle is None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and not ended."""
        return self._handle is not None and self._libpq.PQtransactionStatus(self._handle) != IDLE

    @property
    def failed(self) -> bool:
        """Whether the transaction can only be undone."""
        return self._handle is not None and self._libpq.PQtransactionStatus(self._handle) == IN_ERROR

    @property
    def backend(self) -> int:
        """The number of the server's process."""
        return int(self._libpq.PQbackendPID(self._handle))

    def execute(self, statement: str, values: "Values" = (), /) -> "ServerRows":
        """Run one statement and give its rows."""
        message = _message(*numbered(statement, values))
        return self._asked(lambda: self._check(self._libpq.PQsendQueryParams(self._handle, *message)))[-1]

    def executemany(self, statement: str, values: "Iterable[Values]", /) -> object:
        """Run one statement once for each of the values, all in one message."""
        return self.together([(statement, each) for each in values])

    def together(self, statements: "list[tuple[str, Values]]", /) -> "list[ServerRows]":
        """Run statements that go out in one message and give the rows of each."""
        messages = [_message(*numbered(*each)) for each in statements]

        def send() -> None:
            self._check(self._libpq.PQenterPipelineMode(self._handle))
            for message in messages:
                self._check(self._libpq.PQsendQueryParams(self._handle, *message))
            self._check(self._libpq.PQpipelineSync(self._handle))

        return [*self._asked(send, len(messages))] if messages else []

    def run(self, script: str, /) -> "list[Any]":
        """Run statements without values in one message; the rows of the last one that has columns."""
        answers = self._asked(lambda: self._check(self._libpq.PQsendQuery(self._handle, script.encode())))
        given = [rows for rows in answers if rows.columns]
        return given[-1].fetchall() if given else []

    def copy_in(self, statement: str, rows: "Iterable[str]", /) -> None:
        """Run a COPY ... FROM STDIN with texts of whole lines, in its text format."""

        def send() -> None:
            deadline = time.monotonic() + self.wait_seconds
            self._check(self._libpq.PQsendQuery(self._handle, statement.encode()))
            self._flush(deadline)
            answer = self._result(deadline)
            refused = None if self._libpq.PQresultStatus(answer) == COPY_IN else self._error(answer)
            self._libpq.PQclear(answer)
            if refused is not None:
                self._outcomes(deadline)
                raise refused
            for lines in rows:
                data = lines.encode()
                while not self._libpq.PQputCopyData(self._handle, data, len(data)):
                    self._flush(time.monotonic() + self.wait_seconds)
            while not self._libpq.PQputCopyEnd(self._handle, None):
                self._flush(time.monotonic() + self.wait_seconds)

        self._asked(send)

    def close(self) -> None:
        """End the session."""
        handle, self._handle = self._handle, None
        if handle is not None:
            self._libpq.PQfinish(handle)

    def _asked(self, send: "Any", pipelined: int = 0) -> list[FetchedRows]:
        """Send something and take the answers: so many of a pipeline, else all. Raises the first error."""
        if self._handle is None:
            raise ServerError("the session on the server is over", lost=True)
        deadline = time.monotonic() + self.wait_seconds
        try:
            send()
            self._flush(deadline)
            if pipelined:
                answers = [self._outcomes(deadline)[-1] for _ in range(pipelined)]
                end = self._result(deadline)
                ended = self._libpq.PQresultStatus(end) == PIPELINE_SYNC
                self._libpq.PQclear(end)
                self._check(ended and self._libpq.PQexitPipelineMode(self._handle))
            else:
                answers = self._outcomes(deadline)
        except BaseException as error:
            if not isinstance(error, ServerError) or error.lost:
                # Half of an answer may be under way: nothing more can be said in this session.
                self.close()
            raise
        for answer in answers:
            if isinstance(answer, ServerError):
                if answer.lost:
                    self.close()
                raise answer
        return answers  # type: ignore[return-value]

    def _flush(self, deadline: float) -> None:
        """Send what waits to be sent; what the server says meanwhile is taken in, so that neither waits for
        the other."""
        while left := self._libpq.PQflush(self._handle):
            self._check(left > 0)
            if self._wait(POLLIN | POLLOUT, deadline) & POLLIN:
                self._check(self._libpq.PQconsumeInput(self._handle))

    def _outcomes(self, deadline: float) -> "list[FetchedRows | ServerError]":
        """What became of the next message: rows or errors."""
        outcomes: list[FetchedRows | ServerError] = []
        while result := self._result(deadline):
            try:
                status = self._libpq.PQresultStatus(result)
                if status in (TUPLES_OK, COMMAND_OK, EMPTY):
                    outcomes.append(self._rows(result))
                else:
                    outcomes.append(self._error(result))
            finally:
                self._libpq.PQclear(result)
            if self._libpq.PQstatus(self._handle) != CONNECTED:
                break
        return outcomes or [self._gone()]

    def _result(self, deadline: float) -> "Handle":
        """The next result; NULL behind the last one of a message."""
        while self._libpq.PQisBusy(self._handle):
            self._wait(POLLIN, deadline)
            if not self._libpq.PQconsumeInput(self._handle):
                # The connection broke; what came before that is given first.
                break
        return self._libpq.PQgetResult(self._handle)  # type: ignore[no-any-return]

    def _rows(self, result: "Handle") -> FetchedRows:
        value, null = self._libpq.PQgetvalue, self._libpq.PQgetisnull
        columns = range(self._libpq.PQnfields(result))
        read = [decoder(self._libpq.PQftype(result, column)) for column in columns]
        rows = []
        for row in range(self._libpq.PQntuples(result)):
            data = [value(result, row, column) for column in columns]
            rows.append(
                tuple(
                    [
                        None if not data[column] and null(result, row, column) else read[column](data[column])
                        for column in columns
                    ]
                )
            )
        return FetchedRows(rows, int(self._libpq.PQcmdTuples(result) or b"0"), len(columns))

    def _wait(self, events: int, deadline: float) -> int:
        """Wait for the socket. Raises ServerError where the server stays silent."""
        self._waiting.register(self._libpq.PQsocket(self._handle), events)
        for _, ready in self._waiting.poll(max(deadline - time.monotonic(), 0) * 1000):
            return ready
        raise silent(self.wait_seconds)

    def _check(self, worked: object) -> None:
        if not worked:
            raise self._gone()

    def _gone(self) -> ServerError:
        assert self._handle is not None
        return ServerError(told(self._libpq, self._handle), lost=True)

    def _error(self, result: "Handle") -> ServerError:
        message, state, constraint, severity = (
            (self._libpq.PQresultErrorField(result, name) or b"").decode("utf-8", "replace")
            for name in (MESSAGE, SQLSTATE, CONSTRAINT, SEVERITY)
        )
        if self._libpq.PQstatus(self._handle) != CONNECTED and not message:
            return self._gone()
        return ServerError(message, state, constraint, severity in ("FATAL", "PANIC"))

    def _noticed(self, _: "Handle", result: "Handle") -> None:
        """Take a warning of the server, which libpq would else write to stderr."""
        field = self._libpq.PQresultErrorField
        if field(result, SEVERITY) == b"WARNING":
            self.warnings.append((field(result, MESSAGE) or b"").decode("utf-8", "replace"))
            if field(result, SOURCE_FUNCTION) == CANCELLED.encode():
                self.unreplicated = True


def _message(text: str, values: list[object]) -> "tuple[Any, ...]":
    """What PQsendQueryParams takes behind the connection: everything goes as text."""
    count = len(values)
    if not count:
        return text.encode(), 0, None, None, None, None, 0
    pairs = [encoded(value) for value in values]
    types = (Unsigned * count)(*[pair[1] for pair in pairs])
    return text.encode(), count, types, (Text * count)(*[pair[0] for pair in pairs]), None, None, 0
