"""Exporting definitions: which ones, with what they need, and where their counters stand."""

from __future__ import annotations

from seqctl.errors import NotFound
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.classes import frozen
from seqctl.model.finding import nearest
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


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
    """The definitions named, or all; a set brings its sequences, a sequence its calendar.

    Raises NotFound for a name that is neither a sequence, a set nor a calendar.
    """
    with store.read() as transaction:
        catalogue = transaction.catalogue.read()
        if names:
            catalogue = _chosen(catalogue, names)
        if not with_counters:
            return Export(catalogue, None, 0, 0)
        counters = {
            name: transaction.catalogue.counters_of(sequence.id)
            for name, sequence in catalogue.sequences.items()
            if sequence.id is not None
        }
        gaps, reserved = transaction.listing.standing()
    return Export(catalogue, counters, gaps, reserved)


def _chosen(catalogue: Catalogue, names: list[str]) -> Catalogue:
    chosen = Catalogue()
    known = [*catalogue.sequences, *catalogue.sets, *catalogue.calendars]
    for name in names:
        if name not in known:
            raise NotFound(
                f"there is no sequence, set or calendar {name!r}",
                nearest(name, known) or "see: seqctl sequence list",
            )
        if name in catalogue.sets:
            chosen.sets[name] = catalogue.sets[name]
        if name in catalogue.calendars and name not in catalogue.sequences:
            chosen.calendars[name] = catalogue.calendars[name]
        members = catalogue.sets[name].members.values() if name in catalogue.sets else ()
        for member in (name, *members):
            if member in catalogue.sequences:
                chosen.sequences[member] = catalogue.sequences[member]
    for sequence in chosen.sequences.values():
        if sequence.calendar is not None:
            chosen.calendars[sequence.calendar] = catalogue.calendars[sequence.calendar]
    return chosen
