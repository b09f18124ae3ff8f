"""The one table of the kinds of events: what the column `action` says, and the class of what else is said."""

from __future__ import annotations

from seqctl.json_text import from_json
from seqctl.model.log.events.book import (
    BookMade,
    BookUpgraded,
    CopyAccepted,
    Defined,
    MoveAbandoned,
    Moved,
)
from seqctl.model.log.events.counters import ClosingMoved, NextValueSet, RunsTurned
from seqctl.model.log.events.numbers import Numbered, RowsChanged, RowsFreed
from seqctl.model.log.events.ranges import RangeAnnulled, RangeReopened
from seqctl.model.log.events.said import Said
from seqctl.model.log.moving import MOVES
from seqctl.model.log.told import FREEING
from seqctl.model.number.issue import Issued

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.log.event import Event

Content = Said | Issued
"""What any event says."""

KINDS: dict[str, type[Said] | type[Issued]] = {
    "init": BookMade,
    "upgrade": BookUpgraded,
    "import": Defined,
    "issue": Issued,
    "reserve": Issued,
    "assign": Numbered,
    "adopt": Numbered,
    "confirm": RowsChanged,
    "extend": RowsChanged,
    "void": RowsChanged,
    "record": RowsChanged,
    "reinstate": RowsChanged,
    **dict.fromkeys(FREEING, RowsFreed),
    "restore": RunsTurned,
    "block": RunsTurned,
    "review": RunsTurned,
    "set-next": NextValueSet,
    "close": ClosingMoved,
    "reopen": ClosingMoved,
    "accept": CopyAccepted,
    **dict.fromkeys(MOVES, Moved),
    "abandon": MoveAbandoned,
    **{f"sequence {verb}": Defined for verb in ("add", "edit", "remove", "rename")},
    **{f"set {verb}": Defined for verb in ("add", "edit", "remove", "rename", "assign", "unassign")},
    **{f"policy {verb}": Defined for verb in ("add", "edit", "remove", "rename")},
    "range annul": RangeAnnulled,
    "range reopen": RangeReopened,
    **{f"range {verb}": Defined for verb in ("add", "edit", "remove")},
    **{f"calendar {verb}": Defined for verb in ("add", "edit", "remove", "rename")},
}
"""Every kind of event, by what its column `action` says; docs/log.md says what each holds."""


def kinds_of(*classes: type[Content]) -> tuple[str, ...]:
    """The kinds of event that are of some classes."""
    return tuple(action for action, kind in KINDS.items() if kind in classes)


def read(event: Event) -> Content | None:
    """What a stored event says; None for a kind that nobody knows.

    Raises what a detail raises that this program would never write.
    """
    detail = from_json(event.detail)
    # Who uses the library may call a change of definitions what he likes.
    kind = KINDS.get(event.action, Defined if "changes" in detail else None)
    return None if kind is None else kind.read(event, detail)
