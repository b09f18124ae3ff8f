"""Adding, changing and assigning sequence sets: the same plan as an import."""

from __future__ import annotations

from seqctl.actions.lists import known
from seqctl.actions.sequences import apply
from seqctl.errors import NotFound, Refused, UsageError
from seqctl.model.catalogue import Catalogue, Wanted
from seqctl.model.plan import Plan
from seqctl.model.sequence_set import SequenceSet, split_owner
from seqctl.model.text import document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


def add_set(store: Store, name: str, members: dict[str, str], default: bool, dry_run: bool = False) -> Plan:
    """Define a new set. Raises Refused (`exists`) where there is one of that name."""
    if name in _catalogue(store).sets:
        raise Refused(
            "exists",
            f"there is a set {name!r} already",
            f"change it with: seqctl set edit {shell_word(name)}",
        )
    wanted = Wanted(sets={name: SequenceSet(name, members, default)}, strict=True)
    return apply(store, wanted, "set add", name, dry_run)


def edit_set(
    store: Store,
    name: str,
    members: dict[str, str],
    without: list[str],
    default: bool,
    dry_run: bool = False,
) -> Plan:
    """Change members of a set, take out the types `without`, or make it the default. Raises NotFound."""
    if not members and not without and not default:
        raise UsageError("nothing to change was given", "give TYPE=SEQUENCE, --without or --default")
    sets = _catalogue(store).sets
    before = sets[known("set", name, list(sets))]
    kept = dict(before.members)
    for written in without:
        document_type = document_type_name(written)
        if kept.pop(document_type, None) is None:
            raise NotFound(f"set {name!r} has no member for {document_type!r}")
    kept.update({document_type_name(written): member for written, member in members.items()})
    changed = SequenceSet(name, kept, before.default or default)
    return apply(store, Wanted(sets={name: changed}, strict=True), "set edit", name, dry_run)


def assign_set(store: Store, name: str, owners: list[str], dry_run: bool = False) -> Plan:
    """Assign a set to owners, each of which leaves the set that it had. Raises NotFound."""
    sets = _catalogue(store).sets
    known("set", name, list(sets))
    _check_owners(owners)
    wanted = Wanted(strict=True)
    for other in sets.values():
        if other.name == name:
            joined = tuple({*(other.owners or ()), *owners})
            wanted.sets[name] = SequenceSet(name, other.members, other.default, joined)
        elif set(other.owners or ()) & set(owners):
            wanted.sets[other.name] = _without(other, owners)
    return apply(store, wanted, "set assign", name, dry_run)


def unassign_set(store: Store, owners: list[str], dry_run: bool = False) -> Plan:
    """Take owners off their sets; the default set serves them then. Raises NotFound."""
    sets = _catalogue(store).sets
    _check_owners(owners)
    wanted = Wanted(strict=True)
    for owner in owners:
        if not any(owner in (item.owners or ()) for item in sets.values()):
            raise NotFound(f"no set is assigned to {owner!r}", "see: seqctl set list")
    for other in sets.values():
        if set(other.owners or ()) & set(owners):
            wanted.sets[other.name] = _without(other, owners)
    return apply(store, wanted, "set unassign", ", ".join(owners), dry_run)


def set_object(item: SequenceSet) -> dict[str, object]:
    """A set as lists and JSON show it."""
    return {
        "name": item.name,
        "default": item.default,
        "members": item.members,
        "assignments": list(item.owners or ()),
    }


def _without(item: SequenceSet, owners: list[str]) -> SequenceSet:
    left = tuple(owner for owner in item.owners or () if owner not in owners)
    return SequenceSet(item.name, item.members, item.default, left)


def _check_owners(owners: list[str]) -> None:
    try:
        for owner in owners:
            split_owner(owner)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _catalogue(store: Store) -> Catalogue:
    with store.read() as transaction:
        return transaction.catalogue.read()
