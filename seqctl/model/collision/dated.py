"""Shapes with date tokens against other shapes: the dates that the other's literals leave are written out."""

from seqctl.model.collision.found import Search
from seqctl.model.collision.report import Reporter
from seqctl.model.collision.shapes.days import Days
from seqctl.model.collision.shapes.frames import SYMBOLS, Frame
from seqctl.model.collision.shapes.runs import Run
from seqctl.model.collision.shapes.sift import alike
from seqctl.model.collision.sweep import compare


def compare_dated(frames: list[Frame], search: Search, days: Days, reporter: Reporter) -> None:
    """Find the clashes of frames of one skeleton of which at least one of the two shows a date."""
    frames = sorted(frames, key=lambda frame: not frame.layout.shape.tokens)
    dated = sum(bool(frame.layout.shape.tokens) for frame in frames)
    if not dated:
        return
    templates = [frame.fill_template() for frame in frames]
    for left, right in alike(frames, templates, dated, search.spend):
        for index, frame in enumerate(left):
            for other in right if left is not right else left[index + 1 :]:
                search.spend(1)
                if any(m.owner in search.open for m in (*frame.members, *other.members)):
                    runs = _runs(frame, other, search, days) + _runs(other, frame, search, days)
                    compare(runs, search, reporter.compatible, reporter.report)


def _runs(frame: Frame, other: Frame, search: Search, days: Days) -> list[Run]:
    """The runs of a frame on the dates that show what the other has for certain in their places."""
    template = other.fill_template()
    fixed = {
        index: template[place]
        for index, place in enumerate(frame.date_places())
        if template[place] not in SYMBOLS
    }
    runs: list[Run] = []
    for member in frame.members:
        shown = days.matching(member.dates, fixed) if member.dates.tokens else [""]
        search.spend(3 * len(shown) + 1)
        runs += filter(None, [frame.run(member, text) for text in shown])
    return runs
