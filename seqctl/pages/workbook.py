"""A report as an Excel workbook: numbers as texts, no formulas, written row by row.

xlsxwriter comes with the extra `seqctl[xlsx]`. In constant memory it keeps a row at a time and writes the
sheets to temporary files; the dates in the file are those of the report, so that one report gives one file.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from seqctl.model.cell import visible
from seqctl.model.report.report import Report, Row, Sheet
from seqctl.model.report.sheets import COUNT, WORDS, Column
from seqctl.pages.cells import Cells
from seqctl.pages.page import facts

HEADS = 2
"""Rows above those of a sheet: how it was computed, and the heads of the columns."""

MOST_ROWS = 1_048_576 - HEADS
"""Rows of one sheet of Excel, but for its heads; a longer one goes on in the next."""

LONGEST_CELL = 32_767
LARGEST_EXACT = 2**53
"""Whole numbers beyond this lose digits in a spreadsheet, and stand there as texts."""

SAMPLE = 200
"""Rows by which the widths of columns are chosen."""

WIDEST, NARROWEST, OF_WORDS = 60, 8, 100
"""Characters of a column: most, least, and most where it holds sentences, which wrap."""


def write_workbook(report: Report, path: str, folder: str) -> None:
    """Write a workbook to a file; what grows lies in a folder. Raises OSError."""
    book = Workbook(path, {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False})
    book.set_properties(
        {
            "title": "Report on document numbers",
            "author": visible(report.made.actor),
            "comments": f"seqctl {report.made.version}",
            "created": datetime.fromisoformat(report.made.at).replace(tzinfo=None),
        }
    )
    book.set_size(2400, 1600)
    writer = _Writer(book, Cells(report.made.zone))
    writer.summary(report)
    for sheet in report.sheets.values():
        writer.sheet(sheet)
    book.close()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, cells: Cells) -> None:
        self._book = book
        self._cells = cells
        self._head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._text: Format = book.add_format({"num_format": "@", "valign": "top"})
        self._words: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._count: Format = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._bold: Format = book.add_format({"bold": True, "valign": "top"})

    def summary(self, report: Report) -> None:
        """The first sheet: what is said of the whole, and a line for each question."""
        page = self._book.add_worksheet("Summary")
        page.set_column(0, 0, 12)
        page.set_column(1, 1, 52)
        page.set_column(2, 2, 90)
        at = 0
        for name, value in facts(report, self._cells):
            page.write_string(at, 1, name, self._bold)
            page.write_string(at, 2, _fitting(visible(value)), self._words)
            at += 1
        at += 1
        for place, heading in enumerate(("Good", "Question", "Answer")):
            page.write_string(at, place, heading, self._head)
        words = {True: "good", False: "NOT GOOD", None: ""}
        for answer in report.answers:
            at += 1
            page.write_string(at, 0, words[answer.good], self._bold)
            page.write_string(at, 1, answer.question, self._words)
            page.write_string(at, 2, _fitting(visible(answer.answer)), self._words)

    def sheet(self, sheet: Sheet) -> None:
        """A sheet, on as many pages as it needs."""
        widths = self._widths(sheet)
        rows = iter(sheet)
        page = self._page(sheet, 1, widths)
        if not sheet.rows:
            page.write_string(HEADS, 0, sheet.form.empty)
        for number in range(1, max(-(-sheet.rows // MOST_ROWS), 1) + 1):
            page = page if number == 1 else self._page(sheet, number, widths)
            for at, row in enumerate(islice(rows, MOST_ROWS), HEADS):
                self._row(page, at, sheet.form.columns, row)

    def _widths(self, sheet: Sheet) -> list[int]:
        """The widths of the columns, in characters, that fit the first rows."""
        sample = list(islice(sheet, SAMPLE))
        widths = []
        for place, column in enumerate(sheet.form.columns):
            lengths = [len(self._cells.text(row[place], column.kind)) for row in sample]
            most = OF_WORDS if column.kind == WORDS else WIDEST
            widths.append(min(max(len(column.heading), NARROWEST, *lengths, 0) + 1, most))
        return widths

    def _page(self, sheet: Sheet, number: int, widths: list[int]) -> Worksheet:
        """A new page with the heads of the columns, frozen."""
        title = sheet.form.title if number == 1 else f"{sheet.form.title} {number}"
        page = self._book.add_worksheet(title)
        columns = sheet.form.columns
        page.freeze_panes(HEADS, 0)
        page.repeat_rows(0, HEADS - 1)
        rows = max(min(sheet.rows - (number - 1) * MOST_ROWS, MOST_ROWS), 1)
        page.autofilter(HEADS - 1, 0, HEADS - 1 + rows, len(columns) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_footer("&L" + sheet.form.title + "&R&P / &N")
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.write_string(0, 0, sheet.form.sentence)
        for place, column in enumerate(columns):
            page.write_string(HEADS - 1, place, column.heading, self._head)
        return page

    def _row(self, page: Worksheet, at: int, columns: tuple[Column, ...], row: Row) -> None:
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value is None or value == "":
                continue
            if column.kind == COUNT and isinstance(value, int) and abs(value) < LARGEST_EXACT:
                page.write_number(at, place, value, self._count)
                continue
            text = str(value) if column.kind == COUNT else self._cells.text(value, column.kind)
            format = self._words if column.kind == WORDS else self._text
            page.write_string(at, place, _fitting(text), format)


def _fitting(text: str) -> str:
    """A text as long as a cell can be; one that is cut says so."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 6] + " [...]"
