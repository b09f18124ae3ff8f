"""The days of one fiscal year, whatever kind of calendar has it: to hold two calendars against each other."""

from seqctl.days import date
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar
from seqctl.model.time.period_bounds import period_bounds

MONTHS, QUARTERS = 12, 4

YearDays = tuple[list[date], list[date], date, date]
"""The first days of the months and of the quarters of a fiscal year, its first and its last day."""


def days_of(calendar: Calendar, name: int) -> YearDays | None:
    """The days of a fiscal year; None where the calendar has no such year.

    Of a listed year months and quarters may be unknown: there are none then.
    """
    first, last = period_bounds("fiscal-year", f"FY{name:04}", calendar)
    if first is None or last is None or first > last:
        return None
    if isinstance(calendar, ListedCalendar):
        listed = (calendar.first_days_of(part, name) for part in ("months", "quarters"))
        months, quarters = ([*map(date.fromordinal, ordinals)] for ordinals in listed)
        return months, quarters, first, last
    months = [_first(calendar, "fiscal-month", f"FY{name:04}-M{at + 1:02}") for at in range(MONTHS)]
    quarters = [_first(calendar, "fiscal-quarter", f"FY{name:04}-Q{at + 1}") for at in range(QUARTERS)]
    return months, quarters, first, last


def _first(calendar: Calendar, reset: str, key: str) -> date:
    first, _ = period_bounds(reset, key, calendar)
    assert first is not None
    return first
