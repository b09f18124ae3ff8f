"""The database that a call names is meant in hints too, and its parts are no place for output."""

import errno
import os
from pathlib import Path

import pytest

from seqctl.cli import replacing
from seqctl.folders import COMPANIONS
from seqctl.store.sqlite.driver import LOG
from seqctl.store.sqlite.file.soundness import BESIDE, OWN
from tests.book import Book, Run


def test_a_hint_is_for_the_database_that_was_named(place: Path, run: Run) -> None:
    path = place / "my book.db"
    told = run("--db", path, "next", "invoice")
    assert told.status == 4
    assert f"seqctl --db '{path}' init (or seqctl --db '{path}' import FILE)" in told.err
    assert run(f"--db={path}", "init").status == 0
    told = run("next", "nothing", "--db", path)
    assert f"seqctl --db '{path}' sequence list" in told.err


def test_a_hint_speaks_of_no_other_database_where_none_was_named(invoices: Book) -> None:
    assert "--db" not in invoices.fails(4, "not_found", "next", "nothing")["hint"]
    assert "seqctl --db" not in invoices("show", "X", "--", "--db", "Y").err


@pytest.mark.parametrize("words", [("next", "invoice"), ("numbers",), ("sequence", "add", "x")])
def test_an_empty_name_is_no_database(invoices: Book, words: tuple[str, ...]) -> None:
    for option in (("--db", ""), ("--db=",)):
        told = invoices.run(*option, *words)
        assert (told.status, told.out) == (2, "")
        assert "--db names no file" in told.err
    assert invoices.numbers() == []


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal", "-mark", "-queue", "-turn"])
def test_nothing_is_written_over_a_book_and_its_parts(invoices: Book, ending: str) -> None:
    target = f"{invoices.path}{ending}"
    records = invoices.file("id\n1\n", "records.csv")
    before = os.path.exists(target)
    for words in (("export", "--to", target), ("assign", "invoice", "--input", records, "--write", target)):
        error = invoices.fails(2, "usage", *words)
        assert "database" in error["message"]
    invoices.fails(2, "usage", "backup", target)
    assert os.path.exists(target) == before
    assert invoices.numbers() == []


def test_the_parts_of_a_database_are_those_that_the_store_makes() -> None:
    assert set(COMPANIONS) == {*BESIDE, *OWN, LOG} - {""}


class Full:
    """A file on a full disk, which says so when it is written, and once more when it is closed."""

    def __init__(self, name: Path) -> None:
        self.name = str(name)
        name.touch()

    def write(self, data: bytes) -> int:
        return len(data)

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    close = flush


def test_numbers_that_a_full_disk_swallowed_are_named(
    invoices: Book, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = invoices.file("id\nA\nB\n", "records.csv")
    monkeypatch.setattr(replacing, "_beside", lambda target: Full(place / "temporary"))
    told = invoices("assign", "invoice", "--input", records, "--write", place / "out.csv")
    assert told.status == 74
    assert "INV-00001, INV-00002" in told.err
    assert "hint: they are committed; run the command again" in told.err
    assert not (place / "temporary").exists()
    assert len(invoices.numbers()) == 2
