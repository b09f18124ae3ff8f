"""Adding and changing calendars: the same plan as an import."""

from __future__ import annotations

from seqctl.actions.definitions.define import plan_or_define
from seqctl.actions.ledger.targets import known
from seqctl.errors import Refused, UsageError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.catalogue.plan import Plan
from seqctl.model.text import composed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def add_calendar(store: Store, name: str, fields: dict[str, object], dry_run: bool = False) -> Plan:
    """Define a new calendar. Raises Refused (`exists`) where there is one of that name."""

    def wish(transaction: Transaction) -> Wanted:
        if composed(name) in transaction.catalogue.read().calendars:
            raise Refused(
                "exists",
                f"there is a calendar {name!r} already",
                f"change it with: seqctl calendar edit {shell_word(name)}",
            )
        return Wanted(calendars={name: fields})

    return plan_or_define(store, wish, "calendar add", composed(name), dry_run)


def edit_calendar(store: Store, name: str, fields: dict[str, object], dry_run: bool = False) -> Plan:
    """Change a calendar by which nothing was numbered yet. Raises NotFound, Refused."""
    if not fields:
        raise UsageError("nothing to change was given", "give --start or --named-by")

    def wish(transaction: Transaction) -> Wanted:
        calendars = transaction.catalogue.read().calendars
        before = calendars[known("calendar", name, list(calendars))]
        merged: dict[str, object] = {"start": before.start, "named_by": before.named_by}
        return Wanted(calendars={name: {**merged, **fields}})

    return plan_or_define(store, wish, "calendar edit", name, dry_run)
