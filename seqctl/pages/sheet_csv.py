"""The sheets of a report as CSV: no cell of it is a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from seqctl.model.cell import guarded
from seqctl.model.report.report import Report, Sheet
from seqctl.model.report.sheets import COUNT
from seqctl.pages.cells import Cells

SUMMARY = ("good", "question", "answer", "sheet")


def sheet_csv(sheet: Sheet, zone: str) -> Iterator[str]:
    """A sheet with the names of its columns above, instants in a time zone, one part a row."""
    cells = Cells(zone)
    columns = sheet.form.columns
    yield from _lines([[column.name for column in columns]])
    kinds = [column.kind for column in columns]
    yield from _lines(
        [
            str(value) if kind == COUNT and value is not None else guarded(cells.text(value, kind))
            for value, kind in zip(row, kinds, strict=True)
        ]
        for row in sheet
    )


def summary_csv(report: Report) -> Iterator[str]:
    """The lines of the summary."""
    yield from _lines([list(SUMMARY)])
    words = {True: "yes", False: "no", None: ""}
    yield from _lines(
        [words[answer.good], guarded(answer.question), guarded(answer.answer), answer.sheet]
        for answer in report.answers
    )


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
