"""Adding, changing and assigning sequence sets: the same plan as an import."""

from __future__ import annotations

from seqctl.actions.definitions.define import plan_or_define
from seqctl.actions.ledger.targets import known
from seqctl.errors import NotFound, Refused, UsageError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.owner import split_owner
from seqctl.model.text import composed, document_type_name, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def add_set(store: Store, name: str, members: dict[str, str], default: bool, dry_run: bool = False) -> Plan:
    """Define a new set. Raises Refused (`exists`) where there is one of that name."""
    name = composed(name)

    def wish(transaction: Transaction) -> Wanted:
        if name in transaction.catalogue.read().sets:
            raise Refused(
                "exists",
                f"there is a set {name!r} already",
                f"change it with: seqctl set edit {shell_word(name)}",
            )
        return Wanted(sets={name: SequenceSet(name, members, default)}, strict=True)

    return plan_or_define(store, wish, "set add", name, dry_run)


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

    def wish(transaction: Transaction) -> Wanted:
        sets = transaction.catalogue.read().sets
        before = sets[known("set", name, list(sets))]
        kept = dict(before.members)
        for written in without:
            document_type = document_type_name(written)
            if kept.pop(document_type, None) is None:
                raise NotFound(f"set {name!r} has no member for {document_type!r}")
        kept.update({document_type_name(written): member for written, member in members.items()})
        return Wanted(sets={name: SequenceSet(name, kept, before.default or default)}, strict=True)

    return plan_or_define(store, wish, "set edit", name, dry_run)


def assign_set(store: Store, name: str, owners: list[str], dry_run: bool = False) -> Plan:
    """Assign a set to owners, each of which leaves the set that it had. Raises NotFound."""
    _check_owners(owners)

    def wish(transaction: Transaction) -> Wanted:
        sets = transaction.catalogue.read().sets
        before = sets[known("set", name, list(sets))]
        joined = tuple({*(before.owners or ()), *owners})
        # The plan itself takes the owners off the sets that had them.
        return Wanted(sets={name: SequenceSet(name, before.members, before.default, joined)}, strict=True)

    return plan_or_define(store, wish, "set assign", name, dry_run)


def unassign_set(store: Store, owners: list[str], dry_run: bool = False) -> Plan:
    """Take owners off their sets; the default set serves them then. Raises NotFound."""
    _check_owners(owners)

    def wish(transaction: Transaction) -> Wanted:
        sets = transaction.catalogue.read().sets
        wanted = Wanted(strict=True)
        for owner in owners:
            if not any(owner in (item.owners or ()) for item in sets.values()):
                raise NotFound(f"no set is assigned to {owner!r}", "see: seqctl set list")
        for item in sets.values():
            left = tuple(owner for owner in item.owners or () if owner not in owners)
            if left != item.owners:
                wanted.sets[item.name] = SequenceSet(item.name, item.members, item.default, left)
        return wanted

    return plan_or_define(store, wish, "set unassign", ", ".join(owners), dry_run)


def _check_owners(owners: list[str]) -> None:
    try:
        for owner in owners:
            split_owner(owner)
    except ValueError as error:
        raise UsageError(str(error)) from error
