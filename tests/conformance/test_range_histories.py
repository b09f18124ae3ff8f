"""Random histories of sequences with ranges against a dictionary, in every engine.

Each action is done in a book and in the model: both give the same, or refuse with the same code, and a
refusal leaves nothing. After some of them the numbers, the gaps and the ranges are what the model says; at
the end the log accounts for every row. One seed of the long form alone: `-m long -k "postgres and seed-17"`.
"""

import random
from collections.abc import Callable

import pytest

from seqctl.actions import check, state_completeness, verify
from seqctl.days import date
from seqctl.store.port import Store
from tests.conformance.conftest import SteppingClock
from tests.conformance.range_actions import History
from tests.conformance.telling import ATTENTION

ABOUT_RANGES = ("range_missing", "range_blank", "range_ends", "range_low")
SHORT, LONG = (2, 50), (500, 200)
"""How many histories, and how many actions each has."""
COMPARED = 5
"""After so many actions the whole books are compared; on a server that is some hundred questions."""


class StandingClock(SteppingClock):
    """A clock that stands still until time is let pass; today is its day."""

    def now(self) -> str:
        return self.instant

    def today(self, zone: str, now: str) -> date:
        return date.fromisoformat(now[:10])


@pytest.fixture
def clock() -> SteppingClock:
    return StandingClock()


def seeds(count: int) -> Callable[..., Callable[..., None]]:
    return pytest.mark.parametrize("seed", range(count), ids=lambda seed: f"seed-{seed}")


def run(store: Store, clock: SteppingClock, seed: int, actions: int) -> History:
    history = History(store, clock, random.Random(seed))
    for at in range(actions):
        history.act()
        if at % COMPARED == 0:
            history.compare()
    history.compare()
    found = verify(store).findings
    assert not found, found
    broken = [item for item in check(store) if item.code not in (*ATTENTION, *ABOUT_RANGES)]
    assert not broken, broken
    unproved = [item for item in state_completeness(store) if not item.proved]
    assert not unproved, unproved
    return history


@seeds(SHORT[0])
def test_a_history_of_ranges_agrees_with_a_dictionary(store: Store, clock: SteppingClock, seed: int) -> None:
    run(store, clock, seed, SHORT[1])


@pytest.mark.long
@seeds(LONG[0])
def test_a_long_history_of_ranges_agrees_with_a_dictionary(
    store: Store, clock: SteppingClock, seed: int
) -> None:
    """100,000 actions in all."""
    run(store, clock, seed, LONG[1])
