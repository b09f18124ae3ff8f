"""Whatever texts a book holds: its reports are whole, true, and nothing in them acts."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.book import Book
from tests.hostile import texts
from tests.hostile.conftest import Judged
from tests.hostile.full_book import fill, spoil
from tests.hostile.showing import FORMULA_SIGNS
from tests.reporting.test_forms import Page


def check_folder(folder: Path) -> None:
    """Every file of a folder is what it says, and no cell is a formula."""
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert text.replace("\n", "").isprintable()
        _, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_SIGNS)]
    sheets = json.loads((folder / "report.json").read_text(encoding="utf-8"))["sheets"]
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert text.replace("\n", "").isprintable()
    page = Page(text)
    assert page.reaching == []
    for key, rows in sheets.items():
        if key != "summary" and rows:
            assert len(page.tables[key]) == len(rows) + 1


def check_workbook(path: Path) -> None:
    """Every part of a workbook is XML, and no cell is a formula."""
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
    for page in openpyxl.load_workbook(path):
        for row in page.iter_rows():
            assert all(cell.data_type in ("s", "n", "inlineStr") for cell in row)


@pytest.mark.parametrize("given", [texts.PRINTABLE, texts.HOSTILE[::2], texts.HOSTILE[1::2]], ids=range(3))
def test_reports_obey_nobody(rich: Book, judged: Judged, place: Path, given: tuple[str, ...]) -> None:
    fill(judged, rich, list(given))
    for spoiled in (False, True):
        if spoiled:
            spoil(rich, "\x1b[31m\x9b2J\u202e\r\t</td><script>\x00\ufffe]]>=")
        for out in ("audit", "audit.xlsx"):
            assert judged(rich, "report", out).status in (0, 3)
        check_folder(place / "audit")
        check_workbook(place / "audit.xlsx")
