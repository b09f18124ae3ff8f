"""A session that spares messages: what only writes goes out with what follows, what was read is known.

So an issue takes two messages: one that takes the lock and looks, one that writes and commits.
"""

from seqctl.errors import TextHeld
from seqctl.store.postgres.connection import ServerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from seqctl.store.postgres.connection import ServerRows
    from seqctl.store.sql.connection import Connection, Values

    Statement = tuple[str, Values]
    Session: Any
else:
    Session = object


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
    """Rows that are all here. `rowcount` is how many a statement gave or changed."""

    __slots__ = ("_left", "rowcount")

    def __init__(self, rows: "list[Any]", rowcount: int) -> None:
        self._left = iter(rows)
        self.rowcount = rowcount

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


ONE = Known([()], 1)
"""What a statement that only writes gives: it wrote one row."""


class Sparing(Session):  # type: ignore[misc]
    """What a session does beside speaking to the server. `spares` says whether it lets writing wait.

    A text that is held is then told with what follows, as TextHeld, and the transaction can only be undone.
    """

    __slots__ = ()

    _known: "dict[tuple[str, str], list[Any]]"
    _later: "list[Statement]"
    spares: bool

    def know(self, statement: str, values: "Values", rows: "list[Any]") -> None:
        """Note the rows of a statement, until something is written."""
        self._known[statement, repr(values)] = rows

    def execute(self, statement: str, values: "Values" = (), /) -> "ServerRows":
        """Run one statement and give its rows."""
        rows = self._known.get((statement, repr(values)))
        if rows is not None:
            return Known(rows, len(rows))
        if not statement.startswith("SELECT"):
            self._known.clear()
            if self.spares and statement.startswith(("INSERT", "UPDATE")) and "RETURNING" not in statement:
                # A text that is held already ends all, and another way words it.
                self._later.append((statement.partition(" ON CONFLICT")[0], values))
                return ONE
        if self._later:
            return self.together([(statement, values)])[0]
        return super().execute(statement, values)  # type: ignore[no-any-return]

    def executemany(self, statement: str, values: "Iterable[Values]", /) -> object:
        """Run one statement once for each of the values, behind what waits."""
        self._known.clear()
        if self._later:
            self.together([])
        return super().executemany(statement, values)

    def together(self, statements: "list[Statement]", /) -> "list[ServerRows]":
        """Run statements behind those that wait; the rows of each. Raises TextHeld where a text is held."""
        waiting = self._later[:]
        self._later.clear()
        try:
            return super().together([*waiting, *statements])[len(waiting) :]  # type: ignore[no-any-return]
        except ServerError as error:
            if error.constraint == "number_text":
                raise TextHeld(error.message) from error
            raise

    def run(self, script: str, /) -> "list[Any]":
        """Run statements without values behind those that wait; one without rows in the same message."""
        self._known.clear()
        if script == "ROLLBACK":
            self._later.clear()
        if self._later:
            self.together([])
        return super().run(script)  # type: ignore[no-any-return]

    def copy_in(self, statement: str, rows: "Iterable[str]", /) -> None:
        """Run a COPY behind what waits."""
        self._known.clear()
        if self._later:
            self.together([])
        super().copy_in(statement, rows)
