"""A transaction has one instant: its events, its deadlines and today's date are taken from it alone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import seqctl
from seqctl.actions import add_sequence, expire, issue, release
from seqctl.errors import UsageError
from seqctl.model.log.event import Event
from seqctl.model.number.request import Request
from seqctl.model.time.instant import later
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory
from tests.book import Book


class HurriedClock(Clock):
    """A clock on which an hour passes with every look."""

    def __init__(self) -> None:
        self.instant = "2026-03-01T00:00:00.000000Z"
        self.looks = 0

    def now(self) -> str:
        self.looks += 1
        self.instant = later(self.instant, 3600)
        return self.instant


@pytest.fixture
def hurried() -> Iterator[tuple[SqliteStore, HurriedClock]]:
    clock = HurriedClock()
    with open_in_memory("a", clock, "UTC") as store:
        for name in "ab":
            add_sequence(store, name, {"pattern": f"{name}{{number}}"})
        yield store, clock


def looks(clock: HurriedClock, act: Callable[[], object]) -> int:
    """How often an action looks at the clock."""
    before = clock.looks
    act()
    return clock.looks - before


def events(store: SqliteStore) -> list[Event]:
    with store.read() as transaction:
        return list(transaction.events.after(None))


def test_one_look_at_the_clock_a_transaction(hurried: tuple[SqliteStore, HurriedClock]) -> None:
    store, clock = hurried
    assert looks(clock, lambda: issue(store, Request("a", 2))) == 1
    assert looks(clock, lambda: issue(store, Request("a", reserve=True, ttl="30m", key="k"))) == 1
    # Its reservation has ended: freeing it, drawing it again and today's date are of one instant.
    assert looks(clock, lambda: issue(store, Request("a", 2))) == 1
    assert looks(clock, lambda: release(store, ["a1"], "x")) == 1
    freed, issued, released = events(store)[-3:]
    assert (freed.action, issued.action, released.action) == ("expire", "issue", "release")
    assert freed.at == issued.at < released.at


def test_reservations_of_all_counters_are_judged_at_one_instant(
    hurried: tuple[SqliteStore, HurriedClock],
) -> None:
    store, clock = hurried
    for name, ttl in (("a", "30m"), ("b", "150m")):
        issue(store, Request(name, reserve=True, ttl=ttl))
    # b's deadline is later than this look by half an hour; a second look would find it passed.
    assert looks(clock, lambda: expire(store)) == 1
    assert [event.subject for event in events(store) if event.action == "expire"] == ["a"]


def test_a_deadline_counts_from_the_instant_of_its_event(hurried: tuple[SqliteStore, HurriedClock]) -> None:
    store, _ = hurried
    outcome = issue(store, Request("a", reserve=True, ttl="30m"))
    assert outcome.issued_at is not None
    assert outcome.expires_at == later(outcome.issued_at, 1800)
    assert outcome.date == outcome.issued_at[:10]


def test_nobody_else_asks_the_clock() -> None:
    package = Path(seqctl.__file__).parent
    asking = re.compile(r"clock\.(now|today)\b")
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if asking.search(path.read_text("utf-8"))
    }
    engines = {"store/sqlite/engine.py", "store/postgres/engine.py"}
    # A report lets a book stand still at one instant.
    assert found == {"store/sql/log.py", *engines, "cli/reporting/instant.py"}


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        ("2026-12-31T23:30:00.000000Z", "Europe/Berlin", "2027-01-01"),
        ("2026-12-31T22:59:59.999999Z", "Europe/Berlin", "2026-12-31"),
        ("2026-07-01T03:59:00.000000Z", "America/New_York", "2026-06-30"),
        ("1969-12-31T23:59:59.000000Z", "Europe/Berlin", "1970-01-01"),
        ("1930-06-15T12:00:00.000000Z", "Asia/Kolkata", "1930-06-15"),
        ("2100-02-28T12:00:00.000000Z", "Pacific/Kiritimati", "2100-03-01"),
    ],
)
def test_both_clocks_know_the_day_of_an_instant(
    instant: str, zone: str, day: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seqctl.process import ProcessClock

    monkeypatch.setenv("TZ", "UTC")
    for clock in (Clock(), ProcessClock()):
        assert clock.today(zone, instant).isoformat() == day


NANOSECONDS = 10**9


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (0, "1970-01-01T00:00:00.000000Z"),
        (-NANOSECONDS, "1969-12-31T23:59:59.000000Z"),
        (-1000, "1969-12-31"),
    ],
)
def test_a_clock_before_1970_is_a_clock(time: int, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: time)
    assert Clock().now().startswith(shown)


@pytest.mark.parametrize("time", [253402300800 * NANOSECONDS, -(10**11) * NANOSECONDS, 10**40])
def test_a_clock_beyond_the_years_of_dates_is_told_in_words(
    time: int, monkeypatch: pytest.MonkeyPatch, invoices: Book
) -> None:
    monkeypatch.setattr("time.time_ns", lambda: time)
    for command in (("next", "invoice"), ("reserve", "invoice"), ("numbers",), ("expire",)):
        result = invoices(*command)
        if command != ("numbers",):
            assert result.status == 2 and "the clock of this machine stands" in result.err, result
            assert "Traceback" not in result.err
    with pytest.raises(UsageError):
        Clock().now()
