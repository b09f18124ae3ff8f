"""A database and its directory are for their owner alone, from the first byte and whatever the umask is."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.book import Book, Run

SetMask = Callable[[int], int]
MAKES_A_DATABASE = [
    ("init",),
    ("sequence", "add", "x"),
    ("calendar", "add", "india", "--start", "04-01"),
    ("import", "-"),
]


@pytest.fixture
def umask() -> Iterator[SetMask]:
    """Set the umask of this process and give it back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o027])
@pytest.mark.parametrize("words", MAKES_A_DATABASE, ids=" ".join)
def test_a_new_database_is_0600_in_directories_0700(
    place: Path, run: Run, umask: SetMask, mask: int, words: tuple[str, ...]
) -> None:
    path = place / "new" / "deeper" / "book.db"
    umask(mask)
    result = run("--db", path, *words, input="format = 1\n")
    assert (result.status, result.err) == (0, "")
    assert rights(path) == 0o600
    assert rights(path.parent) == rights(path.parent.parent) == 0o700


def test_the_log_beside_an_open_database_is_no_more_open_than_the_database(
    invoices: Book, umask: SetMask
) -> None:
    umask(0o000)
    reader = sqlite3.connect(invoices.path)
    reader.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    invoices.next("invoice")
    beside = {file.name: rights(file) for file in invoices.path.parent.iterdir()}
    reader.close()
    assert len(beside) > 1
    assert set(beside.values()) == {0o600}, beside


def test_rights_of_an_existing_directory_are_left_alone(place: Path, run: Run) -> None:
    (place / "shared").mkdir(mode=0o755)
    assert run("--db", place / "shared" / "book.db", "init").status == 0
    assert rights(place / "shared") == 0o755
