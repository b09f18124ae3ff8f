"""From the date tokens of a number that was read back to a day that shows them, and to its period."""

from collections.abc import Iterator
from datetime import date

from seqctl.model.calendar import Calendar
from seqctl.model.pattern.compiled import date_token_text

YEAR_TOKENS = ("YYYY", "GGGG", "FY", "FYS", "FYE")


def day_shown(tokens: dict[str, str], calendar: Calendar | None, near: date) -> date | None:
    """The first day of the year nearest to `near` on which every token shows what was read.

    Two-digit years take the year nearest to `near`. None where no day shows these tokens: the text was
    not rendered by this pattern.
    """
    if not tokens:
        return near
    for year in _candidate_years(tokens, near):
        for day in _days_around(year):
            if all(date_token_text(name, day, calendar) == shown for name, shown in tokens.items()):
                return day
    return None


def _candidate_years(tokens: dict[str, str], near: date) -> list[int]:
    """The calendar years in which such a day may lie, nearest first."""
    for name, shown in tokens.items():
        if name in YEAR_TOKENS:
            return [int(shown)] if 1 <= int(shown) <= 9999 else []
    for name, shown in tokens.items():
        if name == "YY" or name.endswith(":YY"):
            century = near.year - near.year % 100
            years = [century + shift + int(shown) for shift in (-100, 0, 100)]
            return sorted(years, key=lambda year: abs(year - near.year))[:2]
    return [near.year, near.year - 1, near.year + 1, *range(near.year - 2, near.year - 5, -1)]


def _days_around(year: int) -> Iterator[date]:
    """The days of a calendar year, then those after and before that its fiscal year may reach."""
    first = date(year, 1, 1).toordinal()
    for offset in (*range(732), *range(-1, -367, -1)):
        if 1 <= first + offset <= date.max.toordinal():
            yield date.fromordinal(first + offset)
