"""Lists of ranges, in the order in which they serve. Nothing is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice

from seqctl.actions.ledger.targets import known
from seqctl.model.catalogue.times import UNKNOWN, DefinitionTimes, times_by_name
from seqctl.model.classes import NamedTuple, frozen
from seqctl.model.range.range import Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


@frozen
class RangeFilter:
    """Which ranges a list shows; None: all.

    `on` is a day on which they are in force. `after` is the id behind which a list begins, and `last` asks
    for so many of the last.
    """

    sequence: str | None = None
    on: str | None = None
    limit: int | None = None
    last: int | None = None
    after: str | None = None


class ListedRange(NamedTuple):
    """A range, and what the log tells of its making."""

    range: Range
    times: DefinitionTimes


def list_ranges(store: Store, wanted: RangeFilter) -> list[ListedRange]:
    """The ranges that pass a filter, by sequence and then in the order in which they serve.

    Raises NotFound for a sequence or an id that nothing has.
    """
    with store.read() as transaction:
        catalogue = transaction.catalogue.read()
        if wanted.sequence is not None:
            known("sequence", wanted.sequence, list(catalogue.sequences), transaction)
        if wanted.after is not None:
            known("range", wanted.after, list(catalogue.ranges), transaction)
        times = times_by_name("range", transaction.history.definitions("range"))
    found: Iterable[Range] = _passing(catalogue.ranges.values(), wanted)
    if wanted.last is not None:
        found = deque(found, maxlen=wanted.last)
    return [ListedRange(each, times.get(each.name, UNKNOWN)) for each in islice(found, wanted.limit)]


def show_range(store: Store, name: str) -> ListedRange:
    """One range. Raises NotFound."""
    with store.read() as transaction:
        ranges = transaction.catalogue.read().ranges
        found = ranges[known("range", name, list(ranges), transaction)]
        times = times_by_name("range", transaction.history.definitions("range"))
        return ListedRange(found, times.get(name, UNKNOWN))


def _passing(ranges: Iterable[Range], wanted: RangeFilter) -> Iterator[Range]:
    each: Iterable[Range] = sorted(ranges, key=lambda item: (item.sequence, item.order))
    if wanted.after is not None:
        each = islice(dropwhile(lambda item: item.name != wanted.after, each), 1, None)
    for item in each:
        if wanted.sequence is not None and item.sequence != wanted.sequence:
            continue
        if wanted.on is None or item.in_force(wanted.on):
            yield item
