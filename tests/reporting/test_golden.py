"""What a reader sees of a whole report, word by word: made at one instant, by one person."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from seqctl.process import Clock
from tests.book import Book

GOLDEN = Path(__file__).with_name("golden") / "page.txt"
NOON = "2026-11-28T12:00:00.000000Z"
BLOCKS = ("section", "header", "h1", "h2", "h3", "p", "li", "tr", "div", "figcaption")


class Words(HTMLParser):
    """The words of a page, a line for each block and row, cells between bars."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._hidden = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "title", "nav"):
            self._hidden = tag
        if tag in BLOCKS:
            self.lines.append("")
        if tag in ("td", "th", "dd") or (tag in ("a", "span") and self.lines[-1]):
            self.lines[-1] += " | "

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.lines[-1] += data.strip("\n")


def test_a_page_reads_as_it_did(book: Book, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an intended change, `GOLDEN.write_text(words)` here makes it anew; then read what changed."""
    if not Path(str(book._path)).is_file():
        pytest.skip("one engine is enough")
    monkeypatch.setattr(Clock, "now", lambda self: NOON)
    monkeypatch.setenv("SEQCTL_ACTOR", "ada")
    monkeypatch.chdir(book.folder)
    monkeypatch.setenv("SEQCTL_DB", "book.db")
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{number:3}", "--reset", "year")
    book.ok(
        "sequence", "add", "memo", "--document-type", "credit_memo", "--pattern", "CM{number}", "--end", "90"
    )
    book.ok("set", "add", "europe", "invoice=invoice", "credit_memo=memo", "--default")
    book.next("invoice", "-n", "4", "--date", "2026-01-30")
    book.next("invoice", "-n", "3", "--date", "2026-02-02", "--record", "R-7")
    book.next("credit_memo", "-n", "2", "--date", "2026-02-03")
    book.ok("void", "INV-2026-002", "--reason", "wrong customer")
    book.ok("release", "INV-2026-003", "INV-2026-006", "--reason", "never sent")
    book.next("invoice", "--date", "2026-02-05")
    book.ok("gaps", "review", "invoice", "INV-2026-006", "--reason", "ask the branch")
    (book.folder / "documents.txt").write_text("INV-2026-001\nINV-2026-001\nINV-2026-099\n")
    assert book("report", "audit.html", "--documents", "documents.txt").status == 3
    text = (book.folder / "audit.html").read_text(encoding="utf-8")
    words = "\n".join(line.rstrip() for line in Words(text).lines if line.strip(" |")) + "\n"
    words = re.sub(r"seqctl \d+\.\d+\S*", "seqctl VERSION", words)
    words = re.sub(r"\| \S+ \S+ \| \S+ \| init \|", "| (made) | (somebody) | init |", words)
    words = re.sub(r"\b[0-9a-f]{64}\b", "(SHA-256)", re.sub(r"\b[0-9a-f]{32}\b", "(id)", words))
    assert words == GOLDEN.read_text(encoding="utf-8")
