"""A plan: what a change of definitions would do, and what speaks against it."""

from seqctl.model.catalogue.catalogue import Change, Origin
from seqctl.model.catalogue.kinds import Kind
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.classes import NamedTuple, field, frozen, mutable
from seqctl.model.finding import Finding
from seqctl.model.policy.policy import Policy
from seqctl.model.range.range import Range
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NOWHERE = ":memory:"
"""The path of a book that is kept in memory: what a plan is compared with where there is no book."""


FAR = 1000
"""Values that a counter in use is moved over without a yes."""


@frozen
class CounterMove:
    """A counter in use that goes on at `target`; the `skipped` values before it are blocked for `reason`."""

    sequence: str
    scope: str
    period: str
    target: int
    skipped: int
    reason: str

    def __str__(self) -> str:
        return f"the counter of {self.sequence!r} will pass over {self.skipped} numbers: {self.reason}"


@frozen
class GapChange:
    """Runs of one counter that get a state by one `action` (`restore`, `block` or `review`), under a reason.

    The runs may lie beyond where the counter stands, which they then move.
    """

    sequence: str
    scope: str
    period: str
    action: str
    runs: list[tuple[int, int]]
    reason: str


class Reason(NamedTuple):
    """Why a definition cannot go: what stands in its way, and what to do about it."""

    code: str
    message: str
    hint: str | None


@mutable
class Plan:
    """What a change of definitions does (`changes`), what speaks against it (`findings`), and the writes."""

    changes: list[Change] = field(factory=list)
    findings: list[Finding] = field(factory=list)
    timezone: str | None = None
    book: "dict[str, list[Any]]" = field(factory=dict)
    """Lists under `[book]` that change."""
    calendars: list[Calendar] = field(factory=list)
    sequences: list[Sequence] = field(factory=list)
    ranges: list[Range] = field(factory=list)
    sets: list[SequenceSet] = field(factory=list)
    policies: list[Policy] = field(factory=list)
    counters: list[tuple[str, str, str, int]] = field(factory=list)
    moves: list[CounterMove] = field(factory=list)
    gaps: list[GapChange] = field(factory=list)
    origins: dict[str, Origin] = field(factory=dict)
    removed: list[tuple[str, str]] = field(factory=list)
    spaces: dict[str, str] | None = None
    """The spaces of texts that document types share from then on, where that changes."""
    recounted: dict[str, dict[tuple[str, str], int]] = field(factory=dict)
    """Unused sequences that count otherwise, with the next values, by (period, scope), that still fit."""
    kept: list[str] | None = None
    """The sequences whose references are kept, since nothing proves them different; None: as it is."""
    seen: tuple[int, bytes] = (0, b"")
    """The last event of the book when the plan was made."""
    _changes: dict[tuple[str, str], Change] = field(factory=dict)
    _refused: set[tuple[str, ...]] = field(factory=set)
    _looked_at: int = 0
    empty_book_zone: str | None = None
    """Set where the plan was compared with no book: it holds for a new one in this time zone."""

    def find(
        self,
        code: str,
        subject: tuple[str, ...],
        message: str,
        hint: str | None = None,
        field: tuple[str | int, ...] = (),
        severity: str = "error",
    ) -> None:
        """Note what speaks against the plan; a warning does not forbid it."""
        self.findings.append(Finding(code, severity, subject, message, hint, field))

    @property
    def errors(self) -> list[Finding]:
        """The findings that forbid the plan."""
        return [finding for finding in self.findings if finding.severity == "error"]

    def refuses(self, subject: tuple[str, ...]) -> bool:
        """Whether a finding so far forbids something of a subject; asked for each definition."""
        if self._looked_at > len(self.findings):
            self._refused, self._looked_at = set(), 0
        fresh = self.findings[self._looked_at :]
        self._refused.update(finding.subject for finding in fresh if finding.severity == "error")
        self._looked_at = len(self.findings)
        return subject in self._refused

    @property
    def writes(self) -> bool:
        """Whether applying the plan would change anything."""
        return any(change.action not in ("unchanged", "kept") for change in self.changes)

    @property
    def far_moves(self) -> list[CounterMove]:
        """Moves of counters that need a yes."""
        return [move for move in self.moves if move.skipped > FAR]

    def change_of(self, kind: str, name: str) -> Change:
        """The change of a definition that is wanted, added to where it had none."""
        if len(self._changes) != len(self.changes):
            self._changes = {(change.kind, change.name): change for change in self.changes}
        change = self._changes.get((kind, name))
        if change is None:
            change = self._changes[kind, name] = Change(kind, name, "unchanged", {})
            self.changes.append(change)
        return change

    def put(
        self, kind: Kind, name: str, new: bool, fields: dict[str, list[object]], definition: "Any"
    ) -> None:
        """Plan that a definition is written, unless it stays as it is; `fields` are those that change."""
        action = "created" if new else "changed" if fields else "unchanged"
        self.changes.append(Change(kind.name, name, action, fields))
        if action != "unchanged":
            kind.of(self).append(definition)

    def note(self, kind: str, name: str, fields: dict[str, list[object]]) -> None:
        """Add fields to the change of a definition."""
        change = self.change_of(kind, name)
        change.fields.update(fields)
        if change.action == "unchanged":
            change.action = "changed"

    @property
    def only_creates(self) -> bool:
        """Whether the plan leaves everything that is there as it is."""
        actions = {change.action for change in self.changes}
        moved = self.removed or self.recounted or self.moves or self.gaps or self.spaces is not None
        return actions <= {"created", "unchanged"} and not moved
