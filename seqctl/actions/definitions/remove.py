"""Removing a definition that nothing uses."""

from __future__ import annotations

from seqctl.actions.definitions.define import plan_or_define
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


def remove_definition(store: Store, kind: str, name: str, dry_run: bool = False) -> Plan:
    """Remove a calendar, sequence or set. Raises NotFound, or Refused (`in_use`) with what is in the way."""
    return plan_or_define(store, Wanted(removed=[(kind, name)]), f"{kind} remove", name, dry_run)
