"""What a report is written as: each form says the same, twice the same bytes, and nothing of it acts."""

import csv
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from seqctl.model.cell import guarded
from seqctl.pages import page as page_module
from tests.book import Book
from tests.reporting.conftest import AT, STRANGE, Told

NAMES = ("audit.html", "audit.xlsx", "audit.json", "audit")


def report(book: Book, name: str) -> Path:
    """A report at one instant."""
    result = book("report", name, "--at", AT)
    assert result.status in (0, 3), result
    return Path(name)


def files(path: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in (path.iterdir() if path.is_dir() else [path])}


@pytest.mark.parametrize("name", NAMES)
def test_one_state_at_one_instant_gives_the_same_bytes(full: Book, name: str) -> None:
    first = files(report(full, name))
    assert files(report(full, name)) == first
    full.next("invoice", "--date", "2026-02-11")
    assert files(report(full, name)) != first


class Page(HTMLParser):
    """The text of a page, its tables by section, and what could reach outside of it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, list[list[str]]] = {}
        self.reaching: list[str] = []
        self._section = ""
        self._cell: list[str] | None = None
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "link", "img", "iframe", "object", "embed", "base", "form"):
            self.reaching.append(tag)
        self.reaching += [f"{name}={value}" for name, value in attrs if name in ("src", "srcset", "action")]
        if tag == "a" and not str(given["href"]).startswith("#"):
            self.reaching.append(str(given["href"]))
        self.reaching += [name for name in given if name.startswith("on")]
        if tag == "section":
            self._section = str(given["id"])
        if tag == "tr":
            self.tables.setdefault(self._section, []).append([])
        if tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[self._section][-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._cell is not None:
            self._cell.append(data)


def test_a_page_needs_nothing_else_and_obeys_nobody(full: Book) -> None:
    text = report(full, "audit.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.reaching == []
    assert "://" not in re.sub(r"<td.*?</td>|postgresql://[^<]*", "", text), (
        "no address stands in the page but as a text"
    )
    assert "url(" not in text and "@import" not in text
    assert STRANGE in "".join(page.words)
    assert "<script" not in text


def test_a_page_has_every_row(full: Book, told: Told) -> None:
    sheets = told(full, "--at", AT)
    page = Page(report(full, "audit.html").read_text(encoding="utf-8"))
    for key, rows in sheets.items():
        if key == "summary" or not rows:
            continue
        shown = page.tables[key]
        assert len(shown) == len(rows) + 1
        for name in ("number", "first_number", "reason"):
            for row in rows:
                assert not row.get(name) or any(row[name] in cells for cells in shown), (key, row)
    words = "".join(page.words)
    for answer in sheets["summary"]["answers"]:
        assert answer["question"] in words and answer["answer"] in words
    for strip in sheets["summary"]["strips"]:
        assert strip["words"] in words


def test_every_sheet_says_how_and_an_empty_one_says_so(invoices: Book) -> None:
    text = report(invoices, "audit.html").read_text(encoding="utf-8")
    for section in re.findall(r"<section.*?</section>", text, re.DOTALL):
        assert re.search(r"</h2><p>[^<]{30,}</p>", section)
        assert "<table" in section or "Nothing" in section


def test_numbers_of_a_single_page_are_cut_and_the_rest_is_named(
    full: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module.page, "__defaults__", (4,))
    text = report(full, "audit.html").read_text(encoding="utf-8")
    assert len(Page(text).tables["numbers"]) == 5
    assert "The first 4 of 28 rows." in text and "seqctl report FOLDER" in text


def test_a_folder_has_a_hash_of_each_of_its_files(full: Book, told: Told) -> None:
    folder = report(full, "audit")
    manifest = json.loads((folder / "manifest.json").read_text())
    found = files(folder)
    found.pop("manifest.json")
    assert manifest["sha256"] == {name: sha256(data).hexdigest() for name, data in found.items()}
    sheets = told(full, "--at", AT)
    assert json.loads(found["report.json"])["sheets"] == sheets
    assert {*found} == {"index.html", "report.json", *(f"{key}.csv" for key in sheets)}
    for key in sheets:
        if key != "summary":
            with (folder / f"{key}.csv").open(newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
            assert len(rows) == len(sheets[key])
            for row, meant in zip(rows, sheets[key], strict=True):
                for name in ("number", "reason", "name", "rules"):
                    assert row.get(name, "") == guarded(meant.get(name) or "")


def test_what_an_earlier_report_left_in_a_folder_goes(full: Book, place: Path) -> None:
    (place / "documents.txt").write_text("INV-2026-00001\n")
    assert full("report", "audit", "--documents", "documents.txt").status == 3
    folder = place / "audit"
    (folder / "duplicates.csv").write_text("changed by hand\n")
    (folder / "mine.csv").write_text("mine\n")
    report(full, "audit")
    assert not (folder / "reconciliation.csv").exists()
    assert (folder / "duplicates.csv").exists() and (folder / "mine.csv").exists()


def test_the_hash_of_a_sheet_is_over_its_lines(full: Book) -> None:
    folder = report(full, "audit")
    text = (folder / "report.json").read_text(encoding="utf-8")
    lines = text.split('"gaps": [\n')[1].split("\n]")[0].split(",\n")
    digest = sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert f"2 rows, SHA-256 {digest}" in (folder / "evidence.csv").read_text(encoding="utf-8")


def cells(path: Path) -> Iterator[Any]:
    for page in openpyxl.load_workbook(path):
        for row in page.iter_rows():
            yield from row


def test_a_workbook_keeps_zeros_and_has_no_formula(full: Book, told: Told) -> None:
    path = report(full, "audit.xlsx")
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells(path))
    values = [cell.value for cell in cells(path)]
    assert "000003" in values and STRANGE in values
    sheets = told(full, "--at", AT)
    book = openpyxl.load_workbook(path)
    titles = [title.casefold().replace(" ", "_").replace("-", "_") for title in book.sheetnames]
    assert titles == list(sheets)
    for page, key in zip(book, sheets, strict=True):
        if key != "summary" and sheets[key]:
            assert page.max_row == len(sheets[key]) + 2
            assert page.freeze_panes == "A3"
    counts = {page.title: page for page in book}["Completeness"]
    heads = [cell.value for cell in counts[2]]
    assert counts.cell(3, heads.index("Issued") + 1).value == 5


def test_a_workbook_without_its_library_says_what_to_install(
    full: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    error = full.fails(2, "usage", "report", "audit.xlsx")
    assert "pip install 'seqctl[xlsx]'" in error["hint"]


def test_a_long_sheet_goes_on_on_the_next_page(full: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seqctl.pages.workbook.MOST_ROWS", 10)
    book = openpyxl.load_workbook(report(full, "audit.xlsx"))
    pages = [page for page in book if page.title.startswith("Numbers")]
    assert [page.title for page in pages] == ["Numbers", "Numbers 2", "Numbers 3"]
    assert [page.max_row for page in pages] == [12, 12, 10]


def test_a_report_is_private_and_replaces_its_file_at_once(full: Book) -> None:
    assert report(full, "audit.html").stat().st_mode & 0o777 == 0o600
    error = full.fails(2, "usage", "report", str(Path(full.path).with_suffix(".db")))
    assert ".db" in error["message"]
    assert full.ok("numbers").lines
