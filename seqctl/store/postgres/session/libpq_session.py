"""A session through libpq alone, for what starts thousands of times: statements go out together and the
answers are waited for no longer than they may take.

Everything runs in libpq's pipeline mode without blocking, so that a server that falls silent costs a
bounded wait, and an interruption is seen at once.
"""

import time
from _ctypes import FUNCFLAG_CDECL, CFuncPtr
from select import POLLIN, POLLOUT, poll

from seqctl.store.postgres.errors import ServerError, silent
from seqctl.store.postgres.session.dialing import CONNECTED, dial, told
from seqctl.store.postgres.session.libpq import Handle, Text, Unsigned, load
from seqctl.store.postgres.session.values import decoder, encoded
from seqctl.store.postgres.statements import numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from seqctl.store.sql.connection import Values

IDLE = 0
"""The state of a transaction that is none."""

EMPTY, COMMAND_OK, TUPLES_OK, PIPELINE_SYNC, PIPELINE_ABORTED = 0, 1, 2, 10, 11
SEVERITY, SQLSTATE, MESSAGE, CONSTRAINT, SOURCE_FUNCTION = b"VCMnR"
"""Fields of an error; see libpq's postgres_ext.h."""

CANCELLED = b"SyncRepWaitForLSN"
"""The function of the server that warns where it waited in vain for a standby; its words are translated."""


class Rows(list[tuple[object, ...]]):
    """The rows that a statement gave, read in their order and once."""

    def __init__(self, rows: "Iterable[tuple[object, ...]]" = ()) -> None:
        super().__init__(rows)
        self.reverse()

    def fetchone(self) -> "tuple[object, ...] | None":
        """The next row; None behind the last one."""
        return self.pop() if self else None

    def fetchmany(self, size: int = 1) -> "list[tuple[object, ...]]":
        """The next rows, at most so many."""
        return [self.pop() for _ in range(min(size, len(self)))]

    def fetchall(self) -> "list[tuple[object, ...]]":
        """The rows that were not read yet."""
        return self.fetchmany(len(self))

    def __iter__(self):  # type: ignore[no-untyped-def]
        while self:
            yield self.pop()


class NoticeReceiver(CFuncPtr):
    """A function of ours that libpq calls for each warning of the server."""

    _flags_ = FUNCFLAG_CDECL
    _argtypes_ = (Handle, Handle)
    _restype_ = None


class LibpqSession:
    """One session. `wait_seconds` is how long the answer to one message may take.

    `unreplicated` says that the server warned of a commit that no standby confirmed.
    """

    def __init__(self, conninfo: str, seconds: float) -> None:
        self.libpq = load()
        self.wait_seconds = seconds
        self.unreplicated = False
        self.handle = dial(self.libpq, conninfo.encode(), seconds)
        self._waiting = poll()
        self._receiver = NoticeReceiver(self._noticed)
        self.libpq.PQsetNoticeReceiver(self.handle, self._receiver, None)
        self.libpq.PQsetnonblocking(self.handle, 1)
        self.libpq.PQenterPipelineMode(self.handle)

    @property
    def closed(self) -> bool:
        """Whether the connection is gone."""
        return not self.handle

    @property
    def in_transaction(self) -> bool:
        """Whether the server is within a transaction, by its last answer."""
        return bool(self.handle) and self.libpq.PQtransactionStatus(self.handle) != IDLE

    @property
    def backend(self) -> int:
        """The number of the server's process."""
        return int(self.libpq.PQbackendPID(self.handle))

    def execute(self, statement: str, values: "Values" = ()) -> Rows:
        """Run a statement and give its rows. Raises ServerError."""
        return self.together([(statement, values)])[0]

    def executemany(self, statement: str, values: "Iterable[Values]") -> None:
        """Run a statement once for each of the values, all in one message. Raises ServerError."""
        self.together([(statement, each) for each in values])

    def together(self, statements: "list[tuple[str, Values]]") -> list[Rows]:
        """Run statements that go out in one message and give the rows of each.

        Behind the first that fails none is run; that one is raised as ServerError. Where no answer comes the
        connection is closed, and with it what was not committed.
        """
        if self.closed:
            raise ServerError("the connection to the server is closed", lost=True)
        deadline = time.monotonic() + self.wait_seconds
        try:
            for statement, values in statements:
                self._send(*numbered(statement, values))
            self._check(self.libpq.PQpipelineSync(self.handle))
            self._flush(deadline)
            outcomes = [self._outcome(deadline) for _ in statements]
            self._outcome(deadline)
        except BaseException:
            # Half of an answer may be under way: nothing more can be said on this connection.
            self.close()
            raise
        failed = [outcome for outcome in outcomes if isinstance(outcome, ServerError)]
        if failed:
            if failed[0].lost:
                self.close()
            raise failed[0]
        return outcomes  # type: ignore[return-value]

    def close(self) -> None:
        """Close the connection; the server undoes what was not committed."""
        if self.handle:
            self.libpq.PQfinish(self.handle)
            self.handle = Handle()

    def _send(self, text: str, values: list[object]) -> None:
        count = len(values)
        data = oids = None
        if count:
            pairs = [encoded(value) for value in values]
            data = (Text * count)(*[pair[0] for pair in pairs])
            oids = (Unsigned * count)(*[pair[1] for pair in pairs])
        self._check(
            self.libpq.PQsendQueryParams(self.handle, text.encode(), count, oids, data, None, None, 0)
        )

    def _flush(self, deadline: float) -> None:
        """Send what waits to be sent; what the server says meanwhile is taken in, so that nobody waits for
        the other."""
        while left := self.libpq.PQflush(self.handle):
            self._check(left > 0)
            if self._wait(POLLIN | POLLOUT, deadline) & POLLIN:
                self._check(self.libpq.PQconsumeInput(self.handle))

    def _outcome(self, deadline: float) -> "Rows | ServerError":
        """What became of the next statement: its rows, or an error."""
        result = self._result(deadline)
        if not result:
            raise self._lost()
        try:
            status = self.libpq.PQresultStatus(result)
            if status == TUPLES_OK:
                outcome: Rows | ServerError = Rows(self._rows(result))
            elif status in (COMMAND_OK, EMPTY, PIPELINE_SYNC):
                outcome = Rows()
            else:
                outcome = self._error(result)
        finally:
            self.libpq.PQclear(result)
        if status != PIPELINE_SYNC and (end := self._result(deadline)):
            self.libpq.PQclear(end)
            raise self._lost()
        return outcome

    def _result(self, deadline: float) -> Handle:
        """The next result; NULL behind the last one of a statement."""
        while self.libpq.PQisBusy(self.handle):
            self._wait(POLLIN, deadline)
            if not self.libpq.PQconsumeInput(self.handle):
                # The connection broke; what came before that is given first.
                break
        return self.libpq.PQgetResult(self.handle)  # type: ignore[no-any-return]

    def _rows(self, result: Handle) -> "Iterable[tuple[object, ...]]":
        value, null = self.libpq.PQgetvalue, self.libpq.PQgetisnull
        columns = range(self.libpq.PQnfields(result))
        read = [decoder(self.libpq.PQftype(result, column)) for column in columns]
        for row in range(self.libpq.PQntuples(result)):
            yield tuple(
                [
                    None if not data and null(result, row, column) else read[column](data)
                    for column in columns
                    for data in (value(result, row, column),)
                ]
            )

    def _wait(self, events: int, deadline: float) -> int:
        """Wait for the socket. Raises ServerError where the server stays silent."""
        self._waiting.register(self.libpq.PQsocket(self.handle), events)
        for _, ready in self._waiting.poll(max(deadline - time.monotonic(), 0) * 1000):
            return ready
        raise silent(self.wait_seconds)

    def _check(self, worked: object) -> None:
        if not worked:
            raise self._lost()

    def _lost(self) -> ServerError:
        return ServerError(told(self.libpq, self.handle), lost=True)

    def _error(self, result: Handle) -> ServerError:
        field = [
            (self.libpq.PQresultErrorField(result, name) or b"").decode("utf-8", "replace")
            for name in (MESSAGE, SQLSTATE, CONSTRAINT, SEVERITY)
        ]
        broken = self.libpq.PQstatus(self.handle) != CONNECTED or field[3] in ("FATAL", "PANIC")
        if not field[0]:
            return self._lost() if broken else ServerError("an earlier statement failed")
        return ServerError(field[0], field[1], field[2], broken)

    def _noticed(self, _: Handle, result: Handle) -> None:
        """Take a warning of the server, which libpq would else write to stderr."""
        if self.libpq.PQresultErrorField(result, SOURCE_FUNCTION) == CANCELLED:
            self.unreplicated = True
