"""Planning sequence sets: members that exist and fit, one default, owners of one set each."""

from __future__ import annotations

from seqctl.model.catalogue.catalogue import Catalogue, Change, Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.finding import Finding, nearest
from seqctl.model.owner import split_owner
from seqctl.model.text import document_type_name
from seqctl.model.value import ValueProblem, name_value


def plan_sets(wanted: Wanted, old: Catalogue, new: Catalogue, plan: Plan) -> None:
    """Plan the sets that are wanted, and the default set that loses its place to one of them."""
    defaults = [given.name for given in wanted.sets.values() if given.default]
    for name in defaults[1:]:
        _error(plan, name, f"set {defaults[0]!r} is the default already", ("default",))
    for name, given in wanted.sets.items():
        before = old.sets.get(name)
        claimed = {
            owner
            for other in wanted.sets.values()
            if other.name != given.name
            for owner in other.owners or ()
        }
        checked = _checked(given, before, old, new, wanted.strict, plan)
        if given.owners is None:
            checked.owners = tuple(owner for owner in checked.owners or () if owner not in claimed)
        _note(checked, before, plan)
        new.sets[name] = checked
    _check_owners(wanted, plan)
    _displace(wanted, new, plan, bool(defaults))
    _warn_of_two_meanings(wanted, new, plan)


def _checked(
    given: SequenceSet,
    before: SequenceSet | None,
    old: Catalogue,
    new: Catalogue,
    strict: bool,
    plan: Plan,
) -> SequenceSet:
    """The set with its document types in snake case; what is wrong with it becomes a finding."""
    try:
        name_value(given.name)
    except ValueProblem as problem:
        _error(plan, given.name, str(problem), (), problem.hint)
    members = {}
    for written, name in given.members.items():
        document_type = document_type_name(written)
        if document_type in members:
            _error(plan, given.name, f"{document_type} stands twice", ("members", written))
        members[document_type] = name
        sequence = new.sequences.get(name)
        field = ("members", written)
        if sequence is None:
            if not any(finding.subject == ("sequences", name) for finding in plan.errors):
                hint = nearest(name, list(new.sequences)) or "define it under [sequences.NAME]"
                _error(plan, given.name, f"there is no sequence {name!r}", field, hint)
        elif sequence.document_type != document_type:
            _error(
                plan,
                given.name,
                f"sequence {name!r} numbers {sequence.document_type!r}, not {document_type!r}",
                field,
            )
        elif sequence.status != "active" and (before is None or before.members.get(document_type) != name):
            severity = "error" if strict else "warning"
            _error(plan, given.name, f"sequence {name!r} is inactive", field, None, severity)
    owners = given.owners
    for owner in owners or ():
        try:
            split_owner(owner)
        except ValueError as error:
            _error(plan, given.name, str(error), ("assignments",))
    if owners is None:
        owners = before.owners if before is not None else ()
    return SequenceSet(given.name, members, given.default, tuple(sorted(set(owners or ()))))


def _note(checked: SequenceSet, before: SequenceSet | None, plan: Plan) -> None:
    fields: dict[str, list[object]] = {}
    earlier = before or SequenceSet(checked.name, owners=())
    for document_type in sorted({*earlier.members, *checked.members}):
        values = [earlier.members.get(document_type), checked.members.get(document_type)]
        if values[0] != values[1]:
            fields[f"members.{document_type}"] = list(values)
    if earlier.default != checked.default:
        fields["default"] = [earlier.default, checked.default]
    if sorted(earlier.owners or ()) != sorted(checked.owners or ()):
        fields["assignments"] = [list(earlier.owners or ()), list(checked.owners or ())]
    action = "created" if before is None else "changed" if fields else "unchanged"
    plan.changes.append(Change("set", checked.name, action, fields))
    if action != "unchanged":
        plan.sets.append(checked)


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
        fields: dict[str, list[object]] = {}
        if changed.default != other.default:
            fields["default"] = [True, False]
            if not wanted.strict:
                # A file changes what it does not name; a command that says --default means it.
                message = "is the default set no more: the new one serves its document types from now on"
                plan.findings.append(Finding("default_moved", "warning", ("sets", name), message))
        if lost:
            fields["assignments"] = [list(other.owners or ()), list(owners)]
        plan.sets.insert(0, changed)
        plan.changes.append(Change("set", name, "changed", fields))


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
            plan.findings.append(
                Finding(
                    "two_meanings",
                    "warning",
                    ("sequences", name),
                    f"the document type {name!r} is served by sequence {server!r}",
                    f"`next {name}` draws from {server!r}; rename one of them",
                )
            )


def _error(
    plan: Plan,
    name: str,
    message: str,
    field: tuple[str | int, ...],
    hint: str | None = None,
    severity: str = "error",
) -> None:
    code = "invalid_definition" if severity == "error" else "inactive"
    plan.findings.append(Finding(code, severity, ("sets", name), message, hint, field))
