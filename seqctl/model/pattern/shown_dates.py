"""From the date tokens that a number shows to the periods in which such a number can have been printed.

All date characters of a number, in the order of the tokens, are one text: the *shown* text of a day. Days are
enumerated, a year of them at a time and each year once, so that no rule about tokens has to be guessed.
"""

from collections.abc import Iterable, Iterator

from seqctl.days import date
from seqctl.model.pattern.compiled import date_token_text, period_key
from seqctl.model.pattern.widths import token_width
from seqctl.model.time.calendar import Calendar
from seqctl.model.time.listed_calendar import ListedCalendar
from seqctl.model.time.period_bounds import period_bounds, start_year

LONG_YEARS = ("YYYY", "GGGG", "FY", "FYS", "FYE")
SHORT_YEARS = ("YY", "FY:YY", "FYS:YY", "FYE:YY")
ALL_YEARS = 400
"""After so many years dates and week days begin anew."""
YEARS_KEPT = 256

Table = dict[str, tuple[str, ...]]
"""Shown texts with the periods in which they are shown: one, or two where there are several."""


class ShownDates:
    """What the date tokens of one sequence show. `near` decides which century a two-digit year means."""

    def __init__(self, tokens: tuple[str, ...], reset: str, calendar: Calendar | None, near: date) -> None:
        self.tokens = tuple(dict.fromkeys(tokens))
        self._reset = reset
        self._calendar = calendar
        self._near = near
        year = next((token for kind in (LONG_YEARS, SHORT_YEARS) for token in kind if token in tokens), None)
        self._year_token = year
        if year is not None:
            start = sum(map(token_width, self.tokens[: self.tokens.index(year)]))
            self._year_place = slice(start, start + token_width(year))
        self._listed = calendar if isinstance(calendar, ListedCalendar) else None
        self._tables: dict[int, Table] = {}
        self._yearless: Table = {}
        self._years_to_come = iter(()) if year else self._years_around()
        self._shown_in: dict[str, set[str]] = {}

    def on(self, day: date) -> str:
        """The shown text of a day."""
        return "".join([date_token_text(token, day, self._calendar) for token in self.tokens])

    def period_of(self, day: date) -> str:
        """The period of a document date."""
        return period_key(self._reset, day, self._calendar)

    def periods(self, shown: str) -> tuple[str, ...]:
        """The periods that a shown text can mean, at most two of them; none where no day shows it.

        A two-digit year is the year nearest to `near` in which there is such a day.
        """
        if self._listed is not None:
            return self._listed_table(self._listed).get(shown, ())
        if self._year_token is None:
            return self._periods_without_a_year(shown)
        for year in self._candidates(int(shown[self._year_place])):
            table = self._tables.get(year)
            if table is None:
                if len(self._tables) == YEARS_KEPT:
                    self._tables.clear()
                table = self._tables[year] = self._table(year)
            if shown in table:
                return table[shown]
        return ()

    def may_be_in(self, shown: str, period: str) -> bool:
        """Whether some day of a period shows this text."""
        first, last = period_bounds(self._reset, period, self._calendar)
        if first is None or last is None:
            return bool(self.periods(shown))
        if period not in self._shown_in:
            ordinals = range(first.toordinal(), last.toordinal() + 1)
            self._shown_in[period] = {self.on(date.fromordinal(ordinal)) for ordinal in ordinals}
        return shown in self._shown_in[period]

    def _listed_table(self, calendar: ListedCalendar) -> Table:
        """The shown texts of all days that lie in listed fiscal years, those near `near` first."""
        table = self._tables.get(0)
        if table is None:
            table = self._tables[0] = {}
            first, last = (day.toordinal() for day in calendar.ends)
            near = self._near.toordinal()
            self._add(table, sorted(range(first, last + 1), key=lambda ordinal: abs(ordinal - near)))
        return table

    def _candidates(self, year: int) -> list[int]:
        """The years that the digits of the year token can mean, the likeliest first."""
        if self._year_token in LONG_YEARS:
            return [year]
        near = self._near.year
        century = near - near % 100
        years = [century + shift + year for shift in (-100, 0, 100)]
        return sorted(years, key=lambda candidate: abs(candidate - near))[:2]

    def _table(self, year: int) -> Table:
        """The shown texts of all days that the year token calls by this year."""
        table: Table = {}
        self._add(table, range(self._new_year(year), self._new_year(year + 1)))
        return table

    def _new_year(self, year: int) -> int:
        """The ordinal of the first day of a year of the kind that the year token shows."""
        month, day = 1, 1
        token = (self._year_token or "").removesuffix(":YY")
        if token.startswith("FY"):
            assert self._calendar is not None, "a fiscal token is saved only together with a calendar"
            month, day = self._calendar.month, self._calendar.day
            naming = {"FYS": "start", "FYE": "end"}.get(token, self._calendar.named_by)
            year = start_year(Calendar("", month, day, naming), year)
        if not 1 <= year <= 9999:
            return date.min.toordinal() if year < 1 else date.max.toordinal() + 1
        if token == "GGGG":
            return date.fromisocalendar(year, 1, 1).toordinal()
        return date(year, month, day).toordinal()

    def _periods_without_a_year(self, shown: str) -> tuple[str, ...]:
        """Looked for in the years around `near`, until there is one, or two where periods end."""
        enough = 1 if self._reset == "never" else 2
        while len(self._yearless.get(shown, ())) < enough:
            days = next(self._years_to_come, None)
            if days is None:
                break
            self._add(self._yearless, days)
        return self._yearless.get(shown, ())

    def _years_around(self) -> Iterator[range]:
        """The days of the years around `near`, the nearest first, until all kinds of years have come."""
        near = min(max(self._near.year, ALL_YEARS), 9998 - ALL_YEARS)
        for distance in range(ALL_YEARS // 2 + 1):
            for year in {near - distance, near + distance}:
                yield range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())

    def _add(self, table: Table, ordinals: Iterable[int]) -> None:
        for ordinal in ordinals:
            day = date.fromordinal(ordinal)
            if self._calendar is not None and not self._calendar.holds(day):
                continue
            shown = self.on(day)
            period = self.period_of(day)
            known = table.get(shown, ())
            if len(known) < 2 and period not in known:
                table[shown] = (*known, period)
