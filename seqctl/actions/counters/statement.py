"""The statement of completeness: what became of every integer that a counter passed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

from seqctl.actions.counters.counted import count_held_and_runs
from seqctl.actions.counters.window_statement import state_window
from seqctl.actions.ledger.targets import counters_of, selected_sequences
from seqctl.actions.ledger.texts import counter_texts
from seqctl.model.classes import replaced
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.completeness import Completeness
from seqctl.model.reports.windows import Window
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import composed, document_type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction

ALWAYS = Window()


def state_completeness(
    store: Store,
    target: str | None = None,
    *,
    set_name: str | None = None,
    document_type: str | None = None,
    period: str | None = None,
    scope: dict[str, str] | None = None,
    window: Window = ALWAYS,
) -> Generator[Completeness]:
    """What became of every integer of each counter of a sequence, else of a type, else of the book.

    Of the sequences that a set names, where one is given. With a window only of the integers that belong to
    it; counters of which none does are left out. Counted from the rows of the ledger and the gap runs, never
    taken from the counts that counters keep, in one read transaction: all counters are stated as of one
    moment. Raises NotFound, or UsageError for a period that no sequence can have.
    """
    with store.read() as transaction:
        sequences = selected_sequences(transaction, target, set_name, document_type)
        asked = document_type_asked(sequences, target, document_type)
        places = counters_of(transaction, sequences, period, scope)
        for place, stated in state_counters(transaction, places, window, document_type=asked):
            if window.open and asked is not None:
                yield replaced(stated, of_type=_of_type(transaction, place, asked))
            else:
                yield stated


def state_counters(
    transaction: Transaction,
    places: list[CounterPlace],
    window: Window,
    most_named: int | None = None,
    document_type: str | None = None,
) -> Iterator[tuple[CounterPlace, Completeness]]:
    """What became of every integer of each of some counters, within a transaction; see above.

    `most_named` bounds how many numbers of other windows are named.
    """
    if window.open:
        void = _void(transaction, places)
        for place in places:
            yield place, _completeness(transaction, place, void(place.counter.id or 0))
        return
    for place in places:
        stated = state_window(transaction, place, window, most_named, document_type)
        if stated is not None:
            yield place, stated


def document_type_asked(
    sequences: list[Sequence], target: str | None, document_type: str | None
) -> str | None:
    """The document type that was asked for: by itself, or as a target that is no sequence's name."""
    named = document_type
    if named is None and target is not None and composed(target) not in [item.name for item in sequences]:
        named = target
    return None if named is None else document_type_name(composed(named))


def _of_type(transaction: Transaction, place: CounterPlace, document_type: str) -> int:
    """How many held numbers of a counter are of the type that was asked for."""
    if place.counter.id is None:
        return 0
    own = place.sequence.document_type
    return transaction.dated.of_type(place.counter.id, document_type, own, ALWAYS, transaction.now)


def _void(transaction: Transaction, places: list[CounterPlace]) -> Callable[[int], int]:
    """How to count the void numbers of a counter: the state is in no index, so rows have to be read.

    Reading the whole ledger once costs about half as much a row as looking up the rows of one counter.
    """
    if 2 * sum(place.integers for place in places) < transaction.standing.rows():
        return transaction.standing.void
    counts = transaction.standing.voids()
    return lambda counter_id: counts.get(counter_id, 0)


def _completeness(transaction: Transaction, place: CounterPlace, void: int) -> Completeness:
    sequence, counter = place.sequence, place.counter
    counted = count_held_and_runs(transaction, place)
    held, runs = counted.held, counted.runs
    # What is neither held nor in a run; an overdue reservation of a sequence that allows gaps is missing too.
    missing = max(place.integers - (held.all - held.strange) - runs.integers + counted.doubled, 0)
    gapless = sequence.mode == "gapless"
    return Completeness(
        sequence.name,
        place.scope,
        place.period,
        counter.first if counter.used else None,
        counter.last if counter.used else None,
        _text(transaction, place, counter.first),
        _text(transaction, place, counter.last),
        issued=held.all - void - held.reserved,
        reserved=held.reserved - held.overdue,
        void=void,
        reusable=runs.reusable + (held.overdue if gapless else 0),
        review=runs.review,
        blocked=runs.blocked,
        missing=missing + (0 if gapless else held.overdue),
        total=place.integers,
        faults=counted.faults,
    )


def _text(transaction: Transaction, place: CounterPlace, value: int) -> str | None:
    """The number of a value as it was printed, else as it would be; None for a counter that gave none."""
    if not place.counter.used:
        return None
    return counter_texts(transaction, place).text(value)
