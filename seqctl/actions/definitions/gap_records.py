"""Writing what gap records of another system say of a counter: its runs, and how far it came."""

from __future__ import annotations

from seqctl.actions.gaps.change import BLOCK, RESTORE, REVIEW, Stretch, turn_runs
from seqctl.actions.ledger.free import free_overdue
from seqctl.model.catalogue.plan import GapChange
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

MOVES = {move.action: move for move in (RESTORE, BLOCK, REVIEW)}


def write_gap_change(transaction: Transaction, change: GapChange) -> None:
    """Give runs their state, in one event; a counter that has not come so far goes on behind them.

    Needs the write lock of the book; the plan has held the runs against what is held.
    """
    sequence = transaction.definitions.sequence(change.sequence)
    assert sequence is not None and sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, change.scope, change.period)
    if counter is None:
        counter = Counter.unused(sequence.start, sequence.step)
        transaction.ledger.add_counter(sequence, change.scope, change.period, counter)
    free_overdue(transaction, sequence, counter)
    counter.pass_over(change.runs[-1][1])
    place = CounterPlace(sequence, change.period, change.scope, counter)
    turn_runs(transaction, MOVES[change.action], [Stretch(place, change.reason, change.runs)])
    # Like adopted numbers: its fields are fixed, and what else was given out may still be adopted.
    transaction.adopted.mark_adopted(sequence.id)
