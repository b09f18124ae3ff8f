"""Whether the date tokens of a pattern tell its periods apart, decided by enumerating days.

No two days of one century in different periods may render alike in the date tokens: else the same text
would come out in two periods. A century is a hundred years of the reset's own kind (calendar, ISO or
fiscal years), so that two-digit years are enough.
"""

from collections.abc import Iterator
from functools import lru_cache

from seqctl.days import date, timedelta
from seqctl.model.pattern.compiled import date_token_text, period_key
from seqctl.model.time.calendar import Calendar

FIRST_YEAR = 2000
YEARS = 100
DAYS_OF_A_CENTURY = 36524


def undistinguished_days(
    tokens: tuple[str, ...], reset: str, calendar: Calendar | None
) -> tuple[date, date] | None:
    """Two days of different periods that render alike in `tokens`, or None where there are none."""
    if reset == "never":
        return None
    start = (calendar.month, calendar.day) if calendar else (1, 1)
    named_by = calendar.named_by if calendar else "start"
    return _search(tuple(sorted(set(tokens))), reset, start, named_by)


@lru_cache(maxsize=4096)
def _search(
    tokens: tuple[str, ...], reset: str, start: tuple[int, int], named_by: str
) -> tuple[date, date] | None:
    calendar = Calendar("", *start, named_by)
    seen: dict[tuple[str, ...], tuple[str, date]] = {}
    for day in century(reset, calendar):
        shown = tuple([date_token_text(token, day, calendar) for token in tokens])
        period = period_key(reset, day, calendar)
        earlier_period, earlier_day = seen.setdefault(shown, (period, day))
        # The weeks of a century reach three days beyond a hundred years of two digits.
        if earlier_period != period and (day - earlier_day).days < DAYS_OF_A_CENTURY:
            return earlier_day, day
    return None


def century(reset: str, calendar: Calendar | None) -> Iterator[date]:
    """Every day of a hundred years of the kind that `reset` counts in."""
    if reset == "week":
        first = date.fromisocalendar(FIRST_YEAR, 1, 1)
        end = date.fromisocalendar(FIRST_YEAR + YEARS, 1, 1)
    elif reset.startswith("fiscal-") and calendar is not None:
        first = date(FIRST_YEAR, calendar.month, calendar.day)
        end = date(FIRST_YEAR + YEARS, calendar.month, calendar.day)
    else:
        first, end = date(FIRST_YEAR, 1, 1), date(FIRST_YEAR + YEARS, 1, 1)
    for offset in range((end - first).days):
        yield first + timedelta(offset)
