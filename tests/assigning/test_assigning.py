"""Numbering many records is issuing them one by one, only faster: the same numbers, refusals and rows."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, add_set, assign, assign_set, issue
from seqctl.actions.definitions.change import add_policy
from seqctl.errors import ConfirmationNeeded, InvalidInput, NotFound, Refused, SeqctlError
from seqctl.model.number.request import Request
from seqctl.model.reports.assignment import Batch
from seqctl.model.reports.record import Record
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store

SEQUENCES: dict[str, dict[str, Any]] = {
    "plain": {"pattern": "P-{number:2}", "end": 6, "date_order": "warn"},
    "scoped": {"pattern": "{entity}/{YYYY}-{number}", "scope": ["entity"], "reset": "year"},
    "strict": {"pattern": "S{note}-{number}", "date_order": "refuse", "effective_until": "2026-06-30"},
    "letters": {"kind": "alpha", "pattern": "{note}-{number}", "requires": {"entity": ["DE"]}},
}
DATES = ("2026-01-05", "2026-01-09", "2026-07-01", "2025-12-31T23:30-05:00", "2026-13-01", "", "20260105")
COLUMNS = "counter_id, uniqueness_id, date, state, record, policy, set_name, serial, value, text, reused"


def book(folder: Path, name: str) -> SqliteStore:
    """A book in which policies, sets and sequences with rules of every kind serve one document type."""
    store = open_store(str(folder / name), create=True, actor="ada")
    for sequence, fields in SEQUENCES.items():
        add_sequence(store, sequence, {"document_type": "invoice", **fields}, True)
    add_set(store, "default", {"invoice": "plain"}, True)
    add_set(store, "acme", {"invoice": "scoped"}, False)
    assign_set(store, "acme", ["account:ACME"])
    for policy, chosen, when in (
        ("notes", "strict", ["note is_set", "amount greater 100"]),
        ("alphabet", "letters", ["note starts_with x"]),
    ):
        fields = {"document_type": "invoice", "sequence": chosen, "conditions": conditions(when)}
        add_policy(store, policy, fields)
    return store


def conditions(when: list[str]) -> list[dict[str, Any]]:
    """Conditions as a definition file gives them."""
    parts = [item.split(" ") for item in when]
    return [
        {
            "id": place,
            "field": part[0],
            "operator": part[1],
            **({"value": value(part[2])} if part[2:] else {}),
        }
        for place, part in enumerate(parts, 1)
    ]


def value(text: str) -> object:
    return int(text) if text.isdigit() else text


def one_by_one(store: SqliteStore, records: list[Record]) -> list[str]:
    """Issue records in turn: the number of each, or the code of what refused it."""
    told = []
    for record in records:
        account = record.attributes.get("account")
        owners = (("account", account),) if account else ()
        request = Request(
            "invoice",
            date=record.attributes.get("date", ""),
            owners=owners,
            attributes=record.attributes,
            record=record.id,
        )
        try:
            if not request.date or len(request.date) == 8 or "-13-" in request.date:
                told.append("invalid_input")
                continue
            told += issue(store, request).texts
        except SeqctlError as error:
            told.append(error.code)
    return told


def rows(store: SqliteStore) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(store.path)
    try:
        numbers = connection.execute(f"SELECT {COLUMNS} FROM number ORDER BY serial").fetchall()
        counters = connection.execute("SELECT * FROM counter ORDER BY id").fetchall()
        used = connection.execute("SELECT name, used FROM sequence UNION SELECT name, used FROM policy")
        return [*numbers, *counters, *used]
    finally:
        connection.close()


ATTRIBUTES = st.fixed_dictionaries(
    {"date": st.sampled_from(DATES)},
    optional={
        "entity": st.sampled_from(["DE", "FR", "D/1", "e\u0301"]),
        "note": st.sampled_from(["", "x", "y1", "y", "a-b"]),
        "amount": st.sampled_from(["50", "150", "many"]),
        "account": st.sampled_from(["ACME", "other", ""]),
    },
)


@settings(deadline=None, max_examples=20)
@given(made=st.lists(ATTRIBUTES, max_size=14), split=st.integers(0, 14))
def test_a_batch_gets_what_its_records_get_one_by_one(made: list[dict[str, str]], split: int) -> None:
    records = [Record(place + 2, f"R{place}", attributes) for place, attributes in enumerate(made)]
    with (
        tempfile.TemporaryDirectory() as folder,
        book(Path(folder), "one.db") as one,
        book(Path(folder), "many.db") as many,
    ):
        expected = one_by_one(one, records)
        got = []
        for part in (records[:split], records[split:]):
            batch = Batch("invoice", "r.csv", part, "date", (("account", "account"),), partial=True)
            outcome = assign(many, batch)
            failed = {failure.record: failure.code for failure in outcome.failures}
            for record, assigned in zip(part, outcome.assigned, strict=True):
                got.append(assigned.number if assigned else failed[record.id])
        assert got == expected
        assert rows(many) == rows(one)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = open_store(str(tmp_path / "b.db"), create=True, actor="ada")
    add_sequence(made, "invoice", {"pattern": "INV-{number:3}"})
    with made:
        yield made


def batch(*ids: str, **options: object) -> Batch:
    records = [Record(place + 2, id, {"id": id}) for place, id in enumerate(ids)]
    return Batch("invoice", "r.csv", records, **options)  # type: ignore[arg-type]


def test_progress_is_told(store: SqliteStore) -> None:
    told: list[tuple[str, int, int]] = []
    assign(store, batch(*map(str, range(2500))), lambda *progress: told.append(progress))
    assert told[:3] == [("numbering", 0, 2500), ("numbering", 1000, 2500), ("numbering", 2000, 2500)]
    assert told[-1] == ("writing", 2500, 2500)


def test_many_records_that_have_numbers_are_found_in_chunks(store: SqliteStore) -> None:
    first = assign(store, batch(*map(str, range(1201))))
    again = assign(store, batch(*map(str, range(1300, -1, -1))))
    assert again.issued == 100
    assert again.assigned[100:] == first.assigned[::-1]


def test_a_number_that_left_the_ledger_frees_its_record(store: SqliteStore) -> None:
    assign(store, batch("a", "b"))
    store.connection.execute("DELETE FROM number WHERE text = 'INV-001'")
    assert [got.number for got in assign(store, batch("a", "b")).assigned if got] == ["INV-003", "INV-002"]


def test_a_failed_batch_leaves_no_trace(store: SqliteStore) -> None:
    add_sequence(store, "short", {"document_type": "memo", "end": 2})
    records = batch("a", "b", "c").records
    before = rows(store)
    with pytest.raises(Refused) as refusal:
        assign(store, Batch("memo", "r.csv", records))
    assert refusal.value.code == "exhausted"
    assert rows(store) == before
    with pytest.raises(NotFound):
        assign(store, Batch("nothing", "r.csv", records))
    far = [Record(2, "x", {"d": "2099-01-01"}), Record(3, "y", {"d": "yesterday"})]
    with pytest.raises(InvalidInput, match=r"r\.csv:3: record 'y'"):
        assign(store, Batch("invoice", "r.csv", far, "d"))
    add_sequence(store, "strict", {"document_type": "strict", "date_order": "refuse"})
    with pytest.raises(ConfirmationNeeded):
        assign(store, Batch("strict", "r.csv", far[:1], "d"))
    assert assign(store, Batch("strict", "r.csv", far[:1], "d", confirmed=True)).warnings
