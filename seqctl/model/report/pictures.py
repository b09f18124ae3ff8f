"""What pictures show, before they are drawn: in which state each part of a counter is, and bars of counts."""

from __future__ import annotations

from seqctl.days import date
from seqctl.model.classes import NamedTuple, frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

STATES = ("issued", "void", "blocked", "reserved", "reusable", "review", "missing")
"""States in the order of their weight: where a picture has no room for both, the later one is shown."""

WEIGHTS = {state: weight for weight, state in enumerate(STATES)}

MOST_PARTS = 400
"""As many parts of a strip can be told apart on a screen."""

MOST_DAYS, MOST_MONTHS = 62, 60
"""How many bars a chart has before each stands for a longer time."""


class Strip(NamedTuple):
    """The picture of one counter: parts of equal length, those alike as (state, parts), and its words."""

    counter: str
    first_number: str
    last_number: str
    parts: tuple[tuple[str, int], ...]
    words: str


class Fill(NamedTuple):
    """How full a range is: its name, how many of its numbers are used, and how many it has (None: no end)."""

    range: str
    used: int
    total: int | None

    @property
    def words(self) -> str:
        """The picture as a text."""
        if not self.total:
            return f"{self.used:,} used, without an end"
        return f"{self.used:,} of {self.total:,} used, {self.used * 100 // self.total} %"


class StripParts:
    """Puts the states of a counter's integers, from `first` to `last`, into parts of equal length."""

    __slots__ = ("_first", "_integers", "_parts", "_step")

    def __init__(self, first: int, last: int, step: int) -> None:
        self._first = first
        self._step = step
        self._integers = (last - first) // step + 1
        self._parts = bytearray(min(self._integers, MOST_PARTS))

    def put(self, first: int, last: int, state: str) -> None:
        """Say the state of some integers; what is not said is issued, what lies outside is not shown."""
        weight, parts = WEIGHTS[state], self._parts
        low = max((first - self._first) // self._step, 0)
        high = min((last - self._first) // self._step, self._integers - 1)
        for part in range(low * len(parts) // self._integers, high * len(parts) // self._integers + 1):
            if parts[part] < weight:
                parts[part] = weight

    def joined(self) -> tuple[tuple[str, int], ...]:
        """The parts, those alike together."""
        found: list[tuple[str, int]] = []
        for weight in self._parts:
            state = STATES[weight]
            count = found.pop()[1] if found and found[-1][0] == state else 0
            found.append((state, count + 1))
        return tuple(found)


@frozen
class Bars:
    """A chart of counts: what each bar stands for, and (label, count) from the first to the last."""

    unit: str
    bars: tuple[tuple[str, int], ...]

    @property
    def most(self) -> int:
        """The highest count."""
        return max((count for _, count in self.bars), default=0)

    def words(self) -> str:
        """The chart as a text."""
        return ", ".join(f"{label}: {count}" for label, count in self.bars if count)


def bars_of(days: dict[str, int]) -> Bars:
    """The counts of days, by day, month or year: as fine as the bars of a chart can be; none left out."""
    if not days:
        return Bars("day", ())
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    if last.toordinal() - first.toordinal() < MOST_DAYS:
        ordinals = range(first.toordinal(), last.toordinal() + 1)
        return Bars("day", _counted(days, (date.fromordinal(day).isoformat() for day in ordinals), 10))
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    if len(months) <= MOST_MONTHS:
        return Bars("month", _counted(days, (f"{at // 12:04}-{at % 12 + 1:02}" for at in months), 7))
    years = range(first.year, last.year + 1)
    return Bars("year", _counted(days, (f"{year:04}" for year in years), 4))


def _counted(days: dict[str, int], labels: Iterable[str], length: int) -> tuple[tuple[str, int], ...]:
    """The counts of days whose first characters are a label, for each of the labels."""
    counts: dict[str, int] = {}
    for day, count in days.items():
        counts[day[:length]] = counts.get(day[:length], 0) + count
    return tuple((label, counts.get(label, 0)) for label in labels)
