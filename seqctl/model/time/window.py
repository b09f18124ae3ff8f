"""Effective windows of policies: dates or instants, decided in the policy's own time zone.

A plain document date is compared with the window's dates in that zone, an instant as an instant. Both ends
are included, and an end that is a date lasts to its last moment.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from seqctl.model.time.instant import not_a_date


def window_problem(value: object) -> str | None:
    """What keeps a value from being an end of a window, or None."""
    if not isinstance(value, str):
        return f"{value!r} is not a date"
    try:
        if len(value) == 10:
            if date.fromisoformat(value).isoformat() != value:
                return f"{value!r} is not a date"
        elif len(value) > 10 and value[10] in "T ":
            datetime.fromisoformat(value)
        else:
            return f"{value!r} is not a date"
    except ValueError:
        return f"{value!r} is not a date"
    return None


def moment_of(given: str, zone: str) -> date | datetime:
    """A document date as it was given: a day, or an instant, which is meant in `zone` without an offset.

    Raises UsageError for a text that is no date.
    """
    try:
        if len(given) == 10:
            return date.fromisoformat(given)
        moment = datetime.fromisoformat(given)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise not_a_date(given) from None


def in_window(begins: str | None, ends: str | None, zone: str, moment: date | datetime) -> bool:
    """Whether a document date (a day, or an aware instant) lies in a window of that zone."""
    if isinstance(moment, datetime):
        place = ZoneInfo(zone)
        first = _instant(begins, place, last=False) if begins else None
        final = _instant(ends, place, last=True) if ends else None
        return (first is None or first <= moment) and (final is None or moment <= final)
    day = moment.isoformat()
    return (not begins or _day(begins, zone) <= day) and (not ends or day <= _day(ends, zone))


def _instant(end: str, zone: ZoneInfo, last: bool) -> datetime:
    if len(end) == 10:
        day = date.fromisoformat(end)
        if last and day < date.max:
            return datetime.combine(day + timedelta(1), time(), zone) - timedelta(microseconds=1)
        return datetime.combine(day, time.max if last else time(), zone)
    moment = datetime.fromisoformat(end)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _day(end: str, zone: str) -> str:
    """The day of an end of a window, in its zone."""
    if len(end) == 10:
        return end
    moment = datetime.fromisoformat(end)
    try:
        return (moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment).date().isoformat()
    except OverflowError:
        # The first and the last day of all calendars, seen from another zone.
        return moment.date().isoformat()
