"""A session that spares messages: what only writes goes out with what follows, what was read is known.

So an issue takes two messages: one that takes the lock and looks, one that writes and commits.
"""

from seqctl.errors import TextHeld
from seqctl.store.postgres.connection import FetchedRows, ServerError
from seqctl.store.postgres.statements import asks, deferred

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


ONE = FetchedRows([()], 1)
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
            return FetchedRows(rows, len(rows))
        if not asks(statement):
            self._known.clear()
            waiting = deferred(statement) if self.spares else None
            if waiting is not None:
                self._later.append((waiting, values))
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
