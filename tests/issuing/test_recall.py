"""What one store remembers of a book serves only as long as no other store changed what it depends on."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from seqctl.actions import add_sequence, issue, release
from seqctl.actions.definitions.change import edit_sequence
from seqctl.errors import Refused
from seqctl.model.number.request import Request
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[SqliteStore, SqliteStore]]:
    """Two stores of one book, each with something to remember."""
    path = str(tmp_path / "b.db")
    with open_store(path, create=True) as one, open_store(path) as other:
        add_sequence(one, "invoice", {"pattern": "INV-{number}"})
        add_sequence(one, "memo", {"pattern": "M-{number}"})
        for store in (one, one, other, other):
            issue(store, Request("invoice"))
        yield one, other


def test_numbers_that_the_other_drew_are_not_drawn_again(two: tuple[SqliteStore, SqliteStore]) -> None:
    stores = random.Random(7).choices(two, k=60)
    drawn = [issue(store, Request("invoice")).texts[0] for store in stores]
    assert drawn == [f"INV-{value}" for value in range(5, 65)]
    serials = two[0].connection.execute("SELECT serial FROM number ORDER BY value").fetchall()
    assert serials == [(serial,) for serial in range(1, 65)]


def test_definitions_that_the_other_changed_are_looked_up(two: tuple[SqliteStore, SqliteStore]) -> None:
    one, other = two
    issue(one, Request("invoice"))
    edit_sequence(other, "invoice", {"status": "inactive"})
    issue(other, Request("memo"))
    with pytest.raises(Refused, match="inactive"):
        issue(one, Request("invoice"))


def test_numbers_that_the_other_freed_go_out_again(two: tuple[SqliteStore, SqliteStore]) -> None:
    one, other = two
    release(other, ["INV-2"], "cancelled")
    issue(other, Request("memo"))
    assert issue(one, Request("invoice")).texts == ["INV-2"]


def test_a_counter_of_the_other_may_make_texts_unique_in_two_ways(tmp_path: Path) -> None:
    path = str(tmp_path / "b.db")
    with open_store(path, create=True) as one, open_store(path) as other:
        add_sequence(one, "a", {"pattern": "{number}", "document_type": "t", "start": 1, "end": 50})
        add_sequence(
            one,
            "b",
            {"pattern": "{number}", "document_type": "t", "start": 51, "reset": "year", "unique": "period"},
        )
        for _ in range(3):
            issue(one, Request("a"))
        assert issue(other, Request("b")).texts == ["51"]
        assert issue(one, Request("a")).texts == ["4"]


def test_a_definition_is_not_looked_up_again_where_others_only_drew_numbers(
    two: tuple[SqliteStore, SqliteStore],
) -> None:
    one, other = two
    issue(one, Request("invoice"))
    issue(other, Request("invoice"))
    asked: list[str] = []
    one.connection.set_trace_callback(asked.append)
    issue(one, Request("invoice"))
    assert [statement for statement in asked if "FROM sequence" in statement] == []
    issue(other, Request("memo"))
    release(other, ["M-1"], "x")
    asked.clear()
    issue(one, Request("invoice"))
    assert [statement for statement in asked if "FROM sequence" in statement] != []
