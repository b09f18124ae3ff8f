"""Where a book is moved to: an empty file or schema, filled under its own lock, and opened when it is whole.

Until it is opened its newest event is the one by which the book left its former place, so that nothing is
written to it: at every moment of a move at most one of the two books lives.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from seqctl.model.log.moving import EMPTY, FILLED, LEFT, MOVED_FROM, MOVING, OPENED, OTHER
from seqctl.store.between.rows import copy_all
from seqctl.store.sql.log import Head

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction
    from seqctl.store.port.moving import Watch
    from seqctl.store.sql.connection import Connection


class HeldPlace:
    """A place under its lock, in one transaction. Leaving the `with` block without `commit` undoes all of it.

    `transaction` is one of the engine's on the place, whatever lies there.
    """

    def __init__(self, transaction: Any) -> None:
        self.transaction = transaction

    @property
    def connection(self) -> Connection:
        """The connection of the transaction, once that is begun."""
        return _connection(self.transaction)

    def standing(self, source: Transaction) -> str:
        """How the place stands to a book that is being moved: one of the words of `store/port/moving.py`."""
        if self.is_bare():
            return EMPTY
        head, here = source.log.last(), self.connection
        newest = _event(here, None)
        if newest is None:
            return EMPTY
        if newest[:2] == head:
            return FILLED
        same, following = _event(here, head.id), _event(here, head.id + 1)
        if same is not None and same[:2] == head:
            return OPENED if following is not None and following[2] == MOVED_FROM else OTHER
        given_up = newest[2] == MOVING and _event(_connection(source), newest[0]) == newest
        return LEFT if given_up else OTHER

    def fill(self, source: Transaction, watch: Watch) -> None:
        """Make the tables and copy every row of a book into them, as they stand there."""
        if not self.is_bare():
            self.clear()
        self.make_tables()
        copy_all(_connection(source), self.write_rows, watch)
        self.finish(source.log.last(), source.stored_definitions.next_counter_id() - 1)

    def __enter__(self) -> Self:
        self.transaction.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.transaction.__exit__(kind, error, trace)

    @abstractmethod
    def is_bare(self) -> bool:
        """Whether there are no tables yet."""

    @abstractmethod
    def make_tables(self) -> None:
        """Make the tables of a book, without a row."""

    @abstractmethod
    def write_rows(self, table: str, columns: list[str], pages: Iterator[list[Any]]) -> None:
        """Write the rows of one table."""

    @abstractmethod
    def finish(self, head: Head, last_counter: int) -> None:
        """Note where the log ends and the highest id that a counter ever had."""

    @abstractmethod
    def clear(self) -> None:
        """Take the tables away, with all that they hold."""

    @abstractmethod
    def commit(self) -> None:
        """Make it durable."""


def _connection(transaction: Any) -> Connection:
    connection: Connection = transaction.connection
    return connection


def _event(connection: Connection, id: int | None) -> tuple[int, bytes, str] | None:
    """Number, hash and kind of an event, of the newest one where none is named."""
    which = "ORDER BY id DESC LIMIT 1" if id is None else "WHERE id = ?"
    values = () if id is None else (id,)
    row = connection.execute(f"SELECT id, hash, action FROM event {which}", values).fetchone()
    return None if row is None else (row[0], bytes(row[1]), row[2])
