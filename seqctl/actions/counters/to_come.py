"""Counters that are and counters that will be: an open range counts before it gave out anything."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.ledger.targets import counters_of
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.sequence.scope import scope_text, scope_values
from seqctl.model.sequence.sequence import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def counters_to_come(
    transaction: Transaction, sequences: list[Sequence], period: str | None, scope: dict[str, str] | None
) -> list[CounterPlace]:
    """The counters of sequences as `counters_of` lists them, and those that their open ranges will have.

    Raises UsageError for a period or scope that no sequence of them can have.
    """
    places = counters_of(transaction, sequences, period, scope)
    counting = [sequence for sequence in sequences if sequence.reset == "range"]
    if not counting:
        return places
    wanted = (scope or {}).items()
    for sequence in counting:
        for place in _open_without_counter(transaction, sequence):
            if period in (None, place.period) and wanted <= scope_values(place.scope).items():
                places.append(place)
    order = {sequence.name: at for at, sequence in enumerate(sequences)}
    return sorted(places, key=lambda place: (order[place.sequence.name], place.period, place.scope))


def _open_without_counter(transaction: Transaction, sequence: Sequence) -> Iterator[CounterPlace]:
    """Where the ranges of a sequence that are open today and gave out nothing yet will count."""
    from seqctl.model.range.serving import in_range

    assert sequence.id is not None
    today = transaction.today(sequence.zone).isoformat()
    for served in transaction.ranges.of(sequence.id):
        if not served.used and served.annulled is None and served.in_force(today):
            scope = scope_text(tuple(sequence.scope), served.values)
            counter = Counter.unused(served.first, sequence.step)
            yield CounterPlace(in_range(sequence, served), served.name, scope, counter)
