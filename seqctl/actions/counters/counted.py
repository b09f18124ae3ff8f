"""What a counter holds, counted from the rows of the ledger and the gap runs, never from its own counts."""

from __future__ import annotations

from seqctl.model.classes import NamedTuple
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.completeness import HeldCounts, RunCounts, count_runs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


class Counted(NamedTuple):
    """The held numbers and gap runs of a counter, and how many integers are both."""

    held: HeldCounts
    runs: RunCounts
    doubled: int

    @property
    def faults(self) -> tuple[str, ...]:
        """What damage or tampering left behind, in words."""
        words = {
            "held outside the counter's range or between its steps": self.held.strange,
            "held and listed as a gap": self.doubled,
            "gap runs outside the range, between the steps or over another": self.runs.wrong,
        }
        return tuple(f"{what}: {count}" for what, count in words.items() if count)


def count_held_and_runs(transaction: Transaction, place: CounterPlace) -> Counted:
    """Count a counter anew: a walk over its index."""
    counter, step = place.counter, place.sequence.step
    assert counter.id is not None
    first, last = counter.first, counter.last
    held = transaction.standing.held(counter.id, first, last, step, transaction.now)
    runs = count_runs(transaction.gap_scan.runs(counter.id), first, last, step)
    doubled = transaction.standing.held_in_runs(counter.id) if runs.integers else 0
    return Counted(held, runs, doubled)
