"""Exporting definitions: which ones, with what they need, and where their counters stand."""

from __future__ import annotations

from seqctl.actions.ledger.targets import check_renamed
from seqctl.errors import NotFound
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.catalogue.kinds import KINDS
from seqctl.model.classes import frozen
from seqctl.model.finding import nearest
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


@frozen
class Export:
    """Definitions, where their counters stand, and how many gaps and reservations do not travel along."""

    catalogue: Catalogue
    counters: dict[str, dict[CounterKey, Counter]] | None
    gaps: int
    reserved: int


def read_catalogue(store: Store) -> Catalogue:
    """Every definition of the book."""
    with store.read() as transaction:
        return transaction.catalogue.read()


def export(store: Store, names: list[str], with_counters: bool = False) -> Export:
    """The definitions named, or all; a set and a policy bring their sequences, a sequence its calendar.

    A sequence that is named brings its ranges as well; a range brings its sequence alone.

    Raises NotFound for a name that is none of a definition.
    """
    with store.read() as transaction:
        catalogue = transaction.catalogue.read()
        if names:
            catalogue = _chosen(transaction, catalogue, names)
        if not with_counters:
            return Export(catalogue, None, 0, 0)
        counters = {
            name: transaction.catalogue.counters_of(sequence.id)
            for name, sequence in catalogue.sequences.items()
            if sequence.id is not None
        }
        gaps, reserved = transaction.listing.standing()
    return Export(catalogue, counters, gaps, reserved)


def _chosen(transaction: Transaction, catalogue: Catalogue, names: list[str]) -> Catalogue:
    chosen = Catalogue()
    known = [name for kind in KINDS.values() for name in kind.of(catalogue)]
    for name in names:
        having = [kind for kind in KINDS.values() if name in kind.of(catalogue)]
        if not having:
            check_renamed(transaction, name, *KINDS)
            *some, last = KINDS
            raise NotFound(
                f"there is no {', '.join(some)} or {last} {name!r}",
                nearest(name, known) or "see: seqctl sequence list",
            )
        for kind in having:
            # What refers to others is meant before what they need: a calendar may have a sequence's name.
            if kind.name != "calendar" or having == [kind]:
                kind.of(chosen)[name] = kind.of(catalogue)[name]
    for name, each in catalogue.ranges.items():
        if each.sequence in chosen.sequences:
            chosen.ranges[name] = each
    for kind in reversed(KINDS.values()):
        for definition in kind.of(chosen).values():
            for other, name in kind.names(definition):
                KINDS[other].of(chosen)[name] = KINDS[other].of(catalogue)[name]
    chosen.origins = {name: kept for name, kept in catalogue.origins.items() if name in chosen.sequences}
    return chosen
