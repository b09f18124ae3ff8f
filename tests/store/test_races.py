"""What two programs do at once: edits that both count, additions of which one wins, plans that are stale."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from seqctl.actions import (
    add_sequence,
    add_set,
    assign_set,
    define,
    edit_sequence,
    issue,
    plan_definitions,
    read_catalogue,
)
from seqctl.errors import SeqctlError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.number.request import Request
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store


def at_once(path: str, works: Sequence[Callable[[SqliteStore], object]]) -> list[object]:
    """Run each work with a store of its own, all at the same moment; errors are results."""
    barrier = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int) -> None:
        with open_store(path) as store:
            barrier.wait()
            try:
                results[place] = works[place](store)
            except SeqctlError as error:
                results[place] = error.code

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def path(tmp_path: Path) -> str:
    with open_store(str(tmp_path / "b.db"), create=True) as store:
        add_sequence(store, "invoice", {"prefix": "INV-"})
        add_set(store, "A", {"invoice": "invoice"}, False)
    return str(tmp_path / "b.db")


def test_owners_assigned_at_once_are_all_there(path: str) -> None:
    at_once(path, [partial(assign_set, name="A", owners=[f"account:{n}"]) for n in range(8)])
    with open_store(path) as store:
        assert len(read_catalogue(store).sets["A"].owners or ()) == 8


def test_edits_of_different_fields_at_once_all_count(path: str) -> None:
    edits: list[dict[str, object]] = [{"end": "99"}, {"title": "x"}, {"max_width": "5"}, {"description": "y"}]
    at_once(path, [partial(edit_sequence, name="invoice", fields=fields) for fields in edits])
    with open_store(path) as store:
        found = read_catalogue(store).sequences["invoice"]
    assert (found.end, found.title, found.max_width, found.description) == (99, "x", 5, "y")


def test_of_additions_at_once_one_wins_and_the_others_are_told(path: str) -> None:
    adds = [lambda store, n=n: add_sequence(store, "dup", {"prefix": f"D{n}-"}) for n in range(6)]
    results = at_once(path, adds)
    assert sorted(str(result) for result in results if isinstance(result, str)) == ["exists"] * 5


def test_a_plan_made_before_the_first_issue_is_made_again_under_the_lock(path: str) -> None:
    with open_store(path) as store:
        wanted = Wanted(sequences={"invoice": {"prefix": "INV-", "step": 2}})
        plan = plan_definitions(store, wanted)
        assert plan.errors == []
        issue(store, Request("invoice"))
        with pytest.raises(SeqctlError) as refusal:
            define(store, wanted, "import", "x", plan)
        assert refusal.value.code == "locked_field"


def test_counters_of_an_unused_sequence_go_when_what_they_count_changes(path: str) -> None:
    from seqctl.actions import set_next

    with open_store(path) as store:
        add_sequence(store, "x", {"document_type": "foo", "pattern": "N{number}"})
        set_next(store, "x", "5", "migrated")
        plan = edit_sequence(store, "x", {"start": "100", "step": "10"})
        assert plan.changes[0].fields["counters.all"] == ["5", None]
        assert issue(store, Request("x")).texts == ["N100"]


def test_a_changed_type_takes_the_counter_to_the_new_domain(path: str) -> None:
    from seqctl.actions import set_next

    with open_store(path) as store:
        add_sequence(store, "x", {"document_type": "foo", "pattern": "N{number}"})
        set_next(store, "x", "5", "migrated")
        add_sequence(store, "y", {"document_type": "order", "pattern": "N{number}", "start": "5"})
        edit_sequence(store, "x", {"document_type": "order", "start": "5"}, True)
        assert issue(store, Request("y")).texts == ["N5"]
        with pytest.raises(SeqctlError) as refusal:
            issue(store, Request("x"))
        assert refusal.value.code == "number_taken"


def test_a_removed_sequence_leaves_no_history_to_the_next(path: str) -> None:
    from seqctl.actions import remove_definition, set_next, show_number
    from seqctl.model.number.number_filter import NumberFilter

    with open_store(path) as store:
        add_sequence(store, "a", {"prefix": "A"})
        set_next(store, "a", "10", "for a only")
        remove_definition(store, "sequence", "a")
        add_sequence(store, "b", {"prefix": "B"})
        issue(store, Request("b"))
        shown = show_number(store, "B1", NumberFilter())
    assert shown.reason is None
    assert [event["action"] for event in shown.events] == ["issue"]


def test_an_event_cannot_be_replaced(path: str) -> None:
    import sqlite3

    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 1")
    connection.close()
