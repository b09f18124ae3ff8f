"""One counter as the events make it: where it stands, and its gap runs."""

from __future__ import annotations

from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_runs import GapRuns

SELF_ISSUED, ADOPTED = 1, 2
"""Of `use`, as `sequence.used` says it: numbers were issued or reserved, or they were only adopted."""


class ReplayedCounter(Counter):
    """A counter that is moved by events alone, with its gap runs.

    `sequence`, `period` and `scope` are its names as the first event that concerns it gives them.
    `use` is 0 where nothing was ever held. `unsure` is an event whose rows do not tell what became of the
    counter's freed numbers; `vague` says that its last value is not known, only that it is not below `last`.
    """

    __slots__ = (*("event_id", "period", "runs", "scope", "sequence", "step", "unsure", "use", "vague"),)

    def __init__(self, sequence: str, period: str, scope: str, step: int, event_id: int) -> None:
        super().__init__(None, None, 0, -step)
        self.sequence = sequence
        self.period = period
        self.scope = scope
        self.step = step
        self.event_id = event_id
        self.runs = GapRuns(self, step)
        self.use = 0
        self.unsure: int | None = None
        self.vague = False
