"""The counters at a glance: next number, what is left, gaps, the last number issued and the present rate."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.counters.to_come import counters_to_come
from seqctl.actions.ledger.gap_runs import missing_count
from seqctl.actions.ledger.targets import selected_sequences
from seqctl.days import date
from seqctl.model.classes import replaced
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.gap_text import GapText
from seqctl.model.reports.counter_status import CounterStatus, Pace, days_between, range_end
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import CALENDAR_ENDS, ending, reached
from seqctl.model.time.instant import later
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

RECENT = 30
"""Days whose numbers make the present rate."""
ADOPTED = "adopt"
SORTING = 8


def list_status(
    store: Store,
    target: str | None = None,
    *,
    period: str | None = None,
    scope: dict[str, str] | None = None,
    set_name: str | None = None,
    document_type: str | None = None,
    limit: int | None = None,
) -> list[CounterStatus]:
    """Each counter of a sequence, else of a type, else of the book, as it stands now; of a set its own.

    An open range has a row before it gives out its first number. Raises NotFound, or UsageError for a
    period that no sequence can have.
    """
    with store.read() as transaction:
        sequences = selected_sequences(transaction, target, set_name, document_type)
        places = counters_to_come(transaction, sequences, period, scope)[:limit]
        return list(Now(transaction).all(places)) if places else []


class Now:
    """The present moment of one book: the clock, and what was issued lately."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self.now = transaction.now
        self.since = later(self.now, -RECENT * 86400)
        self.lately = transaction.standing.written_since(transaction.standing.event_since(self.since))
        self.zone = transaction.definitions.book_timezone()

    def all(self, places: list[CounterPlace]) -> Iterator[CounterStatus]:
        """How each of some counters stands."""
        for place, pace in zip(places, self._paces(places), strict=True):
            yield self._with_rate(place, pace, self._with_last(place, pace, self._standing(place)))

    def _paces(self, places: list[CounterPlace]) -> list[Pace | None]:
        """What each counter gave out lately, read from the new rows of the ledger or counter by counter.

        Sorting new rows by counter costs some times as much a row as walking through one counter.
        """
        standing, counters = self.transaction.standing, [place.counter for place in places]
        if sum(place.integers for place in places) > SORTING * self.lately.rows:
            paces = standing.paces(self.lately)
            return [paces.get(counter.id or 0) for counter in counters]
        return [standing.pace(counter.id or 0, counter.reserved, self.lately) for counter in counters]

    def _standing(self, place: CounterPlace) -> CounterStatus:
        """What the row of the counter and its gaps say."""
        sequence, counter, served = place.sequence, place.counter, place.sequence.served
        counter_id = counter.id or 0
        overdue = self.transaction.gap_scan.overdue(counter_id, self.now) if counter.reserved else []
        freed = [value for value, _ in overdue] if sequence.mode == "gapless" else []
        stored = self.transaction.gaps.reusable(counter_id, 1) if counter.reusable else []
        limit = range_end(sequence, place.scope)
        upcoming = min([*freed[:1], *(first for first, _ in stored), counter.last + sequence.step])
        exhausted = limit is not None and upcoming > limit
        review = 0
        if counter.accounted:
            review = self.transaction.standing.under_review(counter_id, sequence.step)
        return CounterStatus(
            sequence.name,
            place.scope,
            place.period,
            None if exhausted else GapText(sequence, place.period, place.scope).of(upcoming),
            place.integers,
            None if limit is None else max((limit - counter.last) // sequence.step, 0),
            missing_count(self.transaction, place, self.now) + review,
            counter.reusable + len(freed),
            counter.reserved - len(overdue),
            warn=exhausted or _warned(place, limit),
            range=None if served is None else served.name,
        )

    def _with_last(self, place: CounterPlace, pace: Pace | None, status: CounterStatus) -> CounterStatus:
        """With the number that was issued last: lately the latest, and before that the highest."""
        standing = self.transaction.standing
        found = standing.issued_at(pace.last_serial) if pace else standing.highest(place.counter.id or 0)
        if found is None:
            return status
        return replaced(status, last_number=found[0], last_date=found[1], last_at=found[2])

    def _with_rate(self, place: CounterPlace, pace: Pace | None, status: CounterStatus) -> CounterStatus:
        """With the numbers a day: over thirty days, or since the counter's first one where that is later."""
        sequence, rate = place.sequence, 0.0
        if pace is not None:
            days = float(RECENT)
            if self._is_new(place, pace):
                first = self.transaction.standing.issued_at(pace.first_serial)
                days = max(days_between((first and first.at) or self.since, self.now), 1.0)
            rate = pace.numbers / days
        today = self.transaction.today(sequence.timezone or self.zone)
        end = period_bounds(sequence.reset, place.period, sequence.fiscal)[1]
        return _with_window(sequence, today, status.running(rate, today, end))

    def _is_new(self, place: CounterPlace, pace: Pace) -> bool:
        """Whether a counter gave out nothing itself before what it gave out lately."""
        assert place.counter.id is not None
        if pace.numbers >= place.counter.accounted:
            return True
        before = self.transaction.standing.highest_before(place.counter.id, pace.first_serial)
        return before is None or before.action == ADOPTED


def _with_window(sequence: Sequence, today: date, status: CounterStatus) -> CounterStatus:
    """With the days until the last one of the sequence's window, or of its calendar where that ends before;
    it warns when that is near or past. A range counts to its own last day, and an annulled one to none."""
    served = sequence.served
    if served is not None and served.annulled is not None:
        # Nothing is to come of it, and nobody has to look at it.
        return replaced(status, warn=False)
    until, of_calendar = sequence.effective_until, None
    if sequence.fiscal is not None:
        of_calendar = sequence.fiscal.days_left(today)
    left = None if until is None else _days_until(until, today)
    if of_calendar is not None and (left is None or of_calendar < left):
        ends = of_calendar <= CALENDAR_ENDS and sequence.status == "active"
        status = replaced(status, days_left=of_calendar, warn=status.warn or ends)
    elif left is not None:
        near = sequence.warn_at is not None and ending(sequence.warn_at, until, today) is not None
        over = left < 0 and sequence.status == "active"
        status = replaced(status, days_left=left, warn=status.warn or near or over)
    if served is not None and served.valid_until is not None:
        return replaced(status, days_left=_days_until(served.valid_until, today))
    return status


def _days_until(day: str, today: date) -> int:
    return date.fromisoformat(day).toordinal() - today.toordinal()


def _warned(place: CounterPlace, limit: int | None) -> bool:
    """Whether the last number given has reached `warn_at`."""
    sequence, last = place.sequence, place.counter.last
    if sequence.warn_at is None or limit is None or not place.counter.used:
        return False
    return reached(sequence.warn_at, sequence.start, limit, sequence.step, last) is not None
