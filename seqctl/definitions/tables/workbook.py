"""Workbooks of Excel and LibreOffice (`.xlsx`): their first sheet that holds anything, as texts.

openpyxl reads them row by row; it comes with the extra `seqctl[xlsx]`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from seqctl.definitions.tables.columns import check_headings
from seqctl.definitions.tables.headings import LOOKED_AT, heading_row
from seqctl.definitions.tables.lines import Unreadable
from seqctl.errors import InvalidInput
from seqctl.model.text import composed

BEGINNING = b"PK\x03\x04"
OLD_BEGINNING = b"\xd0\xcf\x11\xe0"
LARGEST_CONTENT = 4 * 1024**3
"""Most bytes that the parts of a workbook may have together, unpacked."""

DAMAGED = (KeyError, ValueError, OSError, EOFError, SyntaxError)
"""What openpyxl and the parser of XML raise for files that are cut or no workbooks."""

MIDNIGHT = time()


class Workbook:
    """The rows of one sheet under its headings; `names` are those, and a line is a row of the sheet.

    Which row has the headings those `wanted` tell; see `heading_row`.
    `notes` is what somebody should know of what was read: that the workbook has other sheets.
    Raises Unreadable, and InvalidInput where openpyxl is not installed.
    """

    separator = ","
    """What parts the cells where the rows are written as CSV."""

    def __init__(self, stream: BinaryIO, wanted: Collection[str] = ()) -> None:
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        rows = self._opened(BytesIO(stream.read()))
        begun = [*islice(rows, LOOKED_AT)] or [(1, [])]
        at = heading_row([cells for _, cells in begun], wanted)
        self.started, header = begun[at]
        self._rows = chain(begun[at + 1 :], rows)
        self.columns = [composed(cell).strip() for cell in header]
        self.names = self.columns
        check_headings(self.names, self.started)

    def is_list(self) -> bool:
        """Whether it has one column without a heading: the first row holds what the others do."""
        return len(self.names) == 1 and any(character.isdigit() for character in self.names[0])

    def texts(self) -> Iterator[tuple[int, str]]:
        """The cells of such a list, with their rows."""
        yield self.started, self.columns[0]
        for line, cells in self.rows():
            yield line, cells[0]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank, as long as the headings."""
        width = len(self.names)
        for line, cells in self._rows:
            if len(cells) > width:
                self.problems.append((line, f"the row has {len(cells)} cells under {width} headings"))
            else:
                yield line, cells + [""] * (width - len(cells))

    def _opened(self, stream: BytesIO) -> Iterator[tuple[int, list[str]]]:
        """The rows of the first sheet that has some, with their places, without blanks at their ends."""
        with _told():
            for at, of, title, rows in _sheets(stream):
                first = next(rows, None)
                if first is not None:
                    if at or of > 1:
                        self.notes.append(f"the sheet {title!r} was read; the others were not")
                    yield first
                    yield from rows
                    return
        raise Unreadable(1, "the workbook is empty; the first row names the columns")


def all_sheets(stream: BinaryIO) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """The sheets that hold anything, by title, with their rows as texts and the places of these.

    Raises Unreadable, and InvalidInput where openpyxl is not installed.
    """
    with _told():
        found = [(title, list(rows)) for _, _, title, rows in _sheets(BytesIO(stream.read()))]
    return [(title, rows) for title, rows in found if rows]


def _sheets(stream: BytesIO) -> Iterator[tuple[int, int, str, Iterator[tuple[int, list[str]]]]]:
    """Each sheet: its place, how many there are, its title and its rows."""
    from openpyxl import load_workbook

    _check_size(stream)
    book = load_workbook(stream, read_only=True, data_only=True)
    for at, sheet in enumerate(book.worksheets):
        yield at, len(book.sheetnames), sheet.title, _texts(sheet.iter_rows(values_only=True))


@contextmanager
def _told() -> Iterator[None]:
    """Tell in words what keeps a workbook from being read."""
    try:
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        words = "this is an Excel file, which the plain install does not read"
        hint = "pip install 'seqctl[xlsx]', or save it as CSV"
        raise InvalidInput("invalid_input", words, hint) from None
    try:
        yield
    except KeyError as error:
        raise Unreadable(1, "this is a zip archive, not a workbook: unpack it first") from error
    except (BadZipFile, InvalidFileException, *DAMAGED) as error:
        raise Unreadable(1, f"the Excel file is damaged: {error}") from error


def _check_size(stream: BytesIO) -> None:
    """Raise Unreadable for a file that unpacks to more than any list of numbers has."""
    with ZipFile(stream) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > LARGEST_CONTENT:
        raise Unreadable(1, f"the workbook unpacks to more than {LARGEST_CONTENT >> 30} GiB; split it")
    stream.seek(0)


def _texts(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(rows, 1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if texts:
            yield line, texts


def _text(cell: object) -> str:
    """A cell as a person sees it: whole numbers without a point, days as days."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
