"""The comparison of many runs: every open sequence among them gets a partner, if it has one here."""

from collections.abc import Callable, Iterable
from math import gcd

from seqctl.model.collision.found import Search
from seqctl.model.collision.shapes.days import DateKey
from seqctl.model.collision.shapes.runs import Run, by_rest, by_step, clumps, first_common

Compatible = Callable[[Run, Run], bool]
"""Whether two runs are dated so that an equal text counts."""

Report = Callable[[Run, Run, int], None]
"""What to do with a clash: two runs and an integer of both."""


def compare(runs: Iterable[Run], search: Search, compatible: Compatible, report: Report) -> None:
    """Report clashes until every open sequence among the runs has one or has none to find."""
    _Comparison(search, compatible, report).compare(runs)


class _Comparison:
    """The runs of one comparison, divided until what is left together surely meets or is tried out."""

    def __init__(self, search: Search, compatible: Compatible, report: Report) -> None:
        self.search = search
        self.compatible = compatible
        self.report = report

    def compare(self, runs: Iterable[Run]) -> None:
        for clump in clumps(runs):
            self.search.spend(len(clump))
            if not self._any_open(clump):
                continue
            groups = by_step(clump)
            for group in groups:
                for alike in by_rest(group, group[0].step).values():
                    if len(alike) > 1:
                        self._compare_alike(alike)
            if len(groups) > 1:
                self._compare_groups(groups)

    def _any_open(self, runs: Iterable[Run]) -> bool:
        return any(run.owner in self.search.open for run in runs)

    def _compare_alike(self, runs: list[Run]) -> None:
        """Runs of one step and one rest: where two overlap, they meet."""
        for clump in clumps(runs):
            if self._any_open(clump):
                self.search.spend(2 * len(clump))
                # A partner begins before or after a run: before, the one that reaches farthest will do,
                # and after, the one that begins first.
                self._pass(clump, lambda run: run.last)
                self._pass(clump[::-1], lambda run: -run.first)

    def _pass(self, runs: list[Run], reach: Callable[[Run], int]) -> None:
        seen = _Farthest(reach)
        seen_by_dates: dict[tuple[DateKey, str | None], _Farthest] = {}
        for run in runs:
            if run.owner in self.search.open:
                self._find(run, seen, seen_by_dates)
            seen.add(run)
            dates = run.member.dates, run.shown
            if dates not in seen_by_dates:
                seen_by_dates[dates] = _Farthest(reach)
            seen_by_dates[dates].add(run)

    def _find(
        self,
        run: Run,
        seen: "_Farthest",
        seen_by_dates: dict[tuple[DateKey, str | None], "_Farthest"],
    ) -> None:
        other = seen.besides(run.owner)
        if other is None or not _overlap(run, other):
            return
        if not self.compatible(run, other):
            other = self._compatible_partner(run, seen_by_dates.values())
        if other is not None:
            self.report(run, other, max(run.first, other.first))

    def _compatible_partner(self, run: Run, candidates: Iterable["_Farthest"]) -> Run | None:
        for farthest in candidates:
            self.search.spend(1)
            other = farthest.besides(run.owner)
            if other is not None and _overlap(run, other) and self.compatible(run, other):
                return other
        return None

    def _compare_groups(self, groups: list[list[Run]]) -> None:
        """Runs of different steps: those of one rest by the common divisor are tried out."""
        for index, group in enumerate(groups):
            for other_index, others in enumerate(groups):
                if not self._any_open(group):
                    break
                # Two groups that are both open meet once, in the order in which they stand.
                if other_index == index or (other_index < index and self._any_open(others)):
                    continue
                self.search.spend(len(group) + len(others))
                divisor = gcd(group[0].step, others[0].step)
                rests = by_rest(others, divisor)
                for rest, alike in by_rest(group, divisor).items():
                    if rest in rests:
                        self._try_out(alike, rests[rest])

    def _try_out(self, runs: list[Run], others: list[Run]) -> None:
        active: tuple[list[Run], list[Run]] = ([], [])
        marked = [(run.first, run.last, run.owner, side, i) for side, part in enumerate((runs, others))
                  for i, run in enumerate(part)]  # fmt: skip
        for first, _, _, side, i in sorted(marked):
            run = (runs, others)[side][i]
            partners = active[1 - side]
            partners[:] = [other for other in partners if other.last >= first]
            self.search.spend(len(partners) + 1)
            for other in partners:
                if not self.search.is_open(run.owner, other.owner):
                    continue
                common = first_common(run, other)
                if common is not None and self.compatible(run, other):
                    self.report(run, other, common)
            active[side].append(run)


def _overlap(run: Run, other: Run) -> bool:
    return run.first <= other.last and other.first <= run.last


class _Farthest:
    """The run that reaches farthest, and the one of another owner that does so next."""

    __slots__ = ("best", "reach", "second")

    def __init__(self, reach: Callable[[Run], int]) -> None:
        self.reach = reach
        self.best: Run | None = None
        self.second: Run | None = None

    def add(self, run: Run) -> None:
        best, second, reach = self.best, self.second, self.reach
        if best is None:
            self.best = run
        elif run.owner == best.owner:
            if reach(run) > reach(best):
                self.best = run
        elif reach(run) > reach(best):
            self.best, self.second = run, best
        elif second is None or reach(run) > reach(second):
            self.second = run

    def besides(self, owner: int) -> Run | None:
        return self.best if self.best is None or self.best.owner != owner else self.second
