"""The dates of a rehearsal: from a first day on, every so many days, weeks, months or years."""

from collections.abc import Iterator

from seqctl.days import date
from seqctl.model.classes import frozen

NAMED = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12)}
UNITS = {"d": 1, "w": 7}
LONGEST = 10_000
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@frozen
class Every:
    """The distance between two dates: so many days, or so many months."""

    days: int
    months: int

    def dates(self, first: date, last: date) -> Iterator[date]:
        """The dates from `first` to `last`, both included.

        Each is counted from the first one: every month from 31 January on is 28 February, then 31 March.
        """
        step = 0
        while (day := self._after(first, step)) is not None and day <= last:
            yield day
            step += 1

    def _after(self, first: date, steps: int) -> date | None:
        """The date so many steps on, or None past the last year that there is."""
        if self.days:
            ordinal = first.toordinal() + steps * self.days
            return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None
        year, month = divmod(first.year * 12 + first.month - 1 + steps * self.months, 12)
        if year > date.max.year:
            return None
        leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return date(year, month + 1, min(first.day, MONTH_LENGTHS[month] + leap))


def every(text: str) -> Every:
    """Read `day`, `week`, `month`, `quarter`, `year`, `10d` or `2w`. Raises ValueError for any other text."""
    if text in NAMED:
        return Every(*NAMED[text])
    count, unit = text[:-1], text[-1:]
    if unit in UNITS and count.isascii() and count.isdigit() and 0 < int(count[:6]) <= LONGEST:
        return Every(int(count) * UNITS[unit], 0)
    raise ValueError(f"{text!r} is not a distance between two dates")
