"""A verification's memory: bounded, however long the log is and however many numbers were changed."""

import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, confirm, issue, verify, void
from seqctl.actions.audit.changed_rows import ChangedRows
from seqctl.model.log.replay.rows import EVENT, SERIAL, Change
from seqctl.model.number.held_number import ROW
from seqctl.model.number.request import Request
from seqctl.store.aside.spool import Spool
from seqctl.store.sqlite.file.create import open_store

AT_ONCE = 100
SPARE = 1_500_000
"""Bytes by which the peak may differ between two runs; a changed number took more than a thousand."""


def peak(path: Path, numbers: int) -> int:
    """Bytes that Python has at most while it verifies a book all of whose numbers were changed twice."""
    with open_store(str(path), create=True, actor="ada") as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        add_sequence(store, "invoice", {"pattern": "INV-{number:7}"})
        for _ in range(numbers // AT_ONCE):
            texts = issue(store, Request("invoice", AT_ONCE, reserve=True)).texts
            confirm(store, texts, record="R-1")
            void(store, texts, "never sent")
        verify(store)
        tracemalloc.start()
        try:
            verified = verify(store)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            assert verified.findings == []
            assert verified.numbers == numbers


def test_memory_does_not_grow_with_what_was_changed(tmp_path: Path) -> None:
    assert peak(tmp_path / "more.db", 6_000) < peak(tmp_path / "fewer.db", 1_000) + SPARE


@pytest.mark.long
def test_memory_does_not_grow_with_very_much_that_was_changed(tmp_path: Path) -> None:
    assert peak(tmp_path / "more.db", 200_000) < peak(tmp_path / "fewer.db", 20_000) + SPARE


@pytest.fixture
def changed() -> Iterator[ChangedRows]:
    with closing(Spool()) as spool:
        rows = ChangedRows(spool)
        for event, serial, by in ((9, 5, 11), (2, 4, 10), (2, 3, 11), (2, 4, 12), (7, 1, 13)):
            rows.note(change(event, serial, by))
        yield rows


def change(event: int, serial: int, by: int) -> Change:
    row = tuple({EVENT: event, SERIAL: serial}.get(at, "") for at in range(len(ROW)))
    return Change(by, "void", row, None)


def test_changes_are_taken_by_the_event_that_wrote_the_rows(changed: ChangedRows) -> None:
    assert not changed.take(1)
    taken = changed.take(2)
    assert [[item.event_id for item in of_row] for of_row in taken] == [[11], [10, 12]]
    assert (3 in taken, 5 in taken) == (True, False)
    assert not changed.take(3)
    assert list(changed.untaken()) == [7, 9]


def test_changes_are_taken_out_of_order_and_once(changed: ChangedRows) -> None:
    assert changed.take(9)
    assert changed.take(2)
    assert not changed.take(2)
    assert not changed.take(9)
    assert list(changed.untaken()) == [7]


@pytest.mark.parametrize("row", [{EVENT: 2**64, SERIAL: 1}, {EVENT: "x", SERIAL: 1}], ids=["long", "text"])
def test_a_row_that_nothing_can_have_written_is_refused(row: dict[int, object]) -> None:
    kept = tuple(row.get(at, "") for at in range(len(ROW)))
    with closing(Spool()) as spool, pytest.raises(ValueError):
        ChangedRows(spool).note(Change(1, "void", kept, None))
