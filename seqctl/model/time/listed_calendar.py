"""Calendars that list the first day of each fiscal year: 52 and 53 weeks, 4-4-5, 13 months, a moved start."""

from bisect import bisect_right

from seqctl.days import date
from seqctl.model.time.calendar import Calendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seqctl.model.time.period_bounds import Bounds

QUARTER = 3
"""Months of a quarter where quarters are not listed, of a year of twelve."""

Parts = dict[str, tuple[str, ...]]
"""The first days of the months or quarters of fiscal years, by the names of these."""


class ListedCalendar(Calendar):
    """Fiscal years by their names, each with its first day; the last one ends on `until`, included.

    `months` and `quarters` list their first days for the years that need them. Days are ISO texts.
    """

    __slots__ = ("_firsts", "_named", "_parts", "months", "quarters", "until", "years")

    listed = True

    def __init__(
        self,
        name: str,
        years: dict[str, str],
        until: str,
        months: Parts,
        quarters: Parts,
        id: int | None = None,
    ) -> None:
        super().__init__(name, 1, 1, "", id)
        self.years = years
        self.until = until
        self.months = months
        self.quarters = quarters
        self._named = list(years)
        ends = [date.fromisoformat(until).toordinal() + 1]
        self._firsts = [date.fromisoformat(day).toordinal() for day in years.values()] + ends
        self._parts: dict[tuple[str, int], list[int]] = {}

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other calendar, whatever it is called."""
        return (
            tuple(self.years.items()),
            self.until,
            tuple(self.months.items()),
            tuple(self.quarters.items()),
        )

    @property
    def ends(self) -> tuple[date, date]:
        """The first and the last day that lie in a fiscal year."""
        return date.fromordinal(self._firsts[0]), date.fromordinal(self._firsts[-1] - 1)

    def holds(self, day: date) -> bool:
        """Whether the day lies in a fiscal year that is listed."""
        return self._firsts[0] <= day.toordinal() < self._firsts[-1]

    def days_left(self, today: date) -> "int | None":
        """The days from one until the last that lies in a fiscal year; fewer than none behind it."""
        return self._firsts[-1] - 1 - today.toordinal()

    def start_year(self, day: date) -> int:
        """The calendar year in which the fiscal year of `day` starts."""
        return date.fromordinal(self._firsts[self._at(day)]).year

    def end_year(self, day: date) -> int:
        """The calendar year in which the fiscal year of `day` ends."""
        return date.fromordinal(self._firsts[self._at(day) + 1] - 1).year

    def fiscal_year(self, day: date) -> int:
        """The year that names the fiscal year of `day`."""
        return int(self._named[self._at(day)])

    def fiscal_month(self, day: date) -> int:
        """The fiscal month of `day`, from 1, of a year whose months are listed."""
        return max(bisect_right(self.first_days("months", self._at(day)), day.toordinal()), 1)

    def fiscal_quarter(self, day: date) -> int:
        """The fiscal quarter of `day`, from 1, of a year whose quarters or twelve months are listed."""
        return max(bisect_right(self.first_days("quarters", self._at(day)), day.toordinal()), 1)

    def lacks(self, part: str) -> str | None:
        """The first fiscal year whose `months` or `quarters` nothing tells, by its name; None: none."""
        return next((name for at, name in enumerate(self._named) if not self.first_days(part, at)), None)

    def bounds(self, name: int, part: str | None = None, number: int = 1) -> "Bounds":
        """The first and last day of a fiscal year, or of one of its `months` or `quarters`.

        A day after its last one where it is not listed: then it has none.
        """
        written = f"{name:04}"
        if written not in self.years:
            return date.max, date.min
        at = self._named.index(written)
        if part is None:
            return self._between(self._firsts[at], self._firsts[at + 1])
        firsts = [*self.first_days(part, at), self._firsts[at + 1]]
        if not 1 <= number < len(firsts):
            return date.max, date.min
        return self._between(firsts[number - 1], firsts[number])

    def first_days_of(self, part: str, name: int) -> list[int]:
        """The ordinals of the first days of the parts of a named year; none where nothing tells them."""
        return self.first_days(part, self._named.index(f"{name:04}"))

    def first_days(self, part: str, at: int) -> list[int]:
        """The ordinals of the first days of the parts of a year; none where nothing tells them."""
        known = self._parts.get((part, at))
        if known is None:
            listed: Parts = getattr(self, part)
            days = listed.get(self._named[at], ())
            if part == "quarters" and not days:
                months = self.months.get(self._named[at], ())
                days = months[::QUARTER] if len(months) == 4 * QUARTER else ()
            known = self._parts[part, at] = [date.fromisoformat(day).toordinal() for day in days]
        return known

    def _at(self, day: date) -> int:
        """The place of the year that holds a day; of a day outside, which nothing is dated, the nearest."""
        return min(max(bisect_right(self._firsts, day.toordinal()) - 1, 0), len(self._named) - 1)

    @staticmethod
    def _between(first: int, behind: int) -> "Bounds":
        return date.fromordinal(first), date.fromordinal(behind - 1)


def calendar_of(key: "tuple[Any, ...]") -> Calendar:
    """The calendar that a key names, without its name."""
    if len(key) == 3:
        return Calendar("", *key)
    years, until, months, quarters = key
    return ListedCalendar("", dict(years), until, dict(months), dict(quarters))


def pack_calendar(calendar: ListedCalendar) -> str:
    """A calendar's days as one text: years, the last day, months and quarters, a line each."""
    lines = [
        " ".join(f"{name}={day}" for name, day in calendar.years.items()),
        calendar.until,
        *(_packed(parts) for parts in (calendar.months, calendar.quarters)),
    ]
    return "\n".join(lines)


def unpack_calendar(name: str, text: str, id: int | None) -> ListedCalendar:
    """Read what `pack_calendar` wrote."""
    years, until, months, quarters = text.split("\n")
    days = dict(item.split("=") for item in years.split(" "))
    return ListedCalendar(name, days, until, _unpacked(months), _unpacked(quarters), id)


def _packed(parts: Parts) -> str:
    return " ".join(f"{name}={','.join(days)}" for name, days in parts.items())


def _unpacked(text: str) -> Parts:
    pairs = (item.split("=") for item in text.split(" ") if item)
    return {name: tuple(days.split(",")) for name, days in pairs}
