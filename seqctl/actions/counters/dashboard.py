"""The counters as a person looks at them: how each stands, its last thirty days, what needs somebody."""

from __future__ import annotations

from seqctl.actions.counters.list_status import RECENT, Now
from seqctl.actions.counters.to_come import counters_to_come
from seqctl.actions.ledger.targets import selected_sequences
from seqctl.days import date
from seqctl.model.classes import NamedTuple
from seqctl.model.reports.counter_status import CounterStatus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.number.gap_run import CounterPlace
    from seqctl.store.port import Store, Transaction


class Glance(NamedTuple):
    """One counter at a glance, or a sequence without any.

    `days` are the numbers that it issued on each of the last thirty days, the latest last; `needs` says in
    words what somebody should look at.
    """

    sequence: str
    status: CounterStatus | None
    days: tuple[int, ...]
    needs: str | None


GAPS = "gaps to explain"


def dashboard(
    store: Store,
    target: str | None = None,
    *,
    period: str | None = None,
    scope: dict[str, str] | None = None,
    set_name: str | None = None,
    document_type: str | None = None,
    limit: int | None = None,
) -> list[Glance]:
    """The counters that `list_status` lists, those that need somebody first, and sequences without any.

    A sequence that was never used is left out where a period or a scope is asked for.
    Raises NotFound, or UsageError for a period that no sequence can have.
    """
    with store.read() as transaction:
        sequences = selected_sequences(transaction, target, set_name, document_type)
        places = counters_to_come(transaction, sequences, period, scope)
        found = _glances(transaction, places)
        counted = {place.sequence.name for place in places}
        if period is None and not scope:
            unused = (item for item in sequences if item.name not in counted and item.status == "active")
            found += [Glance(item.name, None, (0,) * RECENT, None) for item in unused]
    return sorted(found, key=lambda glance: glance.needs is None)[:limit]


def _glances(transaction: Transaction, places: list[CounterPlace]) -> list[Glance]:
    if not places:
        return []
    now = Now(transaction)
    today = date.fromisoformat(now.now[:10]).toordinal()
    by_counter: dict[int, list[int]] = {}
    for counter_id, day, count in transaction.standing.by_day(now.lately):
        ago = today - date.fromisoformat(day).toordinal()
        if 0 <= ago < RECENT:
            by_counter.setdefault(counter_id, [0] * RECENT)[RECENT - 1 - ago] = count
    return [
        Glance(
            status.sequence,
            status,
            tuple(by_counter.get(place.counter.id or 0, (0,) * RECENT)),
            _needs(place, status),
        )
        for place, status in zip(places, now.all(places), strict=True)
    ]


def _needs(place: CounterPlace, status: CounterStatus) -> str | None:
    """What somebody should look at; gaps only where a sequence promises to have none."""
    served = place.sequence.served
    if status.next is None and (served is None or served.annulled is None):
        return "used up"
    if place.sequence.mode == "gapless" and status.gaps:
        return GAPS
    return "nearly used up" if status.warn else None
