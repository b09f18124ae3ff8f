"""A filed period is closed: no number is dated in it, and what it holds stays."""

from seqctl.actions import add_sequence, close, confirm, issue, release, reopen, void
from seqctl.actions.counters.closing_targets import Closable
from seqctl.days import date
from seqctl.model.number.request import Request
from seqctl.store.port import Store
from tests.conformance.telling import is_sound, next_texts, refused

MONTHLY: dict[str, object] = {"pattern": "{YYYY}{MM}-{number}", "reset": "month"}
JANUARY = date(2026, 1, 31)


def test_nothing_is_dated_in_a_closed_period(store: Store) -> None:
    add_sequence(store, "invoice", MONTHLY)
    next_texts(store, "invoice", 2, date="2026-01-10")
    close(store, Closable("invoice"), JANUARY, "filed")
    assert refused(lambda: issue(store, Request("invoice", date="2026-01-31"))) == "closed"
    assert refused(lambda: void(store, ["202601-1"], "wrong")) == "closed"
    assert refused(lambda: release(store, ["202601-2"], "never sent")) == "closed"
    assert next_texts(store, "invoice", date="2026-02-01") == ["202602-1"]
    assert refused(lambda: close(store, Closable("invoice"), date(2026, 1, 15), "again")) == "already_closed"
    is_sound(store)


def test_open_reservations_and_unexplained_gaps_keep_a_period_open(store: Store) -> None:
    add_sequence(store, "invoice", MONTHLY)
    first, second = next_texts(store, "invoice", 2, date="2026-01-10", reserve=True)
    assert refused(lambda: close(store, Closable("invoice"), JANUARY, "filed")) == "open_reservations"
    confirm(store, [second])
    release(store, [first])
    assert refused(lambda: close(store, Closable("invoice"), JANUARY, "filed")) == "unexplained_gaps"
    assert next_texts(store, "invoice", date="2026-01-11") == [first]
    assert close(store, Closable("invoice"), JANUARY, "filed")[0].closed_through == "2026-01-31"
    is_sound(store)


def test_a_period_is_opened_again_from_a_day_on(store: Store) -> None:
    add_sequence(store, "invoice", MONTHLY)
    close(store, Closable("invoice"), JANUARY, "filed")
    reopen(store, Closable("invoice"), date(2026, 1, 20), "one was forgotten")
    assert refused(lambda: issue(store, Request("invoice", date="2026-01-19"))) == "closed"
    assert next_texts(store, "invoice", date="2026-01-20") == ["202601-1"]
    assert refused(lambda: reopen(store, Closable("invoice"), date(2026, 2, 1), "no")) == "not_closed"
    is_sound(store)
