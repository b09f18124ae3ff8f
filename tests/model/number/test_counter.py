"""The counter and its gap runs, held against a set of integers that knows what each of them is."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_runs import GapRuns
from tests.amount import amount

SEQCTL = Path(__file__).parents[3] / "seqctl"
STATES = ("reusable", "review", "blocked")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "reserve", "confirm", "free", "put", "clear", "pass_over", "go_back"]),
        st.integers(0, 30),
        st.integers(1, 6),
        st.sampled_from(STATES),
    ),
    max_size=30,
)


class Integers:
    """What each integer of a counter is: held, reserved, in a gap run of some state and event, or missing."""

    def __init__(self, start: int, step: int) -> None:
        self.start, self.step = start, step
        self.last = start - step
        self.first = start
        self.known: dict[int, str | tuple[str, int]] = {}

    def stretch(self, at: int, length: int) -> list[int]:
        first = self.start + at * self.step
        return [first + place * self.step for place in range(length)]

    def held(self, *states: str) -> list[int]:
        return sorted(value for value, state in self.known.items() if state in states)

    def runs(self) -> list[tuple[int, tuple[str, int]]]:
        return sorted((value, state) for value, state in self.known.items() if isinstance(state, tuple))


@settings(max_examples=amount(300))
@given(acts=ACTS, step=st.integers(1, 3), start=st.integers(0, 9))
def test_counter_and_gap_runs_count_what_a_set_of_integers_holds(
    acts: list[tuple[str, int, int, str]], step: int, start: int
) -> None:
    counter = Counter.unused(start, step)
    runs = GapRuns(counter, step)
    world = Integers(start, step)
    for event, (act, at, length, state) in enumerate(acts):
        values = world.stretch(at, length)
        low, high = values[0], values[-1]
        free = not any(world.known.get(value) in ("held", "reserved") for value in values)
        if act in ("hold", "reserve") and free:
            runs.clear(low, high)
            world.first = low if world.last < world.first else min(world.first, low)
            counter.hold(length, low, high)
            if act == "reserve":
                counter.reserve(length)
            world.known |= dict.fromkeys(values, "reserved" if act == "reserve" else "held")
            world.last = max(world.last, high)
        elif act == "confirm":
            chosen = world.held("reserved")[:length]
            counter.confirm(len(chosen))
            world.known |= dict.fromkeys(chosen, "held")
        elif act == "free":
            chosen = world.held("held", "reserved")[:length]
            counter.free(len(chosen), sum(world.known[value] == "reserved" for value in chosen))
            for value in chosen:
                del world.known[value]
        elif act == "put" and free and low >= world.first and high <= world.last:
            runs.put(low, high, state, event)
            world.known |= dict.fromkeys(values, (state, event))
        elif act == "clear" and free:
            runs.clear(low, high)
            for value in values:
                world.known.pop(value, None)
        elif act == "pass_over" and world.first <= world.last:
            counter.pass_over(high)
            world.last = max(world.last, high)
        elif act == "go_back" and world.first <= low <= world.last:
            following = max([low, *(value + step for value in world.held("held", "reserved"))])
            runs.clear(following, world.last)
            counter.go_back(following, step)
            for value in [value for value, _ in world.runs() if value >= following]:
                del world.known[value]
            world.last = following - step
        told = [
            (value, (run.state, run.event_id))
            for run in runs
            for value in range(run.first, run.last + 1, step)
        ]
        assert told == world.runs()
        assert (counter.first, counter.last) == (world.first, world.last)
        assert counter.accounted == len(world.known)
        assert counter.reserved == len(world.held("reserved"))
        assert counter.reusable == sum(state[0] == "reusable" for _, state in world.runs())


def test_reusable_integers_of_gap_runs_are_counted_beside_all_of_them() -> None:
    counter = Counter(1, 1, 1, 20)
    for integers, state in ((3, "reusable"), (2, "reusable"), (4, "blocked")):
        counter.explain(integers, state)
    assert (counter.accounted, counter.reusable) == (9, 5)
    counter.expose(2, "reusable")
    counter.expose(1, "blocked")
    assert (counter.accounted, counter.reusable) == (6, 3)


def test_of_the_latest_date_the_highest_number_is_remembered() -> None:
    counter = Counter(1, 1, 1, 9)
    for value, latest in ((5, 5), (7, 7), (6, 7)):
        counter.date("2026-01-05", value)
        assert (counter.latest_date, counter.latest_value) == ("2026-01-05", latest)


@given(
    numbers=st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(["2026-01-01", "2026-01-02", None])), max_size=20
    )
)
def test_the_latest_date_is_that_of_some_number_or_an_upper_bound(
    numbers: list[tuple[int, str | None]],
) -> None:
    counter = Counter.unused(0, 1)
    held: dict[int, str | None] = {}
    for value, day in numbers:
        if value in held:
            counter.undate({held.pop(value)})
            counter.free(1, 0)
            continue
        counter.hold(1, value, value)
        counter.date(day, value)
        held[value] = day
        dated = [(date, number) for number, date in held.items() if date is not None]
        if dated:
            assert counter.latest_date is not None and counter.latest_date >= max(dated)[0]
        if counter.latest_value is not None:
            assert (counter.latest_date, counter.latest_value) == max(dated)


def test_a_counter_begins_at_its_first_number_and_keeps_a_next_value_that_it_was_given() -> None:
    counter = Counter.unused(1, 1)
    assert not counter.used
    counter.begin(100, 1)
    assert not counter.used
    counter.hold(3, 7, 9)
    assert (counter.first, counter.last, counter.used) == (7, 99, True)


FIELDS = set(Counter.__slots__) - {"id", "uniqueness_id", "domain_id", "mixed", "first", "last"}
COUNTERS = ("counter", "replayed")


def moved_by_hand(tree: ast.AST) -> list[str]:
    """Assignments to a field of a counter: the distinctive names of whatever, the others of a `counter`."""
    found = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in [inner for outer in targets for inner in ast.walk(outer)]:
            if not isinstance(target, ast.Attribute) or not isinstance(target.ctx, ast.Store):
                continue
            owner = ast.unparse(target.value)
            is_counter = owner.split(".")[-1] in COUNTERS
            if (target.attr in FIELDS and owner != "self") or (
                target.attr in ("first", "last") and is_counter
            ):
                found.append(ast.unparse(target))
    return found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("draw.counter.last = 5", ["draw.counter.last"]),
        ("counter.first, counter.last = 1, 0", ["counter.first", "counter.last"]),
        ("group.accounted += 1", ["group.accounted"]),
        ("run.first += step", []),
        ("last = counter.last", []),
    ],
)
def test_the_law_sees_a_counter_that_is_moved_by_hand(code: str, found: list[str]) -> None:
    assert moved_by_hand(ast.parse(code)) == found


@pytest.mark.parametrize("path", sorted(SEQCTL.rglob("*.py")), ids=lambda path: path.name)
def test_nobody_but_the_counter_moves_a_counter(path: Path) -> None:
    if path != SEQCTL / "model" / "number" / "counter.py":
        reason = "a counter moves by its own verbs: the arithmetic stands in one place"
        assert not moved_by_hand(ast.parse(path.read_text(encoding="utf-8"))), reason
