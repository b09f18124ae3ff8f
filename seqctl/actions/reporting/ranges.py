"""The sheet of ranges: what authorities granted, how much of it is used, and what is left."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.counters.statement import ALWAYS, state_counters
from seqctl.actions.ledger.texts import counter_texts
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.number.gap_text import GapText
from seqctl.model.range.range import Range
from seqctl.model.report.pictures import Fill
from seqctl.model.report.report import Report
from seqctl.model.reports.completeness import Completeness
from seqctl.model.sequence.scope import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def add_ranges(
    transaction: Transaction, report: Report, ranges: list[Range], places: list[CounterPlace]
) -> None:
    """Add a row for each range, or for each of its counters where a scope parts it."""
    counters: dict[tuple[str, str], list[CounterPlace]] = {}
    for place in places:
        if place.sequence.reset == "range":
            counters.setdefault((place.sequence.name, place.period), []).append(place)
    for item in ranges:
        found = counters.get((item.sequence, item.name), [])
        for place in found or [_unused(transaction, item)]:
            stated = None
            if place.counter.id is not None:
                ((_, stated),) = state_counters(transaction, [place], ALWAYS)
            _add(transaction, report, item, place, stated)


def _unused(transaction: Transaction, item: Range) -> CounterPlace:
    """The counter of a range that nothing was issued of."""
    sequence = transaction.definitions.sequence(item.sequence)
    assert sequence is not None
    return CounterPlace(sequence, item.name, "", Counter.unused(item.first, sequence.step))


def _add(
    transaction: Transaction, report: Report, item: Range, place: CounterPlace, stated: Completeness | None
) -> None:
    used = 0 if stated is None else stated.issued + stated.void + stated.reserved
    left = _left(item, place, stated)
    today = transaction.today(place.sequence.timezone or report.made.zone).isoformat()
    text = counter_texts(transaction, place).text if stated is not None else _unprinted(item, place)
    report.sheets["ranges"].add(
        *(item.name, item.sequence, place.scope, text(item.first)),
        None if item.last is None else text(item.last),
        *(item.valid_from, item.valid_until, _state(item, left, today), used, left),
        ", ".join(f"{name}={value}" for name, value in item.values.items()) or None,
        *(item.authority, item.code, item.granted_on, item.note),
    )
    total = None if item.last is None else (item.last - item.first) // place.sequence.step + 1
    name = f"{item.name} {place.scope}".strip()
    report.fills.append(Fill(name, used, total))


def _unprinted(item: Range, place: CounterPlace) -> Callable[[int], str]:
    """The texts of a range of which none was printed: what it supplies is known all the same."""
    supplied = "/".join(f"{escape(name)}={escape(value)}" for name, value in item.values.items())
    return GapText(place.sequence, item.name, supplied).of


def _left(item: Range, place: CounterPlace, stated: Completeness | None) -> int | None:
    """How many numbers of a range can still be issued, new and reusable ones; None: without an end."""
    if item.annulled is not None:
        return 0
    if item.last is None:
        return None
    new = max((item.last - place.counter.last) // place.sequence.step, 0)
    return new + (0 if stated is None else stated.reusable)


def _state(item: Range, left: int | None, today: str) -> str:
    """The state of a range on a day."""
    if item.annulled is not None:
        return "annulled"
    if item.valid_from is not None and item.valid_from > today:
        return "planned"
    if left == 0:
        return "used-up"
    return "lapsed" if item.valid_until is not None and item.valid_until < today else "open"
