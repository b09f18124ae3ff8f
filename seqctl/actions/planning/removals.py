"""Planning what goes: definitions named for removal, and with `prune` the unused ones that nobody names."""

from __future__ import annotations

from seqctl.actions.ledger.targets import check_renamed
from seqctl.actions.planning.kinds import PLANNED
from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Change
from seqctl.model.catalogue.kinds import KINDS, Kind
from seqctl.model.catalogue.plan import Reason
from seqctl.model.finding import nearest


def plan_removals(planning: Planning) -> None:
    """Plan removals; what is used or referred to is refused by name and kept by `prune`."""
    removals = Removals(planning)
    for kind_name, name in planning.wanted.removed:
        kind = KINDS[kind_name]
        known = kind.of(planning.old)
        if name not in known:
            check_renamed(planning.transaction, name, kind.name)
            message = f"there is no {kind.name} {name!r}"
            near = nearest(name, list(known)) or f"see: seqctl {kind.name} list"
            planning.plan.find("not_found", (kind.table, name), message, near)
            continue
        reason = removals.reason_to_stay(kind, name)
        if reason is None:
            removals.remove(kind, name)
        else:
            code, message, hint = reason
            planning.plan.find(code, (kind.table, name), message, hint)
    if planning.wanted.prune:
        _prune(planning, removals)
    removals.finish()


def _prune(planning: Planning, removals: Removals) -> None:
    """Policies and sets go first, then the sequences that nothing names any more, then calendars."""
    for kind in reversed(KINDS.values()):
        for name in kind.of(planning.old):
            if name in kind.of(planning.wanted):
                continue
            reason = removals.reason_to_stay(kind, name)
            if reason is None:
                removals.remove(kind, name)
            else:
                removals.changes.append(Change(kind.name, name, "kept", {"reason": [None, reason[1]]}))


class Removals:
    """The removals of one plan; their `changes` come behind all others, as they were decided."""

    def __init__(self, planning: Planning) -> None:
        self.new, self.plan = planning.new, planning.plan
        self.changes: list[Change] = []
        self._gone: set[tuple[str, str]] = set()
        self._named: dict[str, dict[str, Reason]] = {}

    def reason_to_stay(self, kind: Kind, name: str) -> Reason | None:
        """Why a definition cannot go; None where it can."""
        planned = PLANNED[kind.name]
        if kind.name not in self._named:
            named = self._named[kind.name] = {}
            for other, reason in planned.named(self.new):
                named.setdefault(other, reason)
        return planned.stays(name, self.new) or self._named[kind.name].get(name)

    def remove(self, kind: Kind, name: str) -> None:
        """Plan that a definition goes."""
        kind.of(self.new).pop(name, None)
        # What it named may be free now; nothing names another one of its own kind.
        self._named = {of: named for of, named in self._named.items() if of == kind.name}
        self._gone.add((kind.name, name))
        self.plan.removed.append((kind.name, name))
        self.changes.append(Change(kind.name, name, "removed", {}))

    def finish(self) -> None:
        """Take out what else was planned for what goes, and add the removals."""
        gone, plan = self._gone, self.plan
        if gone:
            # A set that lost its place to another and goes now is not written once more.
            plan.sets = [item for item in plan.sets if ("set", item.name) not in gone]
            plan.changes = [item for item in plan.changes if (item.kind, item.name) not in gone]
        plan.changes += self.changes
