"""Planning what goes: definitions named for removal, and with `prune` the unused ones that nobody names."""

from __future__ import annotations

from seqctl.model.catalogue import TABLES, Catalogue, Change, Wanted
from seqctl.model.finding import Finding, nearest
from seqctl.model.plan import Plan
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
    """Sets go first, then the sequences that no set names any more, then calendars."""
    for kind, known, named in (
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
        "set": new.sets,  # type: ignore[dict-item]
        "sequence": new.sequences,  # type: ignore[dict-item]
        "calendar": new.calendars,  # type: ignore[dict-item]
    }
    held[kind].pop(name, None)
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
    elif kind == "set":
        if new.sets[name].default:
            return "in_use", "it is the default set", "make another set the default first"
        if new.sets[name].owners:
            first = (new.sets[name].owners or ("",))[0]
            hint = f"take it off with: seqctl set unassign {first}"
            return "in_use", f"it is assigned to {first!r}", hint
    else:
        for sequence in new.sequences.values():
            if sequence.calendar == name:
                return "in_use", f"sequence {sequence.name!r} uses it", None
    return None
