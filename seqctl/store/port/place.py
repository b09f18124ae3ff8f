"""Where the book lies: its high-water mark, and the database as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from seqctl.model.reports.high_water import Doubt, Lag, MarkWritten
from seqctl.model.reports.stored import Dangling, SchemaDifference, Surroundings


class Mark(Protocol):
    """The mark beside the book of a transaction; a book in memory has none, and is in step with it."""

    @property
    def reads_only(self) -> bool:
        """Whether the transaction only sees the book, and others may write meanwhile."""
        ...

    path: str

    @property
    def called(self) -> str:
        """The mark, in words."""
        ...

    @property
    def witness(self) -> str:
        """Who wrote the mark of a book on a server, in words that follow a message; else empty."""
        ...

    def written(self) -> MarkWritten | None:
        """When and where the mark was written; None if no mark can be read."""
        ...

    @property
    def kind(self) -> str:
        """How the mark compares with the book, a word of the model; found once, by reading the whole mark."""
        ...

    def newest(self) -> int:
        """The newest event in the mark; 0 if it has none."""
        ...

    def lags(self) -> list[Lag]:
        """The counters of an older book that are behind its mark."""
        ...

    def doubts(self) -> list[Doubt]:
        """The counters of an older book whose freed or reserved numbers could be issued again."""
        ...

    def gave_out(self) -> bool:
        """Whether the book has issued numbers, so that it should have a mark."""
        ...

    def origin(self) -> str:
        """Where a book of the kinds COPIED, PROMOTED and REACHED comes from, in words."""
        ...

    def is_untouched_copy(self) -> bool:
        """Whether the book is what `backup` made, and nothing was written to it since."""
        ...

    def begin(self) -> None:
        """Start a new mark with every counter as it is now. Needs the write lock."""
        ...

    def note(self) -> bool:
        """Bring the mark of a book on a server up to what this reader sees, which ends the transaction.

        That beside a book in a file is written by who changes the book. False where it cannot be written.
        """
        ...


class Views(Protocol):
    """The views for analysts, which docs/analysts.md promises, within a transaction."""

    def names(self) -> list[str]:
        """The views that the book has, in the documented order."""
        ...

    def make(self) -> None:
        """Create the views, also in place of those of an earlier version."""
        ...

    def drop(self) -> None:
        """Drop the views."""
        ...

    def script(self) -> str:
        """The statements that create the views for one connection only, in a book that cannot be changed."""
        ...


class Soundness(Protocol):
    """The database of one book where it lies, within a transaction."""

    def damage(self, most: int) -> list[str]:
        """What the database itself finds wrong with its pages and indexes, and rows that its rules forbid.

        Reads all of it where the database has such a check; may raise where that cannot go on.
        """
        ...

    def dangling(self, most: int) -> list[Dangling]:
        """Rows that refer to a row that does not exist."""
        ...

    def schema_differences(self) -> Iterator[SchemaDifference]:
        """Tables, indexes, triggers and the list of steps that differ from what the migrations make.

        The table that must have one row is among them if it is empty.

        Triggers and unique indexes that the program did not make count, since they change or refuse numbers;
        other tables, views and indexes are allowed for reports.
        """
        ...

    def surroundings(self) -> Surroundings:
        """The rights of the book's file, its folder, and the files beside it. Takes milliseconds."""
        ...
