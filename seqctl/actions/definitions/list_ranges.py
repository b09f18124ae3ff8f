"""Lists of ranges, in the order in which they serve. Nothing is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice

from seqctl.actions.ledger.targets import known
from seqctl.actions.ranges.standing import RangeStanding, standing_of
from seqctl.model.catalogue.times import UNKNOWN, DefinitionTimes, times_by_name
from seqctl.model.classes import NamedTuple, frozen
from seqctl.model.number.gap_text import GapText
from seqctl.model.range.range import Range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store


@frozen
class RangeFilter:
    """Which ranges a list shows; None: all.

    `on` is a day on which they are in force, and `state` is what they are today. `after` is the id behind
    which a list begins, and `last` asks for so many of the last.
    """

    sequence: str | None = None
    on: str | None = None
    state: str | None = None
    limit: int | None = None
    last: int | None = None
    after: str | None = None


class ListedRange(NamedTuple):
    """A range with how it stands today, its first and last number as texts, and the times of its making."""

    range: Range
    times: DefinitionTimes
    standing: RangeStanding
    first_number: str
    last_number: str | None


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
        found: Iterable[RangeStanding] = (
            standing
            for each in _passing(catalogue.ranges.values(), wanted)
            for standing in (standing_of(transaction, each),)
            if wanted.state in (None, standing.state)
        )
        if wanted.last is not None:
            found = deque(found, maxlen=wanted.last)
        return [_listed(each, times.get(each.range.name, UNKNOWN)) for each in islice(found, wanted.limit)]


def show_range(store: Store, name: str) -> ListedRange:
    """One range. Raises NotFound."""
    with store.read() as transaction:
        ranges = transaction.catalogue.read().ranges
        found = ranges[known("range", name, list(ranges), transaction)]
        times = times_by_name("range", transaction.history.definitions("range"))
        return _listed(standing_of(transaction, found), times.get(name, UNKNOWN))


def _listed(standing: RangeStanding, times: DefinitionTimes) -> ListedRange:
    place, served = standing.place, standing.range
    text = GapText(place.sequence, place.period, place.scope)
    last = None if served.last is None else text.of(served.last)
    return ListedRange(served, times, standing, text.of(served.first), last)


def _passing(ranges: Iterable[Range], wanted: RangeFilter) -> Iterator[Range]:
    each: Iterable[Range] = sorted(ranges, key=lambda item: (item.sequence, item.order))
    if wanted.after is not None:
        each = islice(dropwhile(lambda item: item.name != wanted.after, each), 1, None)
    for item in each:
        if wanted.sequence is not None and item.sequence != wanted.sequence:
            continue
        if wanted.on is None or item.in_force(wanted.on):
            yield item
