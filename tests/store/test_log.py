"""The hash chain, by the rule that docs/log.md states and nothing else."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue, set_next
from seqctl.model.number.request import Request
from seqctl.store.sql.log import GENESIS, event_hash
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store
from tests.odd_event import OddEvent

DOCUMENT = (Path(__file__).parents[2] / "docs" / "log.md").read_text(encoding="utf-8")
NULLS = (None, None, None, None, None)
FIRST = (1, "2026-01-01T00:00:00.000000Z", "ada", "init", "book", *NULLS, '{"timezone":"UTC","version":1}')
SECOND = (2, "2026-01-01T00:00:01.000000Z", "ada", "issue", "invoice", 1, 1, 1, 1, 1, '{"period":"all"}')


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(str(tmp_path / "b.db"), create=True, actor="ada") as book:
        add_sequence(book, "invoice", {"pattern": "INV-{number:3}"})
        yield book


def test_the_documented_vectors_come_out() -> None:
    hashes = re.findall(r"\| its hash \| `([0-9a-f]{64})` \|", DOCUMENT)
    first = event_hash(GENESIS, FIRST)
    row = "\x1f".join(
        ["1", "1", "2026-01-01", "issued", "", "", "0", "", "", "", "2", "1", "1", "INV-1", "0"]
    )
    assert hashes == [
        first.hex(),
        hashlib.sha256(f"{row}\x1e".encode()).hexdigest(),
        event_hash(first, SECOND).hex(),
    ]


def test_the_documented_program_verifies_a_real_book(
    store: SqliteStore, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(store, Request("invoice", 3, key='k"é', record="R"))
    set_next(store, "invoice", "9", "moved")
    store.close()
    program = DOCUMENT.rpartition("```python\n")[2].partition("```")[0].replace("numbers.db", store.path)
    exec(program, {})
    with closing(sqlite3.connect(store.path)) as connection:
        last = connection.execute("SELECT hash FROM event ORDER BY id DESC LIMIT 1").fetchone()
    assert capsys.readouterr().out.strip() == last[0].hex()


def test_the_documented_program_finds_an_edited_event(store: SqliteStore) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DROP TRIGGER event_fixed")
        connection.execute("UPDATE event SET actor = 'eve' WHERE id = 1")
    program = DOCUMENT.rpartition("```python\n")[2].partition("```")[0].replace("numbers.db", store.path)
    with pytest.raises(SystemExit, match="event 1"):
        exec(program, {})


def test_the_rows_of_an_issue_hash_to_what_its_event_says(store: SqliteStore) -> None:
    issue(store, Request("invoice", 2, key="k", record="R", date="2026-11-21"))
    rows = store.connection.execute(
        "SELECT counter_id, uniqueness_id, date, state, record, key, key_space, policy, set_name, expires_at,"
        " event_id, serial, value, text, reused FROM number ORDER BY serial"
    ).fetchall()
    data = "".join("\x1f".join("" if c is None else str(c) for c in row) + "\x1e" for row in rows)
    (detail,) = store.connection.execute(
        "SELECT json_extract(detail, '$.rows') FROM event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert len(rows) == 2
    assert detail == hashlib.sha256(data.encode()).hexdigest()


@pytest.mark.parametrize("statement", ["UPDATE event SET actor = 'eve'", "DELETE FROM event WHERE id = 2"])
def test_events_cannot_be_changed_or_deleted(store: SqliteStore, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(statement)


def test_a_line_end_never_gets_into_an_event(store: SqliteStore) -> None:
    with store.write() as transaction, pytest.raises(ValueError, match="line end"):
        transaction.log.append(OddEvent("import", "a\nb", "{}"))


def test_a_batch_is_one_event(store: SqliteStore) -> None:
    before = store.connection.execute("SELECT max(id) FROM event").fetchone()[0]
    issue(store, Request("invoice", 100))
    last = store.connection.execute(
        "SELECT id, first, last, serial, count FROM event ORDER BY id DESC"
    ).fetchone()
    assert last == (before + 1, 1, 100, 1, 100)
