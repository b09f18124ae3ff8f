"""Books for hostile input, and what must hold of every call whatever it was given."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from tests.book import Book, Changes, Result

CONTRACT = {0, 2, 3, 4, 5, 6, 7, 74, 75}
"""The exit statuses of the contract; 1 is a bug, and nobody interrupts these calls."""

DEFINITIONS = """
[calendars.india]
start = "04-01"
[sequences.s]
document_type = "t"
pattern = "S-{number}"
date_order = "warn"
[sequences.scoped]
document_type = "invoice"
pattern = "{entity}-{number}"
scope = ["entity"]
[sequences.alpha]
kind = "alpha"
pattern = "{number:3}"
mode = "standard"
[sequences.yearly]
reset = "fiscal-year"
calendar = "india"
pattern = "{FY}/{YYYY}-{number}"
manual = true
[sequences.ranged]
pattern = "G{prefix}-{number}"
reset = "range"
[ranges.R0]
sequence = "ranged"
first = 100
last = 200
values = { prefix = "P" }
[sequences.granted]
reset = "range"
pattern = "G{number}"
[ranges.R1]
sequence = "granted"
first = 1
last = 9
[ranges.R2]
sequence = "granted"
first = 10
last = 19
[sets.main]
default = true
assignments = ["account:ACME"]
members = { invoice = "scoped" }
[policies.p]
document_type = "t"
sequence = "s"
conditions = [{ id = 1, field = "f", operator = "matches", value = "^(a+)+$" }]
"""
RECORDS = "id,number,day,state,f,entity\n1,S-1,2026-05-04,open,a,DE\n2,S-9,2026-05-05,void,b,=1\n"


class Judged(Protocol):
    """Runs a call and holds it to the contract."""

    def __call__(
        self, book: Book, *words: object, input: str | bytes = "", env: Changes | None = None
    ) -> Result: ...


@pytest.fixture
def rich(book: Book, place: Path) -> Book:
    """A book with every kind of definition, some numbers in every state, and files beside it."""
    book.load(DEFINITIONS)
    book.ok("range", "annul", "R2", "--reason", "given back", "--yes")
    for _ in range(2):
        book.next("s", "--date", "2026-05-04")
    book.next("scoped", "--attr", "entity=DE", "--date", "2026-05-04")
    book.next("alpha", "-n", "3", "--date", "2026-05-04")
    book.next("yearly", "--date", "2026-05-04")
    book.ok("void", "S-1", "--reason", "x")
    book.ok("reserve", "s", "--date", "2026-05-04", "--ttl", "300d")
    book.ok("release", "aaa", "--reason", "x")
    (place / "records.csv").write_text(RECORDS)
    (place / "records.jsonl").write_text('{"id": "1", "number": "S-1", "day": "2026-05-04"}\n')
    (place / "definitions.toml").write_text(DEFINITIONS)
    (place / "rubbish").write_bytes(bytes(range(256)) * 40)
    (place / "folder").mkdir()
    return book


@pytest.fixture
def judged(place: Path) -> Judged:
    """Run a call and hold it to the contract: `judged(book, *words, input="", env=None)` gives its Result."""

    def call(book: Book, *words: object, input: str | bytes = "", env: Changes | None = None) -> Result:
        before = contents(book.path)
        result = book.run(*words, input=input, env=env)
        seen = (words, result)
        assert result.status in CONTRACT, seen
        assert "Traceback" not in result.err, seen
        told_visibly(result.err)
        if result.status not in (0, 3, 74):
            assert result.out == "", seen
            assert result.err.strip(), seen
            assert contents(book.path) == before, seen
            _told_as_json(book, words, result, input, env)
            assert contents(book.path) == before, seen
        return result

    return call


def _told_as_json(
    book: Book, words: tuple[object, ...], spoken: Result, input: str | bytes, env: Changes | None
) -> None:
    """The same call under --json fails alike and says so in one object."""
    told = book.run("--json", *words, input=input, env=env)
    seen = (words, spoken, told)
    if told.status == 75 or "-o" in words or any(str(word).startswith(("-o", "--output")) for word in words):
        return
    assert told.status == spoken.status, seen
    assert told.out == "", seen
    parsed = json.loads(told.err)
    assert list(parsed) == ["error"], seen
    error = parsed["error"]
    assert isinstance(error["code"], str) and isinstance(error["message"], str), seen
    assert told.err.count("\n") == 1 and told.err.endswith("\n"), seen
    told_visibly(told.err)


def told_visibly(text: str) -> None:
    """No line of what people read holds a character that a terminal could obey."""
    for character in text:
        assert character.isprintable() or character == "\n", text


def contents(path: Path) -> tuple[dict[str, int], tuple[int, bytes] | None]:
    """How many rows each table holds, and the last event: what a refused request leaves as it was."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in names]
        counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]
        head = connection.execute("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
        return dict(zip(tables, counts, strict=True)), head
