"""Whether two sequences of one document type could serve the same request: where they do, nothing chooses.

Their windows must share a day, and no attribute may be required of both with other values.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from seqctl.model.classes import frozen
from seqctl.model.sequence.sequence import Sequence

MOST_PAIRS = 1_000_000
"""How many pairs of requirements are compared; behind them nothing more is said of a type."""

FIRST, LAST = "0001-01-01", "9999-12-31"

Requires = tuple[tuple[str, tuple[str, ...]], ...]


@frozen
class Overlap:
    """Two sequences that are effective together, and the days on which they are; None is an open end."""

    one: Sequence
    other: Sequence
    begins: str | None
    ends: str | None

    def days(self) -> str:
        """The days in words."""
        if self.begins is None and self.ends is None:
            return "on every day"
        begins = "" if self.begins is None else f"from {self.begins} "
        return f"{begins}on" if self.ends is None else f"{begins}until {self.ends}"


def find_overlap(sequences: Iterable[Sequence], changed: set[str] | None = None) -> Overlap | None:
    """An overlap among the active sequences of one document type, or None.

    With `changed` one of both is of these names.
    """
    groups: dict[Requires, list[Sequence]] = {}
    for sequence in sequences:
        if sequence.status == "active":
            groups.setdefault(_requires(sequence), []).append(sequence)
    for one, other in _pairs(groups):
        found = _shared_day(groups[one], groups[other], changed)
        if found is not None:
            return found
    return None


def _requires(sequence: Sequence) -> Requires:
    """What a sequence requires, in one form."""
    return tuple(sorted((name, tuple(sorted(values))) for name, values in sequence.requires.items()))


def _pairs(groups: dict[Requires, list[Sequence]]) -> Iterator[tuple[Requires, Requires]]:
    """The requirements that one record can meet, each with itself first."""
    yield from ((group, group) for group in groups)
    values: dict[str, dict[str, list[Requires]]] = {}
    for group in groups:
        for name, wanted in group:
            for value in wanted:
                values.setdefault(name, {}).setdefault(value, []).append(group)
    # Most of many sequences require another value of one attribute: these pairs need not be looked at.
    divides = max(values, key=lambda name: len(values[name]), default=None)
    buckets = values.get(divides, {}) if divides is not None else {}
    free = [group for group in groups if not dict(group).get(divides or "")]
    pairs = [combinations(free, 2), product(free, [group for group in groups if group not in free])]
    pairs += [combinations(bucket, 2) for bucket in buckets.values()]
    left = MOST_PAIRS
    for some in pairs:
        for one, other in some:
            left -= 1
            if left < 0:
                return
            if _compatible(one, other):
                yield one, other


def _compatible(one: Requires, other: Requires) -> bool:
    wanted = dict(other)
    return all(
        not values or not wanted.get(name) or not set(values).isdisjoint(wanted[name]) for name, values in one
    )


def _shared_day(ones: list[Sequence], others: list[Sequence], changed: set[str] | None) -> Overlap | None:
    """Two sequences, one of each group, that are effective on one day; the groups may be the same.

    Goes through both in the order in which their windows begin, and holds each against the one of the other
    group whose window lasts longest.
    """
    same = ones is others
    longest: dict[tuple[bool, bool], Sequence] = {}
    tagged = [(item, False) for item in ones] + ([] if same else [(item, True) for item in others])
    for item, group in sorted(tagged, key=lambda pair: (pair[0].effective_from or FIRST, pair[0].name)):
        counts = changed is None or item.name in changed
        # One that changed is compared with all of the other group, any other one with those that changed.
        before = longest.get((group if same else not group, not counts))
        if before is not None and (item.effective_from or FIRST) <= (before.effective_until or LAST):
            ends = min(item.effective_until or LAST, before.effective_until or LAST)
            return Overlap(before, item, item.effective_from, None if ends == LAST else ends)
        for wanted in (False, True) if counts else (False,):
            kept = longest.get((group, wanted))
            if kept is None or (kept.effective_until or LAST) < (item.effective_until or LAST):
                longest[group, wanted] = item
    return None
