"""Moving a book: the place that it goes to, as the actions see it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from seqctl.store.port.store import Store, Transaction

Watch = Callable[[str], object]
"""Called with what is being copied."""


class HeldPlace(Protocol):
    """A place under its own lock, in one transaction of its engine."""

    def standing(self, source: Transaction) -> str:
        """How the place relates to a book that is being moved: one of the words of `model/log/moving.py`."""
        ...

    def fill(self, source: Transaction, watch: Watch) -> None:
        """Make the tables and copy every row of a book, with ids, serials and hashes, in place of what a
        move left."""
        ...

    def clear(self) -> None:
        """Remove everything from the place."""
        ...

    def commit(self) -> None:
        """Make it durable."""
        ...


class Place(Protocol):
    """A file or a schema that a book is moved to. `shown` names it for people, without a password."""

    shown: str

    def locked(self) -> AbstractContextManager[HeldPlace]:
        """Lock the place, whatever it contains. Raises Busy after the timeout, ServerAway, NotADatabase."""
        ...

    def opened(self) -> Store:
        """The book that it was filled with."""
        ...

    def remove(self) -> None:
        """Remove what is left of a place that was cleared."""
        ...

    def close(self) -> None:
        """Leave it."""
        ...
