"""Database files that are damaged or cut short: a word for it or an answer, never a number twice."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

SECTOR, PAGE = 512, 4096
HELD = 60
NUMBERS = {f"INV-{value:05}" for value in range(1, HELD + 1)}
TOLD = (0, 4, 5, 7)
"""An answer, not found, refused, unusable: what a command may make of a damaged book."""

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a book with a few pages of numbers."""
    from seqctl import open_store
    from seqctl.actions import add_sequence, issue
    from seqctl.model.number.request import Request

    path = tmp_path_factory.mktemp("whole") / "book.db"
    with open_store(str(path), create=True) as store:
        add_sequence(store, "invoice", {"pattern": "INV-{number:5}"})
        for _ in range(3):
            issue(store, Request("invoice", HELD // 3))
    return path.read_bytes()


def bits(data: bytearray, chance: random.Random) -> None:
    """A few bits, anywhere."""
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def content(data: bytearray, chance: random.Random) -> None:
    """A few bytes of one page, where something is written."""
    start = chance.randrange(len(data) // PAGE) * PAGE
    written = [place for place in range(start, start + PAGE) if data[place]]
    for _ in range(chance.randint(1, 8)):
        data[chance.choice(written)] = chance.randrange(256)


def sector(data: bytearray, chance: random.Random) -> None:
    """A sector of noise."""
    start = chance.randrange(len(data) // SECTOR) * SECTOR
    data[start : start + SECTOR] = chance.randbytes(SECTOR)


def zeros(data: bytearray, chance: random.Random) -> None:
    """A page of zeros: what a file system gives back for a block that was never written."""
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


KINDS = (bits, content, sector, zeros)


def damaged(whole: bytes, seeds: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Damaged books, each with the name of its damage; a seed gives the same one every time."""
    for seed in seeds:
        chance, kind = random.Random(seed), KINDS[seed % len(KINDS)]
        data = bytearray(whole)
        kind(data, chance)
        yield f"{kind.__name__} {seed}", bytes(data)


def cut(whole: bytes, lengths: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Books cut short."""
    for length in lengths:
        yield f"cut at {length}", whole[:length]


class Verdict:
    """How commands took damaged books: how often with which status, and what must not happen.

    `unworded` are those that ended in an error of Python, which is told with a traceback.
    """

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.broken: list[str] = []
        self.unworded: list[str] = []

    def __str__(self) -> str:
        statuses = ", ".join(f"{what}: {count}" for what, count in sorted(self.seen.items()))
        return f"{statuses}; {len(self.broken)} broken promises, {len(self.unworded)} tracebacks"


def judge(books: Iterable[tuple[str, bytes]], folder: Path, run: Run) -> Verdict:
    """Ask each damaged book for a number and a list."""
    verdict = Verdict()
    for name, data in books:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "book.db").write_bytes(data)
        for words in (("next", "invoice"), ("numbers",)):
            told = f"{name}, {words[0]}"
            try:
                result = run("--db", folder / "book.db", *words)
            except Exception as error:
                verdict.unworded.append(f"{told}: {error!r}")
                continue
            verdict.seen[f"{words[0]} {result.status}"] += 1
            if result.status not in TOLD:
                verdict.broken.append(f"{told}: {result}")
            if words[0] == "next" and result.status == 0 and len(result.lines) != 1:
                verdict.broken.append(f"{told}: success, and the output is {result.out!r}")
            if words[0] == "next" and NUMBERS.intersection(result.lines):
                verdict.broken.append(f"{told}: {result.out!r} was issued before")
    return verdict


def test_damaged_books(whole: bytes, place: Path, run: Run, tell: Callable[[str], None]) -> None:
    verdict = judge(damaged(whole, range(160)), place / "book", run)
    tell(str(verdict))
    assert verdict.broken + verdict.unworded == []


def test_books_cut_short(whole: bytes, place: Path, run: Run, tell: Callable[[str], None]) -> None:
    lengths = [1, 99, 100, 511, PAGE - 1, *range(PAGE, len(whole), 3 * PAGE), len(whole) - 1]
    verdict = judge(cut(whole, lengths), place / "book", run)
    tell(str(verdict))
    assert verdict.broken + verdict.unworded == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_many_damaged_books(
    part: int, whole: bytes, place: Path, run: Run, tell: Callable[[str], None]
) -> None:
    verdict = judge(damaged(whole, range(part * 1000, part * 1000 + 1000)), place / "book", run)
    tell(str(verdict))
    assert verdict.broken + verdict.unworded == []


@pytest.mark.long
def test_books_cut_at_any_sector(whole: bytes, place: Path, run: Run, tell: Callable[[str], None]) -> None:
    verdict = judge(cut(whole, range(0, len(whole), SECTOR)), place / "book", run)
    tell(str(verdict))
    assert verdict.broken + verdict.unworded == []


def changed(whole: bytes, folder: Path, *statements: str) -> bytes:
    """A book changed by plain SQL."""
    path = folder / "changed.db"
    path.write_bytes(whole)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


NOISY = "CREATE TRIGGER event_new BEFORE INSERT ON event BEGIN SELECT shout(NEW.id); END"
UNNAMED = (
    "DROP TABLE calendar",
    "CREATE TABLE calendar (id INTEGER PRIMARY KEY, name TEXT, month INTEGER, day INTEGER, named_by TEXT)",
)
UNNAMED_PARENT = (
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_schema SET sql = replace(sql, ' sequence_set', ' sequence_set (is_default)')"
    " WHERE name = 'set_member'",
)


@pytest.mark.parametrize(
    ("words", "statements"),
    [
        (("next", "invoice"), ("UPDATE counter SET last = 3", "UPDATE number SET text = 'X' || text")),
        (("next", "invoice"), ("ALTER TABLE counter RENAME COLUMN last TO least",)),
        (("next", "invoice"), ("ALTER TABLE number RENAME COLUMN event_id TO eve_t_id",)),
        (
            ("next", "invoice"),
            ("ALTER TABLE number RENAME TO kept", "CREATE VIEW number AS SELECT * FROM kept"),
        ),
        (("next", "invoice"), ("DROP TRIGGER event_new", NOISY)),
        (("next", "invoice"), ("DROP INDEX number_text",)),
        (("calendar", "add", "y", "--start", "04-01"), UNNAMED),
        (("set", "add", "s", "invoice=invoice"), UNNAMED_PARENT),
        (("numbers",), ("UPDATE number SET text = CAST(x'ff' AS TEXT) WHERE serial = 3",)),
        (("next", "invoice"), ("UPDATE book SET timezone = 'Europe/Nowhere'",)),
    ],
    ids=[
        *("a-value-held-twice", "a-strange-table", "a-strange-column", "a-view", "a-strange-trigger"),
        "an-index-that-is-gone",
        *(
            "a-name-that-is-not-unique",
            "a-parent-that-is-none",
            "a-text-that-is-none",
            "a-zone-that-nobody-knows",
        ),
    ],
)
def test_a_book_that_makes_no_sense_is_said_to_be_damaged(
    words: tuple[str, ...], statements: tuple[str, ...], whole: bytes, place: Path, run: Run
) -> None:
    (place / "book.db").write_bytes(changed(whole, place, *statements))
    result = run("--db", place / "book.db", *words)
    assert (result.status, result.out) == (7, ""), result
    assert "book.db" in result.err
    assert "hint: " in result.err


def test_a_number_that_is_issued_again_is_caught(whole: bytes, place: Path, run: Run) -> None:
    """The control: with its counter set back and its ledger gone, a book does issue a number twice."""
    forgetful = changed(whole, place, "DELETE FROM number", "UPDATE counter SET last = 3")
    verdict = judge([("a forgetful book", forgetful)], place / "book", run)
    assert [text for text in verdict.broken if "was issued before" in text]
