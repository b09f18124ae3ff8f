"""Counters by the id that rows, runs and events name them with, and the words for what lies in them."""

from __future__ import annotations

from seqctl.model.log.replay.rows import COUNTER, TEXT, VALUE, Row
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.gap_text import GapText
from seqctl.model.pattern.read import readings
from seqctl.model.sequence.changes import EXHAUSTED
from seqctl.model.sequence.counter_values import grid_value
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.value import ValueProblem


class Places:
    """The counters that there are, with their sequences.

    `unreadable` are counters whose sequence is there and cannot be read.
    """

    def __init__(self, places: dict[int, CounterPlace]) -> None:
        self.places = places
        self.unreadable: set[int] = set()
        self._texts: dict[int, GapText] = {}

    def step(self, counter_id: int) -> int:
        """The step in which a counter counts; 1 where it is not there any more."""
        place = self.places.get(counter_id)
        return place.sequence.step if place is not None else 1

    def value(self, sequences: dict[str, Sequence], counter_id: int, name: str, shown: str) -> int | None:
        """The value that a counter of a sequence was given, as an import writes it; None where nobody knows.

        The sequence may have another name by now.
        """
        place = self.places.get(counter_id)
        try:
            # Where a sequence ends may have changed since.
            sequence = place.sequence if place is not None else sequences[name]
            return None if shown == EXHAUSTED else grid_value(sequence, shown)
        except (KeyError, ValueProblem):
            return None

    def words(self, counter_id: int) -> str:
        """A counter in a message."""
        place = self.places.get(counter_id)
        return place.words() if place is not None else f"counter {counter_id} (which is gone)"

    def subject(self, counter_id: int) -> tuple[str, ...]:
        """A counter as the subject of a finding."""
        place = self.places.get(counter_id)
        if place is None:
            return ("counters", str(counter_id))
        names = ("counters", place.sequence.name, place.period)
        return (*names, place.scope) if place.scope else names

    def text(self, counter_id: int, value: int) -> str:
        """A number that is not there, as far as the present pattern tells it."""
        place = self.places.get(counter_id)
        if place is None:
            return str(value)
        try:
            texts = self._texts.get(counter_id)
            if texts is None:
                texts = self._texts[counter_id] = GapText(place.sequence, place.period, place.scope)
            return texts.of(value)
        except (LookupError, ValueError):
            # A period or a value that the sequence cannot have.
            return str(value)

    def run(self, counter_id: int, first: int, last: int) -> str:
        """A gap run as text."""
        low = self.text(counter_id, first)
        return low if first == last else f"{low}..{self.text(counter_id, last)}"

    def reads(self, row: Row) -> bool:
        """Whether the present pattern reads the value of a row out of its text."""
        place = self.places.get(row[COUNTER])
        if place is None:
            return False
        found = readings(place.sequence.compiled, row[TEXT])
        return any(reading.value == row[VALUE] for reading in found)
