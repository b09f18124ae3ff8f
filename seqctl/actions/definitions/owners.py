"""Assigning sequence sets to owners, and taking owners off them: the same plan as an import."""

from __future__ import annotations

from seqctl.actions.definitions.change import edit
from seqctl.actions.definitions.define import plan_or_define
from seqctl.errors import NotFound, UsageError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.catalogue.plan import Plan
from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.owner import split_owner
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def assign_set(store: Store, name: str, owners: list[str], dry_run: bool = False) -> Plan:
    """Assign a set to owners, each of which leaves the set that it had. Raises NotFound."""
    _check_owners(owners)

    def change(before: SequenceSet) -> SequenceSet:
        # The plan itself takes the owners off the sets that had them.
        joined = tuple({*(before.owners or ()), *owners})
        return SequenceSet(name, before.members, before.default, joined)

    return edit(store, KINDS["set"], name, change, dry_run, "assign", strict=True)


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
    for owner in owners:
        try:
            split_owner(owner)
        except ValueError as error:
            word = owner.strip(": ") or "ACME"
            example = shell_word(word if ":" in word else f"account:{word}")
            raise UsageError(str(error), f"write the kind of owner first, as in {example}") from error
