"""The counter of an Intacct document sequence: digits or letters, where it begins, ends and stands.

Digits and letters have keys of their own; those of the other kind must be empty.
"""

from seqctl.definitions.foreign.record import Record
from seqctl.model.classes import mutable
from seqctl.model.pattern.letters import from_letters
from seqctl.model.sequence.changes import EXHAUSTED, shown
from seqctl.model.sequence.sequence import Sequence

LONGEST = 16
"""Digits or letters of a number, where nothing else is said."""

NUMERIC = ("startingNumber", "endingNumber", "nextNumber")
ALPHA = ("startingSequence", "endingSequence", "nextSequence")


@mutable
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
    def keys(self) -> tuple[str, str, str]:
        """The keys that say where it begins, ends and stands."""
        return ALPHA if self.alpha else NUMERIC

    @property
    def other_next_key(self) -> str:
        """The key that says where a counter of the other kind stands."""
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

    def upcoming(self, record: Record, period: str) -> object:
        """Where the counter of a period stands, as a definition file writes it; None where nothing is said.

        One step behind the end it is used up. What lies further out is refused when the plan is made.
        """
        key = self.keys[2]
        value = self.value(record, key, "counters", period)
        if value is None or self._order(value) != self._behind():
            return value
        record.warning(key, f"{value} lies behind the last one, so that nothing is left")
        return EXHAUSTED

    def _behind(self) -> int | None:
        """The value one step behind the last one, as a number."""
        if self.end is not None:
            last = self._order(self.end)
            return None if last is None else last + 1
        return None if self.alpha else 10 ** (self.width or LONGEST)

    def _order(self, value: object) -> int | None:
        try:
            return from_letters(str(value), self.width or 0) if self.alpha else int(str(value))
        except ValueError:
            # What is not a value of the counter is refused when the definition is checked.
            return None


def range_of(sequence: Sequence) -> Range:
    """The counter of a sequence of the book."""
    width = sequence.compiled.width or None
    return Range(sequence.alpha, width, shown(sequence, "start"), shown(sequence, "end"))


def read_range(record: Record, before: Sequence | None) -> Range:
    """Read the counter of a document sequence; what is not said stays as the sequence `before` has it."""
    found = Range(_is_alpha(record, before), None)
    if before is not None and before.alpha == found.alpha:
        found = range_of(before)
    if record.says("fixedLength") or before is None:
        found.width = record.whole("fixedLength", 0, LONGEST) or None
        if found.alpha and before is not None and found.width:
            found.start, found.end = (
                str(value).lstrip("a").rjust(found.width, "a") if value else None
                for value in (found.start, found.end)
            )
    start, end, _ = found.keys
    given = found.value(record, start, "start")
    if given is not None:
        found.start = given
    elif before is None and (record.has("type") or any(record.has(key) for key in (*NUMERIC, *ALPHA))):
        example = '"a"' if found.alpha else "1"
        record.error(start, "is missing", f'say where counting begins: "{start}": {example}')
    given = found.value(record, end, "end")
    if record.says(end):
        found.end = given
    return found


def _is_alpha(record: Record, before: Sequence | None) -> bool:
    """Whether it counts in letters, which `type` says; an update may leave it out."""
    given = record.text("type")
    numbers, letters = (any(record.has(key) for key in keys) for keys in (NUMERIC, ALPHA))
    if given not in (None, "numeric", "alpha"):
        record.error("type", f"{given!r} is neither numeric nor alpha")
    elif given is None and before is None:
        hint = "write numeric or alpha"
        if not numbers and not letters:
            hint += "; a list gives references only: get each sequence by its key"
        record.error("type", "is missing", hint)
    alpha = before.alpha if given is None and before is not None else given == "alpha"
    if given is None and before is None:
        alpha = letters
    for key in NUMERIC if alpha else ALPHA:
        if record.given(key) is not None:
            kind = "letters" if alpha else "digits"
            record.error(key, f"stands in a sequence that counts in {kind}", "give one kind of them")
    return alpha
