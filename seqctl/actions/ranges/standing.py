"""How ranges stand today: what was used of them, what is left, and their states."""

from __future__ import annotations

from seqctl.actions.issuing.ranges import scope_of
from seqctl.actions.ledger.targets import known
from seqctl.days import date
from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.range.range import OPEN_BEGIN, OPEN_END, Range
from seqctl.model.range.serving import in_range
from seqctl.model.sequence.frame import scope_frame
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from seqctl.store.port import Transaction

STATES = ("planned", "open", "used-up", "lapsed", "annulled")


class RangeStanding(NamedTuple):
    """A range today: `used` counts held numbers, `left` new and reusable ones; None: no end to count to.

    `days_left` are those until its last day, negative once that is past.
    """

    range: Range
    place: CounterPlace
    used: int
    left: int | None
    state: str
    days_left: int | None


def known_range(transaction: Transaction, name: str) -> Range:
    """The range of an id. Raises NotFound with the nearest ids."""
    found = transaction.ranges.range(name)
    if found is None:
        known("range", name, transaction.ranges.names(), transaction)
    assert found is not None
    return found


def standing_of(transaction: Transaction, served: Range, day: date | None = None) -> RangeStanding:
    """How one range stands on a day, by default today in the zone of its sequence."""
    sequence = transaction.definitions.sequence(served.sequence)
    assert sequence is not None
    return _standing(transaction, sequence, served, day)


def standings(
    transaction: Transaction, sequences: list[Sequence], day: date | None = None
) -> Iterator[RangeStanding]:
    """How the ranges of some sequences stand, each sequence's in the order in which they serve."""
    for sequence in sequences:
        if sequence.reset == "range":
            assert sequence.id is not None
            for served in transaction.ranges.of(sequence.id):
                yield _standing(transaction, sequence, served, day)


def _standing(transaction: Transaction, sequence: Sequence, served: Range, day: date | None) -> RangeStanding:
    assert sequence.id is not None
    today = transaction.today(sequence.zone) if day is None else day
    narrowed = in_range(sequence, served)
    scope = scope_of(narrowed)
    counter = transaction.ledger.counter(sequence.id, scope, served.name)
    place = CounterPlace(narrowed, served.name, scope, counter or Counter.unused(served.first, sequence.step))
    used = transaction.ranges.held_count(served.name, transaction.now)
    left = _left(transaction, place)
    state = _state(served, left, today.isoformat())
    until = served.valid_until
    days = None if until is None else date.fromisoformat(until).toordinal() - today.toordinal()
    return RangeStanding(served, place, used, left, state, days)


def _left(transaction: Transaction, place: CounterPlace) -> int | None:
    """How many numbers are still to come, new and reusable ones; None where nothing ends them."""
    served, counter = place.sequence.served, place.counter
    assert served is not None
    if served.annulled is not None:
        return 0
    if served.last is None and place.sequence.max_width is None:
        return None
    limit, step = place.sequence.last_value(scope_frame(place.sequence, place.scope)), place.sequence.step
    return max((limit - counter.last) // step, 0) + _reusable(transaction, place, limit)


def _reusable(transaction: Transaction, place: CounterPlace, limit: int) -> int:
    """How many numbers up to `limit` are given out again, those of reservations that ended included.

    Above it there are some where `last` was lowered since.
    """
    counter, step = place.counter, place.sequence.step
    if counter.id is None or place.sequence.mode != "gapless":
        return 0
    count = counter.reusable
    if count and limit < counter.last:
        runs = (run for run in transaction.gap_scan.runs(counter.id) if run.state == "reusable")
        count = sum(max((min(run.last, limit) - run.first) // step + 1, 0) for run in runs)
    if counter.reserved:
        ended = transaction.gap_scan.overdue(counter.id, transaction.now)
        count += sum(value <= limit for value, _ in ended)
    return count


def _state(served: Range, left: int | None, day: str) -> str:
    """What a range is on a day; one that is used up is that, lapsed or not."""
    if served.annulled is not None:
        return "annulled"
    if left == 0:
        return "used-up"
    if (served.valid_until or OPEN_END) < day:
        return "lapsed"
    return "planned" if (served.valid_from or OPEN_BEGIN) > day else "open"
