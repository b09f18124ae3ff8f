"""Random histories of sequences with ranges against a dictionary, in every engine.

Each action is done in a book and in the model: both give the same, or refuse with the same code, and a
refusal leaves nothing. After some of them the numbers, the gaps and the ranges are what the model says; at
the end the log accounts for every row. One seed of the long form alone: `-m long -k "postgres and seed-17"`.
"""

import random

import pytest

from seqctl.store.port import Store
from tests.conformance.conftest import StandingClock, SteppingClock
from tests.conformance.range_actions import History
from tests.conformance.telling import is_sound, seeds

ABOUT_RANGES = ("range_missing", "range_blank", "range_ends", "range_low")
SHORT, LONG = (2, 50), (500, 200)
"""How many histories, and how many actions each has."""
COMPARED = 5
"""After so many actions the whole books are compared; on a server that is some hundred questions."""


@pytest.fixture
def clock() -> SteppingClock:
    return StandingClock()


def run(store: Store, clock: SteppingClock, seed: int, actions: int) -> History:
    history = History(store, clock, random.Random(seed))
    for at in range(actions):
        history.act()
        if at % COMPARED == 0:
            history.compare()
    history.compare()
    is_sound(store, *ABOUT_RANGES)
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
