"""Texts that were printed: what a number was called in its earlier lives, and by which pattern.

A text that was printed stays a name. The ledger holds the texts of today; the events that freed numbers keep
those of before.
"""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.model.classes import NamedTuple
from seqctl.model.number.held_number import ROW, TYPE, whole_row

TEXT, STATE, EVENT, KEY, KEY_SPACE = map(ROW.index, ("text", "state", "event_id", "key", "key_space"))


class PrintedText(NamedTuple):
    """A text, and the event that wrote it."""

    text: str
    event_id: int


Texts = dict[int, PrintedText]
"""The text that each value has or had last."""


class Life(NamedTuple):
    """An earlier life of an integer: the event that ended it, and the row of the ledger as it was."""

    event_id: int
    at: str
    action: str
    row: tuple[object, ...]

    @property
    def text(self) -> str:
        """The text that the number had."""
        return str(self.row[TEXT])

    @property
    def noted_type(self) -> str | None:
        """The document type that its row named; None where it was its sequence's own."""
        noted = whole_row(self.row)[TYPE]
        return str(noted) if noted else None

    @property
    def state(self) -> str:
        """The state in which it was when it was freed."""
        return str(self.row[STATE])

    @property
    def key(self) -> tuple[str | None, int]:
        """The key of the request that it came from, and the name space of the key."""
        key = self.row[KEY]
        return None if key is None else str(key), int(str(self.row[KEY_SPACE]))

    @property
    def written_by(self) -> int:
        """The event that issued it."""
        return int(str(self.row[EVENT]))


class EndedLife(NamedTuple):
    """A life of an integer that ended: its place in the order of issue, its text, and what ended it."""

    value: int
    serial: int
    text: str
    event_id: int
    at: str
    actor: str
    action: str
    reason: str | None


class FormerPattern(NamedTuple):
    """How far a counter had come when its sequence got another pattern than `pattern`, by an event.

    `first` and `last` are the counter's values at that time.
    """

    event_id: int
    first: int
    last: int
    pattern: str


class CounterPattern(NamedTuple):
    """How far one counter had come under a former pattern."""

    counter_id: int
    former: FormerPattern


class Stretch(NamedTuple):
    """Integers of a counter that it passed under one pattern; None is the present one."""

    first: int
    last: int
    pattern: str | None


def stretches(
    former: Iterable[FormerPattern], moves: Iterable[tuple[int, int]], first: int, last: int, step: int
) -> list[Stretch]:
    """The integers from one to another, cut where the pattern in force when the counter passed them changed.

    `moves` are the event and the last value of each time that somebody set the counter's next value: what
    lies behind it was passed anew.
    """
    moved = list(moves)
    found: list[Stretch] = []
    left = [(first, last)]
    for pattern in sorted(former):
        end = min([pattern.last, *(value for event, value in moved if event > pattern.event_id)])
        rest: list[tuple[int, int]] = []
        for low, high in left:
            begins, ends = max(low, pattern.first), min(high, end)
            if begins > ends:
                rest.append((low, high))
                continue
            found.append(Stretch(begins, ends, pattern.pattern))
            rest += [(low, begins - step)] if low < begins else []
            rest += [(ends + step, high)] if ends < high else []
        left = rest
    return sorted([*found, *(Stretch(low, high, None) for low, high in left)])
