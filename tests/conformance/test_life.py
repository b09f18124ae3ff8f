"""A number is issued or reserved, confirmed, voided, released and given out again."""

from seqctl.actions import add_sequence, confirm, expire, issue, reinstate, release, show_number, void
from seqctl.model.log.events.book import CopyAccepted
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.store.port import Store
from tests.conformance.conftest import Open, SteppingClock
from tests.conformance.telling import held, is_sound, next_texts, refused

YEARLY: dict[str, object] = {"pattern": "INV-{YYYY}-{number:3}", "reset": "year"}


def test_numbers_come_in_order_and_each_period_has_a_counter_of_its_own(store: Store) -> None:
    add_sequence(store, "invoice", YEARLY)
    assert next_texts(store, "invoice", 3, date="2026-01-05") == [
        "INV-2026-001",
        "INV-2026-002",
        "INV-2026-003",
    ]
    assert next_texts(store, "invoice", date="2025-12-31") == ["INV-2025-001"]
    assert next_texts(store, "invoice", date="2026-01-06") == ["INV-2026-004"]
    is_sound(store)


def test_a_large_batch_is_one_event_and_leaves_nothing_out(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    texts = next_texts(store, "invoice", 1500)
    assert texts == [f"N{value}" for value in range(1, 1501)]
    with store.read() as transaction:
        assert [event.count for event in transaction.events.after(None, ("issue",))] == [1500]
        assert transaction.log.next_serial() == 1501
    is_sound(store)


def test_what_was_committed_is_there_for_every_other_store(open_book: Open) -> None:
    one, other = open_book(), open_book(actor="bob")
    add_sequence(one, "invoice", {"pattern": "N{number}"})
    assert [next_texts(store, "invoice")[0] for store in (one, other, one, other)] == ["N1", "N2", "N3", "N4"]
    with one.read() as transaction:
        actors = [event.actor for event in transaction.events.after(None, ("issue",))]
    assert actors == ["postgres", "bob", "postgres", "bob"]
    is_sound(other)


def test_what_was_not_committed_never_was(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    with store.write() as transaction:
        before = transaction.log.last()
        transaction.log.append(CopyAccepted("accept", "book", "a test", None))
    with store.read() as transaction:
        assert transaction.log.last() == before
    assert next_texts(store, "invoice") == ["N1"]


def test_a_reader_sees_one_state_while_others_write(open_book: Open) -> None:
    reading, writing = open_book(), open_book(actor="bob")
    add_sequence(writing, "invoice", {"pattern": "N{number}"})
    with reading.read() as transaction:
        seen = transaction.log.last()
        next_texts(writing, "invoice", 2)
        assert transaction.log.last() == seen
        assert list(transaction.listing.numbers(NumberFilter(), transaction.now)) == []
    assert held(reading) == [("N1", "issued"), ("N2", "issued")]


def test_who_waits_longer_than_the_timeout_is_told_busy_and_gets_nothing(open_book: Open) -> None:
    holding, waiting = open_book(), open_book(actor="bob", timeout=0)
    add_sequence(holding, "invoice", {"pattern": "N{number}"})
    with holding.write() as transaction:
        transaction.definitions.sequence("invoice")
        assert refused(lambda: issue(waiting, Request("invoice"))) == "busy"
    assert next_texts(waiting, "invoice") == ["N1"]


def test_a_key_gives_the_same_numbers_again(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    first = next_texts(store, "invoice", 2, key="order-7")
    assert next_texts(store, "invoice", 2, key="order-7") == first
    assert refused(lambda: issue(store, Request("invoice", 3, key="order-7"))) == "key_reused"
    release(store, first[:1], "never sent")
    assert refused(lambda: issue(store, Request("invoice", 2, key="order-7"))) == "key_spent"
    release(store, first[1:], "never sent")
    assert next_texts(store, "invoice", 2, key="order-7") == first
    is_sound(store)


def test_a_reservation_is_confirmed_or_ends_and_its_number_comes_again(
    store: Store, clock: SteppingClock
) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    kept, lost = next_texts(store, "invoice", 2, reserve=True)
    confirm(store, [kept], date="2026-03-02", record="R-1")
    clock.pass_by(3600)
    assert refused(lambda: confirm(store, [lost])) == "reservation_expired"
    assert [item.number for item in expire(store)] == [lost]
    assert next_texts(store, "invoice") == [lost]
    assert held(store) == [(kept, "issued"), (lost, "issued")]
    is_sound(store)


def test_void_stays_and_release_gives_back(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    next_texts(store, "invoice", 4, date="2026-01-05")
    void(store, ["N2"], "printed twice")
    release(store, ["N3"], "never sent")
    assert held(store) == [("N1", "issued"), ("N2", "void"), ("N4", "issued")]
    assert next_texts(store, "invoice") == ["N3"]
    reinstate(store, ["N2"], "it was right")
    assert ("N2", "issued") in held(store)
    report = show_number(store, "N3", NumberFilter())
    assert [event["action"] for event in report.events] == ["issue", "release", "issue"]
    is_sound(store)


def test_a_text_is_held_once_in_its_space(store: Store) -> None:
    add_sequence(store, "one", {"pattern": "N{number}", "document_type": "invoice"})
    add_sequence(
        store,
        "two",
        {"pattern": "N{number:2}", "document_type": "invoice", "start": 10},
        allow_collisions=True,
    )
    next_texts(store, "one", 9)
    assert next_texts(store, "two", sequence="two") == ["N10"]
    assert refused(lambda: issue(store, Request("one", sequence="one"))) == "number_taken"
    is_sound(store)
