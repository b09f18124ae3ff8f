"""The counter of an Intacct document sequence: digits or letters, where it begins, ends and stands.

Digits and letters have keys of their own; those of the other kind must be empty.
"""

from dataclasses import dataclass

from seqctl.definitions.foreign.record import Record
from seqctl.model.changes import EXHAUSTED
from seqctl.model.letters import from_letters

LONGEST = 16
"""Digits or letters of a number, where nothing else is said."""

NUMERIC = ("startingNumber", "endingNumber", "nextNumber")
ALPHA = ("startingSequence", "endingSequence", "nextSequence")


@dataclass(slots=True)
class Range:
    """Where a counter begins and ends, as a definition file writes it; None where nothing is said."""

    alpha: bool
    width: int | None
    start: object = None
    end: object = None

    @property
    def kind(self) -> str:
        """What it counts in, for people."""
        return "letters" if self.alpha else "digits"

    @property
    def next_key(self) -> str:
        """The key that says where the counter stands."""
        return (ALPHA if self.alpha else NUMERIC)[2]

    @property
    def other_next_key(self) -> str:
        """The same key of the other kind."""
        return (NUMERIC if self.alpha else ALPHA)[2]

    @property
    def first(self) -> object:
        """The first value that the counter gives."""
        if self.start is not None:
            return self.start
        return "a" * (self.width or 1) if self.alpha else 1

    def value(self, record: Record, key: str, *field: str) -> object:
        """The value under a key, or None; letters are padded to the fixed length with the letter a.

        `field` is the field of the definition that it becomes.
        """
        record.stands_for(key, *field)
        if not self.alpha:
            return record.whole(key)
        letters = record.text(key) or None
        return letters.rjust(self.width, "a") if letters and self.width else letters

    def counter(self, upcoming: object) -> object:
        """A next value as a definition file writes it: beyond the end the sequence is used up."""
        if self.end is None:
            return upcoming
        try:
            past = self._order(upcoming) > self._order(self.end)
        except ValueError:
            # What is no value of the counter is refused when the definition is checked.
            return upcoming
        return EXHAUSTED if past else upcoming

    def _order(self, value: object) -> int:
        return from_letters(str(value), self.width or 0) if self.alpha else int(str(value))


def read_range(record: Record) -> Range:
    """Read the counter of a document sequence."""
    found = Range(_is_alpha(record), record.whole("fixedLength", 0, LONGEST) or None)
    start, end, _ = ALPHA if found.alpha else NUMERIC
    found.start = found.value(record, start, "start")
    found.end = found.value(record, end, "end")
    return found


def _is_alpha(record: Record) -> bool:
    """Whether it counts in letters, which `type` says, or the keys of either kind."""
    given = record.text("type")
    numbers, letters = (any(record.has(key) for key in keys) for keys in (NUMERIC, ALPHA))
    if given not in (None, "numeric", "alpha"):
        record.error("type", f"{given!r} is neither numeric nor alpha")
    elif given is None and not numbers and not letters:
        message = "is missing: the object says nothing about its numbers"
        record.error("type", message, "a list gives references only; get each sequence by its key")
    alpha = given == "alpha" or (given is None and letters)
    for key in NUMERIC if alpha else ALPHA:
        if record.given(key) is not None:
            kind = "letters" if alpha else "digits"
            record.error(key, f"stands in a sequence that counts in {kind}", "give one kind of them")
    return alpha
