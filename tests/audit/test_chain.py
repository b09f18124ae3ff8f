"""The walk along the chain: one change each, and what it is found to be."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from seqctl.model.log.chain import GENESIS, Chain
from seqctl.model.log.event import Event


class WalkedChain(Chain):
    """A chain with the events that it was walked along, as they are stored."""

    stored: list[Event]


def rule(before: bytes, event: Event) -> bytes:
    """The documented rule, written once more."""
    text = "\n".join("" if column is None else str(column) for column in event[:-1])
    return hashlib.sha256(before + text.encode()).digest()


def chain_of(count: int) -> dict[int, Event]:
    """A chain of so many events."""
    events, head = {}, GENESIS
    for id in range(1, count + 1):
        columns = (id, f"2026-01-01T00:00:00.{id:06}Z", "ada", "issue", "inv", 1, id, id, id, 1, "{}")
        head = rule(head, Event(*columns, b""))
        events[id] = Event(*columns, head)
    return events


def checked(events: dict[int, Event]) -> WalkedChain:
    """The chain after a walk over events by the number that they stand at."""
    stored = [event._replace(id=id) for id, event in sorted(events.items())]

    def read(after: int | None) -> Iterator[Event]:
        return (event for event in stored if after is None or event.id > after)

    chain = WalkedChain(read, rule, lambda: 9)
    chain.check()
    chain.stored = stored
    return chain


def found(events: dict[int, Event]) -> list[tuple[str, str]]:
    """What a walk finds: kind and event of each break."""
    return [(finding.code, finding.subject[1]) for finding in checked(events).breaks]


@pytest.fixture
def events() -> dict[int, Event]:
    return chain_of(9)


def test_an_unbroken_chain_has_no_breaks(events: dict[int, Event]) -> None:
    chain = checked(events)
    assert (chain.breaks, chain.last, chain.head, chain.count) == ([], 9, events[9].hash, 9)


@pytest.mark.parametrize("id", [1, 2, 5, 9])
@pytest.mark.parametrize("column", Event._fields[1:11])
def test_an_edited_column_is_found_and_nothing_else(events: dict[int, Event], id: int, column: str) -> None:
    other: dict[str, Any] = {column: "x" if isinstance(events[id]._asdict()[column], str) else 77}
    events[id] = events[id]._replace(**other)
    assert found(events) == [("edited", str(id))]


@pytest.mark.parametrize("id", [1, 2, 5, 9])
def test_an_edited_hash_is_found_and_nothing_else(events: dict[int, Event], id: int) -> None:
    events[id] = events[id]._replace(hash=b"\x01" * 32)
    chain = checked(events)
    assert [(finding.code, finding.subject[1]) for finding in chain.breaks] == [("edited", str(id))]
    assert ("the hash of event" in chain.breaks[0].message) == (id < 9)


@pytest.mark.parametrize("ids", [(1,), (2,), (5,), (8,), (1, 2), (4, 5, 6), (2, 3, 4, 5, 6, 7, 8)])
def test_deleted_events_are_found(events: dict[int, Event], ids: tuple[int, ...]) -> None:
    for id in ids:
        del events[id]
    chain = checked(events)
    assert [(finding.code, finding.subject[1]) for finding in chain.breaks] == [("deleted", str(ids[0]))]
    assert [*chain.lost[0]] == [*ids]


def test_two_holes_are_two_findings(events: dict[int, Event]) -> None:
    del events[3], events[6]
    assert found(events) == [("deleted", "3"), ("deleted", "6")]


@pytest.mark.parametrize("pair", [(1, 2), (3, 4), (8, 9), (1, 9), (3, 7), (2, 9)])
def test_swapped_events_are_found_once_and_put_back(events: dict[int, Event], pair: tuple[int, int]) -> None:
    first, second = pair
    original = dict(events)
    events[first], events[second] = events[second], events[first]
    chain = checked(events)
    assert chain.breaks[0].subject == ("events", str(first))
    assert {finding.code for finding in chain.breaks} == {"reordered"}
    assert (chain.last, chain.head) == (9, original[9].hash)
    assert list(chain.mended(chain.stored)) == list(original.values())


def test_a_rotation_of_three_is_reordered(events: dict[int, Event]) -> None:
    original = dict(events)
    events[3], events[4], events[5] = events[5], events[3], events[4]
    chain = checked(events)
    assert {finding.code for finding in chain.breaks} == {"reordered"}
    assert list(chain.mended(chain.stored)) == list(original.values())


@pytest.mark.parametrize("target", [10, 40, 0, -7])
@pytest.mark.parametrize("id", [1, 4, 9])
def test_an_event_that_was_given_a_strange_number_is_reordered(
    events: dict[int, Event], target: int, id: int
) -> None:
    if target == id + 1:
        return
    original = dict(events)
    events[target] = events.pop(id)
    chain = checked(events)
    assert [(finding.code, finding.subject[1]) for finding in chain.breaks] == [("reordered", str(id))]
    assert list(chain.mended(chain.stored)) == list(original.values())
    assert (chain.last, chain.head) == (9, original[9].hash)


@pytest.mark.parametrize("id", [0, -3])
def test_an_event_with_an_impossible_number_is_inserted(events: dict[int, Event], id: int) -> None:
    events[id] = events[4]._replace(actor="eve")
    assert found(events) == [("inserted", str(id))]


@pytest.mark.parametrize("forged", [1, 2, 3])
@pytest.mark.parametrize("place", [1, 2, 5, 9])
def test_inserted_events_that_push_the_others_on_are_found_once(
    events: dict[int, Event], place: int, forged: int
) -> None:
    original = dict(events)
    for id in range(9, place - 1, -1):
        events[id + forged] = events.pop(id)
    for id in range(place, place + forged):
        events[id] = original[4]._replace(actor="eve", subject=f"{id}", hash=bytes([id] * 32))
    chain = checked(events)
    assert [(finding.code, finding.subject[1]) for finding in chain.breaks] == [("inserted", str(place))]
    assert list(chain.mended(chain.stored)) == list(original.values())


@pytest.mark.parametrize("hash", [GENESIS, b"", b"short", None])
def test_an_event_behind_the_last_one_whose_hash_is_none_is_inserted(
    events: dict[int, Event], hash: bytes | None
) -> None:
    events[10] = events[9]._replace(actor="eve", hash=events[9].hash if hash is None else hash)
    chain = checked(events)
    assert [(finding.code, finding.subject[1]) for finding in chain.breaks] == [("inserted", "10")]
    assert (chain.last, chain.head) == (9, events[9].hash)


@pytest.mark.parametrize("gone", [1, 3])
@pytest.mark.parametrize("place", [1, 3, 5])
def test_deleted_events_whose_gap_was_closed_are_found(
    events: dict[int, Event], place: int, gone: int
) -> None:
    for id in range(place, place + gone):
        del events[id]
    for id in range(place + gone, 10):
        events[id - gone] = events.pop(id)
    chain = checked(events)
    assert [(finding.code, finding.subject[1]) for finding in chain.breaks] == [("deleted", str(place))]
    assert [*chain.lost[0]] == [*range(place, place + gone)]
    assert chain.last == 9


def test_several_edited_events_are_each_found(events: dict[int, Event]) -> None:
    for id in (2, 3, 7):
        events[id] = events[id]._replace(actor="eve")
    assert found(events) == [("edited", "2"), ("edited", "3"), ("edited", "7")]


def test_an_event_edited_together_with_its_hash_breaks_at_the_next(events: dict[int, Event]) -> None:
    forged = events[4]._replace(actor="eve")
    events[4] = forged._replace(hash=rule(events[3].hash, forged))
    assert found(events) == [("edited", "5")]


def test_the_rest_of_a_cut_chain_has_no_break(events: dict[int, Event]) -> None:
    for id in (7, 8, 9):
        del events[id]
    assert found(events) == []


def test_no_events_are_no_chain(events: dict[int, Event]) -> None:
    chain = checked({})
    assert (chain.last, chain.head, chain.breaks) == (0, GENESIS, [])


def test_a_log_that_was_edited_everywhere_is_not_told_event_by_event() -> None:
    events = {id: event._replace(actor="eve") for id, event in chain_of(1200).items()}
    chain = checked(events)
    assert [finding.code for finding in chain.breaks] == ["edited"] * 1000 + ["more_findings"]
    assert chain.breaks[-1].message == "there are 200 more breaks in the chain"
    assert chain.is_broken(1) and chain.is_broken(1200)
    assert (chain.last, chain.count) == (1200, 1200)


def test_a_log_that_lost_every_other_event_is_told_in_order() -> None:
    events = {id: event for id, event in chain_of(3000).items() if id % 2}
    chain = checked(events)
    assert [finding.subject[1] for finding in chain.breaks[:3]] == ["2", "4", "6"]
    assert len(chain.breaks) == 1001


def test_columns_that_are_no_text_do_not_verify(events: dict[int, Event]) -> None:
    events[4] = events[4]._replace(actor="\udcff")

    def strict(before: bytes, event: Event) -> bytes | None:
        try:
            return rule(before, event)
        except UnicodeEncodeError:
            return None

    chain = Chain(lambda after: (e for e in events.values() if e.id > (after or 0)), strict)
    chain.check()
    assert [finding.code for finding in chain.breaks] == ["edited"]
