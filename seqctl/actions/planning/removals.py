"""Planning what goes: definitions named for removal, and with `prune` the unused ones that nobody names."""

from __future__ import annotations

from seqctl.actions.planning.kinds import PLANNED
from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Change
from seqctl.model.catalogue.kinds import KINDS, Kind
from seqctl.model.finding import nearest


def plan_removals(planning: Planning) -> None:
    """Plan removals; what is used or referred to is refused by name and kept by `prune`."""
    for kind_name, name in planning.wanted.removed:
        kind = KINDS[kind_name]
        known = list(kind.of(planning.old))
        if name not in known:
            message = f"there is no {kind.name} {name!r}"
            planning.plan.find("not_found", (kind.table, name), message, nearest(name, known))
            continue
        reason = PLANNED[kind.name].stays(name, planning.new)
        if reason is None:
            _remove(kind, name, planning)
        else:
            code, message, hint = reason
            planning.plan.find(code, (kind.table, name), message, hint)
    if planning.wanted.prune:
        _prune(planning)


def _prune(planning: Planning) -> None:
    """Policies and sets go first, then the sequences that nothing names any more, then calendars."""
    for kind in reversed(KINDS.values()):
        for name in kind.of(planning.old):
            if name in kind.of(planning.wanted):
                continue
            reason = PLANNED[kind.name].stays(name, planning.new)
            if reason is None:
                _remove(kind, name, planning)
            else:
                planning.plan.changes.append(Change(kind.name, name, "kept", {"reason": [None, reason[1]]}))


def _remove(kind: Kind, name: str, planning: Planning) -> None:
    plan = planning.plan
    kind.of(planning.new).pop(name, None)
    # A set that lost its place to another and goes now is not written once more.
    plan.sets = [item for item in plan.sets if kind.name != "set" or item.name != name]
    plan.changes = [item for item in plan.changes if (item.kind, item.name) != (kind.name, name)]
    plan.removed.append((kind.name, name))
    plan.changes.append(Change(kind.name, name, "removed", {}))
