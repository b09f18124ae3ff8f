"""Renaming a definition: everything that refers to it follows, and its former name is told to who uses it."""

from __future__ import annotations

from seqctl.actions.ledger.targets import known
from seqctl.errors import InvalidInput, Refused, UsageError, repeatable
from seqctl.model.catalogue.catalogue import Catalogue, Change
from seqctl.model.catalogue.kinds import KINDS, Kind
from seqctl.model.catalogue.plan import Plan
from seqctl.model.log.events.book import Defined
from seqctl.model.text import composed, document_type_name, shell_word
from seqctl.model.value import ValueProblem, name_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


@repeatable
def rename_definition(store: Store, kind: str, old: str, new: str, dry_run: bool = False) -> Plan:
    """Give a definition a new name, in one event that has both names.

    Numbers, counters, keys and events stay with the definition; rows of the ledger keep the names of policies
    and sets that they were written with. Takes the write lock. Raises NotFound (`renamed` for a former name),
    InvalidInput for what is no name, Refused (`exists`) for one that is taken.
    """
    old, new = composed(old), composed(new)
    if old == new:
        raise UsageError(f"{old!r} is already its name", "give another name")
    if dry_run:
        with store.read() as transaction:
            return _planned(transaction, KINDS[kind], old, new)
    with store.write_much() as transaction:
        plan = _planned(transaction, KINDS[kind], old, new)
        transaction.catalogue.rename(kind, old, new)
        (change,) = plan.changes
        changes = [
            {"kind": kind, "name": new, "action": change.action, "fields": change.fields},
        ]
        transaction.log.append(Defined(f"{kind} rename", old, changes))
        transaction.commit()
    return plan


def _planned(transaction: Transaction, kind: Kind, old: str, new: str) -> Plan:
    """What a renaming does; refuses what it cannot do."""
    catalogue = transaction.catalogue.read()
    defined = kind.of(catalogue)
    known(kind.name, old, list(defined), transaction)
    try:
        name_value(new)
    except ValueProblem as problem:
        raise InvalidInput(
            "invalid_definition", f"{kind.table}.{old}.name: {problem}", problem.hint
        ) from None
    if new in defined:
        raise Refused("exists", f"there is already a {kind.name} {new!r}", "choose another name")
    plan = Plan(changes=[Change(kind.name, new, "renamed", {"name": [old, new]})])
    if kind.name == "sequence":
        _warn_of_two_meanings(catalogue, old, new, plan)
    return plan


def _warn_of_two_meanings(catalogue: Catalogue, old: str, new: str, plan: Plan) -> None:
    """The new name of a sequence may be a document type that something else serves."""
    default = next((item for item in catalogue.sets.values() if item.default), None)
    server = None if default is None else default.members.get(document_type_name(new))
    if server is not None and server != old:
        message = f"the document type {new!r} is served by sequence {server!r}"
        hint = f"`next {shell_word(new)}` draws from {server!r}; choose another name"
        plan.find("two_meanings", ("sequences", new), message, hint, severity="warning")
