"""The sheet of ranges: what authorities granted, how much of it is used, and what is left."""

from __future__ import annotations

from collections.abc import Callable

from seqctl.actions.ledger.texts import counter_texts
from seqctl.actions.ranges.standing import RangeStanding, standing_of
from seqctl.model.number.gap_text import GapText
from seqctl.model.range.range import Range
from seqctl.model.report.pictures import Fill
from seqctl.model.report.report import Report
from seqctl.model.sequence.scope import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def add_ranges(transaction: Transaction, report: Report, ranges: list[Range]) -> None:
    """Add a row and a picture for each range, as it stands on the day of the report."""
    for item in ranges:
        standing = standing_of(transaction, item)
        text = _texts(transaction, standing)
        report.sheets["ranges"].add(
            *(item.name, item.sequence, standing.place.scope, text(item.first)),
            None if item.last is None else text(item.last),
            *(item.valid_from, item.valid_until, standing.state, standing.used, standing.left),
            ", ".join(f"{name}={value}" for name, value in item.values.items()) or None,
            *(item.authority, item.code, item.granted_on, item.note),
        )
        step = standing.place.sequence.step
        total = None if item.last is None else (item.last - item.first) // step + 1
        report.fills.append(Fill(f"{item.name} {standing.place.scope}".strip(), standing.used, total))


def _texts(transaction: Transaction, standing: RangeStanding) -> Callable[[int], str]:
    """The texts of a range; of one that printed none, by what it supplies."""
    item, place = standing.range, standing.place
    if place.counter.id is not None:
        return counter_texts(transaction, place).text
    supplied = "/".join(f"{escape(name)}={escape(value)}" for name, value in item.values.items())
    return GapText(place.sequence, item.name, supplied).of
