"""Random histories that adopt among everything else that happens to numbers, against the dictionary model.

Beside what the histories of `tests/life` hold: gaps are blocked, looked into and restored, numbers are
adopted into every state, and at the end `check` finds nothing wrong with the book.
"""

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from seqctl.actions import add_sequence, adopt, check
from seqctl.actions.gaps.change import block_gaps, restore_gaps, review_gaps
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.model.classes import replaced
from seqctl.model.reports.adoption import Adoption, AdoptionOutcome, NumberLine
from seqctl.store.sqlite.file.create import open_in_memory
from tests.numbers.dictionary_model import Cell, Counter, Kind, Model, Place, Refusal
from tests.numbers.test_random_histories import CI, SCOPES, HandClock, History, definition

KINDS = (
    Kind("plain"),
    Kind("month", reset="month", scope=True),
    Kind("strict", date_order="refuse"),
    Kind("order", mode="standard", end=60),
    Kind("short", step=3, end=40, date_order="warn", reset="month"),
    Kind("own", manual=False),
)
DAYS = ("2026-01-03", "2026-01-20", "2026-02-01", "2026-02-14")
MONTHS = ("2026-01", "2026-02")

names = st.sampled_from([kind.name for kind in KINDS])
values = st.integers(0, 45) | st.sampled_from([61, 900, 1900, 2500])
lines = st.lists(
    st.tuples(st.sampled_from(SCOPES), st.sampled_from(MONTHS), values, st.none() | st.sampled_from(DAYS)),
    min_size=1,
    max_size=8,
)
MOVES = {
    "restore": (restore_gaps, "reusable", ("missing", "review")),
    "block": (block_gaps, "blocked", ("missing", "reusable", "review")),
    "review": (review_gaps, "review", ("missing", "reusable", "blocked")),
}


class AdoptModel(Model):
    """The rules of adopting, over the same dictionaries."""

    def adopt(
        self,
        name: str,
        numbers: Sequence[tuple[str, str, int, str | None]],
        now: str,
        *,
        skip: bool,
        confirmed: bool,
    ) -> tuple[int, int, int]:
        """Adopt (scope, month, value, day); gives how many were adopted, unchanged and refused."""
        kind = self.kinds[name]
        seen: dict[tuple[Place, int], bool] = {}
        touched: dict[Place, Counter] = {}
        taken: dict[Place, dict[int, str | None]] = {}
        unchanged = problems = 0
        for scope, month, value, day in numbers:
            scope = scope if kind.scope else ""
            period = month if kind.reset == "month" else "all"
            place = (name, scope, period)
            counter = self.counter(*place)
            cell = counter.cells.get(value)
            fits = (value - 1) % kind.step == 0 and 1 <= value <= (kind.end or value)
            fits = fits and (day is None or self.period(kind, day) == period)
            if not fits and cell is None:
                problems += 1
                continue
            touched[place] = counter
            if seen.setdefault((place, value), True) is not True:
                problems += 1
                continue
            seen[place, value] = False
            held = None if cell is None or cell.overdue(now) else cell
            if held and held.state == "issued" and day in (None, held.date):
                unchanged += 1
            elif held or counter.runs.get(value) == "blocked":
                problems += 1
            else:
                taken.setdefault(place, {})[value] = day
        if problems and not skip:
            raise Refusal("invalid_input")
        if taken and name in self.self_issued and not kind.manual:
            raise Refusal("not_manual")
        if not confirmed and any(self.jumps(kind, self.counter(*place), new) for place, new in taken.items()):
            raise Refusal("confirmation_needed")
        if taken:
            self.enter(kind, touched, taken, now)
        return sum(len(new) for new in taken.values()), unchanged, problems

    def jumps(self, kind: Kind, counter: Counter, new: Mapping[int, str | None]) -> bool:
        if counter.last < counter.first:
            return False
        above = sorted([counter.last, *(value for value in new if value > counter.last)])
        below = sorted([counter.first, *(value for value in new if value < counter.first)])
        return any(b - a > 1000 * kind.step for side in (above, below) for a, b in pairwise(side))

    def enter(
        self,
        kind: Kind,
        touched: dict[Place, Counter],
        taken: Mapping[Place, Mapping[int, str | None]],
        now: str,
    ) -> None:
        for counter in touched.values():
            self.record_overdue(kind, counter, now)
        for place, new in taken.items():
            counter = self.counters[place] = touched[place]
            used = counter.last >= counter.first
            counter.first = min([*new, *([counter.first] if used else [])])
            counter.last = max([*new, counter.last])
            for value, day in new.items():
                counter.runs.pop(value, None)
                counter.cells[value] = Cell("issued", self.text(kind, place[1], place[2], value), day)
        self.events += 1


class AdoptingHistory(History):
    """seqctl and the model, side by side."""

    model: AdoptModel

    @initialize()
    def begin(self) -> None:
        self.clock = HandClock()
        self.store = open_in_memory("ada", self.clock, "UTC")
        for kind in KINDS:
            add_sequence(self.store, kind.name, {**definition(kind), "manual": kind.manual})
        self.model = AdoptModel(KINDS)
        self.model.events = self.query("SELECT count(*) FROM event")[0][0]

    def teardown(self) -> None:
        if hasattr(self, "model"):
            gaps = ("unexplained_gap", "stranded_gap", "reservation_ended")
            found = [finding for finding in check(self.store) if finding.code not in gaps]
            assert [finding for finding in found if finding.severity == "error"] == []
        super().teardown()

    @rule(name=names, numbers=lines, skip=st.booleans(), confirmed=st.booleans(), rehearsed=st.booleans())
    def adopt_some(
        self,
        name: str,
        numbers: Sequence[tuple[str, str, int, str | None]],
        skip: bool,
        confirmed: bool,
        rehearsed: bool,
    ) -> None:
        kind = self.model.kinds[name]
        given: list[NumberLine] = [
            (line, self.model.text(kind, scope if kind.scope else "", month, value), day, None)
            for line, (scope, month, value, day) in enumerate(numbers, 1)
        ]
        adoption = Adoption(name, [given], skip_invalid=skip, confirmed=confirmed)
        before = self.query("SELECT count(*) FROM event")
        if rehearsed:
            self.rehearse(replaced(adoption, dry_run=True))
            assert self.query("SELECT count(*) FROM event") == before
        outcome, expected = self.both(
            lambda: adopt(self.store, adoption),
            lambda: self.model.adopt(name, numbers, self.clock.now(), skip=skip, confirmed=confirmed),
        )
        if outcome is not None:
            adopted = sum(counter.adopted for counter in outcome.counters)
            unchanged = sum(counter.unchanged for counter in outcome.counters)
            assert (adopted, unchanged, len(outcome.problems)) == expected
            self.gaps_are_right(kind, outcome)

    def rehearse(self, adoption: Adoption) -> None:
        try:
            adopt(self.store, adoption)
        except Exception as error:
            assert hasattr(error, "code"), error

    def gaps_are_right(self, kind: Kind, outcome: AdoptionOutcome) -> None:
        now = self.clock.now()
        listed: dict[Place, list[int]] = {}
        for gap in outcome.gaps:
            place = (gap.sequence, gap.scope.removeprefix("entity="), gap.period)
            listed.setdefault(place, []).extend(range(gap.first, gap.last + 1, kind.step))
        for counter in outcome.counters:
            place = (counter.sequence, counter.scope.removeprefix("entity="), counter.period)
            missing = self.model.missing(kind, self.model.counters[place], now)
            assert counter.missing == len(missing)
            if sum(other.gap_runs for other in outcome.counters) <= 1000:
                assert listed.get(place, []) == missing

    @rule(action=st.sampled_from(list(MOVES)), at=st.integers(0, 10_000))
    def move_a_gap(self, action: str, at: int) -> None:
        act, to, allowed = MOVES[action]
        now = self.clock.now()
        found = [
            (place, value)
            for place, counter in self.model.counters.items()
            for value in range(counter.first, min(counter.last, 60) + 1, self.model.kinds[place[0]].step)
            if self.gap_state(place, counter, value, now) in allowed
        ]
        found = [(place, value) for place, value in found if self.usable(action, place)]
        if not found:
            return
        (name, scope, period), value = found[at % len(found)]
        kind, counter = self.model.kinds[name], self.model.counters[name, scope, period]
        act(self.store, GapFilter(target=name), [self.model.text(kind, scope, period, value)], "why")
        self.model.record_overdue(kind, counter, now)
        counter.runs[value] = to
        self.model.events += 1

    def usable(self, action: str, place: Place) -> bool:
        return action != "restore" or self.model.kinds[place[0]].mode == "gapless"

    def gap_state(self, place: Place, counter: Counter, value: int, now: str) -> str:
        kind = self.model.kinds[place[0]]
        if value in self.model.reusable(kind, counter, now):
            return "reusable"
        return counter.runs.get(value) or (
            "missing" if value in self.model.missing(kind, counter, now) else "held"
        )

    @invariant()
    def the_latest_date_is_never_too_low(self) -> None:
        if not hasattr(self, "model"):
            return
        for bound, exact, latest, carried in self.query(
            "SELECT c.latest_date, c.latest_value, max(n.date), (SELECT date FROM number"
            " WHERE counter_id = c.id AND value = c.latest_value)"
            " FROM counter c JOIN number n ON n.counter_id = c.id WHERE n.state <> 'reserved' GROUP BY c.id"
        ):
            assert (bound or "") >= (latest or "")
            if exact is not None:
                assert bound == latest == carried


class TestShort(AdoptingHistory.TestCase):  # type: ignore[misc,valid-type]
    settings = CI


@pytest.mark.long
class TestLong(AdoptingHistory.TestCase):  # type: ignore[misc,valid-type]
    """As many histories as HISTORIES says."""

    settings = settings(CI, max_examples=int(os.environ.get("HISTORIES", "500")), stateful_step_count=80)


del AdoptingHistory, History
