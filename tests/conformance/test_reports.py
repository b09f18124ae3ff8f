"""What a book tells of itself: lists, statements, the log, and the documents that really exist."""

from pathlib import Path

from seqctl.actions import (
    Reconciliation,
    add_sequence,
    assign,
    close,
    list_events,
    list_numbers,
    list_status,
    log_head,
    release,
    state_completeness,
    verify,
    void,
)
from seqctl.actions.counters.closing_targets import Closable
from seqctl.days import date
from seqctl.model.log.event import EventFilter
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.reports.assignment import Batch
from seqctl.model.reports.reconciliation import Document, Limits
from seqctl.model.reports.record import Record
from seqctl.store.port import Store
from tests.conformance.conftest import SteppingClock
from tests.conformance.telling import held, is_sound, next_texts


def _filled(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "INV-{YYYY}-{number}", "reset": "year"})
    next_texts(store, "invoice", 3, date="2026-01-05", record="R-1")
    next_texts(store, "invoice", date="2025-12-31", key="k-1")
    next_texts(store, "invoice", 2, date="2026-02-01", reserve=True)
    void(store, ["INV-2026-2"], "printed twice")
    release(store, ["INV-2026-3"], "never sent")


def test_numbers_are_listed_in_the_order_of_issue_and_by_filters(store: Store) -> None:
    _filled(store)
    assert held(store) == [
        ("INV-2026-1", "issued"),
        ("INV-2026-2", "void"),
        ("INV-2025-1", "issued"),
        ("INV-2026-4", "reserved"),
        ("INV-2026-5", "reserved"),
    ]
    assert held(store, period="2025") == [("INV-2025-1", "issued")]
    assert held(store, state="void") == [("INV-2026-2", "void")]
    assert held(store, date_from="2026-01-01", date_to="2026-01-31", limit=1) == [("INV-2026-1", "issued")]
    assert [item.key for item in list_numbers(store, None, NumberFilter(key="k-1"))] == ["k-1"]


def test_a_statement_accounts_for_every_integer(store: Store, clock: SteppingClock) -> None:
    _filled(store)
    stated = {item.period: item for item in state_completeness(store, "invoice")}
    year = stated["2026"]
    assert (year.total, year.issued, year.void, year.reserved, year.reusable) == (5, 1, 1, 2, 1)
    clock.pass_by(7200)
    assert [(item.period, item.reserved, item.reusable) for item in list_status(store)] == [
        ("2025", 0, 0),
        ("2026", 0, 3),
    ]
    is_sound(store)


def test_events_are_chained_filtered_and_verified(store: Store) -> None:
    _filled(store)
    number, head = log_head(store)
    events = list(list_events(store, EventFilter()))
    assert [event.id for event in events] == list(range(1, number + 1))
    assert events[-1].hash.hex() == head
    assert [event.action for event in list_events(store, EventFilter(subject="invoice", limit=2))] == [
        "sequence add",
        "issue",
    ]
    close(store, Closable("invoice"), date(2024, 12, 31), "filed")
    verification = verify(store, anchor=head)
    assert (verification.findings, verification.anchor) == ([], number)


def test_records_get_one_number_each_and_the_same_again(store: Store) -> None:
    add_sequence(store, "order", {"pattern": "{branch}-{number}", "scope": ["branch"]})
    records = [Record(at, f"R{at}", {"id": f"R{at}", "branch": "AB"[at % 2]}) for at in range(2, 8)]
    first = assign(store, Batch("order", "orders.csv", records))
    assert sorted(text for text, _ in held(store)) == ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
    again = assign(store, Batch("order", "orders.csv", records))
    assert again.assigned == first.assigned
    assert len(held(store)) == 6
    is_sound(store)


def test_documents_are_held_against_the_ledger(store: Store) -> None:
    add_sequence(store, "invoice", {"pattern": "N{number}"})
    next_texts(store, "invoice", 4, date="2026-01-05")
    documents = [
        Document(2, "N1", "2026-01-05"),
        Document(3, "N2", "2026-01-06"),
        Document(4, "N2", "2026-01-05"),
        Document(5, "N9", "2026-01-05"),
    ]
    with Reconciliation(store, "invoice", Limits()) as reconciliation:
        assert reconciliation.load(documents) == []
        told = [(item.code, item.number) for item in reconciliation.differences()]
    assert told == [
        ("unposted", "N3"),
        ("unposted", "N4"),
        ("date_differs", "N2"),
        ("duplicate", "N2"),
        ("foreign", "N9"),
    ]


def test_a_copy_holds_the_same_and_a_rehearsal_changes_nothing(
    store: Store, place: Path, clock: SteppingClock
) -> None:
    _filled(store)
    head = log_head(store)
    with store.rehearsal(clock) as rehearsal:
        assert next_texts(rehearsal, "invoice", date="2026-01-06") == ["INV-2026-3"]
        assert verify(rehearsal).findings == []
    assert log_head(store) == head
    copying = store.copy_to(str(place / "copy.db"))
    copying.put_in_place()
    copying.give_up()
    assert (place / "copy.db").stat().st_mode & 0o077 == 0
