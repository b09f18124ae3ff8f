"""The statement of completeness: what became of every integer that a counter passed."""

from __future__ import annotations

from collections.abc import Callable, Generator

from seqctl.actions.ledger.targets import counters_of, target_sequences
from seqctl.actions.ledger.texts import counter_texts
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.completeness import Completeness, count_runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def state_completeness(
    store: Store,
    target: str | None = None,
    *,
    period: str | None = None,
    scope: dict[str, str] | None = None,
) -> Generator[Completeness]:
    """What became of every integer of each counter of a sequence, else of a type, else of the book.

    Counted from the rows of the ledger and the gap runs, never taken from the counts that counters keep, in
    one read transaction: all counters are stated as of one moment. Raises NotFound, or UsageError for a
    period that no sequence can have.
    """
    with store.read() as transaction:
        places = counters_of(transaction, target_sequences(transaction, target), period, scope)
        void = _void(transaction, places)
        for place in places:
            yield _completeness(transaction, place, void(place.counter.id or 0), transaction.now)


def _void(transaction: Transaction, places: list[CounterPlace]) -> Callable[[int], int]:
    """How to count the void numbers of a counter: the state is in no index, so rows have to be read.

    Reading the whole ledger once costs about half as much a row as looking up the rows of one counter.
    """
    if 2 * sum(place.integers for place in places) < transaction.standing.rows():
        return transaction.standing.void
    counts = transaction.standing.voids()
    return lambda counter_id: counts.get(counter_id, 0)


def _completeness(transaction: Transaction, place: CounterPlace, void: int, now: str) -> Completeness:
    sequence, counter = place.sequence, place.counter
    assert counter.id is not None
    first, last, step = counter.first, counter.last, sequence.step
    held = transaction.standing.held(counter.id, first, last, step, now)
    runs = count_runs(transaction.gap_scan.runs(counter.id), first, last, step)
    doubled = transaction.standing.held_in_runs(counter.id) if runs.integers else 0
    # What is neither held nor in a run; an overdue reservation of a sequence that allows gaps is missing too.
    missing = max(place.integers - (held.all - held.strange) - runs.integers + doubled, 0)
    gapless = sequence.mode == "gapless"
    return Completeness(
        sequence.name,
        place.scope,
        place.period,
        first if counter.used else None,
        last if counter.used else None,
        _text(transaction, place, first),
        _text(transaction, place, last),
        issued=held.all - void - held.reserved,
        reserved=held.reserved - held.overdue,
        void=void,
        reusable=runs.reusable + (held.overdue if gapless else 0),
        review=runs.review,
        blocked=runs.blocked,
        missing=missing + (0 if gapless else held.overdue),
        total=place.integers,
        faults=_faults(held.strange, doubled, runs.wrong),
    )


def _text(transaction: Transaction, place: CounterPlace, value: int) -> str | None:
    """The number of a value as it was printed, else as it would be; None for a counter that gave none."""
    if not place.counter.used:
        return None
    return counter_texts(transaction, place).text(value)


def _faults(strange: int, doubled: int, wrong_runs: int) -> tuple[str, ...]:
    """What damage or tampering left behind, in words."""
    words = {
        "held outside the counter's range or between its steps": strange,
        "held and listed as a gap": doubled,
        "gap runs outside the range, between the steps or over another": wrong_runs,
    }
    return tuple(f"{what}: {count}" for what, count in words.items() if count)
