"""Planning sequence sets: members that exist and fit, one default, owners of one set each."""

from __future__ import annotations

from seqctl.actions.planning.planning import Planning
from seqctl.model.catalogue.catalogue import Catalogue, Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Plan, Reason
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.owner import split_owner
from seqctl.model.text import document_type_name, shell_word
from seqctl.model.value import ValueProblem, name_value

SET = KINDS["set"]


def plan_sets(planning: Planning) -> None:
    """Plan the sets that are wanted, and the default set that loses its place to one of them."""
    wanted, plan = planning.wanted, planning.plan
    defaults = [given.name for given in wanted.sets.values() if given.default]
    for name in defaults[1:]:
        _error(plan, name, f"set {defaults[0]!r} is already the default", ("default",))
    claimed = {owner for given in wanted.sets.values() for owner in given.owners or ()}
    for name, given in wanted.sets.items():
        before = planning.old.sets.get(name)
        checked = _checked(given, before, planning)
        if given.owners is None:
            # It claims none itself, and keeps those that no other set gets.
            checked.owners = tuple(owner for owner in checked.owners or () if owner not in claimed)
        differences = SET.changes(before or SequenceSet(checked.name), checked)
        plan.put(SET, checked.name, before is None, differences, checked)
        planning.new.sets[name] = checked
    _check_owners(wanted, plan)
    _displace(wanted, planning.new, plan, bool(defaults))
    _warn_of_two_meanings(wanted, planning.new, plan)


def _checked(given: SequenceSet, before: SequenceSet | None, planning: Planning) -> SequenceSet:
    """The set with its document types in snake case; what is wrong with it becomes a finding."""
    plan = planning.plan
    try:
        name_value(given.name)
    except ValueProblem as problem:
        _error(plan, given.name, str(problem), (), problem.hint)
    members: dict[str, str] = {}
    for written, name in given.members.items():
        document_type = document_type_name(written)
        if document_type in members:
            _error(plan, given.name, f"{document_type} is a duplicate", ("members", written))
        members[document_type] = name
        named = before.members.get(document_type) if before is not None else None
        planning.check_reference(("sets", given.name), ("members", written), name, document_type, named)
    owners = given.owners
    for owner in owners or ():
        try:
            split_owner(owner)
        except ValueError as error:
            _error(plan, given.name, str(error), ("assignments",))
    if owners is None:
        owners = before.owners if before is not None else ()
    return SequenceSet(given.name, members, given.default, tuple(sorted(set(owners or ()))))


def _displace(wanted: Wanted, new: Catalogue, plan: Plan, default: bool) -> None:
    """A set that nobody named loses its place as default, or owners, to one of the wanted sets."""
    claimed = {owner for given in wanted.sets.values() for owner in given.owners or ()}
    for name, other in list(new.sets.items()):
        lost = [owner for owner in other.owners or () if owner in claimed]
        if name in wanted.sets or not (lost or (default and other.default)):
            continue
        owners = tuple(owner for owner in other.owners or () if owner not in claimed)
        changed = SequenceSet(name, other.members, other.default and not default, owners)
        new.sets[name] = changed
        if changed.default != other.default and not wanted.strict:
            # A file changes what it does not name; a command that says --default means it.
            message = "is no longer the default set: the new default serves its document types from now on"
            plan.find("default_moved", ("sets", name), message, severity="warning")
        plan.put(SET, name, False, SET.changes(other, changed), changed)


def _check_owners(wanted: Wanted, plan: Plan) -> None:
    """An owner has one set: two of the wanted sets cannot both claim it."""
    claimed: dict[str, str] = {}
    for name, given in wanted.sets.items():
        for owner in given.owners or ():
            other = claimed.setdefault(owner, name)
            if other != name:
                _error(plan, name, f"{owner!r} is assigned to set {other!r} too", ("assignments",))


def _warn_of_two_meanings(wanted: Wanted, new: Catalogue, plan: Plan) -> None:
    """A sequence whose name is a document type that something else serves means two things."""
    default = next((item for item in new.sets.values() if item.default), None)
    if default is None:
        return
    for name in new.sequences if wanted.sets else wanted.sequences:
        server = default.members.get(document_type_name(name))
        if server is not None and server != name and name in new.sequences:
            message = f"the document type {name!r} is served by sequence {server!r}"
            hint = f"`next {name}` draws from {server!r}; rename one of them"
            plan.find("two_meanings", ("sequences", name), message, hint, severity="warning")


def _error(
    plan: Plan, name: str, message: str, field: tuple[str | int, ...], hint: str | None = None
) -> None:
    plan.find("invalid_definition", ("sets", name), message, hint, field)


def set_stays(name: str, new: Catalogue) -> Reason | None:
    """Why a set cannot go: it is the default, or somebody's."""
    if new.sets[name].default:
        return Reason("in_use", "it is the default set", "make another set the default first")
    if not new.sets[name].owners:
        return None
    first = (new.sets[name].owners or ("",))[0]
    hint = f"take it off with: seqctl set unassign {shell_word(first)}"
    return Reason("in_use", f"it is assigned to {first!r}", hint)
