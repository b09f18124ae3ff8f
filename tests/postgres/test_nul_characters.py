"""A text with a NUL character, which PostgreSQL does not keep: nothing of it is written or half done."""

from collections.abc import Callable, Iterator

import pytest

from seqctl import open_store
from seqctl.actions import add_sequence, issue, list_events, set_next, verify, void
from seqctl.errors import SeqctlError
from seqctl.model.log.event import EventFilter
from seqctl.model.number.request import Request
from seqctl.store.port import Store
from tests.postgres_server import Server

NUL = "a\0b"
ACTS: dict[str, Callable[[Store], object]] = {
    "a record": lambda store: issue(store, Request("invoice", record=NUL)),
    "a key": lambda store: issue(store, Request("invoice", key=NUL)),
    "a target": lambda store: issue(store, Request(NUL)),
    "a sequence": lambda store: add_sequence(store, NUL, {}),
    "a number": lambda store: void(store, [NUL], "x"),
}


@pytest.fixture
def store(postgres_server: Server) -> Iterator[Store]:
    with open_store(postgres_server.place(), create=True, actor="ada") as opened:
        add_sequence(opened, "invoice", {"pattern": "N{number}"})
        issue(opened, Request("invoice"))
        yield opened


@pytest.mark.parametrize("what", ACTS)
def test_it_is_refused_in_words_and_changes_nothing(store: Store, what: str) -> None:
    before = list(list_events(store, EventFilter()))
    with pytest.raises(SeqctlError) as refused:
        ACTS[what](store)
    assert refused.value.exit_status in (2, 4, 6)
    assert list(list_events(store, EventFilter())) == before


def test_a_reason_may_hold_one_and_is_read_back(store: Store) -> None:
    void(store, ["N1"], NUL)
    set_next(store, "invoice", "5", NUL)
    reasons = [event for event in list_events(store, EventFilter()) if "a\\u0000b" in event.detail]
    assert len(reasons) == 2
    assert verify(store).findings == []
