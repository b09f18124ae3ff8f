"""A book that an older schema wrote: refused until it is upgraded, and then as good as a new one."""

import sqlite3
from contextlib import closing
from json import loads
from pathlib import Path

import pytest

from seqctl import open_store
from seqctl.errors import DatabaseUnusable
from seqctl.store.sqlite.file.create import pending_steps, upgrade
from tests.book import Rows, Run

OLD = Path(__file__).parent / "book-of-schema-1.sql"
HEAD = "88e851cb621157b6f60606d7d9e1f7579fcbd8a24e159be5797c623d3eb85c0d"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    path.chmod(0o600)
    return path


def rows(path: Path, query: str) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_an_old_book_is_refused_until_it_is_upgraded(old: Path, run: Run) -> None:
    for words in (("next", "invoice"), ("peek", "invoice"), ("check",), ("export",), ("info",)):
        assert run("--db", old, *words).status == 7
    assert " upgrade\n" in run("--db", old, "next", "invoice").err
    assert run("--db", old, "upgrade", "--dry-run").out == "step\n0002_owners_and_spaces\n"
    with pytest.raises(DatabaseUnusable):
        open_store(str(old))
    assert run("--db", old, "upgrade").out == "step\n0002_owners_and_spaces\n"
    assert run("--db", old, "upgrade").out == "step\n"
    assert run("--db", old, "next", "invoice", "--date", "2026-11-21").out == "INV-2026-00001\n"


def test_upgrade_keeps_the_log_and_the_ledger(old: Path, run: Run) -> None:
    before = rows(old, "SELECT * FROM event"), rows(old, "SELECT * FROM number")
    assert run("--db", old, "upgrade").status == 0
    assert rows(old, "SELECT * FROM event WHERE id < 22") == before[0]
    assert rows(old, "SELECT * FROM number") == [(*row, None, None) for row in before[1]]
    verified = run("--db", old, "audit", "verify", "--anchor", HEAD)
    assert (verified.status, verified.err) == (0, "")
    assert run("--db", old, "check").status == 0


def test_upgrade_makes_the_schema_of_a_new_book(old: Path, run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    assert run("--db", new, "init").status == run("--db", old, "upgrade").status == 0
    query = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    assert rows(old, query) == rows(new, query)
    (one,), (other,) = rows(old, "SELECT identity FROM book"), rows(new, "SELECT identity FROM book")
    assert one != other and len(one[0]) == len(other[0]) == 32


def test_upgrade_knows_the_kinds_of_owners_that_once_had_a_set(old: Path, run: Run) -> None:
    assert run("--db", old, "upgrade").status == 0
    assert loads(str(rows(old, "SELECT assigned_kinds FROM book")[0][0])) == ["branch", "company"]
    assert run("--db", old, "set", "assign", "france", "till:3").status == 0
    assert run("--db", old, "set", "unassign", "till:3").status == 0
    assert loads(str(rows(old, "SELECT assigned_kinds FROM book")[0][0])) == ["branch", "company", "till"]


def test_an_upgrade_that_fails_leaves_the_old_book(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from seqctl.process import Clock
    from seqctl.store.sqlite.file import migrations

    def broken() -> str:
        raise OSError("no randomness")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "new_identity", broken)
        with pytest.raises(OSError, match="no randomness"):
            upgrade(str(old), "ada", Clock())
    assert pending_steps(str(old), "ada", Clock()) == ["0002_owners_and_spaces"]
    assert rows(old, "SELECT count(*) FROM pragma_table_info('book')") == [(3,)]
    assert upgrade(str(old), "ada", Clock()) == ["0002_owners_and_spaces"]
