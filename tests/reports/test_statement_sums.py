"""The sum of a statement over random histories: every integer is counted once, and in the right state."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, issue, set_next
from seqctl.actions.counters.statement import state_completeness
from seqctl.actions.ledger.gap_runs import gaps_of
from seqctl.actions.ledger.targets import counters_of, target_sequences
from seqctl.actions.numbers.change import release, void
from seqctl.actions.numbers.reinstate import reinstate
from seqctl.errors import SeqctlError
from seqctl.model.number.number_filter import NumberFilter
from seqctl.model.number.request import Request
from seqctl.model.reports.completeness import Completeness
from seqctl.model.time.instant import later
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory
from tests.reports.conftest import StandingClock

steps = st.tuples(
    st.sampled_from(["issue", "reserve", "release", "void", "reinstate", "set_next", "wait"]),
    st.integers(1, 5),
    st.integers(0, 30),
)


class MovingClock(StandingClock):
    def __init__(self) -> None:
        super().__init__()
        self.instant = super().now()

    def now(self) -> str:
        return self.instant


def act(store: SqliteStore, clock: MovingClock, action: str, count: int, place: int) -> None:
    with store.read() as transaction:
        texts = [known.number for known in transaction.listing.numbers(NumberFilter(), transaction.now)]
    one = [texts[place % len(texts)]] if texts else ["1"]
    if action in ("issue", "reserve"):
        issue(
            store,
            Request(
                "n", count=count, reserve=action == "reserve", ttl="60s" if action == "reserve" else None
            ),
        )
    elif action == "release":
        release(store, one, "gone")
    elif action == "void":
        void(store, one, "wrong")
    elif action == "reinstate":
        reinstate(store, one, "right")
    elif action == "set_next":
        set_next(store, "n", str(place * 2), "moved")
    else:
        clock.instant = later(clock.instant, 45)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(steps, max_size=25), gapless=st.booleans(), step=st.integers(1, 3))
def test_the_sum_is_proved_and_each_state_is_counted_right(
    history: list[tuple[str, int, int]], gapless: bool, step: int
) -> None:
    clock = MovingClock()
    with open_in_memory("ada", clock, "UTC") as store:
        mode = "gapless" if gapless else "standard"
        add_sequence(store, "n", {"mode": mode, "step": step, "start": 0})
        for action, count, place in history:
            with suppress(SeqctlError):
                act(store, clock, action, count, place)
            for statement in list(state_completeness(store)):
                assert statement.proved, statement
                check(store, statement, step)


def check(store: SqliteStore, statement: Completeness, step: int) -> None:
    """Hold a statement against every row and run of the book, one by one."""
    with store.read() as transaction:
        (place,) = counters_of(transaction, target_sequences(transaction, "n"))
        now = store.clock.now()
        assert place.counter.id is not None
        rows = transaction.held.between(place.counter.id, 0, 10_000, 10_000)
        counted = {
            "issued": 0,
            "reserved": 0,
            "void": 0,
            "reusable": 0,
            "review": 0,
            "blocked": 0,
            "missing": 0,
        }
        for row in rows:
            if not row.overdue(now):
                counted[row.state] += 1
        for run in gaps_of(transaction, place, now):
            counted[run.state] += (run.last - run.first) // step + 1
    assert counted == {name: getattr(statement, name) for name in counted}
    assert sum(counted.values()) == statement.total
