"""Whether a sequence renders a given text, decided by reading the text back."""

from seqctl.days import date
from seqctl.model.characters.fit import value_problem
from seqctl.model.collision.found import Rendering
from seqctl.model.collision.shapes.choices import allowed_values
from seqctl.model.collision.shapes.days import Days
from seqctl.model.collision.shapes.shapes import Member
from seqctl.model.pattern.read import Reading, readings
from seqctl.model.sequence.scope import may_count
from seqctl.model.text import text_problem


class Reader:
    """Reads texts back, with the document dates of the search at hand."""

    def __init__(self, days: Days) -> None:
        self.days = days

    def both(self, member: Member, other: Member, text: str) -> tuple[Rendering, Rendering] | None:
        """How both members render the text in clashing periods, or None if they do not."""
        reading = self._accepted(member, text)
        other_reading = self._accepted(other, text) if reading else None
        if reading is None or other_reading is None:
            return None
        days = self.days.common_days(
            member.dates,
            _shown(member, reading),
            other.dates,
            _shown(other, other_reading),
        )
        if days is None:
            return None
        return (
            Rendering(reading.value, date.fromordinal(days[0]), tuple(reading.attributes.items())),
            Rendering(
                other_reading.value,
                date.fromordinal(days[1]),
                tuple(other_reading.attributes.items()),
            ),
        )

    def _accepted(self, member: Member, text: str) -> Reading | None:
        """The one reading of the text, if the member would render it so.

        A text that can be read in two ways is refused when a number is issued.
        """
        if text_problem(text):
            return None
        found = readings(member.sequence.compiled, text)
        if len(found) != 1:
            return None
        reading = found[0]
        if not self._in_range(member, reading, len(text)) or not _allowed(member, reading):
            return None
        shown = _shown(member, reading)
        return reading if not shown or shown in self.days.shown(member.dates) else None

    def _in_range(self, member: Member, reading: Reading, length: int) -> bool:
        sequence = member.sequence
        counter = len(sequence.compiled.counter_text(reading.value))
        largest = sequence.last_value(length - counter)
        return (
            member.start <= reading.value <= min(member.last, largest)
            and (reading.value - member.start) % sequence.step == 0
        )


def _shown(member: Member, reading: Reading) -> str:
    return "".join([reading.tokens[token] for token in member.dates.tokens])


def _allowed(member: Member, reading: Reading) -> bool:
    for name, value in reading.attributes.items():
        if member.attributes.get(name, value) != value:
            return False
        listed = allowed_values(member.sequence, name)
        if (listed and value not in listed) or text_problem(value):
            return False
        if value_problem(member.sequence, name, value):
            return False
        if name in member.sequence.scope and not may_count(value, listed):
            return False
    return True
