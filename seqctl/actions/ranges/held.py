"""What documents hold of annulled ranges: the rest of their numbers may be granted again."""

from __future__ import annotations

from collections.abc import Iterable

from seqctl.model.number.runs import without
from seqctl.model.range.range import Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def held_of(transaction: Transaction, ranges: Iterable[Range]) -> dict[str, list[tuple[int, int]]]:
    """The stretches of integers of annulled ranges that no gap run explains, by the ids of the ranges."""
    held = {}
    for each in ranges:
        if each.annulled is None or each.last is None:
            continue
        found = transaction.ranges.counter_of(each.name)
        if found is not None:
            _, counter, step = found
            assert counter.id is not None
            runs = [(first, last) for first, last, *_ in transaction.gap_scan.runs(counter.id)]
            held[each.name] = list(without((counter.first, counter.last), runs, step))
    return held
