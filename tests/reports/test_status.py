"""`status`: each counter at a glance, and the rate at which numbers have gone out lately."""

from typing import Any

import pytest

from seqctl.actions import add_sequence, issue, release, void
from seqctl.actions.counters.list_status import list_status
from seqctl.model.number.request import Request
from seqctl.model.reports.counter_status import CounterStatus
from seqctl.store.sqlite.engine import SqliteStore
from tests.book import Book
from tests.reports.conftest import Change, StandingClock

PAST = "2000-01-01T00:00:00.000000Z"
FIELDS = [
    *("sequence", "scope", "period", "next", "used", "left", "gaps", "reusable", "reserved", "last_number"),
    *("last_date", "last_at", "rate", "runs_out", "days_left", "warn"),
]


def one(book: Book, *args: object) -> dict[str, Any]:
    status: dict[str, Any]
    (status,) = book.ok("status", "--json", *args).json
    return status


def test_a_fresh_counter(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number:5}", "--end", "1000")
    assert book.ok("status", "--json").json == []
    book.next("invoice", "-n", "3", "--date", "2026-05-04")
    number = book.numbers()[-1]
    status = one(book)
    assert list(status) == FIELDS
    runs_out = status.pop("runs_out")
    assert status == {
        **{"sequence": "invoice", "scope": {}, "period": "all", "next": "INV-00004", "used": 3, "left": 997},
        **{"gaps": 0, "reusable": 0, "reserved": 0, "last_number": "INV-00003", "last_date": "2026-05-04"},
        **{"last_at": number["issued_at"], "rate": 3.0, "days_left": None, "warn": False},
    }
    assert runs_out > number["issued_at"][:10]


def test_freed_numbers_come_next_and_are_no_gaps(invoices: Book, sql: Change) -> None:
    invoices.next("invoice", "-n", "5")
    invoices.ok("release", "INV-00002", "--reason", "cancelled")
    status = one(invoices)
    assert (status["next"], status["reusable"], status["gaps"], status["used"]) == ("INV-00002", 1, 0, 5)
    assert invoices.next("invoice") == ["INV-00002"]
    # The one that was issued last, which is not the highest.
    assert one(invoices)["last_number"] == "INV-00002"
    invoices.ok("reserve", "invoice", "-n", "2")
    assert (one(invoices)["reserved"], one(invoices)["next"]) == (2, "INV-00008")
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved'")
    status = one(invoices)
    assert (status["reserved"], status["reusable"], status["next"]) == (0, 2, "INV-00006")
    assert status["last_number"] == "INV-00002"


def test_in_a_standard_sequence_freed_numbers_are_gaps(book: Book, sql: Change) -> None:
    book.ok("sequence", "add", "order", "--mode", "standard")
    book.next("order", "-n", "3")
    book.ok("release", "2", "--reason", "never sent")
    book.ok("reserve", "order")
    assert (one(book)["gaps"], one(book)["reserved"], one(book)["next"]) == (1, 1, "5")
    sql(f"UPDATE number SET expires_at = '{PAST}' WHERE state = 'reserved'")
    assert (one(book)["gaps"], one(book)["reserved"], one(book)["reusable"]) == (2, 0, 0)
    sql("INSERT INTO gap_run (counter_id, first, last, state, event_id) VALUES (1, 2, 2, 'review', 1)")
    sql("UPDATE counter SET accounted = accounted + 1")
    assert one(book)["gaps"] == 2


def test_tokens_that_the_counter_does_not_decide_stay(book: Book) -> None:
    book.ok(
        *("sequence", "add", "till", "--pattern", "{shop}{YYYY}{MM}{letter}-{number:3}"),
        *("--reset", "year", "--scope", "shop"),
    )
    given = ("--attr", "shop=A", "--attr", "letter=x")
    assert book.next("till", "--date", "2026-05-04", *given) == ["A202605x-001"]
    (row,) = book.ok("status").rows
    assert (row["scope"], row["period"], row["next"]) == ("shop=A", "2026", "A2026{MM}{letter}-002")


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ((), None),
        (("--end", "9"), 6),
        (("--max-width", "2"), 96),
        (("--pattern", "X{number:2}", "--max-length", "3"), 96),
        (("--kind", "alpha", "--start", "aa"), 26 * 26 - 3),
        (("--step", "4", "--end", "20"), 2),
    ],
)
def test_what_is_left(book: Book, options: tuple[str, ...], left: int | None) -> None:
    book.ok(
        "sequence",
        "add",
        "q",
        *(options if "alpha" not in options else ("--pattern", "{number:2}", *options)),
    )
    book.next("q", "-n", "3")
    assert one(book)["left"] == left


def test_a_counter_warns_when_it_nears_its_end_and_has_no_next_number_there(book: Book) -> None:
    book.ok("sequence", "add", "q", "--end", "4", "--warn-at", "75%")
    book.next("q", "-n", "2")
    assert (one(book)["warn"], one(book)["left"]) == (False, 2)
    book.warned("next", "q")
    assert (one(book)["warn"], one(book)["next"]) == (True, "4")
    book.warned("next", "q")
    status = one(book)
    assert (status["warn"], status["next"], status["left"]) == (True, None, 0)
    book.ok("release", "2", "--reason", "gone")
    assert (one(book)["next"], one(book)["warn"]) == ("2", True)
    book.ok("sequence", "edit", "q", "--warn-at", "")
    assert one(book)["warn"] is False
    book.next("q")
    assert one(book)["warn"] is True


def test_the_list_is_chosen_by_target_period_and_scope(book: Book) -> None:
    book.ok(
        "sequence", "add", "till", "--pattern", "{shop}-{YYYY}-{number}", "--reset", "year", "--scope", "shop"
    )
    for day in ("2025-05-01", "2026-05-01"):
        for shop in ("A", "B"):
            book.next("till", "--date", day, "--attr", f"shop={shop}")
    rows = book.ok("status", "till", "--period", "2026").rows
    assert [row["next"] for row in rows] == ["A-2026-2", "B-2026-2"]
    assert [row["next"] for row in book.ok("status", "--scope", "shop=A").rows] == ["A-2025-2", "A-2026-2"]
    book.fails(4, "not_found", "status", "tyll")


def status_of(store: SqliteStore) -> CounterStatus:
    (status,) = list_status(store)
    return status


def test_the_rate_is_of_thirty_days(store: SqliteStore, clock: StandingClock) -> None:
    clock.day = "2025-12-31"
    add_sequence(store, "q", {"end": 10_000})
    issue(store, Request("q", count=1000))
    clock.day = "2026-03-01"
    status = status_of(store)
    assert (status.rate, status.runs_out, status.last_at) == (0.0, None, "2025-12-31T12:00:00.000000Z")
    issue(store, Request("q", count=600))
    status = status_of(store)
    # 20 a day, 8400 left: 420 days.
    assert (status.rate, status.left, status.runs_out) == (20.0, 8400, "2027-04-25")


def test_the_rate_of_a_young_counter_is_of_its_own_days(store: SqliteStore, clock: StandingClock) -> None:
    add_sequence(store, "q", {"end": 10_000})
    issue(store, Request("q", count=100))
    assert status_of(store).rate == 100.0
    clock.day = "2026-03-11"
    issue(store, Request("q", count=100))
    assert status_of(store).rate == 20.0


def test_freed_and_reserved_numbers_are_not_issued(store: SqliteStore, clock: StandingClock) -> None:
    add_sequence(store, "q", {"end": 10_000})
    issue(store, Request("q", count=30))
    release(store, ["7", "8"], "gone")
    void(store, ["9"], "wrong")
    issue(store, Request("q", count=5, reserve=True, ttl="1h"))
    # One of two freed numbers is reserved again, so that four are new.
    assert (status_of(store).rate, status_of(store).reserved) == (28.0, 5)


def test_adopted_numbers_do_not_count_as_issued(store: SqliteStore, clock: StandingClock) -> None:
    add_sequence(store, "q", {"end": 10_000})
    issue(store, Request("q", count=50))
    adopted(store)
    clock.day = "2026-03-11"
    issue(store, Request("q", count=10))
    assert status_of(store).rate == 10.0
    clock.day = "2026-03-16"
    assert status_of(store).rate == 2.0
    assert status_of(store).last_number == "60"


def adopted(store: SqliteStore) -> None:
    """Let the first event of issue be one of adoption: their numbers came from elsewhere."""
    store.connection.execute("DROP TRIGGER event_fixed")
    store.connection.execute("UPDATE event SET action = 'adopt' WHERE action = 'issue'")


def test_what_would_run_out_after_its_period_does_not_run_out(
    store: SqliteStore, clock: StandingClock
) -> None:
    add_sequence(store, "q", {"end": 100, "reset": "month", "pattern": "{YYYY}{MM}-{number}"})
    issue(store, Request("q", count=2))
    assert (status_of(store).rate, status_of(store).runs_out) == (2.0, None)
    issue(store, Request("q", count=8))
    assert status_of(store).runs_out == "2026-03-10"


def test_a_hundred_years_are_far(store: SqliteStore, clock: StandingClock) -> None:
    add_sequence(store, "q", {"end": 36526})
    issue(store, Request("q", count=1))
    assert status_of(store).runs_out == "2126-03-02"
    store.connection.execute("UPDATE sequence SET end = end + 1")
    assert status_of(store).runs_out is None


def test_both_ways_to_count_what_was_issued_lately_agree(store: SqliteStore, clock: StandingClock) -> None:
    add_sequence(store, "old", {})
    add_sequence(store, "young", {})
    issue(store, Request("old", count=1000))
    clock.day = "2026-05-01"
    issue(store, Request("old", count=7))
    issue(store, Request("young", count=4))
    issue(store, Request("young", count=2, reserve=True, ttl="1h"))
    alone = [*list_status(store, "old"), *list_status(store, "young")]
    assert list_status(store) == alone
    assert [status.rate for status in alone] == [0.23, 4.0]


def test_a_clock_that_went_back_breaks_nothing(store: SqliteStore, clock: StandingClock) -> None:
    add_sequence(store, "q", {})
    for day in ("2026-03-01", "2026-01-01", "2026-05-01", "2026-02-01"):
        clock.day = day
        issue(store, Request("q", count=3))
        assert status_of(store).used
