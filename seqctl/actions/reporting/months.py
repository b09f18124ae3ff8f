"""Months: the window of one, and the cut-off between two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from seqctl.days import date, timedelta
from seqctl.model.number.known_number import KnownNumber
from seqctl.model.report.report import Row
from seqctl.model.reports.windows import Window


@lru_cache(maxsize=4096)
def is_day(text: str | None) -> bool:
    """Whether a document date is one: whoever tampers may have written anything."""
    try:
        return text is not None and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def month_window(month: str, within: Window) -> Window:
    """The days of a month, `2026-05`, that lie in a window."""
    first = date.fromisoformat(f"{month}-01")
    # From the 28th on, four more days are in the next month.
    beyond = first.replace(day=28) + timedelta(4) if month < "9999-12" else None
    last = date(first.year, 12, 31) if beyond is None else beyond - timedelta(beyond.day)
    low, high = within.ends
    return Window(max(first.isoformat(), low), min(last.isoformat(), high))


class CutOff:
    """The lowest and the highest number of each month, of the counters of one sequence and scope.

    Numbers are seen counter by counter, by value.
    """

    def __init__(self) -> None:
        self._whose: tuple[str, str] = ("", "")
        self._months: dict[str, list[KnownNumber]] = {}

    def see(self, whose: tuple[str, str], number: KnownNumber) -> None:
        """See a number that has a date, of that sequence and scope."""
        self._whose = whose
        ends = self._months.setdefault(str(number.date)[:7], [number, number])
        ends[1] = number

    def rows(self) -> Iterator[Row]:
        """The rows of the sheet, month by month."""
        for month, following in pairwise(sorted(self._months)):
            last, first = self._months[month][1], self._months[following][0]
            yield (
                *self._whose,
                *(month, last.number, last.date, last.issued_at),
                *(following, first.number, first.date, first.issued_at),
            )
