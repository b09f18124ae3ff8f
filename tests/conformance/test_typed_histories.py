"""Random histories of sequences that number several document types against a dictionary, in every engine.

Each action is done in a book and in the model, as in the histories with ranges. One seed of the long form
alone: `-m long -k "typed and postgres and seed-17"`.
"""

import random

import pytest

from seqctl.store.port import Store
from tests.conformance.conftest import StandingClock, SteppingClock
from tests.conformance.telling import is_sound, seeds
from tests.conformance.typed_history import TypedHistory

SHORT, LONG = (2, 50), (500, 200)
"""How many histories, and how many actions each has."""
COMPARED = 10
"""After so many actions the whole books are compared."""


@pytest.fixture
def clock() -> SteppingClock:
    return StandingClock()


def run(store: Store, clock: SteppingClock, seed: int, actions: int) -> TypedHistory:
    history = TypedHistory(store, clock, random.Random(seed))
    for at in range(1, actions + 1):
        history.act()
        if at % COMPARED == 0:
            history.compare()
    is_sound(store)
    return history


@seeds(SHORT[0])
def test_a_history_of_several_types_agrees_with_a_dictionary(
    store: Store, clock: SteppingClock, seed: int
) -> None:
    run(store, clock, seed, SHORT[1])


@pytest.mark.long
@seeds(LONG[0])
def test_a_long_history_of_several_types_agrees_with_a_dictionary(
    store: Store, clock: SteppingClock, seed: int
) -> None:
    """100,000 actions in all."""
    run(store, clock, seed, LONG[1])
