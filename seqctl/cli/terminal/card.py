"""One record as a card: its fields beneath each other, what is not set in one line, and its history.

Texts of words wrap beside their name; all others, document numbers among them, stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from seqctl.cli.errors import visible
from seqctl.cli.shown import Record, cell
from seqctl.cli.terminal.console import UNLIMITED, drawn, terminal_width
from seqctl.cli.terminal.style import style_of
from seqctl.cli.terminal.times import INSTANTS, local_time
from seqctl.cli.terminal.wrapping import WORDS, listed, wrapped

NARROWEST = 20
"""The least room that words are given."""

Step = tuple[str, str, str]
"""An event of a history: its instant, who acted, and what happened."""


def card(record: Record, zone: str | None = None, history: Iterable[Step] = ()) -> Iterator[str]:
    """A record, its fields in their order; then its history, the oldest event first."""
    texts = {name: _text(name, value, zone) for name, value in record.items()}
    filled = {name: text for name, text in texts.items() if text}
    margin = max((len(name) for name in filled), default=0) + 2
    room = max(terminal_width() - margin, NARROWEST)
    for name, text in filled.items():
        shown = wrapped(text, room) if name in WORDS else text
        lines = ("\n" + " " * margin).join(shown.split("\n"))
        label = name.replace("_", " ").ljust(margin)
        yield drawn(Text.assemble((label, "bold"), (lines, style_of(name, text))), UNLIMITED)
    if empty := [name.replace("_", " ") for name in texts if name not in filled]:
        yield drawn(Text(listed("not set:", empty, margin + room), style="dim"), UNLIMITED)
    yield from _timeline([(local_time(at, zone), who, what) for at, who, what in history])


def _timeline(history: list[Step]) -> Iterator[str]:
    """What happened to it, an event a line."""
    if not history:
        return
    yield "\n"
    whens = max(len(at) for at, _, _ in history)
    actors = max(len(visible(who)) for _, who, _ in history)
    for at, who, what in history:
        before = f"{at.ljust(whens)}  {visible(who).ljust(actors)}  "
        room = max(terminal_width() - len(before), NARROWEST)
        lines = ("\n" + " " * len(before)).join(wrapped(visible(what), room).split("\n"))
        yield drawn(Text.assemble((before, "dim"), lines), UNLIMITED)


def _text(name: str, value: object, zone: str | None) -> str:
    text = visible(cell(value, name), "\n")
    return local_time(text, zone) if name in INSTANTS else text
