"""What was counted while a report was gathered, for the lines of its summary."""

from __future__ import annotations

from seqctl.model.classes import field, mutable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.actions.audit.verify import Verification
    from seqctl.model.reports.completeness import Completeness

TERMS = ("issued", "void", "reserved", "reusable", "review", "blocked", "missing", "other_window")
"""What an integer of a counter can have become, in the order of the equation."""


@mutable
class Totals:
    """Counts by what was counted. `states` are integers by state, `unproved` the sums that do not hold.

    `last_change` is the instant of the newest change, and `people` who changed anything.
    """

    counts: dict[str, int] = field(factory=dict)
    states: dict[str, int] = field(factory=lambda: dict.fromkeys(TERMS, 0))
    unproved: list[str] = field(factory=list)
    people: set[str] = field(factory=set)
    last_change: str | None = None
    verified: Verification | None = None

    def count(self, what: str, more: int = 1) -> None:
        """Count one more, or several."""
        self.counts[what] = self.counts.get(what, 0) + more

    def of(self, what: str) -> int:
        """How many were counted."""
        return self.counts.get(what, 0)

    def state(self, stated: Completeness) -> None:
        """Add what became of the integers of a counter."""
        self.count("counters")
        self.count("integers", stated.total)
        for term in TERMS:
            self.states[term] += getattr(stated, term)
        if not stated.proved:
            self.unproved.append(stated.finding().message)
