"""Freeing held numbers: their rows leave the ledger, and one event keeps them as they were."""

from __future__ import annotations

from itertools import groupby

from seqctl.model.classes import frozen
from seqctl.model.log.aim import aim_of, held_of
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


@frozen
class Freed:
    """Held numbers, ascending, of one counter that are freed, and the state that they go to.

    That is reusable, review, blocked, or missing, which is no stored state. `each` has what is said of each
    of them alone, and is empty where nothing is.
    """

    sequence: Sequence
    counter: Counter
    numbers: list[HeldNumber]
    to: str
    each: list[dict[str, object]]

    def annulled(self, transaction: Transaction) -> int | None:
        """The event that annulled the range of the numbers, under whose reason they are blocked."""
        if self.to != "blocked":
            return None
        served = transaction.ranges.narrowed(self.sequence, self.numbers[0].period).served
        return None if served is None else served.annulled

    def runs(self) -> list[tuple[int, int]]:
        """The runs that the numbers form; those that have different reasons apart."""
        reasons = [own.get("reason") for own in self.each] or [None] * len(self.numbers)
        runs: list[tuple[int, int]] = []
        for _, some in groupby(zip(reasons, self.numbers, strict=True), key=lambda pair: pair[0]):
            runs += joined((number.value for _, number in some), self.sequence.step)
        return runs


def free(
    transaction: Transaction, freed: list[Freed], action: str, reason: str | None, file: str | None
) -> None:
    """Take held numbers out of the ledger, of each counter once; note it as one event, `action`.

    Writes the counters back; the caller holds the write lock and commits.
    """
    event_id = transaction.log.last().id + 1
    under = [one.annulled(transaction) for one in freed]
    to, first_under = freed[0].to, under[0]
    rows: list[list[object]] = []
    each: list[dict[str, object]] = []
    for one, made_by in zip(freed, under, strict=True):
        rows += [number.row for number in one.numbers]
        apart: dict[str, object] = {} if one.to == to else {"to": one.to}
        apart |= {} if made_by == first_under else {"under": made_by}
        each += [{**own, **apart} for own in one.each or [{}] * len(one.numbers)]
        _take_out(transaction, one, made_by or event_id)
    aim = aim_of([held_of(one.sequence, one.counter, one.numbers) for one in freed], file)
    transaction.log.append(
        RowsFreed(
            *(action, *aim[:6]),
            reason=reason,
            numbers=[number.text for one in freed for number in one.numbers],
            to=to,
            rows_before=rows,
            file=file,
            each=each if any(each) else None,
            under=first_under,
            counters=aim.counters,
        )
    )


def _take_out(transaction: Transaction, freed: Freed, made_by: int) -> None:
    """Take numbers of one counter out of the ledger, and write the counter back."""
    counter, numbers = freed.counter, freed.numbers
    transaction.held.remove([number.serial for number in numbers])
    counter.free(len(numbers), sum(number.state == "reserved" for number in numbers))
    if freed.to != "missing":
        for first, last in freed.runs():
            transaction.gaps.put(counter, first, last, freed.sequence.step, freed.to, made_by)
    counter.undate({number.date for number in numbers})
    transaction.ledger.save_counter(counter)


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
        freed = Freed(sequence, counter, numbers, freed_state(sequence), [])
        free(transaction, [freed], "expire", None, None)
    return numbers
