"""Behind the first hundred freed runs the one that a document date fits is found by bisection."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, issue, release
from seqctl.actions.issuing import reuse as reusing
from seqctl.errors import Refused
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory

FIRST = date(2025, 1, 1)
NUMBERS = 601
"""One a day; the even ones are freed, which leaves three hundred runs."""


def day(value: int) -> str:
    """The document date of a number."""
    return (FIRST + timedelta(days=value)).isoformat()


@pytest.fixture
def far() -> Iterator[SqliteStore]:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"date_order": "refuse"})
        for value in range(1, NUMBERS + 1):
            issue(store, Request("x", date=day(value)))
        release(store, [str(value) for value in range(2, NUMBERS, 2)], "x")
        yield store


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """How often the neighbours of a run were looked up."""
    counted = []
    real = reusing.Reuse._dated

    def dated(self: reusing.Reuse, run: reusing.FreeRun) -> reusing.FreeRun:
        counted.append(run.first)
        return real(self, run)

    monkeypatch.setattr(reusing.Reuse, "_dated", dated)
    return counted


@pytest.mark.parametrize("value", [2, 198, 200, 202, 204, 250, 400, 598, 600])
def test_a_date_finds_its_run_wherever_it_is(far: SqliteStore, looks: list[Any], value: int) -> None:
    issued = issue(far, Request("x", date=day(value)))
    assert [number for number, _, _ in issued.numbers] == [value]
    # The hundred that are looked at one by one, and few more.
    assert len(looks) <= 100 + 12


@pytest.mark.parametrize("value", [300, 500])
def test_both_edges_of_a_far_run_fit(far: SqliteStore, value: int) -> None:
    assert issue(far, Request("x", date=day(value - 1))).numbers[0][0] == value - 2
    assert issue(far, Request("x", date=day(value - 1))).numbers[0][0] == value
    with pytest.raises(Refused) as refused:
        issue(far, Request("x", date=day(value - 1)))
    assert refused.value.code == "date_order"


def test_a_batch_takes_far_runs_one_after_the_other(far: SqliteStore) -> None:
    issued = issue(far, Request("x", 2, date=day(401)))
    assert [value for value, _, _ in issued.numbers] == [400, 402]
    with pytest.raises(Refused):
        issue(far, Request("x", 2, date=day(450)))
    assert issue(far, Request("x", date=day(450))).numbers[0][0] == 450


def test_dates_behind_all_of_them_count_on(far: SqliteStore) -> None:
    assert issue(far, Request("x", date=day(NUMBERS + 1))).numbers[0][0] == NUMBERS + 1


days = st.lists(st.integers(0, 12), min_size=3, max_size=24).map(sorted)


@seed(20261128)
@settings(max_examples=60, deadline=None)
@given(days, st.sets(st.integers(0, 23)), st.integers(-1, 13), st.integers(0, 4))
def test_bisection_finds_what_looking_at_each_would(
    dates: list[int], freed: set[int], asked: int, few: int
) -> None:
    """The same answer as a walk over all runs, whatever the number of those that are looked at one by one."""
    with open_in_memory("a", Clock(), "UTC") as store, pytest.MonkeyPatch.context() as patch:
        add_sequence(store, "x", {"date_order": "refuse"})
        for number in dates:
            issue(store, Request("x", date=day(number)))
        gone = sorted(freed & set(range(len(dates))))
        if gone:
            release(store, [str(place + 1) for place in gone], "x")
        held = {place: number for place, number in enumerate(dates) if place not in gone}
        patch.setattr(reusing, "FEW_RUNS", few)
        try:
            found = issue(store, Request("x", date=day(asked))).numbers[0][0]
        except Refused as refused:
            assert refused.code == "date_order"
            found = None
    assert found == expected(held, gone, asked, len(dates))


def expected(held: dict[int, int], gone: list[int], asked: int, count: int) -> int | None:
    """The lowest freed number whose held neighbours leave room for a day, else the next one, else none."""
    for place in gone:
        below = [number for at, number in held.items() if at < place]
        above = [number for at, number in held.items() if at > place]
        if (not below or max(below) <= asked) and (not above or asked <= min(above)):
            return place + 1
    return count + 1 if all(number <= asked for number in held.values()) else None
