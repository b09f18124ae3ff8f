"""Files and directories that may not be read or written: a word for it, and never another book's answer."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .outcomes import BEFORE, BOOK, NEXT, fresh
from .tracing import Outcome, obey, program, run


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder with a book, whose rights are given back at the end."""
    if sys.platform != "linux":
        pytest.skip("rights are taken from root in a way that only Linux has")
    made = fresh(template, tmp_path / "book")
    yield made
    made.chmod(0o700)


def refused(outcome: Outcome, *codes: str) -> None:
    """The run said that the database cannot be used, and printed nothing."""
    assert outcome.status == 7, outcome
    assert outcome.out == ""
    assert "Traceback" not in outcome.err
    assert BOOK in outcome.err
    assert "hint: " in outcome.err


def bound(*words: str) -> Callable[[Path], Outcome]:
    return lambda folder: run(program("--db", str(folder / BOOK), *words), folder.parent, preexec_fn=obey)


next_number, numbers = bound("next", "invoice"), bound("numbers", "-o", "tsv")


@pytest.mark.parametrize("rights", [0o400, 0o200, 0o000], ids=oct)
def test_a_book_that_may_not_be_written_or_read(folder: Path, rights: int) -> None:
    (folder / BOOK).chmod(rights)
    refused(next_number(folder))


@pytest.mark.parametrize("rights", [0o500, 0o400, 0o000], ids=oct)
def test_a_directory_that_may_not_be_written_or_searched(folder: Path, rights: int) -> None:
    folder.chmod(rights)
    outcome = next_number(folder)
    # Where the directory may not be searched, nobody can say whether there is a book in it.
    assert outcome.status in ((7,) if rights & 0o100 else (4, 7)), outcome
    assert (outcome.out, "Traceback" in outcome.err) == ("", False)


def test_reading_where_nothing_may_be_written(folder: Path) -> None:
    (folder / BOOK).chmod(0o400)
    folder.chmod(0o500)
    outcome = numbers(folder)
    assert "Traceback" not in outcome.err
    assert outcome.status == 7 or len(outcome.out.splitlines()) == 1 + BEFORE


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_log_that_may_not_be_read_is_never_passed_over(folder: Path, ending: str) -> None:
    """The last numbers stand in the log alone while another program has the book open."""
    with closing(sqlite3.connect(folder / BOOK)) as other:
        other.execute("SELECT count(*) FROM event").fetchone()
        assert run(program(*NEXT), folder).numbers == [f"INV-{BEFORE + 1:05}"]
        (folder / f"{BOOK}{ending}").chmod(0o000)
        refused(next_number(folder))
        assert numbers(folder).status == 7
        (folder / f"{BOOK}{ending}").chmod(0o600)
        assert next_number(folder).numbers == [f"INV-{BEFORE + 2:05}"]


@pytest.mark.parametrize(("change", "code"), [(1, "newer"), (1000, "newer"), (-1, "older")])
@pytest.mark.parametrize("words", [("next", "invoice"), ("numbers",), ("info",), ("export",)], ids=" ".join)
def test_the_schema_of_another_version_is_refused_even_out_of_the_log(
    folder: Path, change: int, code: str, words: tuple[str, ...]
) -> None:
    """The version is written into the log alone: the file still has the old one."""
    with closing(sqlite3.connect(folder / BOOK, isolation_level=None)) as other:
        (version,) = other.execute("PRAGMA user_version").fetchone()
        other.execute(f"PRAGMA user_version = {version + change}")
        outcome = run(program("--db", BOOK, *words), folder)
    assert (outcome.status, outcome.out) == (7, ""), outcome
    assert code in outcome.err
    assert "upgrade" in outcome.err


@pytest.mark.parametrize("limit", range(5, 12))
def test_a_process_that_may_open_few_files(folder: Path, limit: int) -> None:
    import resource

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    outcome = run(program(*NEXT), folder, preexec_fn=few)
    assert "Traceback" not in outcome.err
    assert (outcome.status, outcome.numbers) in [(7, []), (0, [f"INV-{BEFORE + 1:05}"])], outcome
