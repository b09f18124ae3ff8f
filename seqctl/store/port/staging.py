"""Numbers and documents beside the book, before a transaction and within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, Self

from seqctl.model.number.held_number import HeldNumber
from seqctl.model.reports.adoption import Tally
from seqctl.model.reports.file_problems import FileProblem
from seqctl.model.reports.reconciliation import (
    ComparedCounter,
    DatedBackward,
    Namesake,
    PlacedDocument,
    Posted,
)
from seqctl.model.reports.staged import (
    Backward,
    Blocked,
    Entered,
    HeldElsewhere,
    HeldPlace,
    InClosedPeriod,
    Jump,
    Misfit,
    Otherwise,
    PlacedMisfit,
    Repeat,
    StagedNumbers,
    StagedPlace,
    StagedProblem,
    StagedRefusal,
    StagedText,
    TypedCounter,
)


class Staging(Protocol):
    """The staged numbers of one connection, outside of transactions on the book."""

    def begin(self) -> None:
        """Make room for the numbers of one request."""
        ...

    def add(self, numbers: StagedNumbers) -> None:
        """Put numbers aside that belong to a place, in the order of the input."""
        ...

    def refuse(self, problems: Iterable[StagedProblem]) -> None:
        """Put numbers aside that cannot be entered, with the reason."""
        ...

    def unpack(self) -> None:
        """Make it possible to ask questions of all numbers at once, which takes as long as to read them."""
        ...

    def clear(self) -> None:
        """Throw everything away. What cannot be, goes with the connection."""
        ...


class AdoptedNumbers(Protocol):
    """The staged numbers of one request and the book, within a transaction."""

    def add_places(self, places: Iterable[StagedPlace]) -> None:
        """Note the counters that numbers are entered into."""
        ...

    def held_misfits(self, sequence_ids: list[int], period: str | None) -> list[HeldPlace]:
        """The counters of these sequences that hold numbers which no pattern of theirs reads (any more)."""
        ...

    def misfits(self) -> list[Misfit]:
        """The other misfits, in the order of the input."""
        ...

    def reword(self, line: int, message: str, hint: str) -> None:
        """Say otherwise what is wrong with a staged number."""
        ...

    def place_misfits(self, placed: list[PlacedMisfit]) -> None:
        """Give misfits their place, value and text, by their lines."""
        ...

    def place_held(self) -> None:
        """Give the numbers that `held_misfits` found the place and value at which they are held."""
        ...

    def twice(self) -> Iterator[Repeat]:
        """The numbers whose integer stands earlier in the input."""
        ...

    def same_text(self) -> Iterator[Repeat]:
        """The same for numbers whose text stands earlier, and may not come again in another counter."""
        ...

    def leave_unchanged(self) -> int:
        """Mark the numbers that the ledger holds alike already; returns how many."""
        ...

    def held_otherwise(self) -> Iterator[Otherwise]:
        """The numbers at whose integer the ledger holds something else."""
        ...

    def blocked(self) -> Iterator[Blocked]:
        """The numbers whose integer is blocked or under review."""
        ...

    def any_blocked(self) -> bool:
        """Whether a counter has anything blocked."""
        ...

    def held_elsewhere(self) -> Iterator[HeldElsewhere]:
        """The numbers whose text another integer holds."""
        ...

    def closed(self) -> Iterator[InClosedPeriod]:
        """The numbers that lie in closed periods."""
        ...

    def remaining(self, places: list[int], after: int, most: int) -> list[StagedText]:
        """The numbers of some places that nothing speaks against, from behind a line on, at most `most`."""
        ...

    def refuse(self, problems: list[StagedRefusal]) -> None:
        """Refuse staged numbers. The first reason stays."""
        ...

    def problems(self) -> Iterator[FileProblem]:
        """What is wrong, in the order of the input."""
        ...

    def unchanged(self) -> dict[int, int]:
        """How many numbers of each place the ledger holds alike."""
        ...

    def tallies(self) -> list[Tally]:
        """What is to be entered into each place."""
        ...

    def jump(self, place: int, beyond: int, most: int) -> Jump | None:
        """The first number above `beyond` that lies more than `most` above the one before it.

        Below `beyond`, where `most` is negative.
        """
        ...

    def enter_all(
        self, counters: dict[int, TypedCounter], event_id: int, serial: int, told: Callable[[int], None]
    ) -> Entered:
        """Enter all staged numbers; see `enter_sifted`. None of them needed a question."""
        ...

    def enter_sifted(
        self, counters: dict[int, TypedCounter], event_id: int, serial: int, told: Callable[[int], None]
    ) -> Entered:
        """Enter the numbers that nothing speaks against, in the order of the input, from `serial` on.

        `counters` are those of the places; `told` is told now and then how many are entered. Those that were
        reserved elsewhere are issued here. Raises TextHeld where a text is held already; some rows were then
        written, and the transaction must not be committed.
        """
        ...

    def entered(self, counter_id: int, first: int, last: int) -> Iterator[int]:
        """The values that a counter holds from one to another, ascending."""
        ...

    def backward(self, counter_id: int, event_id: int, lowest: int, highest: int) -> Backward | None:
        """Where dates go back from one dated number to the next, as far as an event entered one of the two.

        Looks from the dated number below the lowest that was entered to the one above the highest.
        """
        ...

    def mark_adopted(self, sequence_id: int) -> None:
        """Note that numbers of the sequence were adopted: its fields are fixed."""
        ...


class Spool(Protocol):
    """Values under a key and, beneath it, a place: first all are put aside, then they are read.

    Values are None, numbers, texts, and tuples, lists and tables of these.
    """

    def add(self, key: int, place: int, value: Any) -> None:
        """Put a value aside. Raises ValueError for a key or place of more than 64 bits, and odd values."""
        ...

    def keys(self) -> Iterator[int]:
        """Every key once, ascending."""
        ...

    def under(self, key: int) -> Iterator[list[Any]]:
        """The values of each place under a key: places ascending, values as they came."""
        ...

    def has(self, key: int, place: int) -> bool:
        """Whether anything was put aside under a key at a place."""
        ...

    def close(self) -> None:
        """Throw everything away."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Aside(Protocol):
    """Values that are put aside, and read again in their order as often as needed.

    Values are of what `marshal` writes: None, numbers, texts, and tuples, lists and tables of these. Raises
    OSError where the disk of temporary files is full.
    """

    def add(self, value: Any) -> None:
        """Put a value behind the others. Raises ValueError for odd values."""
        ...

    def items(self) -> Iterator[Any]:
        """The values in their order, when all were added."""
        ...

    def close(self) -> None:
        """Throw everything away."""
        ...


class Documents(Protocol):
    """The documents of one file; a context that ends with them."""

    def __enter__(self) -> Documents:
        """Begin or end with it."""
        ...

    def __exit__(self, *_: object) -> None:
        """Begin or end with it."""
        ...

    def load(self, documents: Iterable[PlacedDocument]) -> None:
        """Keep documents in their order."""
        ...

    def match(self, counters: Iterable[ComparedCounter]) -> None:
        """Find the number of each document in the counters aimed at, within a transaction of the book.

        A number belongs to the first document that has it. Where texts are unique within a period only, the
        document date decides. One without a date has the number of its text where that names a number of one
        period alone, those that were freed included; else nobody knows which is meant, and none is.
        """
        ...

    def periods_meant(self, document: Posted) -> list[str]:
        """The periods of the numbers that a document without a date may have, where there are several."""
        ...

    def unposted(self, counter_id: int, first: str | None, last: str | None) -> Iterator[HeldNumber]:
        """The issued numbers of a counter that no document has, by value; with dates in some span, or none.

        Not those that may be the number of a document of which nobody knows which one it has.
        """
        ...

    def undated(self, counter_id: int) -> int:
        """How many issued numbers of a counter have neither a date nor a document."""
        ...

    def differing(self) -> Iterator[Posted]:
        """The documents that hold no number, and those that are not as their number, in their order."""
        ...

    def namesakes(self, document: Posted) -> Iterator[Namesake]:
        """The other documents of a text.

        Read one by one: of a million documents with one text mostly the first is all that is looked at.
        """
        ...

    def out_of_order(self) -> Iterator[DatedBackward]:
        """Documents dated before the nearest dated one with a lower number of their counter."""
        ...
