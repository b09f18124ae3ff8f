"""The sheets about numbers, filled by one walk through each counter: numbers by value, gaps between."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby

from seqctl.actions.audit.verify import Watch
from seqctl.actions.counters.statement import state_counters
from seqctl.actions.gaps.list_gaps import GapWords, is_finding, runs_within
from seqctl.actions.reporting.date_order import DateOrder
from seqctl.actions.reporting.earlier_lives import EarlierLives
from seqctl.actions.reporting.months import CutOff, is_day, month_window
from seqctl.actions.reporting.totals import Totals
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.number.known_number import CountedNumber, KnownNumber
from seqctl.model.report.pictures import Strip, StripParts
from seqctl.model.report.report import Report
from seqctl.model.report.words import counter_words, equation
from seqctl.model.reports.completeness import Completeness
from seqctl.model.reports.windows import Window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

WATCHED = 1000
"""How many numbers are read between two reports of progress."""

NONE_NAMED = 0
"""Numbers of other windows are counted here, not named: in a book with scattered dates they are many."""

Item = tuple[int, CountedNumber | None, GapRun | None]
"""A number or a gap of a counter, behind its lowest value."""


class CounterSheets:
    """Fills the sheets of a report that are about numbers."""

    def __init__(
        self, transaction: Transaction, report: Report, totals: Totals, window: Window, watch: Watch
    ) -> None:
        self.transaction = transaction
        self.report = report
        self.totals = totals
        self.window = window
        self._watch = watch
        self._rows = transaction.standing.rows()
        self._read = 0
        self._words = GapWords(transaction)
        self._dated = transaction.dated

    def add(self, places: list[CounterPlace]) -> None:
        """Add what there is to say of counters that come by sequence, scope and period."""
        stated = state_counters(self.transaction, places, self.window, NONE_NAMED)
        for _, some in groupby(stated, key=lambda item: (item[0].sequence.name, item[0].scope)):
            cut_off = CutOff()
            for place, completeness in some:
                self._add_counter(place, completeness, cut_off)
            for row in cut_off.rows():
                self.report.sheets["cut_off"].add(*row)
                self.totals.count("cut_off")

    def _add_counter(self, place: CounterPlace, stated: Completeness, cut_off: CutOff) -> None:
        self.totals.state(stated)
        self._add_completeness(stated, None)
        if stated.first is None or stated.last is None:
            return
        assert place.counter.id is not None
        strip = StripParts(stated.first, stated.last, place.sequence.step)
        order = DateOrder()
        months: set[str] = set()
        with EarlierLives(self.transaction, place.counter.id) as lives:
            for _, counted, run in self._items(place):
                if run is not None:
                    self._add_gap(place, run)
                    strip.put(run.first, run.last, run.state)
                elif counted is not None:
                    self._add_number(place, counted, order, lives, cut_off)
                    if counted.number.state != "issued":
                        strip.put(*(counted.number.value,) * 2, counted.number.state)
                    if is_day(counted.number.date):
                        months.add(str(counted.number.date)[:7])
        self._add_strip(stated, strip)
        self._add_months(place, months)

    def _items(self, place: CounterPlace) -> Iterator[Item]:
        """The numbers and the gaps of a counter that belong to the window, by value."""
        numbers = ((counted.number.value, counted, None) for counted in self._numbers(place))
        gaps = ((run.first, None, run) for run in runs_within(self.transaction, place, self.window))
        return merge(numbers, gaps, key=lambda item: item[0])

    def _numbers(self, place: CounterPlace) -> Iterator[CountedNumber]:
        """The numbers of a counter; those whose reservation ended are gaps."""
        now, counter_id = self.transaction.now, place.counter.id
        assert counter_id is not None
        for counted in self.transaction.listing.of_counter(counter_id):
            number = counted.number
            self._read += 1
            if self._read % WATCHED == 0:
                self._watch("reading", self._read, self._rows)
            if number.state == "reserved" and number.expires_at is not None and number.expires_at <= now:
                continue
            yield counted

    def _belongs(self, place: CounterPlace, number: KnownNumber) -> bool:
        """Whether a number belongs to the window of the report."""
        if self.window.open:
            return True
        if number.date is not None:
            return self.window.holds(number.date)
        span = self._dated.around(place.counter.id or 0, number.value, self.transaction.now)
        return self.window.holds(span.date)

    def _add_number(
        self,
        place: CounterPlace,
        counted: CountedNumber,
        order: DateOrder,
        lives: EarlierLives,
        cut_off: CutOff,
    ) -> None:
        number, sheets = counted.number, self.report.sheets
        counter = (place.sequence.name, place.scope, place.period)
        before = order.before(number)
        if not self._belongs(place, number):
            return
        if number.date is not None and number.state != "reserved" and is_day(number.date):
            self.report.days[number.date] = self.report.days.get(number.date, 0) + 1
            cut_off.see(counter[:2], number)
        self.totals.count("numbers")
        sheets["numbers"].add(
            *(number.number, None, 1, number.state, number.date, number.record, number.reason),
            *(number.issued_at, number.actor, *counter),
        )
        if number.state == "void":
            self._add_void(number, counted.why, counter)
        if number.reused:
            self._add_reused(number, lives, counter)
        if before is not None:
            rule = place.sequence.date_order
            sheets["date_order"].add(number.number, number.date, *before, rule, *counter)
            self.totals.count("order_allowed" if rule == "off" else "order_broken")

    def _add_void(self, number: KnownNumber, why: int | None, counter: tuple[str, str, str]) -> None:
        """A void number; one that was adopted so has the words of the system that it came from."""
        actor, since = number.source_actor or number.actor, number.source_at or number.issued_at
        if why is not None:
            told = self.transaction.history.told(why)
            actor, since = told.actor, told.at
        row = (number.number, number.date, number.reason, actor, since, number.record, number.issued_at)
        self.report.sheets["voids"].add(*row, *counter)
        self.totals.count("voids")
        if not number.reason:
            self.totals.count("voids_unexplained")

    def _add_reused(self, number: KnownNumber, lives: EarlierLives, counter: tuple[str, str, str]) -> None:
        """A number that went out before: a row for each earlier life that ended."""
        again = False
        for life in lives.of(number):
            again = True
            self.report.sheets["reused"].add(
                *(number.number, life.text, life.action, life.reason, life.actor, life.at),
                *(number.issued_at, number.actor, number.record, *counter),
            )
        self.totals.count("reused", again)

    def _add_gap(self, place: CounterPlace, run: GapRun) -> None:
        counter = (place.sequence.name, place.scope, place.period)
        unexplained = is_finding(self.transaction, place, run)
        for gap in self._words.listed(place, run):
            last = gap.last_number if gap.count > 1 else None
            self.report.sheets["gaps"].add(
                *(gap.first_number, last, gap.count, gap.state, unexplained, gap.reason, gap.actor),
                *(gap.since, gap.before_date, gap.after_date, *counter, gap.first, gap.last),
            )
            self.report.sheets["numbers"].add(
                *(gap.first_number, last, gap.count, gap.state, None, None, gap.reason, gap.since, gap.actor),
                *counter,
            )
            self.totals.count("gap_runs")
            self.totals.count("gap_numbers", gap.count)
            self.totals.count("unexplained_runs", unexplained)
            self.totals.count("unexplained_numbers", gap.count if unexplained else 0)

    def _add_months(self, place: CounterPlace, months: set[str]) -> None:
        """The statement of each month, where a counter has numbers of more than one."""
        if len(months) < 2:
            return
        for month in sorted(months):
            window = month_window(month, self.window)
            for _, stated in state_counters(self.transaction, [place], window, NONE_NAMED):
                self._add_completeness(stated, month)
                if not stated.proved:
                    self.totals.unproved.append(stated.finding().message)

    def _add_completeness(self, stated: Completeness, month: str | None) -> None:
        self.report.sheets["completeness"].add(
            *(stated.sequence, stated.scope, stated.period, month, stated.first_number, stated.last_number),
            *(stated.issued, stated.void, stated.reserved, stated.reusable, stated.review, stated.blocked),
            *(stated.missing, stated.other_window, stated.total, stated.proved, stated.complete),
        )

    def _add_strip(self, stated: Completeness, strip: StripParts) -> None:
        name = counter_words(stated.sequence, stated.scope, stated.period)
        ends = (stated.first_number or "", stated.last_number or "")
        self.report.strips.add(tuple(Strip(name, *ends, strip.joined(), equation(stated))))
