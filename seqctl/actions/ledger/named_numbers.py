"""Which numbers a text names that no document holds: freed ones, gaps, and those that are still to come."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.ledger.ambiguity import ambiguous_number
from seqctl.actions.ledger.printed import PrintedNumbers
from seqctl.actions.ledger.targets import one_scope, target_sequences
from seqctl.errors import UsageError
from seqctl.model.classes import frozen
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.reader import Placed
from seqctl.model.sequence.check import counter_value
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.period_keys import period_problem
from seqctl.model.value import ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

UNISSUED, BEFORE_FIRST = "unissued", "before_first"


@frozen
class Spot:
    """An integer of a counter that a text can mean; `holder` holds it, with another text.

    `named` says that it is meant for sure: the text was printed for it once, or it was named as an integer.
    """

    place: CounterPlace
    value: int
    state: str
    event_id: int | None = None
    holder: HeldNumber | None = None
    named: bool = False

    @property
    def names(self) -> tuple[str, str, str, int]:
        """What tells it from every other: the sequence, period and scope of its counter, and its value."""
        return self.place.sequence.name, self.place.period, self.place.scope, self.value

    @property
    def rank(self) -> int:
        """How much there is to tell, 0 most: gaps, then numbers to come, then what another text holds."""
        if self.holder is not None:
            return 0 if self.named else 3
        if self.state not in (UNISSUED, BEFORE_FIRST):
            return 0
        return 1 if self.place.counter.id is not None else 2


def named_before(transaction: Transaction, text: str, wanted: NumberFilter) -> list[Spot]:
    """The numbers that a text named before: in each space of texts the one that had it last."""
    named: dict[tuple[str, str], tuple[int, Sequence, Placed]] = {}
    for sequence, printed in _readers(transaction, text, wanted):
        space = transaction.ledger.space(sequence.document_type)
        for period, (since, placed) in printed.given_last(text).items():
            if (space, period) not in named or named[space, period][0] < since:
                named[space, period] = (since, sequence, placed)
    return [_spot(transaction, sequence, placed, named=True) for _, sequence, placed in named.values()]


def possibly_named(transaction: Transaction, text: str, wanted: NumberFilter) -> list[Spot]:
    """The numbers that a text can mean by the patterns, or as an integer of the sequence that is wanted.

    Raises UsageError for an integer without its counter.
    """
    spots = [
        _spot(transaction, sequence, placed)
        for sequence, printed in _readers(transaction, text, wanted)
        for placed in printed.possible(text) or printed.in_any_period(text)
    ]
    try:
        spots += _as_integer(transaction, text, wanted)
    except UsageError:
        if not spots:
            raise
    return spots


def the_one(spots: list[Spot], text: str) -> Spot:
    """The spot of which there is most to tell. Raises Refused where that is so of several."""
    rank = min(spot.rank for spot in spots)
    best = {spot.names: spot for spot in spots if spot.rank == rank}
    if len(best) > 1:
        places = [spot.place for spot in best.values()]
        named = [(item.sequence.document_type, item.sequence.name, item.period) for item in places]
        raise ambiguous_number(text, named, "can be")
    return next(iter(best.values()))


def _readers(
    transaction: Transaction, text: str, wanted: NumberFilter
) -> Iterator[tuple[Sequence, PrintedNumbers]]:
    """The sequences that are wanted and can have printed a text, each with what reads it."""
    for sequence in target_sequences(transaction, wanted.sequence):
        if wanted.sequence is not None and sequence.name != wanted.sequence:
            continue
        if wanted.document_type is not None and wanted.document_type not in sequence.document_types:
            continue
        if wanted.period is not None and period_problem(sequence.reset, wanted.period, sequence.fiscal):
            continue
        if any(name not in sequence.scope for name, _ in wanted.scope):
            continue
        printed = PrintedNumbers(transaction, sequence, wanted.period, dict(wanted.scope))
        if printed.reads(text):
            yield sequence, printed


def _as_integer(transaction: Transaction, text: str, wanted: NumberFilter) -> Iterator[Spot]:
    """The integer of a counter, where a sequence was named. Raises UsageError."""
    sequence = None if wanted.sequence is None else transaction.definitions.sequence(wanted.sequence)
    if sequence is None or wanted.document_type or sequence.document_type not in sequence.document_types:
        return
    try:
        value = counter_value(text, sequence.compiled)
    except ValueProblem:
        return
    if wanted.period is None and sequence.reset != "never":
        raise UsageError(
            f"{text!r} alone does not say which period of sequence {sequence.name!r} is meant",
            "give --period KEY, or write the number as printed",
        )
    problem = (
        None if wanted.period is None else period_problem(sequence.reset, wanted.period, sequence.fiscal)
    )
    if problem:
        raise UsageError(str(problem))
    sequence = transaction.ranges.narrowed(sequence, wanted.period or "all")
    check_grid(sequence, [value])
    scope = one_scope(sequence, dict(wanted.scope))
    yield _spot(transaction, sequence, Placed(value, wanted.period or "all", scope), named=True)


def check_grid(sequence: Sequence, values: list[int]) -> None:
    """Refuse integers that a sequence does not count. Raises UsageError."""
    for value in values:
        if (value - sequence.start) % sequence.step:
            raise UsageError(
                f"{value} is not a value of sequence {sequence.name!r}, whose step is {sequence.step}",
                f"it counts from {sequence.compiled.counter_text(sequence.start)} on",
            )


def _spot(transaction: Transaction, sequence: Sequence, placed: Placed, named: bool = False) -> Spot:
    """One integer of a counter with its state."""
    assert sequence.id is not None
    value = placed.value
    sequence = transaction.ranges.narrowed(sequence, placed.period)
    assert sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, placed.scope, placed.period)
    unused = Counter.unused(sequence.start, sequence.step)
    place = CounterPlace(sequence, placed.period, placed.scope, counter or unused)
    if counter is None or counter.id is None or value > counter.last:
        return Spot(place, value, UNISSUED, named=named)
    if value < counter.first:
        return Spot(place, value, BEFORE_FIRST, named=named)
    held = transaction.held.at(counter.id, value)
    if held is not None:
        return Spot(place, value, held.state, holder=held, named=named)
    for _, _, state, event_id in transaction.gaps.overlapping(counter.id, value, value):
        return Spot(place, value, state, event_id, named=named)
    return Spot(place, value, "missing", named=named)
