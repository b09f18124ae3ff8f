"""From the key of a period back to its first and last day."""

from seqctl.days import date
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar

MONTHS = {
    "year": 12,
    "half-year": 6,
    "quarter": 3,
    "month": 1,
    "fiscal-year": 12,
    "fiscal-quarter": 3,
    "fiscal-month": 1,
}
"""How many months a period of each reset has that is made of months."""

PARTS = {"fiscal-quarter": "quarters", "fiscal-month": "months"}
"""What a calendar of listed years lists for a reset."""

Bounds = tuple[date | None, date | None]
"""The first and last day of a period; the last one lies before the first where there is no such period."""

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


def period_bounds(reset: str, key: str, calendar: Calendar | None) -> Bounds:
    """The first and last day of a period; None and None for `all`, which has no end, and for a range, whose
    days of validity may move.

    A fiscal reset needs `calendar`. A period that reaches beyond the years 1 to 9999 is cut off there. The
    key is one that `period_key` made or `period_problem` found right; for others this may raise ValueError.
    """
    if reset in ("never", "range"):
        return None, None
    if reset == "day":
        day = date.fromisoformat(key)
        return day, day
    if reset == "week":
        first = date.fromisocalendar(int(key[:4]), int(key[6:]), 1).toordinal()
        return _day(first), _day(first + 6)
    name, _, part = key.removeprefix("FY").partition("-")
    if calendar is not None and reset.startswith("fiscal-") and calendar.listed:
        assert isinstance(calendar, ListedCalendar)
        return calendar.bounds(int(name), PARTS.get(reset), int(part.lstrip("QM")) if part else 1)
    months = MONTHS[reset]
    months_on = (int(part.lstrip("HQM")) - 1) * months if part else 0
    start = (int(name), 1, 1)
    if reset.startswith("fiscal-"):
        assert calendar is not None, "a fiscal reset is saved only together with a calendar"
        start = (start_year(calendar, int(name)), calendar.month, calendar.day)
    return _day(_beginning(*start, months_on)), _day(_beginning(*start, months_on + months) - 1)


def start_year(calendar: Calendar, name: int) -> int:
    """The calendar year in which the fiscal year begins that is named by the year `name`."""
    in_one_year = calendar.month == 1 and calendar.day == 1
    return name if calendar.named_by == "start" or in_one_year else name - 1


def _days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 12:
        return 31
    return date(year, month + 1, 1).toordinal() - date(year, month, 1).toordinal()


def _beginning(year: int, month: int, day: int, months_on: int) -> int:
    """The ordinal of the day so many months after a start, or of the last day of a shorter month."""
    years_on, month = divmod(month - 1 + months_on, 12)
    year += years_on
    if not 1 <= year <= 9999:
        return FIRST_DAY if year < 1 else LAST_DAY + 1
    return date(year, month + 1, min(day, _days_in(year, month + 1))).toordinal()


def _day(ordinal: int) -> date:
    """The day of an ordinal, or the first or last day that there is."""
    return date.fromordinal(min(max(ordinal, FIRST_DAY), LAST_DAY))
