"""The page in a real browser: it opens, needs nothing else, fits a telephone, and shows every finding."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book
from tests.reporting.browser import MISSING, Browser, browsing, program
from tests.reporting.conftest import Told

WIDTHS = (390, 768, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests, or a loud word that there is none."""
    path = program()
    if path is None:
        pytest.skip(MISSING)
    with browsing(path) as page:
        yield page


@pytest.fixture
def page(full: Book, place: Path) -> Path:
    """The report of a book with findings of every kind, with documents that do not agree."""
    held = full.texts()
    (place / "documents.txt").write_text("\n".join([*held[1:], held[2], "INV-2026-99999"]) + "\n")
    full.ok("gaps", "review", "memo", "000002", "--reason", "ask")
    assert full("report", "audit.html", "--documents", "documents.txt").status == 3
    return place / "audit.html"


def test_nothing_is_loaded_from_outside_and_nothing_complains(browser: Browser, page: Path) -> None:
    browser.requests.clear()
    browser.complaints.clear()
    browser.open(page)
    assert browser.requests == [page.absolute().as_uri()]
    assert browser.complaints == []
    assert browser.value("document.scripts.length") == 0
    assert browser.value("document.querySelectorAll('svg').length") >= 5


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_never_scrolls_sideways(browser: Browser, page: Path, width: int, dark: bool) -> None:
    browser.open(page, width, dark)
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert width - 20 <= browser.value("document.documentElement.clientWidth") <= width
    wide = "[...document.querySelectorAll('.wide')]"
    assert browser.value(f"{wide}.every(box => box.getBoundingClientRect().right <= {width})")
    if width == 390:
        assert browser.value(f"{wide}.some(box => box.scrollWidth > box.clientWidth)"), "tables scroll alone"
    paper, ink = (
        browser.value(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color")
    )
    assert (brightness(paper) < brightness(ink)) == dark


def brightness(color: str) -> int:
    return sum(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(","))


def test_every_gap_void_and_finding_is_in_the_page(
    browser: Browser, page: Path, full: Book, told: Told
) -> None:
    browser.open(page)
    shown = browser.value("document.body.innerText")
    sheets = told(full, "--documents", "documents.txt")
    gaps = full.ok("gaps", "--json").json
    assert len(gaps) == 2
    for gap in gaps:
        assert gap["first_number"] in shown and gap["reason"] in shown
    for number in full.numbers("--state", "void"):
        assert number["number"] in shown and number["reason"] in shown
    found: list[dict[str, Any]] = [*sheets["duplicates"], *sheets["reconciliation"], *sheets["date_order"]]
    assert len(found) >= 4
    for row in found:
        assert row["number"] in shown and row.get("message", "") in shown
    assert browser.value("document.querySelectorAll('.answers .bad').length") == sum(
        answer["good"] is False for answer in sheets["summary"]["answers"]
    )


def test_every_picture_has_a_text_that_says_the_same(browser: Browser, page: Path) -> None:
    browser.open(page)
    labels = "[...document.querySelectorAll('svg[role=img]')].map(svg => svg.getAttribute('aria-label'))"
    assert all(len(label) > 20 for label in browser.value(labels))
    assert browser.value("document.querySelectorAll('svg:not([role=img])').length") == 0
    captions = browser.value("[...document.querySelectorAll('.strips li')].map(li => li.innerText)")
    assert any("21 = 15 issued + 1 void + 5 blocked" in text for text in captions), captions
    assert "2026-02-03: 5" in browser.value("document.querySelector('figcaption').innerText")


def test_it_prints_on_pages_with_repeated_heads(browser: Browser, page: Path) -> None:
    browser.open(page)
    data = browser.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
    pdf = base64.b64decode(data)
    assert pdf.startswith(b"%PDF") and b"/Type /Page" in pdf
    browser.call("Emulation.setEmulatedMedia", media="print")
    head = "getComputedStyle(document.querySelector('thead')).display"
    assert browser.value(head) == "table-header-group"
    assert browser.value("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert browser.value("getComputedStyle(document.querySelector('.wide')).overflowX") == "visible"
    browser.call("Emulation.setEmulatedMedia", media="")
