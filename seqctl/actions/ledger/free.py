"""Freeing held numbers of one counter: their rows leave the ledger, and one event keeps them as they were."""

from __future__ import annotations

from seqctl.model.log.events.numbers import RowsFreed
from seqctl.model.number.counter import Counter
from seqctl.model.number.held_number import HeldNumber
from seqctl.model.number.runs import joined
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def freed_state(sequence: Sequence) -> str:
    """What a freed number becomes: it is issued again, or in a standard sequence is simply missing.

    Of an annulled range nothing is given out again.
    """
    if sequence.served is not None and sequence.served.annulled is not None:
        return "blocked"
    return "reusable" if sequence.mode == "gapless" else "missing"


def free(
    transaction: Transaction,
    sequence: Sequence,
    counter: Counter,
    numbers: list[HeldNumber],
    action: str,
    to: str,
    reason: str | None = None,
    file: str | None = None,
    each: list[dict[str, object]] | None = None,
) -> None:
    """Take held numbers of one counter, ascending, out of the ledger; note it as `action`.

    `to` is the state that they go to: reusable, review, or missing, which is no stored state. `file` and
    `each` are those of `RowsFreed`. Writes the counter back; the caller holds the write lock and commits.
    """
    event_id = made_by = transaction.log.last().id + 1
    if to == "blocked":
        # Under the reason for which the range was annulled.
        served = transaction.ranges.narrowed(sequence, numbers[0].period).served
        made_by = event_id if served is None or served.annulled is None else served.annulled
    rows = [number.row for number in numbers]
    transaction.held.remove([number.serial for number in numbers])
    counter.free(len(numbers), sum(number.state == "reserved" for number in numbers))
    if to != "missing":
        for first, last in joined((number.value for number in numbers), sequence.step):
            transaction.gaps.put(counter, first, last, sequence.step, to, made_by)
    counter.undate({number.date for number in numbers})
    transaction.ledger.save_counter(counter)
    assert counter.id is not None
    transaction.log.append(
        RowsFreed(
            *(action, sequence.name, counter.id, numbers[0].value, numbers[-1].value),
            period=numbers[0].period,
            scope=numbers[0].scope,
            reason=reason,
            numbers=[number.text for number in numbers],
            to=to,
            rows_before=rows,
            file=file,
            each=each,
            under=None if made_by == event_id else made_by,
        )
    )


def free_former(transaction: Transaction, key: str) -> None:
    """Record the ended reservations of a key as freed, with all others of their counters.

    Else they would live again beside the new numbers of the key when the clock goes back.
    """
    rows = transaction.ledger.issued_under_key(key)
    for name, scope, period in sorted({(row.sequence, row.scope, row.period) for row in rows}):
        sequence = transaction.definitions.sequence(name)
        assert sequence is not None and sequence.id is not None
        counter = transaction.ledger.counter(sequence.id, scope, period)
        assert counter is not None
        narrowed = transaction.ranges.narrowed(sequence, period)
        free_overdue(transaction, narrowed, counter)


def free_overdue(transaction: Transaction, sequence: Sequence, counter: Counter) -> list[HeldNumber]:
    """Record the reservations of one counter whose deadline has passed as freed; returns them."""
    if counter.id is None or not counter.reserved:
        return []
    numbers = transaction.held.overdue(counter.id, transaction.now)
    if numbers:
        free(transaction, sequence, counter, numbers, "expire", freed_state(sequence))
    return numbers
