"""Random histories against a plain dictionary model: issue, reserve, confirm, release, void, expire and more.

After every step the ledger, the counters and the gap runs are what the model says, a refusal changed nothing
and had the model's code, and every request that changed something left one event (and one more where it
recorded reservations that had ended).
"""

import datetime
import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from seqctl.actions import add_sequence, issue, peek, set_next
from seqctl.actions.numbers.change import confirm, expire, release, void
from seqctl.actions.numbers.reinstate import reinstate
from seqctl.days import date
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request
from seqctl.model.time.instant import later
from seqctl.process import Clock
from seqctl.store.sqlite.file.create import open_in_memory
from tests.book import Rows
from tests.numbers.dictionary_model import Kind, Model, Refusal

KINDS = (
    Kind("plain"),
    Kind("month", reset="month", scope=True),
    Kind("strict", date_order="refuse"),
    Kind("order", mode="standard", end=60),
    Kind("short", step=3, end=40, date_order="refuse", reset="month"),
)
DAYS = ("2026-01-03", "2026-01-05", "2026-01-20", "2026-01-31", "2026-02-01", "2026-02-14")
SCOPES = ("DE", "FR")

kinds = st.sampled_from([kind.name for kind in KINDS])
scopes = st.sampled_from(SCOPES)
days = st.sampled_from(DAYS)
counts = st.integers(1, 4)
keys = st.none() | st.sampled_from(["k1", "k2", "k3"])
seconds = st.sampled_from([30, 60, 600])
places = st.integers(0, 10_000)


Given = TypeVar("Given")
Expected = TypeVar("Expected")


class HandClock(Clock):
    """A clock that the test sets; it may go back."""

    def __init__(self) -> None:
        self.instant = "2026-03-01T12:00:00.000000Z"

    def now(self) -> str:
        return self.instant

    def today(self, zone: str, now: str) -> datetime.date:
        return date(2026, 3, 1)


def definition(kind: Kind) -> dict[str, Any]:
    shown = ["{entity}"] if kind.scope else []
    shown += ["{YYYY}-{MM}"] if kind.reset == "month" else []
    fields: dict[str, Any] = {
        "pattern": "-".join([kind.name, *shown, "{number}"]),
        "reset": kind.reset,
        "mode": kind.mode,
        "date_order": kind.date_order,
        "step": kind.step,
        "manual": True,
    }
    if kind.end is not None:
        fields["end"] = kind.end
    if kind.scope:
        fields["scope"] = ["entity"]
    return fields


class History(RuleBasedStateMachine):
    """seqctl and the model, side by side."""

    @initialize()
    def begin(self) -> None:
        self.clock = HandClock()
        self.store = open_in_memory("ada", self.clock, "UTC")
        for kind in KINDS:
            add_sequence(self.store, kind.name, definition(kind))
        self.model = Model(KINDS)
        self.model.events = self.query("SELECT count(*) FROM event")[0][0]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    def query(self, text: str, *values: int) -> Rows:
        return self.store.connection.execute(text, values).fetchall()

    def both(
        self, real: Callable[[], Given], model: Callable[[], Expected]
    ) -> tuple[Given | None, Expected | None]:
        """Do it in both; they must give the same or refuse with the same code."""
        given = expected = refused = code = None
        try:
            expected = model()
        except Refusal as refusal:
            code = str(refusal)
        try:
            given = real()
        except SeqctlError as error:
            refused = error.code
        assert refused == code, (refused, code, given, expected)
        return given, expected

    @rule(name=kinds, scope=scopes, day=days, count=counts, key=keys, contiguous=st.booleans())
    def issue(self, name: str, scope: str, day: str, count: int, key: str | None, contiguous: bool) -> None:
        self.draw(name, scope, day, count, key, contiguous, None)

    @rule(name=kinds, scope=scopes, day=days, count=counts, key=keys, ttl=seconds)
    def reserve(self, name: str, scope: str, day: str, count: int, key: str | None, ttl: int) -> None:
        self.draw(name, scope, day, count, key, False, ttl)

    @rule(name=kinds, scope=scopes, day=days, count=counts)
    def peek(self, name: str, scope: str, day: str, count: int) -> None:
        self.draw(name, scope, day, count, None, False, None, looking=True)

    def draw(
        self,
        name: str,
        scope: str,
        day: str,
        count: int,
        key: str | None,
        contiguous: bool,
        ttl: int | None,
        looking: bool = False,
    ) -> None:
        kind = self.model.kinds[name]
        scope = scope if kind.scope else ""
        request = Request(
            name,
            count,
            contiguous=contiguous,
            date=day,
            attributes={"entity": scope} if kind.scope else {},
            key=key,
            reserve=ttl is not None,
            ttl=None if ttl is None else f"{ttl}s",
        )
        now = self.clock.now()
        asked = (name, scope, day, count, contiguous, ttl is not None)
        expires = None if ttl is None else later(now, ttl)
        given, expected = self.both(
            lambda: (peek if looking else issue)(self.store, request).texts,
            lambda: self.model.draw(
                name,
                scope,
                day,
                count,
                now,
                contiguous=contiguous,
                key=key,
                request=asked,
                expires=expires,
                peek=looking,
            ),
        )
        assert given == expected

    @rule(action=st.sampled_from(["confirm", "void", "reinstate", "release"]), at=places)
    def change(self, action: str, at: int) -> None:
        self.act(action, at, None)

    @rule(at=places, day=days)
    def confirm_with_date(self, at: int, day: str) -> None:
        self.act("confirm", at, day)

    def act(self, action: str, at: int, day: str | None) -> None:
        known = self.texts()
        if not known:
            return
        text = known[at % len(known)]
        now = self.clock.now()
        acts: dict[str, Callable[[], object]] = {
            "confirm": lambda: confirm(self.store, [text], date=day),
            "void": lambda: void(self.store, [text], "why"),
            "reinstate": lambda: reinstate(self.store, [text], "why"),
            "release": lambda: release(self.store, [text], "why"),
        }
        self.both(acts[action], lambda: self.model.change(action, text, now, day))

    def texts(self) -> list[str]:
        held = [cell.text for counter in self.model.counters.values() for cell in counter.cells.values()]
        return sorted({*held, *self.model.freed_texts})

    @rule()
    def expire(self) -> None:
        self.both(lambda: expire(self.store), lambda: self.model.expire(self.clock.now()))

    @rule(name=kinds, scope=scopes, day=days, distance=st.integers(-6, 6), at_least=st.booleans())
    def set_next(self, name: str, scope: str, day: str, distance: int, at_least: bool) -> None:
        kind = self.model.kinds[name]
        scope = scope if kind.scope else ""
        period = self.model.period(kind, day)
        value = self.model.counter(name, scope, period).last + kind.step + distance
        if value < 0:
            return
        self.both(
            lambda: set_next(
                self.store,
                name,
                str(value),
                "why",
                period=period,
                scope={"entity": scope} if kind.scope else {},
                at_least=at_least,
            ),
            lambda: self.model.set_next(name, scope, period, value, self.clock.now(), at_least),
        )

    @rule(ahead=st.sampled_from([-3600, -45, 1, 45, 120, 3600]))
    def turn_the_clock(self, ahead: int) -> None:
        self.clock.instant = later(self.clock.instant, ahead)

    @invariant()
    def ledger_is_as_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        real: dict[tuple[str, str, str, int], tuple[str, ...]] = {
            (name, scope.removeprefix("entity="), period, value): (state, text, date, expires)
            for name, scope, period, value, state, text, date, expires in self.query(
                "SELECT s.name, c.scope, c.period, n.value, n.state, n.text, n.date, n.expires_at"
                " FROM number n JOIN counter c ON c.id = n.counter_id"
                " JOIN sequence s ON s.id = c.sequence_id"
            )
        }
        assert real == {
            (*place, value): (cell.state, cell.text, cell.date, cell.expires)
            for place, counter in self.model.counters.items()
            for value, cell in counter.cells.items()
        }

    @invariant()
    def counters_are_as_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        real = {}
        for id, name, scope, period, step, *counts in self.query(
            "SELECT c.id, s.name, c.scope, c.period, s.step, c.first, c.last, c.accounted, c.reusable,"
            " c.reserved FROM counter c JOIN sequence s ON s.id = c.sequence_id"
        ):
            runs: dict[int, str] = {}
            for first, last, state in self.query(
                "SELECT first, last, state FROM gap_run WHERE counter_id = ?", id
            ):
                runs.update((value, state) for value in range(first, last + 1, step))
            real[name, scope.removeprefix("entity="), period] = (*counts, runs)
        assert real == {
            place: (
                counter.first,
                counter.last,
                len(counter.cells) + len(counter.runs),
                list(counter.runs.values()).count("reusable"),
                [cell.state for cell in counter.cells.values()].count("reserved"),
                counter.runs,
            )
            for place, counter in self.model.counters.items()
        }

    @invariant()
    def each_request_left_one_event(self) -> None:
        if hasattr(self, "model"):
            assert self.query("SELECT count(*) FROM event")[0][0] == self.model.events

    @invariant()
    def the_latest_date_is_never_too_low(self) -> None:
        if not hasattr(self, "model"):
            return
        for bound, exact, latest in self.query(
            "SELECT c.latest_date, c.latest_value IS NOT NULL, max(n.date)"
            " FROM counter c JOIN number n ON n.counter_id = c.id WHERE n.state <> 'reserved' GROUP BY c.id"
        ):
            assert bound is not None and (bound == latest if exact else bound >= latest)


CI = settings(max_examples=25, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(CI, max_examples=int(os.environ.get("HISTORIES", "1000")), stateful_step_count=100)


class TestShort(History.TestCase):  # type: ignore[misc,valid-type]
    settings = CI


@pytest.mark.long
class TestLong(History.TestCase):  # type: ignore[misc,valid-type]
    """100,000 actions, or as many hundreds as HISTORIES says."""

    settings = LONG
