"""Planning what goes: definitions named for removal, and with `prune` the unused ones that nobody names."""

from __future__ import annotations

from seqctl.model.catalogue.catalogue import TABLES, Catalogue, Change, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.finding import Finding, nearest
from seqctl.model.text import shell_word


def plan_removals(wanted: Wanted, old: Catalogue, new: Catalogue, plan: Plan) -> None:
    """Plan removals; what is used or referred to is refused by name and kept by `prune`."""
    for kind, name in wanted.removed:
        reason = _missing(kind, name, old) or _reason_to_stay(kind, name, new)
        if reason is None:
            _remove(kind, name, new, plan)
        else:
            code, message, hint = reason
            plan.findings.append(Finding(code, "error", (TABLES[kind], name), message, hint))
    if wanted.prune:
        _prune(wanted, old, new, plan)


def _prune(wanted: Wanted, old: Catalogue, new: Catalogue, plan: Plan) -> None:
    """Policies and sets go first, then the sequences that nothing names any more, then calendars."""
    for kind, known, named in (
        ("policy", old.policies, wanted.policies),
        ("set", old.sets, wanted.sets),
        ("sequence", old.sequences, wanted.sequences),
        ("calendar", old.calendars, wanted.calendars),
    ):
        for name in known:
            if name in named:
                continue
            reason = _reason_to_stay(kind, name, new)
            if reason is None:
                _remove(kind, name, new, plan)
            else:
                plan.changes.append(Change(kind, name, "kept", {"reason": [None, reason[1]]}))


def _remove(kind: str, name: str, new: Catalogue, plan: Plan) -> None:
    held: dict[str, dict[str, object]] = {
        "policy": new.policies,  # type: ignore[dict-item]
        "set": new.sets,  # type: ignore[dict-item]
        "sequence": new.sequences,  # type: ignore[dict-item]
        "calendar": new.calendars,  # type: ignore[dict-item]
    }
    held[kind].pop(name, None)
    # A set that lost its place to another and goes now is not written once more.
    plan.sets = [item for item in plan.sets if kind != "set" or item.name != name]
    plan.changes = [item for item in plan.changes if (item.kind, item.name) != (kind, name)]
    plan.removed.append((kind, name))
    plan.changes.append(Change(kind, name, "removed", {}))


def _missing(kind: str, name: str, old: Catalogue) -> tuple[str, str, str | None] | None:
    known: list[str] = list(getattr(old, TABLES[kind]))
    if name in known:
        return None
    return "not_found", f"there is no {kind} {name!r}", nearest(name, known)


def _reason_to_stay(kind: str, name: str, new: Catalogue) -> tuple[str, str, str | None] | None:
    """Why a definition cannot go: its code, what is in the way, and what to do."""
    if kind == "sequence":
        if new.sequences[name].used:
            hint = f"deactivate it with: seqctl sequence deactivate {shell_word(name)}"
            return "in_use", "numbers were issued from it; it stays for the record", hint
        for other in new.sets.values():
            if name in other.members.values():
                return "in_use", f"set {other.name!r} names it", "take it out of the set first"
        for policy in new.policies.values():
            if policy.sequence == name:
                return "in_use", f"policy {policy.name!r} names it", "remove or change the policy first"
    elif kind == "policy":
        if new.policies[name].used:
            hint = f"deactivate it with: seqctl policy deactivate {shell_word(name)}"
            return "in_use", "it chose for issued numbers; it stays for the record", hint
    elif kind == "set":
        if new.sets[name].default:
            return "in_use", "it is the default set", "make another set the default first"
        if new.sets[name].owners:
            first = (new.sets[name].owners or ("",))[0]
            hint = f"take it off with: seqctl set unassign {shell_word(first)}"
            return "in_use", f"it is assigned to {first!r}", hint
    else:
        for sequence in new.sequences.values():
            if sequence.calendar == name:
                return "in_use", f"sequence {sequence.name!r} uses it", None
    return None
