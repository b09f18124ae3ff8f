"""A plan is made again under the lock only where it could be another now: who draws numbers does not wait."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from seqctl.actions import (
    add_policy,
    add_sequence,
    close,
    confirm,
    define,
    edit_sequence,
    issue,
    plan_definitions,
    read_catalogue,
    release,
    remove_definition,
    void,
)
from seqctl.actions.counters.closing_targets import Closable
from seqctl.actions.definitions import define as defining
from seqctl.errors import SeqctlError
from seqctl.model.catalogue.catalogue import Wanted
from seqctl.model.number.request import Request
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_store

NEW = Wanted(
    sequences={
        "invoice": {"prefix": "INV-"},
        "order": {"prefix": "ORD-", "document_type": "order"},
        "refund": {"prefix": "R-"},
    },
    counters={"refund": {"all": "50"}},
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with open_store(str(tmp_path / "b.db"), create=True, actor="ada") as book:
        add_sequence(book, "invoice", {"prefix": "INV-"})
        yield book


@pytest.fixture
def made_again(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows each time that a plan is made."""
    calls: list[int] = []
    make_plan: Callable[..., object] = vars(defining)["make_plan"]

    def counted(*words: object) -> object:
        calls.append(1)
        return make_plan(*words)

    monkeypatch.setattr(defining, "make_plan", counted)
    return calls


def draw(store: SqliteStore) -> None:
    """Everything that happens to numbers while somebody else imports."""
    held = Request("invoice")
    held.reserve = True
    confirm(store, issue(store, held).texts)
    void(store, issue(store, Request("invoice")).texts, "spoilt")
    release(store, issue(store, Request("invoice", 3)).texts, "never came to be")


def test_a_plan_that_only_creates_holds_while_numbers_are_drawn(
    store: SqliteStore, made_again: list[int]
) -> None:
    plan = plan_definitions(store, NEW)
    draw(store)
    define(store, NEW, "import", "x", plan)
    assert len(made_again) == 1
    assert set(read_catalogue(store).sequences) == {"invoice", "order", "refund"}
    assert issue(store, Request("refund")).texts == ["R-50"]
    assert issue(store, Request("invoice")).texts == ["INV-3"]


def test_it_is_made_again_where_it_changes_something(store: SqliteStore, made_again: list[int]) -> None:
    wanted = Wanted(sequences={**NEW.sequences, "invoice": {"prefix": "INV-", "title": "other"}})
    plan = plan_definitions(store, wanted)
    draw(store)
    define(store, wanted, "import", "x", plan)
    assert len(made_again) == 2


@pytest.mark.parametrize(
    "meddle",
    [
        lambda store: edit_sequence(store, "invoice", {"title": "other"}),
        lambda store: add_sequence(store, "order", {"prefix": "O-", "document_type": "order"}),
        lambda store: remove_definition(store, "sequence", "invoice"),
        lambda store: add_policy(store, "p", {"document_type": "invoice", "sequence": "invoice"}),
        lambda store: close(store, Closable("invoice"), date(2020, 12, 31), "filed"),
    ],
)
def test_it_is_made_again_where_anything_but_numbers_changed(
    store: SqliteStore, made_again: list[int], meddle: object
) -> None:
    assert callable(meddle)
    plan = plan_definitions(store, NEW)
    meddle(store)
    made_again.clear()
    define(store, NEW, "import", "x", plan)
    assert len(made_again) == 1


def test_a_collision_that_came_meanwhile_is_found(store: SqliteStore) -> None:
    plan = plan_definitions(store, NEW)
    issue(store, Request("invoice"))
    add_sequence(store, "elsewhere", {"prefix": "ORD-", "document_type": "order"})
    with pytest.raises(SeqctlError) as refusal:
        define(store, NEW, "import", "x", plan)
    assert refusal.value.code == "collision"
