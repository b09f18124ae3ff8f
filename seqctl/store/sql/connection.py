"""The connection as shared SQL sees it, and the little that each engine says in words of its own.

Statements are written once, in SQL that SQLite and PostgreSQL both understand, with `?` or `:name` where
values are bound: SQLite takes them as they are, so that its own connection needs nothing in between.
"""

from seqctl.model.classes import frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, Protocol

    Values = Sequence[object] | Mapping[str, object]
    """What is bound: in the order of the `?`, or by the names."""

    class Rows(Protocol):
        """The rows that a statement gives, read in its order and once; or how many it changed."""

        @property
        def rowcount(self) -> int:
            """How many rows the statement changed."""

        def fetchone(self) -> Any:
            """The next row; None behind the last one."""

        def fetchmany(self, size: int = ..., /) -> list[Any]:
            """The next rows, at most so many."""

        def fetchall(self) -> list[Any]:
            """The rows that were not read yet."""

        def __iter__(self) -> Iterator[Any]: ...

    class Connection(Protocol):
        """What runs statements within the transaction that its engine began."""

        def execute(self, statement: str, values: Values = ..., /) -> Rows:
            """Run a statement and give its rows. Raises what the driver raises."""

        def executemany(self, statement: str, values: Iterable[Values], /) -> object:
            """Run a statement once for each of the values."""


@frozen
class Dialect:
    """What an engine says in words of its own.

    `fetch` gives all rows of a query although a text in them may be no UTF-8: its bytes are then kept as
    lone surrogates. `rows` gives them as they are asked for, however many there are, within the transaction;
    they are those that were there at the first one. In a writer they are read to the end before anything is
    changed, and the query says a total order: an engine may ask for them in several parts.
    `last_counter` selects the highest id that a counter ever had.
    """

    fetch: "Callable[[Connection, str, Values], list[Any]]"
    rows: "Callable[[Connection, str, Values], Iterator[Any]]"
    last_counter: str
