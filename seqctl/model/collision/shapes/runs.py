"""Runs: texts as integers at even distances, and the clashes among many runs at once.

Runs that do not overlap as intervals cannot clash, nor can runs whose first integers leave different rests
by a common divisor of their distances. What is left after sorting by both is compared in `sweep.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import gcd

from seqctl.model.collision.shapes.shapes import Member


class Run:
    """The integers `first`, `first + step` to `last`: the texts of one member, its date characters fixed.

    A counter value is `(integer - origin) // place`. `shown` is the text of the date characters; None
    stands for any, in a comparison within one shape.
    """

    __slots__ = ("first", "last", "member", "origin", "owner", "place", "shown", "step")

    def __init__(
        self, member: Member, shown: str | None, values: tuple[int, int], origin: int, place: int
    ) -> None:
        self.member = member
        self.owner = member.owner
        self.shown = shown
        self.origin = origin
        self.place = place
        self.first = origin + values[0] * place
        self.last = origin + values[1] * place
        self.step = member.sequence.step * place

    def value_at(self, integer: int) -> int:
        """The counter value that gives this integer."""
        return (integer - self.origin) // self.place


def clumps(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs that hang together by overlapping, sorted; those of one owner alone are left out."""
    clump: list[Run] = []
    end = 0
    mixed = False
    for run in sorted(runs, key=_order):
        if clump and run.first <= end:
            mixed = mixed or run.owner != clump[0].owner
            end = max(end, run.last)
            clump.append(run)
            continue
        if mixed:
            yield clump
        clump, end, mixed = [run], run.last, False
    if mixed:
        yield clump


def _order(run: Run) -> tuple[int, int, int]:
    return run.first, run.last, run.owner


def by_rest(runs: Iterable[Run], divisor: int) -> dict[int, list[Run]]:
    """The runs by the rest that all their integers leave."""
    if divisor == 1:
        return {0: list(runs)}
    rests: dict[int, list[Run]] = {}
    for run in runs:
        rests.setdefault(run.first % divisor, []).append(run)
    return rests


def by_step(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs by their distance, the shortest distance first."""
    steps: dict[int, list[Run]] = {}
    for run in runs:
        steps.setdefault(run.step, []).append(run)
    return [steps[step] for step in sorted(steps)]


def first_common(run: Run, other: Run) -> int | None:
    """The smallest integer of both runs, or None."""
    lowest, highest = max(run.first, other.first), min(run.last, other.last)
    if lowest > highest:
        return None
    divisor = gcd(run.step, other.step)
    distance, rest = divmod(other.first - run.first, divisor)
    if rest:
        return None
    # The first k for which run.first + k * run.step is one of the other's integers, bounds aside.
    modulus = other.step // divisor
    k = distance * pow(run.step // divisor, -1, modulus) % modulus
    common = run.first + k * run.step
    if common < lowest:
        period = run.step * modulus
        common += -(-(lowest - common) // period) * period
    return common if common <= highest else None
