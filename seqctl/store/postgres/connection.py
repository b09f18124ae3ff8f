"""The session on a server as the engine sees it, whatever speaks to the server beneath it.

Statements are those of `store/sql/`, with `?` or `:name`; transactions are begun and ended by the engine, in
SQL. Next to nothing is imported here: the express lane loads this.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Protocol

    from seqctl.store.sql.connection import Rows, Values

    class ServerRows(Rows, Protocol):
        """The rows of a statement."""

        @property
        def rowcount(self) -> int:
            """How many rows the statement gave or changed."""

    class ServerConnection(Protocol):
        """One session on a server. Every method raises ServerError and nothing else of a driver.

        `warnings` are the texts of what the server warned of; whoever looks empties it. `unreplicated` says
        that it warned of a commit that no standby confirmed: its outcome is unknown. `wait_seconds` is how
        long the server may stay silent before the session is given up. `spares` says whether what only writes
        waits for what follows (`session/sparing.py`).
        """

        warnings: list[str]
        unreplicated: bool
        wait_seconds: float
        spares: bool

        @property
        def in_transaction(self) -> bool:
            """Whether a transaction was begun and not ended. Sends nothing."""

        @property
        def failed(self) -> bool:
            """Whether the transaction met an error, so that it can only be undone. Sends nothing."""

        @property
        def lost(self) -> bool:
            """Whether the session is over, and another one is needed."""

        @property
        def backend(self) -> int:
            """The number of the server's process."""

        def execute(self, statement: str, values: Values = ..., /) -> ServerRows:
            """Run one statement and give its rows."""

        def executemany(self, statement: str, values: Iterable[Values], /) -> object:
            """Run one statement once for each of the values, many of them in one message."""

        def together(self, statements: list[tuple[str, Values]], /) -> list[ServerRows]:
            """Run statements that go out in one message and give the rows of each.

            They may begin and end transactions. Behind the first that fails none is run; that one is raised.
            """

        def run(self, script: str, /) -> list[Any]:
            """Run statements without values in one message; the rows of the last one that has columns."""

        def know(self, statement: str, values: Values, rows: list[Any]) -> None:
            """Note the rows of a statement, until something is written."""

        def copy_in(self, statement: str, rows: Iterable[str], /) -> None:
            """Run a COPY ... FROM STDIN with texts of whole lines, in its text format."""

        def close(self) -> None:
            """End the session; the server undoes what was not committed."""


class FetchedRows:
    """Rows that are all here, read in their order and once.

    `rowcount` is how many a statement gave or changed, `columns` how many columns they have, where whoever
    fetched them says so.
    """

    __slots__ = ("_left", "columns", "rowcount")

    def __init__(self, rows: "list[Any]", rowcount: int, columns: int = 0) -> None:
        self._left = iter(rows)
        self.rowcount = rowcount
        self.columns = columns

    def fetchone(self) -> "Any":
        """The next row; None behind the last one."""
        return next(self._left, None)

    def fetchmany(self, size: int = 1) -> "list[Any]":
        """The next rows, at most so many."""
        return [row for _, row in zip(range(size), self._left, strict=False)]

    def fetchall(self) -> "list[Any]":
        """The rows that were not read yet."""
        return [*self._left]

    def __iter__(self) -> "Iterator[Any]":
        return self._left


LOST = ("08", "57P01", "57P02", "57P03", "57P05", "25P03", "25P04")
"""How the SQLSTATE begins of errors behind which there is no session."""

CANCELLED = "SyncRepWaitForLSN"
"""The function of the server that warns where it waited in vain for a standby; its words are translated."""


class ServerError(Exception):
    """What the server refused, or that it is not to be reached.

    `state` is the SQLSTATE, empty where the server said none; `constraint` is the name of the one that was
    violated. `lost` says that the session is over: what was sent last may have been done or not; `silence`
    after how many seconds without a word of the server that was found.
    """

    silence = 0.0

    def __init__(self, message: str, state: str = "", constraint: str = "", lost: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.state = state
        self.constraint = constraint
        self.lost = lost or state.startswith(LOST)


def silent(seconds: float) -> ServerError:
    """The error of a server that did not answer in time; the session is closed."""
    error = ServerError(f"the server did not answer for {seconds:g} seconds", lost=True)
    error.silence = seconds
    return error


class DriverMissing(ImportError):
    """There is no libpq that can be loaded, or one that is too old."""
