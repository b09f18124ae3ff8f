"""Whether the date tokens of a pattern tell its periods apart, decided by enumerating days.

No two days of one century in different periods may render alike in the date tokens: else the same text
would come out in two periods. A century is a hundred years of the reset's own kind (calendar, ISO or
fiscal years), so that two-digit years are enough.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from seqctl.days import date, timedelta
from seqctl.model.pattern.compiled import date_token_text, period_key
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar, calendar_of

FIRST_YEAR = 2000
YEARS = 100
DAYS_OF_A_CENTURY = 36524
REMEMBERED = 32
"""How many tokens and resets are remembered day by day: a third of a megabyte each."""


def undistinguished_days(
    tokens: tuple[str, ...], reset: str, calendar: Calendar | None
) -> tuple[date, date] | None:
    """Two days of different periods that render alike in `tokens`, or None where there are none."""
    if reset == "never":
        return None
    if calendar is not None and calendar.listed:
        return _search_listed(tuple(sorted(set(tokens))), reset, calendar.key)
    start = (calendar.month, calendar.day) if calendar else (1, 1)
    named_by = calendar.named_by if calendar else "start"
    return _search(tuple(sorted(set(tokens))), reset, start, named_by)


@lru_cache(maxsize=4096)
def _search(
    tokens: tuple[str, ...], reset: str, start: tuple[int, int], named_by: str
) -> tuple[date, date] | None:
    days = _days(reset, start)
    shown = zip(*[_texts(token, reset, start, named_by) for token in tokens], strict=True)
    seen: dict[tuple[str, ...], tuple[str, date]] = {}
    for day, period, text in zip(
        days, _periods(reset, start, named_by), shown if tokens else repeat(()), strict=False
    ):
        earlier_period, earlier_day = seen.setdefault(text, (period, day))
        # The weeks of a century reach three days beyond a hundred years of two digits.
        if earlier_period != period and (day - earlier_day).days < DAYS_OF_A_CENTURY:
            return earlier_day, day
    return None


@lru_cache(maxsize=4096)
def _search_listed(tokens: tuple[str, ...], reset: str, key: tuple[object, ...]) -> tuple[date, date] | None:
    """The same among the days that lie in listed fiscal years: a sequence serves no others."""
    calendar = calendar_of(key)
    assert isinstance(calendar, ListedCalendar)
    first, last = calendar.ends
    seen: dict[tuple[str, ...], tuple[str, date]] = {}
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        period = period_key(reset, day, calendar)
        text = tuple([date_token_text(token, day, calendar) for token in tokens])
        earlier_period, earlier_day = seen.setdefault(text, (period, day))
        if earlier_period != period and (day - earlier_day).days < DAYS_OF_A_CENTURY:
            return earlier_day, day
    return None


@lru_cache(maxsize=REMEMBERED)
def _texts(token: str, reset: str, start: tuple[int, int], named_by: str) -> tuple[str, ...]:
    """What a token shows on each day: the same for all patterns that have it."""
    calendar, known = Calendar("", *start, named_by), dict[str, str]()
    texts = [date_token_text(token, day, calendar) for day in _days(reset, start)]
    return tuple([known.setdefault(text, text) for text in texts])


@lru_cache(maxsize=REMEMBERED)
def _periods(reset: str, start: tuple[int, int], named_by: str) -> tuple[str, ...]:
    """The period of each day."""
    calendar = Calendar("", *start, named_by)
    return tuple([period_key(reset, day, calendar) for day in _days(reset, start)])


@lru_cache(maxsize=REMEMBERED)
def _days(reset: str, start: tuple[int, int]) -> tuple[date, ...]:
    return tuple(century(reset, Calendar("", *start, "start")))


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
