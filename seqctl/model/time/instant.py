"""Document dates as people give them: a day, or an instant with or without an offset."""

from seqctl.days import date, datetime, timedelta
from seqctl.errors import UsageError


def instant_day(given: str, zone: str) -> date:
    """The day of an instant in a time zone; without an offset it is meant in that zone.

    Raises UsageError for a text that is no date.
    """
    try:
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is None:
            return moment.date()
        from zoneinfo import ZoneInfo

        return moment.astimezone(ZoneInfo(zone)).date()
    except (OverflowError, ValueError):
        raise not_a_date(given) from None


def later(instant: str, seconds: int) -> str:
    """The instant some seconds after one of the log's, in the same form."""
    moment = datetime.fromisoformat(instant.removesuffix("Z")) + timedelta(seconds=seconds)
    return moment.isoformat(timespec="microseconds") + "Z"


def check_date(given: str) -> str:
    """A date or instant as it may be given. Raises UsageError for any other text."""
    try:
        if date_only(given):
            return given
        if len(given) > 10 and given[4] == "-" and given[10] in "T ":
            date_only(given[:10])
            datetime.fromisoformat(given)
            return given
    except ValueError:
        pass
    raise not_a_date(given)


def check_day(given: str) -> str:
    """A day as it may be given where a time makes no sense. Raises UsageError for any other text."""
    try:
        if date_only(given):
            return given
    except ValueError:
        pass
    raise not_a_date(given)


def date_only(given: str) -> bool:
    """Whether a text is a day and nothing else. Raises ValueError for ten characters that are no day."""
    if len(given) != 10:
        return False
    if date.fromisoformat(given).isoformat() != given:
        raise ValueError(given)
    return True


def not_a_date(given: str) -> UsageError:
    """The refusal of a text that is no date."""
    ends = _end_of_month(given)
    if ends is not None:
        return UsageError(f"{given!r} is not a date", f"that month ends on {ends}")
    return UsageError(
        f"{given!r} is not a date",
        f"write it as {_meant_day(given) or '2026-11-21, or with a time as 2026-11-21T23:30+01:00'}",
    )


def _end_of_month(given: str) -> str | None:
    """The last day of the month, of a text that names a day behind it; None for all other texts."""
    try:
        year, month, day = (int(part) for part in given.split("-")) if len(given) == 10 else (0, 0, 0)
        first = date(year, month, 1)
    except ValueError:
        return None
    if not 28 < day <= 31:
        return None
    last = date.fromordinal(first.toordinal() + 31).replace(day=1).toordinal() - 1
    return date.fromordinal(last).isoformat()


def _meant_day(given: str) -> str | None:
    """The day that is meant by 5.11.2026, 2026/11/05 or 20261105; None where others could be, 5/11/2026."""
    parts = given.split("/")[::-1] if given[4:5] == "/" else given.split(".")
    if len(given) == 8 and given.isascii() and given.isdigit():
        parts = [given[6:], given[4:6], given[:4]]
    try:
        day, month, year = map(int, parts)
        return date(year, month, day).isoformat() if year > 999 else None
    except ValueError:
        return None
