"""Reading printed numbers back to the ranges that they came out of."""

from seqctl.days import date
from seqctl.model.number.reader import NumberReader, Placed
from seqctl.model.range.range import Range
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.sequence import Sequence


class RangeReader(NumberReader):
    """Reads the numbers of one sequence with ranges: a number belongs to the range whose values and numbers
    it fits. Of two such ranges one is annulled, and the number is still to come out of the other.
    """

    def __init__(
        self,
        sequence: Sequence,
        ranges: list[Range],
        near: date,
        period: str | None = None,
        scope: dict[str, str] | None = None,
        document_type: str | None = None,
    ) -> None:
        self._name = sequence.name
        self._limited = [each for each in ranges if period in (None, each.name)]
        self._readers = [
            (
                each.annulled is not None,
                NumberReader(in_range(sequence, each), near, None, scope, document_type),
            )
            for each in self._limited
        ]

    def read(self, text: str, day: date | None = None) -> Placed | str:
        """Where a number belongs, or in one line of words why it does not fit."""
        found = [(annulled, reader.read(text, day)) for annulled, reader in self._readers]
        placed = [(annulled, one) for annulled, one in found if isinstance(one, Placed)]
        if placed:
            return min(placed, key=lambda item: item[0])[1]
        words = [one for _, one in found if isinstance(one, str)]
        if len(words) == 1:
            return words[0]
        return f"fits no range of sequence {self._name!r}"

    def every(self, text: str, day: date | None = None) -> list[Placed]:
        """Every place where a text may belong, annulled ranges included."""
        read = (reader.read(text, day) for _, reader in self._readers)
        return [one for one in read if isinstance(one, Placed)]


def reader_of(
    sequence: Sequence,
    ranges: list[Range],
    near: date,
    period: str | None = None,
    scope: dict[str, str] | None = None,
    document_type: str | None = None,
) -> NumberReader:
    """What reads the numbers of a sequence; `ranges` are its own, if it has any."""
    if sequence.reset == "range":
        return RangeReader(sequence, ranges, near, period, scope, document_type)
    return NumberReader(sequence, near, period, scope, document_type)
