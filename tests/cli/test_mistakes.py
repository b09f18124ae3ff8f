"""Plausible mistakes, with what a person reads about each: held against a file that was read aloud.

After an intended change `SEQCTL_SCREENS=write python -m pytest tests/cli/test_mistakes.py` writes it anew.
"""

import os
import re
import shlex
from pathlib import Path

import pytest

from tests.book import Book

FILE = Path(__file__).parent / "mistakes.txt"
CALLS = [
    line[len("$ seqctl ") :] for line in FILE.read_text("utf-8").splitlines() if line.startswith("$ seqctl ")
]
LIBRARY = re.compile(
    r"no such (command|option)|unexpected extra|invalid value|requires an argument|missing (argument|option)"
    r"|valid integer|should be|is not one of '|traceback|pydantic|click|typer|nonetype|usageerror",
    re.IGNORECASE,
)
"""Words of libraries and of Python."""


@pytest.fixture
def desk(book: Book, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book with an invoice that is void, one that is held, a gap, and a set."""
    monkeypatch.setenv("SEQCTL_ACTOR", "ada")
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{number:5}", "--reset", "year")
    book.ok("sequence", "add", "credit_memo", "--pattern", "CM-{number:4}")
    book.ok("set", "add", "europe", "invoice=invoice", "credit_memo=credit_memo")
    book.next("invoice", "-n", "3", "--date", "2026-11-05")
    book.ok("void", "INV-2026-00003", "--reason", "wrong customer")
    Path("list.csv").write_text("number\nINV-2026-00007\n")
    return book


def told(book: Book, call: str) -> tuple[int, str]:
    """The exit status of a call and what a person reads of it: the first lines are enough."""
    result = book(*shlex.split(call))
    return result.status, "".join(line + "\n" for line in (result.out + result.err).splitlines()[:4])


def test_what_is_said_of_each_mistake(desk: Book) -> None:
    seen = "".join(f"$ seqctl {call}\n{told(desk, call)[1]}\n" for call in CALLS)
    if os.environ.get("SEQCTL_SCREENS") == "write":
        FILE.write_text(seen, encoding="utf-8")
    assert seen == FILE.read_text(encoding="utf-8")


def test_there_are_many() -> None:
    assert len(CALLS) == len(set(CALLS)) >= 180


@pytest.mark.parametrize("call", CALLS)
def test_a_mistake_is_refused_in_our_words_with_a_way_out(desk: Book, call: str) -> None:
    status, words = told(desk, call)
    assert status in (2, 4, 5, 6), words
    assert not LIBRARY.search(words), words
    hints = re.findall(r"(?:^hint: |\"hint\": \")(.*)", words, re.MULTILINE)
    assert hints, words
    assert not re.fullmatch(r"see: seqctl .*--help", hints[0]), words
