"""Patterns whose texts can be written down: no free attributes, or one and the same shape.

Length by length, the shorter first: sequences that have found a partner are left out of the longer ones.
"""

from collections.abc import Iterable

from seqctl.model.collision.dated import compare_dated
from seqctl.model.collision.found import Search
from seqctl.model.collision.report import Reporter
from seqctl.model.collision.shapes.days import Days
from seqctl.model.collision.shapes.frames import Frame, Layout, counter_run
from seqctl.model.collision.shapes.runs import Run
from seqctl.model.collision.shapes.shapes import Shape
from seqctl.model.collision.sweep import compare


class ExactSearch:
    """The search through the shapes of one document type that is exact and needs no examples."""

    def __init__(self, shapes: Iterable[Shape], search: Search, days: Days) -> None:
        self.search = search
        self.days = days
        self.reporter = Reporter(search, days)
        self.shapes = list(shapes)
        self.layouts: dict[int, list[tuple[Layout, int]]] = {}

    def run(self) -> None:
        """Find the clashes within each shape, then between undated shapes, then with dated ones."""
        for shape in self.shapes:
            if (shape.free or shape.tokens) and self._any_open(shape):
                self._compare_members(shape)
        self._sort_by_length()
        for undated in (True, False):
            for length in sorted(self.layouts):
                if not self.search.open:
                    return
                self._compare_length(self.layouts[length], undated)

    def _any_open(self, shape: Shape) -> bool:
        return any(member.owner in self.search.open for member in shape.members)

    def _compare_members(self, shape: Shape) -> None:
        """Members of one shape render alike on a common date with a common counter value."""
        if len(shape.members) < 2:
            return
        shortest = min(member.shortest for member in shape.members)
        longest = max(member.longest for member in shape.members)
        for length in range(shortest, longest + 1):
            if not self._any_open(shape):
                return
            runs = [counter_run(shape, length, member) for member in shape.members]
            self.search.spend(len(runs))
            compare(
                [run for run in runs if run],
                self.search,
                self.reporter.compatible,
                self.reporter.report,
            )

    def _sort_by_length(self) -> None:
        for shape in self.shapes:
            if shape.free:
                continue
            layout = Layout(shape)
            shortest = min(member.shortest for member in shape.members)
            longest = max(member.longest for member in shape.members)
            self.search.spend(longest - shortest + 4)
            for length in range(shortest, longest + 1):
                self.layouts.setdefault(length + shape.fixed, []).append((layout, length))

    def _compare_length(self, layouts: list[tuple[Layout, int]], undated: bool) -> None:
        if len(layouts) == 1 and (not undated or layouts[0][0].shape.tokens):
            return
        if not undated and not any(layout.shape.tokens for layout, _ in layouts):
            return
        by_skeleton: dict[str, list[Frame]] = {}
        self.search.spend(len(layouts))
        for layout, length in layouts:
            if undated and layout.shape.tokens:
                continue
            frame = layout.frame(length)
            by_skeleton.setdefault(frame.skeleton, []).append(frame)
        for frames in by_skeleton.values():
            if not any(m.owner in self.search.open for frame in frames for m in frame.members):
                continue
            if undated:
                self._compare_undated(frames)
            else:
                compare_dated(frames, self.search, self.days, self.reporter)

    def _compare_undated(self, frames: list[Frame]) -> None:
        runs: list[Run] = []
        for frame in frames:
            runs += filter(None, [frame.run(member, "") for member in frame.members])
        self.search.spend(2 * len(runs))
        compare(runs, self.search, self.reporter.compatible, self.reporter.report)
