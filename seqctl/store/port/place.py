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
        """Who wrote the mark of a book on a server, in words behind what it tells; else empty."""
        ...

    def written(self) -> MarkWritten | None:
        """What the mark says of itself; None where there is none that can be read."""
        ...

    @property
    def kind(self) -> str:
        """How the mark stands to the book, a word of the model; looked up once, by reading all of it."""
        ...

    def newest(self) -> int:
        """The newest event that the mark knows; 0 where it knows none."""
        ...

    def lags(self) -> list[Lag]:
        """The counters of an older book that stand below its mark."""
        ...

    def doubts(self) -> list[Doubt]:
        """The counters of an older book whose freed or reserved numbers could go out again."""
        ...

    def gave_out(self) -> bool:
        """Whether the book gave numbers out, which a mark should know."""
        ...

    def origin(self) -> str:
        """Where a book of the kinds COPIED, PROMOTED and REACHED comes from, in words."""
        ...

    def is_untouched_copy(self) -> bool:
        """Whether the book is what `backup` made, and nothing was written to it since."""
        ...

    def begin(self) -> None:
        """Begin the mark anew: it knows every counter as it is now. Needs the write lock."""
        ...

    def note(self) -> bool:
        """Bring the mark of a book on a server up to what this reader sees, which ends the transaction.

        That beside a book in a file is written by who changes the book. False where it cannot be written.
        """
        ...


class Views(Protocol):
    """The views for analysts, which docs/analysts.md promises, within a transaction."""

    def names(self) -> list[str]:
        """Those that the book has, in the order in which they are promised."""
        ...

    def make(self) -> None:
        """Make them, also in place of those of an earlier version."""
        ...

    def drop(self) -> None:
        """Take them away."""
        ...

    def script(self) -> str:
        """The statements that make them for one connection alone, in a book that nobody may change."""
        ...


class Soundness(Protocol):
    """The database of one book where it lies, within a transaction."""

    def damage(self, most: int) -> list[str]:
        """What the database itself finds wrong with its pages and indexes, and rows that its rules forbid.

        Reads all of it where the database has such a check; may raise where that cannot go on.
        """
        ...

    def dangling(self, most: int) -> list[Dangling]:
        """Rows that refer to a row that is not there."""
        ...

    def schema_differences(self) -> Iterator[SchemaDifference]:
        """Tables, indexes, triggers and the list of steps that are not as the migrations make them.

        So is the table that must have one row, where it has none.

        Of what the program did not make, triggers and unique indexes count, which change or refuse numbers;
        other tables, views and indexes may help somebody's reports.
        """
        ...

    def surroundings(self) -> Surroundings:
        """Where the book lies: its rights, its place, what lies beside it. Takes milliseconds."""
        ...
