"""A batch is written many rows at a time; what is stored and hashed is the same as row by row."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue, release
from seqctl.errors import Refused
from seqctl.model.number.request import Request
from seqctl.store.sql.ledger import BATCH
from seqctl.store.sqlite.bulk.batch import ROWS_AT_ONCE
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store

COLUMNS = (
    "counter_id, uniqueness_id, date, state, record, key, key_space, policy, set_name, expires_at, event_id,"
    " serial, value, text, reused"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(str(tmp_path / "b.db"), create=True, actor="ada") as book:
        add_sequence(book, "invoice", {"pattern": "INV-{number:3}", "start": 7, "step": 3})
        yield book


def documented_hash(connection: sqlite3.Connection, event_id: int) -> str:
    """SHA-256 over the rows of an event, computed as docs/log.md says."""
    query = f"SELECT {COLUMNS} FROM number WHERE event_id = ? ORDER BY serial"
    rows = connection.execute(query, (event_id,)).fetchall()
    lines = ("\x1f".join("" if field is None else str(field) for field in row) + "\x1e" for row in rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.parametrize(
    "count",
    [1, 2, BATCH - 1, BATCH, BATCH + 1, BATCH + ROWS_AT_ONCE - 1, BATCH + ROWS_AT_ONCE, 10 * BATCH + 17],
)
@pytest.mark.parametrize("reserve", [False, True])
def test_rows_and_their_hash(store: SqliteStore, count: int, reserve: bool) -> None:
    request = Request("invoice", count, key="ä", record="R\u00e9", date="2026-11-21")
    request.reserve = reserve
    issued = issue(store, request)
    connection = store.connection
    rows = connection.execute("SELECT value, text, reused FROM number ORDER BY serial").fetchall()
    assert rows == issued.numbers == [(7 + 3 * at, f"INV-{7 + 3 * at:03}", 0) for at in range(count)]
    assert connection.execute("SELECT DISTINCT state, key, record, date, policy FROM number").fetchall() == [
        ("reserved" if reserve else "issued", "ä", "Ré", "2026-11-21", None)
    ]
    event_id, serial, total, detail = connection.execute(
        "SELECT id, serial, count, detail FROM event ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert (serial, total) == (1, count)
    assert json.loads(detail)["rows"] == documented_hash(connection, event_id)


def test_freed_numbers_go_out_first_in_a_batch(store: SqliteStore) -> None:
    freed = issue(store, Request("invoice", BATCH)).texts[3:9]
    release(store, freed, reason="never came to be")
    issued = issue(store, Request("invoice", 2 * BATCH))
    assert issued.texts[:6] == freed
    assert [reused for _, _, reused in issued.numbers] == [1] * 6 + [0] * (2 * BATCH - 6)
    connection = store.connection
    event_id, detail = connection.execute("SELECT id, detail FROM event ORDER BY id DESC LIMIT 1").fetchone()
    assert json.loads(detail)["rows"] == documented_hash(connection, event_id)


@pytest.mark.parametrize("place", [0, ROWS_AT_ONCE, BATCH + 30])
def test_a_held_text_anywhere_refuses_the_whole_batch(store: SqliteStore, place: int) -> None:
    issue(store, Request("invoice"))
    with closing(sqlite3.connect(store.path)) as connection, connection:
        held = f"INV-{10 + 3 * place:03}"
        connection.execute("UPDATE number SET text = ?", (held,))
    with pytest.raises(Refused) as refused:
        issue(store, Request("invoice", place + 2 * BATCH))
    assert refused.value.code == "number_taken"
    assert held in refused.value.message
    assert store.connection.execute("SELECT count(*) FROM number").fetchone() == (1,)
