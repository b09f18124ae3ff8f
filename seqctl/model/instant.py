"""Document dates as people give them: a day, or an instant with or without an offset."""

from datetime import date, datetime

from seqctl.errors import UsageError


def instant_day(given: str, zone: str) -> date:
    """The day of an instant in a time zone; without an offset it is meant in that zone.

    Raises UsageError for a text that is no date.
    """
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise not_a_date(given) from None
    if moment.tzinfo is None:
        return moment.date()
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(zone)).date()


def check_date(given: str) -> str:
    """A date or instant as it may be given. Raises UsageError for any other text."""
    try:
        if len(given) == 10:
            date.fromisoformat(given)
        elif len(given) > 10 and given[4] == "-" and given[10] in "T ":
            datetime.fromisoformat(given)
        else:
            raise ValueError
    except ValueError:
        raise not_a_date(given) from None
    return given


def not_a_date(given: str) -> UsageError:
    """The refusal of a text that is no date."""
    return UsageError(
        f"{given!r} is not a date",
        "write it as 2026-11-21, or with a time as 2026-11-21T23:30+01:00",
    )
