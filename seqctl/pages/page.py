"""A report as one page of HTML: no script, nothing from outside, for screens, telephones and paper."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice

from seqctl.model.cell import visible
from seqctl.model.report.pictures import bars_of
from seqctl.model.report.report import Answer, Report, Row, Sheet
from seqctl.model.report.sheets import COUNT, DAY, FLAG, INSTANT, NUMBER, STATE, TEXT, WORDS
from seqctl.model.report.words import counted
from seqctl.pages.cells import Cells, escape
from seqctl.pages.pictures import bar_chart, fill_picture, strip_picture

STYLE = os.path.join(os.path.dirname(__file__), "page.css")
MOST_NUMBERS = 50_000
"""As many rows of the sheet Numbers stand in a page that is all there is."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MARKS = {True: ("good", "Good"), False: ("bad", "Not good"), None: ("told", "")}
CLASSES = {TEXT: "t", NUMBER: "n", COUNT: "c", DAY: "d", INSTANT: "d", WORDS: "w", FLAG: "f", STATE: "s"}


def page(report: Report, rest: str | None, most: int | None = MOST_NUMBERS) -> Iterator[str]:
    """The page in parts. Of Numbers at most `most` rows stand in it; `rest` says how to get the others."""
    cells = Cells(report.made.zone)
    yield from _head(report, cells)
    yield from _summary(report, cells)
    for key, sheet in report.sheets.items():
        yield f'<section id="{key}"><h2>{escape(sheet.form.title)}</h2><p>{escape(sheet.form.sentence)}</p>\n'
        if key == "completeness":
            yield from _strips(report)
        if key == "ranges":
            yield from _fills(report)
        if key == "numbers":
            yield from _chart(report)
        yield from _table(sheet, cells, rest, most if key == "numbers" else None)
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def shown(text: str) -> str:
    """A text of a user's as HTML: nothing in it is obeyed, and it is never taken for another direction."""
    return f"<bdi>{escape(visible(text))}</bdi>"


def _head(report: Report, cells: Cells) -> Iterator[str]:
    with open(STYLE, encoding="utf-8") as file:
        style = file.read()
    title = f"Report on {escape(visible(report.made.book))}"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    links = "".join(
        f'<li><a href="#{key}">{escape(sheet.form.title)}</a></li>' for key, sheet in report.sheets.items()
    )
    yield f'<nav aria-label="Sheets"><ol><li><a href="#summary">Summary</a></li>{links}</ol></nav>\n<main>\n'


def _summary(report: Report, cells: Cells) -> Iterator[str]:
    bad = sum(answer.good is False for answer in report.answers)
    verdict = f"{counted(bad, 'question')} without a good answer" if bad else "Nothing is wrong"
    state = "bad" if bad else "good"
    yield '<header id="summary"><h1>Report on document numbers</h1>'
    yield f'<p class="verdict {state}">{verdict}</p>\n'
    yield '<dl class="facts">'
    for name, value in facts(report, cells):
        yield f"<div><dt>{name}</dt><dd>{shown(value)}</dd></div>"
    yield '</dl>\n<ul class="answers">\n'
    yield from map(_answer, report.answers)
    yield "</ul></header>\n"


def facts(report: Report, cells: Cells) -> list[tuple[str, str]]:
    """What is said of a report as a whole, as (name, value)."""
    made, window = report.made, report.made.window
    number, digest = made.head
    dates = "all" if window.open else f"{window.first or 'the first'} to {window.last or 'the last'}"
    about = [*made.targets, *([f"set {made.set_name}"] if made.set_name else [])]
    told = [
        ("Book", made.book),
        ("Its id", made.identity),
        ("Sequences", ", ".join(about) or "all"),
        ("Document dates", dates),
        ("Documents compared", made.documents[0] if made.documents else "none"),
        ("Made", f"{cells.local(made.at)} by {made.actor}"),
        ("Times are those of", made.zone),
        ("Version", f"seqctl {made.version}"),
        ("Head of the log", f"event {number}, {digest}"),
    ]
    if made.newest is not None and made.newest > made.at:
        told.append(
            ("Note", f"the book was changed at {cells.local(made.newest)}, and is shown as it is now")
        )
    return [item for item in told if item[1]]


def _answer(answer: Answer) -> str:
    mark, word = MARKS[answer.good]
    return (
        f'<li class="{mark}"><span class="mark">{word}</span><a href="#{answer.sheet}">'
        f"{escape(answer.question)}</a><span>{shown(answer.answer)}</span></li>\n"
    )


def _strips(report: Report) -> Iterator[str]:
    """The strip of each counter, with the legend and the sum in words."""
    if not report.sheets["completeness"].rows:
        return
    yield '<ul class="legend" aria-label="Colours">'
    for state in ("issued", "void", "blocked", "reserved", "reusable", "review", "missing"):
        yield f'<li><i class="{state}"></i>{"under review" if state == "review" else state}</li>'
    yield '</ul>\n<ul class="strips">\n'
    for strip in report.pictures():
        ends = f"<span>{shown(strip.first_number)}</span><span>{shown(strip.last_number)}</span>"
        yield (
            f"<li><h3>{shown(strip.counter)}</h3>{strip_picture(strip)}"
            f'<div class="ends">{ends}</div><p>{escape(visible(strip.words))}</p></li>\n'
        )
    yield "</ul>\n"


def _fills(report: Report) -> Iterator[str]:
    """How full each range is."""
    yield '<ul class="strips">\n'
    for fill in report.fills:
        yield (f"<li><h3>{shown(fill.range)}</h3>{fill_picture(fill)}<p>{escape(fill.words)}</p></li>\n")
    yield "</ul>\n"


def _chart(report: Report) -> Iterator[str]:
    bars = bars_of(report.days)
    if bars.bars:
        words = f"Numbers by {bars.unit} of their document dates: {bars.words()}."
        yield f"<figure>{bar_chart(bars)}<figcaption>{escape(visible(words))}</figcaption></figure>\n"


def _table(sheet: Sheet, cells: Cells, rest: str | None, most: int | None) -> Iterator[str]:
    """The rows of a sheet; columns in which no cell says anything are left out."""
    if not sheet.rows:
        yield f'<p class="nothing">{escape(sheet.form.empty)}</p>\n'
        return
    columns = sheet.form.columns
    places = _filled(islice(sheet, most), len(columns))
    title = escape(sheet.form.title)
    yield f'<div class="wide" role="region" aria-label="{title}" tabindex="0"><table><thead><tr>'
    yield "".join(
        f'<th scope="col"{_class(columns[at].kind)}>{escape(columns[at].heading)}</th>' for at in places
    )
    yield "</tr></thead>\n<tbody>\n"
    kinds = [(at, columns[at].kind, _class(columns[at].kind)) for at in places]
    text = cells.text
    # Where a sheet has lines for months as well, those of whole counters stand out.
    month = next((at for at in places if columns[at].name == "month"), None)
    for row in islice(sheet, most):
        parts = ['<tr class="whole">' if month is not None and row[month] is None else "<tr>"]
        for at, kind, class_ in kinds:
            value = escape(text(row[at], kind))
            if kind == STATE:
                class_ = f' class="s {value}"'
            elif value == "0":
                class_ = ' class="c z"'
            parts.append(f"<td{class_}>{value}</td>")
        yield "".join([*parts, "</tr>\n"])
    yield "</tbody></table></div>\n"
    if most is not None and sheet.rows > most:
        words = f"The first {most:,} of {sheet.rows:,} rows."
        yield f'<p class="rest">{words} {escape(rest or "")}</p>\n'


def _filled(rows: Iterable[Row], columns: int) -> list[int]:
    """The columns of which some cell says anything."""
    empty = set(range(columns))
    for row in rows:
        empty = {at for at in empty if row[at] in (None, "")}
        if not empty:
            break
    return [at for at in range(columns) if at not in empty]


def _class(kind: str) -> str:
    return f' class="{CLASSES[kind]}"' if kind in CLASSES else ""
