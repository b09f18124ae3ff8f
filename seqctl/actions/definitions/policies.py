"""Adding and changing policies: the same plan as an import."""

from __future__ import annotations

from seqctl.actions.definitions.define import plan_or_define
from seqctl.actions.ledger.targets import known
from seqctl.errors import Refused, UsageError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.policy.shown import written_policy
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def add_policy(store: Store, name: str, fields: dict[str, object], dry_run: bool = False) -> Plan:
    """Define a new policy. Raises Refused (`exists`) where there is one of that name."""
    name = composed(name)

    def wish(transaction: Transaction) -> Wanted:
        if name in transaction.catalogue.read().policies:
            raise Refused(
                "exists",
                f"there is a policy {name!r} already",
                f"change it with: seqctl policy edit {shell_word(name)}",
            )
        return Wanted(policies={name: fields}, strict=True)

    return plan_or_define(store, wish, "policy add", name, dry_run)


def edit_policy(store: Store, name: str, fields: dict[str, object], dry_run: bool = False) -> Plan:
    """Change the given fields of a policy; None takes a value away. Raises NotFound, Refused."""
    if not fields:
        raise UsageError("nothing to change was given", "name a field, as in --priority 10")

    def wish(transaction: Transaction) -> Wanted:
        policies = transaction.catalogue.read().policies
        before = policies[known("policy", name, list(policies))]
        merged = {**written_policy(before), **fields}
        merged = {key: value for key, value in merged.items() if value is not None}
        return Wanted(policies={name: merged}, strict=True)

    return plan_or_define(store, wish, "policy edit", name, dry_run)
