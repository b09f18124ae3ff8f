"""Lists as tables. Cells are plain text: no markup; words wrap beneath their column, numbers never do.

A table that is too wide for a terminal first wraps its words, then leaves out what is incidental and says so.
It is never cut: what must stay may be wider than the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from seqctl.cli.errors import line, visible
from seqctl.cli.layout import Layout
from seqctl.cli.shown import Record, cell
from seqctl.cli.terminal.console import drawn, is_terminal, terminal_width
from seqctl.cli.terminal.style import style_of
from seqctl.cli.terminal.times import INSTANTS, local_time
from seqctl.cli.terminal.wrapping import WORDS, advice, listed, longest_line, longest_word, shared, wrapped

ROWS_AT_ONCE = 1000
COMFORTABLE = 18
"""Cells of a column of words, before what is incidental falls away."""
BETWEEN = 2
"""Blanks between two columns."""
MARGIN = 4
"""Blanks before the second line of what stands beneath a row."""

Texts = list[list[str]]


def table(records: Iterable[Record], layout: Layout, zone: str | None = None) -> Iterator[str]:
    """Records as a table for a terminal, or for a pipe, where no width limits it.

    Beneath it a terminal reads how many rows there were, and which columns were left out.
    """
    return _tables(records, layout, zone, terminal_width())


def wide_table(records: Iterable[Record], layout: Layout, zone: str | None = None) -> Iterator[str]:
    """Records with every column, each as wide as it needs."""
    return _tables(records, Layout(layout.columns, (), layout.noun, layout.plural, layout.total), zone, None)


def _tables(records: Iterable[Record], layout: Layout, zone: str | None, width: int | None) -> Iterator[str]:
    rows, count, total = iter(records), 0, 0
    chosen: _Chosen | None = None
    while page := list(islice(rows, ROWS_AT_ONCE)):
        texts = [[_text(record, name, zone) for name in layout.columns] for record in page]
        chosen = chosen or _Chosen(layout, texts, width)
        yield chosen.drawn(texts)
        count += len(page)
        if layout.total is not None:
            total += sum(int(str(record[layout.total[0]] or 0)) for record in page)
    if not is_terminal():
        if chosen is None:
            yield _Chosen(layout, [], None).drawn([])
    elif chosen is None:
        line(f"no {layout.plural}")
    else:
        yield drawn(Text(_footer(layout, count, total, chosen, zone), style="dim"))


class _Chosen:
    """Which columns of a list are shown, and how wide those of words are; without a width all there are."""

    def __init__(self, layout: Layout, texts: Texts, width: int | None) -> None:
        self.columns = self.shown = layout.columns
        self.left_out: list[str] = []
        self.words: dict[str, int] = {}
        self.beneath: str | None = None
        self.width = width
        if width is not None:
            self._fit(layout, texts, width)

    def _fit(self, layout: Layout, texts: Texts, width: int) -> None:
        wished, least = _widths(layout.columns, texts)
        filled = {name: any(row[at] for row in texts) for at, name in enumerate(layout.columns)}
        shown = [name for at, name in enumerate(layout.columns) if filled[name] or at == 0]
        if layout.beneath in shown and _sum(wished, shown) > width:
            self.beneath = layout.beneath
            shown.remove(self.beneath)
        incidental = [name for name in layout.incidental if name in shown]
        # Words that are squeezed into less than this are no pleasure to read.
        eased = {name: max(least[name], min(wished[name], COMFORTABLE)) for name in least}
        while incidental and _sum(eased, shown) > width:
            shown.remove(incidental.pop(0))
        self.shown = tuple(shown)
        self.left_out = [
            name for name in layout.columns if filled[name] and name not in (*shown, self.beneath)
        ]
        words = [name for name in shown if name in WORDS]
        room = width - _sum(wished, shown) + sum(wished[name] for name in words)
        self.words = shared(
            room, {name: least[name] for name in words}, {name: wished[name] for name in words}
        )

    def drawn(self, texts: Texts) -> str:
        """The table of some rows."""
        grid = Table(box=None, pad_edge=False, padding=(0, BETWEEN, 0, 0), header_style="bold")
        for name in self.shown:
            grid.add_column(Text(name.replace("_", " ")), no_wrap=True, overflow="ignore")
        at = {name: self.columns.index(name) for name in self.shown}
        rows = [[self._cell(name, row[place]) for name, place in at.items()] for row in texts]
        for cells in rows:
            grid.add_row(*cells)
        whole = drawn(grid, _sum(_widths(self.columns, texts)[0], list(self.shown)) + BETWEEN)
        if self.beneath is None:
            return whole
        place = self.columns.index(self.beneath)
        heights = [max(cell.plain.count("\n") + 1 for cell in cells) for cells in rows]
        return "".join(self._with_beneath(whole, heights, [row[place] for row in texts]))

    def _with_beneath(self, whole: str, heights: list[int], advices: list[str]) -> Iterator[str]:
        """The lines of a table, and behind those of each row what stands beneath it."""
        lines = iter(whole.splitlines(keepends=True))
        yield next(lines)
        for height, text in zip(heights, advices, strict=True):
            yield from islice(lines, height)
            if text and self.beneath and self.width:
                words = advice(f"{self.beneath}: {text}", self.width - MARGIN)
                yield "  " + words.replace("\n", "\n" + " " * MARGIN) + "\n"

    def _cell(self, name: str, text: str) -> Text:
        shown = text
        if name in self.words:
            shown = (advice if name == "hint" else wrapped)(text, self.words[name])
        return Text(shown, style_of(name, text))


def _text(record: Record, name: str, zone: str | None) -> str:
    """A cell as a terminal may be given it: nothing in it is obeyed."""
    text = visible(cell(record.get(name), name), "\n")
    return local_time(text, zone) if name in INSTANTS else text


def _widths(columns: tuple[str, ...], texts: Texts) -> tuple[dict[str, int], dict[str, int]]:
    """How many cells each column takes, and how many it takes at least, when its words are wrapped."""
    wished, least = {}, {}
    for at, name in enumerate(columns):
        heading = cell_len(name)
        wished[name] = max(heading, 0, *(longest_line(row[at]) for row in texts))
        narrowest = longest_word if name in WORDS else longest_line
        least[name] = max(heading, 0, *(narrowest(row[at]) for row in texts))
    return wished, least


def _sum(widths: dict[str, int], names: list[str]) -> int:
    """The cells of some columns beside each other."""
    return sum(widths[name] + BETWEEN for name in names) - BETWEEN


def _footer(layout: Layout, count: int, total: int, chosen: _Chosen, zone: str | None) -> str:
    """How many rows there are, what they count together, and what is not shown."""
    words = layout.counted(count)
    if layout.total is not None:
        words += f", {total:,} {layout.total[1]}{'' if total == 1 else 's'}"
    if zone is not None and any(name in INSTANTS for name in chosen.shown):
        words += f"; times in {zone}"
    if chosen.left_out:
        names = [name.replace("_", " ") for name in chosen.left_out]
        words += "\n" + listed("-o wide shows these as well:", names, terminal_width())
    return words
