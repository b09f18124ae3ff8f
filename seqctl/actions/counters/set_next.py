"""Setting where a counter goes on: forward with a reason, back only over what nobody holds."""

from __future__ import annotations

from seqctl.actions.ledger.free import free_overdue
from seqctl.actions.ledger.older_book import lagging
from seqctl.actions.ledger.targets import one_scope
from seqctl.errors import NotFound, Refused, UsageError, repeatable
from seqctl.model.catalogue.plan import CounterMove
from seqctl.model.classes import frozen
from seqctl.model.log.events.counters import NextValueSet
from seqctl.model.number.counter import Counter
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.counter_values import next_value
from seqctl.model.sequence.scope import scope_problem
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.period_keys import period_problem
from seqctl.model.value import ValueProblem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


@frozen
class NextSet:
    """What `set_next` did: the counter, its next value before and now, and how many values it blocked."""

    sequence: str
    scope: str
    period: str
    before: str
    next: str
    blocked: int


@repeatable
def set_next(
    store: Store,
    name: str,
    value: str,
    reason: str,
    *,
    period: str | None = None,
    scope: dict[str, str] | None = None,
    at_least: bool = False,
    dry_run: bool = False,
) -> NextSet:
    """Make `value` the next one of a counter, in one transaction under the write lock.

    Forward, the skipped run is blocked under `reason`, at most to one past the last value of the sequence
    (or the word `exhausted`), which uses the counter up; back, it goes at most to one past the highest held
    value (else Refused `backwards`, with the numbers in the way). An unused counter takes it as its first
    value. With `at_least` a counter that stands there or beyond is left as it is. Without `period` it is
    the one of today.
    """
    with store.write() as transaction:
        sequence = transaction.definitions.sequence(name)
        if sequence is None or sequence.id is None:
            from seqctl.actions.ledger.refusals import unknown_sequence

            raise unknown_sequence(transaction, name)
        place = _place(transaction, sequence, period, scope or {})
        sequence = transaction.ranges.narrowed(sequence, place[0])
        assert sequence.id is not None
        if sequence.reset == "range" and (sequence.served is None or sequence.served.sequence != name):
            raise NotFound(f"there is no range {place[0]!r} of sequence {name!r}", "see: seqctl range list")
        if sequence.served is not None and sequence.served.annulled is not None:
            hint = "open it again first with: seqctl range reopen ID --reason TEXT"
            raise Refused("no_range", f"range {place[0]!r} is annulled", hint)
        try:
            target = next_value(sequence, value)
        except ValueProblem as problem:
            raise UsageError(str(problem), problem.hint) from problem
        counter = transaction.ledger.counter(sequence.id, place[1], place[0])
        if counter is None:
            uncounted = scope_problem(sequence.scope, place[1])
            if uncounted:
                raise Refused("scope_value", *uncounted)
            counter = Counter.unused(sequence.start, sequence.step)
        upcoming = counter.last + sequence.step
        free_overdue(transaction, sequence, counter)
        blocked = 0
        if target != upcoming and not (at_least and target < upcoming):
            blocked = move_counter(transaction, sequence, place, counter, target, reason)
            if not dry_run:
                transaction.commit()
        else:
            target = upcoming
    shown = [counter_shown(sequence, item) for item in (upcoming, target)]
    return NextSet(name, place[1], place[0], shown[0], shown[1], blocked)


def move_forward(transaction: Transaction, move: CounterMove) -> None:
    """Move a counter in use forward as a plan says, noting it as `set_next` does. Needs the write lock."""
    sequence = transaction.definitions.sequence(move.sequence)
    assert sequence is not None and sequence.id is not None
    sequence = transaction.ranges.narrowed(sequence, move.period)
    assert sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, move.scope, move.period)
    assert counter is not None
    free_overdue(transaction, sequence, counter)
    move_counter(transaction, sequence, (move.period, move.scope), counter, move.target, move.reason)


def _place(
    transaction: Transaction, sequence: Sequence, period: str | None, scope: dict[str, str]
) -> tuple[str, str]:
    """The period and scope of the counter that is meant. Raises UsageError."""
    if period is None and sequence.reset == "range":
        hint = "give --period ID, the id of the range"
        raise UsageError(f"sequence {sequence.name!r} counts in ranges, and none is named", hint)
    if period is None:
        today = transaction.today(sequence.zone)
        if sequence.fiscal is not None and not sequence.fiscal.holds(today):
            from seqctl.actions.ledger.refusals import no_fiscal_year

            raise no_fiscal_year(sequence, today.isoformat())
        period = period_key(sequence.reset, today, sequence.fiscal)
    problem = period_problem(sequence.reset, period, sequence.fiscal)
    if problem:
        raise UsageError(problem)
    return period, one_scope(transaction.ranges.narrowed(sequence, period), scope)


def move_counter(
    transaction: Transaction,
    sequence: Sequence,
    place: tuple[str, str],
    counter: Counter,
    target: int,
    reason: str,
) -> int:
    """Move a counter and note it; returns how many values were blocked.

    `place` is its period and scope. Raises Refused `backwards`. The caller holds the write lock and commits.
    """
    period, scope = place
    step, before = sequence.step, counter.last + sequence.step
    assert sequence.id is not None
    if counter.id is None:
        transaction.ledger.add_counter(sequence, scope, period, counter)
    assert counter.id is not None
    blocked, freed = 0, []
    lost = not counter.used and _lost(transaction, sequence, place)
    if not counter.used and not lost:
        counter.begin(target, step)
    elif target > before:
        event_id = transaction.log.last().id + 1
        blocked = (target - before) // step
        transaction.gaps.put(counter, before, target - step, step, "blocked", event_id)
        counter.pass_over(target - step)
    else:
        _refuse_held(transaction, sequence, counter, target)
        freed = transaction.gaps.clear(counter, target, before - step, step)
        counter.go_back(target, step)
    transaction.ledger.save_counter(counter)
    low, high = min(before, target), max(before, target) - step
    transaction.log.append(
        NextValueSet(
            *("set-next", sequence.name, counter.id, low, max(low, high)),
            period=period,
            scope=scope,
            before=before,
            next=target,
            reason=reason,
            runs_before=freed,
            lost=lost or None,
        )
    )
    return blocked


def _lost(transaction: Transaction, sequence: Sequence, place: tuple[str, str]) -> bool:
    """Whether the counter had given out numbers that this book, an older one, knows nothing of."""
    return any(
        (lag.sequence, lag.period, lag.scope) == (sequence.name, *place) for lag in lagging(transaction)
    )


def _refuse_held(transaction: Transaction, sequence: Sequence, counter: Counter, target: int) -> None:
    """Refuse to go back over numbers that are held, and to below the counter's first value."""
    assert counter.id is not None
    held = transaction.gaps.held_from(counter.id, target, 4)
    if held:
        listed = ", ".join(held[:3]) + (" ..." if len(held) > 3 else "")
        value = sequence.compiled.counter_text(target)
        highest = transaction.gaps.highest_held(counter.id)
        assert highest is not None
        lowest = sequence.compiled.counter_text(highest + sequence.step)
        raise Refused(
            "backwards",
            f"the counter cannot go back to {value}: {listed} {'is' if len(held) == 1 else 'are'} held",
            f"the lowest possible next value is {lowest}",
        )
    if target < counter.first:
        first = sequence.compiled.counter_text(counter.first)
        raise Refused("backwards", f"the counter began at {first} and cannot go below it", f"write {first}")
