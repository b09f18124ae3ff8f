"""Pictures drawn as SVG, for pages that need no script and nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.model.cell import visible
from seqctl.model.report.pictures import Bars, Fill, Strip
from seqctl.pages.cells import escape

HEIGHTS = {"issued": (3, 12), "void": (6, 9), "blocked": (9, 6)}
"""Where the parts of a strip begin and how high they are, so that colour is not all that tells them apart."""

WHOLE = (0, 18)
LEAST_WIDTH = 3
STRIP_WIDTH, STRIP_HEIGHT = 1000, 18
CHART_WIDTH, CHART_HEIGHT, CHART_FOOT = 1000, 150, 18
MOST_LABELS = 14
"""How many labels have room beneath the bars of a chart."""


def strip_picture(strip: Strip) -> str:
    """The strip of a counter, from its first number to its last."""
    total = sum(count for _, count in strip.parts)
    issued: list[str] = []
    others: list[str] = []
    at = 0
    for state, count in strip.parts:
        y, height = HEIGHTS.get(state, WHOLE)
        left, width = at * STRIP_WIDTH / total, count * STRIP_WIDTH / total
        # What is not simply issued stays wide enough to be seen, in front of its neighbours.
        width = width if state == "issued" else max(width, LEAST_WIDTH)
        parts = issued if state == "issued" else others
        parts.append(f'<rect class="{state}" x="{left:.1f}" y="{y}" width="{width:.1f}" height="{height}"/>')
        at += count
    title = escape(visible(f"{strip.counter}: {strip.words}"))
    return (
        f'<svg class="strip" viewBox="0 0 {STRIP_WIDTH} {STRIP_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{title}"><title>{title}</title>{"".join([*issued, *others])}</svg>'
    )


def fill_picture(fill: Fill) -> str:
    """How full a range is, from its first number to its last."""
    share = 0.0 if not fill.total else min(fill.used / fill.total, 1)
    title = escape(visible(f"{fill.range}: {fill.words}"))
    return (
        f'<svg class="strip" viewBox="0 0 {STRIP_WIDTH} {STRIP_HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{title}"><title>{title}</title>'
        f'<rect class="left" x="0" y="3" width="{STRIP_WIDTH}" height="12"/>'
        f'<rect class="issued" x="0" y="3" width="{share * STRIP_WIDTH:.1f}" height="12"/></svg>'
    )


def bar_chart(bars: Bars) -> str:
    """Counts as bars, the first and the last and some between with their labels."""
    title = escape(f"Numbers by {bars.unit} of their document dates. {visible(bars.words())}")
    return (
        f'<svg class="bars" viewBox="0 0 {CHART_WIDTH} {CHART_HEIGHT + CHART_FOOT}" role="img"'
        f' aria-label="{title}"><title>{title}</title>{"".join(_bars(bars))}</svg>'
    )


def _bars(bars: Bars) -> Iterator[str]:
    room = CHART_WIDTH / len(bars.bars)
    thick = min(room * 0.7, 60)
    every = -(-len(bars.bars) // MOST_LABELS)
    for at, (label, count) in enumerate(bars.bars):
        middle = (at + 0.5) * room
        height = count / bars.most * (CHART_HEIGHT - 20) if bars.most else 0
        if count:
            height = max(height, 1)
            x, y = middle - thick / 2, CHART_HEIGHT - height
            hint = f"<title>{escape(visible(label))}: {count:,}</title>"
            yield (
                f'<rect class="issued" x="{x:.1f}" y="{y:.1f}" width="{thick:.1f}"'
                f' height="{height:.1f}" rx="2">{hint}</rect>'
            )
        if len(bars.bars) <= MOST_LABELS and count:
            yield f'<text class="count" x="{middle:.1f}" y="{CHART_HEIGHT - height - 5:.1f}">{count:,}</text>'
        if at % every == 0:
            yield f'<text x="{middle:.1f}" y="{CHART_HEIGHT + 14}">{escape(visible(label))}</text>'
    yield f'<line x1="0" y1="{CHART_HEIGHT}" x2="{CHART_WIDTH}" y2="{CHART_HEIGHT}"/>'
