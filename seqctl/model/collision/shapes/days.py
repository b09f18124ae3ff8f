"""Document dates: what a pattern's date tokens show on the days that a sequence may be dated.

All date characters of a pattern, in the order in which they stand there, are one text: the *shown* text of
a day. One day decides all of them, so they are enumerated by days and never token by token.
"""

from collections.abc import Callable

from seqctl.days import date
from seqctl.model.classes import NamedTuple
from seqctl.model.pattern.compiled import date_token_text, period_key
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.listed_calendar import ListedCalendar, calendar_of

FIRST_DAY = date(2000, 1, 1).toordinal()
LAST_DAY = date(2099, 12, 31).toordinal()
CENTURY = LAST_DAY - FIRST_DAY

CalendarKey = tuple[object, ...]
"""The `key` of a calendar."""


class DateKey(NamedTuple):
    """All that decides what is shown when: tokens, calendar, first and last document date.

    `reset` is None where a text may not come again in any period; else clashes count within a period.
    """

    tokens: tuple[str, ...]
    calendar: CalendarKey | None
    reset: str | None
    first: int
    last: int


def document_days(sequence: Sequence) -> tuple[int, int]:
    """The first and last day (as ordinals) on which the sequence may be dated, of one century."""
    first = _ordinal(sequence.effective_from) or 1
    last = _ordinal(sequence.effective_until) or date.max.toordinal()
    if isinstance(sequence.fiscal, ListedCalendar):
        # No other day is dated.
        begins, ends = (day.toordinal() for day in sequence.fiscal.ends)
        return max(first, begins), min(last, ends)
    if first > LAST_DAY:
        return first, min(last, first + CENTURY)
    if last < FIRST_DAY:
        return max(first, last - CENTURY), last
    return max(first, FIRST_DAY), min(last, LAST_DAY)


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


class Days:
    """The shown texts of dates, computed once for each kind of sequence.

    `spend` counts the work that is not covered by an earlier answer.
    """

    def __init__(self) -> None:
        self.spend: Callable[[int], None] = lambda work: None
        self._century: dict[tuple[tuple[str, ...], CalendarKey | None], list[str]] = {}
        self._periods: dict[tuple[str, CalendarKey | None], list[str]] = {}
        self._shown: dict[DateKey, dict[str, dict[str, int]]] = {}
        self._common: dict[tuple[DateKey, DateKey], tuple[int, int] | None] = {}
        self._matching: dict[tuple[DateKey, tuple[int, ...]], dict[tuple[str, ...], list[str]]] = {}

    def shown(self, key: DateKey) -> dict[str, dict[str, int]]:
        """Each shown text with its periods and the first day of each (one period where none counts)."""
        if not key.tokens and not key.reset:
            return {"": {"": key.first}}
        table = self._shown.get(key)
        if table is None:
            self.spend((key.last - key.first) // 8 + 1)
            table = self._shown[key] = {}
            texts = self._texts(key)
            periods = self._period_keys(key) if key.reset else [""] * len(texts)
            for day, (text, period) in enumerate(zip(texts, periods, strict=True), key.first):
                table.setdefault(text, {}).setdefault(period, day)
        return table

    def matching(self, key: DateKey, fixed: dict[int, str]) -> list[str]:
        """The shown texts that have these characters at these places."""
        places = tuple(fixed)
        index = self._matching.get((key, places))
        if index is None:
            shown = self.shown(key)
            self.spend(len(shown) // 2)
            index = self._matching[key, places] = {}
            for text in shown:
                index.setdefault(tuple([text[place] for place in places]), []).append(text)
        return index.get(tuple(fixed.values()), [])

    def common_days(
        self, key: DateKey, text: str | None, other: DateKey, other_text: str | None
    ) -> tuple[int, int] | None:
        """A day of each on which these texts are shown in clashing periods, or None.

        A text of None is any text that both show; then both keys have the same tokens and calendar.
        """
        if text is None or other_text is None:
            pair = (key, other)
            if pair not in self._common:
                self._common[pair] = self._common_days(key, other)
            return self._common[pair]
        if not key.tokens and not other.tokens and not (key.reset and other.reset):
            return key.first, other.first
        return _clashing_days(self.shown(key)[text], self.shown(other)[other_text])

    def _common_days(self, key: DateKey, other: DateKey) -> tuple[int, int] | None:
        day = max(key.first, other.first)
        same_periods = key.reset == other.reset and key.calendar == other.calendar
        if day <= min(key.last, other.last) and (same_periods or not (key.reset and other.reset)):
            return day, day
        shown = self.shown(other)
        self.spend(len(self.shown(key)) // 8 + 1)
        for text, periods in self.shown(key).items():
            days = _clashing_days(periods, shown[text]) if text in shown else None
            if days:
                return days
        return None

    def _texts(self, key: DateKey) -> list[str]:
        if not key.tokens:
            return [""] * (key.last - key.first + 1)
        if _apart(key):
            return _texts_of_days(key.tokens, key.calendar, key.first, key.last)
        kind = key.tokens, key.calendar
        if kind not in self._century:
            self._century[kind] = _texts_of_days(*kind, FIRST_DAY, LAST_DAY)
        return self._century[kind][key.first - FIRST_DAY : key.last - FIRST_DAY + 1]

    def _period_keys(self, key: DateKey) -> list[str]:
        assert key.reset is not None
        if _apart(key):
            return _periods_of_days(key.reset, key.calendar, key.first, key.last)
        kind = key.reset, key.calendar
        if kind not in self._periods:
            self._periods[kind] = _periods_of_days(*kind, FIRST_DAY, LAST_DAY)
        return self._periods[kind][key.first - FIRST_DAY : key.last - FIRST_DAY + 1]


def _apart(key: DateKey) -> bool:
    """Whether the days of a key are no part of the century that is computed once for all."""
    listed = key.calendar is not None and isinstance(calendar_of(key.calendar), ListedCalendar)
    return listed or not FIRST_DAY <= key.first <= key.last <= LAST_DAY


def _clashing_days(periods: dict[str, int], others: dict[str, int]) -> tuple[int, int] | None:
    """The days of a period that both know; one that knows none (`""`) clashes with every period."""
    if "" in periods or "" in others:
        return min(periods.values()), min(others.values())
    for period, day in periods.items():
        if period in others:
            return day, others[period]
    return None


def _texts_of_days(tokens: tuple[str, ...], calendar: CalendarKey | None, first: int, last: int) -> list[str]:
    fiscal = calendar_of(calendar) if calendar else None
    days = map(date.fromordinal, range(first, last + 1))
    return ["".join([date_token_text(token, day, fiscal) for token in tokens]) for day in days]


def _periods_of_days(reset: str, calendar: CalendarKey | None, first: int, last: int) -> list[str]:
    fiscal = calendar_of(calendar) if calendar else None
    days = map(date.fromordinal, range(first, last + 1))
    return [period_key(reset, day, fiscal) for day in days]
