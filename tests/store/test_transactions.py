"""Transactions: nothing half done, nothing without an event, errors in a person's words."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seqctl.actions import add_sequence, issue
from seqctl.errors import Busy, DatabaseUnusable, NotDelivered, NotFound, Refused
from seqctl.model.number.request import Request
from seqctl.store.sqlite.driver import APPLICATION_ID, VERSION
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store, pending_steps, upgrade
from tests.odd_event import OddEvent


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(str(tmp_path / "b.db"), create=True, actor="ada") as book:
        add_sequence(book, "invoice", {"pattern": "INV-{number:3}"})
        yield book


def dump(path: str) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_leaving_without_commit_undoes_everything(store: SqliteStore) -> None:
    before = dump(store.path)
    with store.write() as transaction:
        transaction.catalogue.put_timezone("Asia/Tokyo")
        transaction.log.append(OddEvent("import", "x", "{}"))
    assert dump(store.path) == before


def test_a_change_without_an_event_refuses_to_commit(store: SqliteStore) -> None:
    before = dump(store.path)
    with pytest.raises(RuntimeError, match="no event"), store.write() as transaction:
        transaction.catalogue.put_timezone("Asia/Tokyo")
        transaction.commit()
    assert dump(store.path) == before


def test_a_taken_text_undoes_the_whole_batch(store: SqliteStore) -> None:
    add_sequence(store, "other", {"document_type": "invoice", "pattern": "INV-00{number}"}, True)
    issue(store, Request("invoice", sequence="other"))
    issue(store, Request("invoice", sequence="other"))
    before = dump(store.path)
    with pytest.raises(Refused, match="INV-001 is already held by sequence 'other'") as refusal:
        issue(store, Request("invoice", 5, sequence="invoice"))
    assert refusal.value.code == "number_taken"
    assert dump(store.path) == before


def test_texts_unique_always_and_within_a_period_exclude_each_other(store: SqliteStore) -> None:
    fields: dict[str, object] = {
        "document_type": "invoice",
        "pattern": "INV-{number:3}",
        "reset": "year",
        "unique": "period",
    }
    add_sequence(store, "yearly", fields, True)
    assert issue(store, Request("invoice", sequence="yearly", date="2025-05-05")).texts == ["INV-001"]
    assert issue(store, Request("invoice", sequence="yearly", date="2026-05-05")).texts == ["INV-001"]
    with pytest.raises(Refused) as refusal:
        issue(store, Request("invoice", sequence="invoice"))
    assert refusal.value.code == "number_taken"


def test_a_writer_waits_no_longer_than_its_timeout(store: SqliteStore) -> None:
    with open_store(store.path, timeout=0.05) as impatient:
        with store.write(), pytest.raises(Busy) as refusal:
            issue(impatient, Request("invoice"))
        assert refusal.value.exit_status == 75
        assert issue(impatient, Request("invoice")).texts == ["INV-001"]


def test_a_commit_that_raised_is_looked_up(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fickle:
        """A connection whose COMMIT works and raises nevertheless."""

        def __init__(self, connection: sqlite3.Connection, really: bool) -> None:
            self.connection, self.really = connection, really

        def __getattr__(self, name: str) -> object:
            return getattr(self.connection, name)

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if statement == "COMMIT":
                self.connection.execute("COMMIT" if self.really else "ROLLBACK")
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
            return self.connection.execute(statement, *values)

    real = store.connection
    store.connection = Fickle(real, really=True)  # type: ignore[assignment]
    assert issue(store, Request("invoice")).texts == ["INV-001"]
    store.connection = Fickle(real, really=False)  # type: ignore[assignment]
    with pytest.raises(DatabaseUnusable):
        issue(store, Request("invoice"))
    store.connection = real
    assert issue(store, Request("invoice")).texts == ["INV-002"]


def test_a_strange_file_is_named(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("this is not a database, but it is long enough to look at" * 20)
    empty = tmp_path / "empty.db"
    empty.touch()
    foreign = tmp_path / "foreign.db"
    sqlite3.connect(foreign).execute("CREATE TABLE t (x)").connection.close()
    for path, kind, code in (
        (text, DatabaseUnusable, "not_a_database"),
        (foreign, DatabaseUnusable, "not_a_database"),
        (empty, NotFound, "not_found"),
        (tmp_path / "none.db", NotFound, "not_found"),
        (tmp_path, DatabaseUnusable, "not_a_database"),
    ):
        with pytest.raises(kind) as refusal:
            open_store(str(path))
        assert refusal.value.code == code, path
    for path in (text, foreign, tmp_path):
        with pytest.raises(DatabaseUnusable):
            open_store(str(path), create=True)
    with open_store(str(empty), create=True) as book:
        assert book.path == str(empty)


def test_a_newer_and_an_older_schema_are_told(store: SqliteStore) -> None:
    for version, code in ((VERSION + 1, "schema_newer"), (0, "schema_outdated")):
        store.connection.execute(f"PRAGMA user_version = {version}")
        with pytest.raises(DatabaseUnusable) as refusal:
            open_store(store.path)
        assert refusal.value.code == code
    assert pending_steps(store.path, "ada", store.clock) == []
    assert upgrade(store.path, "ada", store.clock) == []
    open_store(store.path).close()


def test_a_book_is_private_from_the_first_byte(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        path = str(tmp_path / "a" / "b" / "c.db")
        with open_store(path, create=True) as store, store.write() as transaction:
            transaction.log.append(OddEvent("x", "x", "{}"))
            modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "a" / "b").iterdir()}
    finally:
        os.umask(umask)
    assert set(modes.values()) == {0o600}
    assert "c.db-wal" in modes
    assert [(tmp_path / part).stat().st_mode & 0o777 for part in ("a", "a/b")] == [0o700, 0o700]


def test_the_book_is_durable_and_marked(store: SqliteStore) -> None:
    assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store.connection.execute("PRAGMA synchronous").fetchone() == (3,)
    assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    store.close()
    assert [path.name for path in Path(store.path).parent.iterdir()] == ["b.db"]


@pytest.mark.parametrize("name", ["q?.db", "per%cent.db", "ha#sh.db", "spa ce.db", "ümlaut.db", "-dash.db"])
def test_any_file_name_is_opened_as_it_is(tmp_path: Path, name: str) -> None:
    open_store(str(tmp_path / name), create=True).close()
    open_store(str(tmp_path / name)).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_outcome_that_nobody_can_tell_is_said_to_be_unknown(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        """A connection whose COMMIT works and raises, on a disk that cannot be read any more."""

        def __init__(self, connection: sqlite3.Connection) -> None:
            self.connection = connection

        def __getattr__(self, name: str) -> object:
            return getattr(self.connection, name)

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if statement == "COMMIT":
                self.connection.execute("COMMIT")
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
            return self.connection.execute(statement, *values)

    def unreadable(uri: str, number: int, digest: bytes) -> bool:
        raise sqlite3.OperationalError("unable to open database file")

    real = store.connection
    store.connection = Failing(real)  # type: ignore[assignment]
    monkeypatch.setattr("seqctl.store.sqlite.file.diagnosis.holds_event", unreadable)
    with pytest.raises(NotDelivered, match="outcome is unknown") as refusal:
        issue(store, Request("invoice", key="k"))
    assert refusal.value.exit_status == 74
    store.connection = real
    assert issue(store, Request("invoice", key="k")).texts == ["INV-001"]
