"""A plan: what a change of definitions would do, and what speaks against it."""

from dataclasses import dataclass, field

from seqctl.model.calendar import Calendar
from seqctl.model.catalogue import Change
from seqctl.model.finding import Finding
from seqctl.model.policy import Policy
from seqctl.model.sequence import Sequence
from seqctl.model.sequence_set import SequenceSet

NOWHERE = ":memory:"
"""The path of a book that is kept in memory: what a plan is held against where there is no book."""


@dataclass(slots=True)
class Plan:
    """What a change of definitions does (`changes`), what speaks against it (`findings`), and the writes."""

    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    timezone: str | None = None
    calendars: list[Calendar] = field(default_factory=list)
    sequences: list[Sequence] = field(default_factory=list)
    sets: list[SequenceSet] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    counters: list[tuple[str, str, str, int]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    recounted: set[str] = field(default_factory=set)
    """Unused sequences whose counters no longer fit their definition and go."""
    seen: tuple[int, bytes] = (0, b"")
    """The last event of the book when the plan was made."""
    empty_book_zone: str | None = None
    """Set where the plan was held against no book: it holds for a new one in this time zone."""

    @property
    def errors(self) -> list[Finding]:
        """The findings that forbid the plan."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def writes(self) -> bool:
        """Whether applying the plan would change anything."""
        return any(change.action not in ("unchanged", "kept") for change in self.changes)

    @property
    def only_creates(self) -> bool:
        """Whether the plan leaves everything that is there as it is."""
        actions = {change.action for change in self.changes}
        return actions <= {"created", "unchanged"} and not (self.removed or self.recounted)
