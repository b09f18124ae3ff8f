"""The same random list of actions gives the same answers and the same log, byte for byte, in every engine."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seqctl import open_store
from seqctl.actions import (
    add_sequence,
    block_gaps,
    close,
    confirm,
    expire,
    list_events,
    release,
    restore_gaps,
    review_gaps,
    set_next,
    void,
)
from seqctl.actions.counters.closing_targets import Closable
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.days import date
from seqctl.errors import SeqctlError
from seqctl.model.log.event import EventFilter
from seqctl.store.port import Store
from tests.conformance.conftest import SteppingClock
from tests.conformance.telling import held, is_sound, next_texts

STEPS = 60
DAYS = [f"2026-{month:02}-{day:02}" for month in (1, 2) for day in (3, 14, 25)]
GAPS = GapFilter(target="invoice")
DEFINED: dict[str, dict[str, Any]] = {
    "invoice": {"pattern": "N{number}", "document_type": "invoice"},
    "slip": {"pattern": "{YYYY}{MM}-{number}", "reset": "month"},
    "order": {"pattern": "{branch}{number}", "scope": ["branch"], "mode": "standard", "step": 5},
}


def act(store: Store, clock: SteppingClock, chance: random.Random) -> object:
    """Do one thing drawn by chance: what it gives back, as far as it can be told."""
    target = chance.choice(list(DEFINED))
    options: dict[str, object] = {"date": chance.choice(DAYS)}
    if target == "order":
        options["attributes"] = {"branch": chance.choice("AB")}
    texts = [text for text, _ in held(store)] or ["N1"]
    some = chance.sample(texts, min(len(texts), chance.randint(1, 3)))
    value = chance.randint(1, 60)
    acts: list[Callable[[], object]] = [
        lambda: next_texts(store, target, chance.randint(1, 4), **options),
        lambda: next_texts(store, target, 1, key=f"k{value}", **options),
        lambda: next_texts(store, target, chance.randint(1, 2), reserve=True, **options),
        lambda: [item.number for item in confirm(store, some)],
        lambda: [item.number for item in void(store, some, "by chance")],
        lambda: [item.number for item in release(store, some, "by chance")],
        lambda: clock.pass_by(chance.choice((1, 1200))),
        lambda: [item.number for item in expire(store)],
        lambda: set_next(store, "invoice", str(value), "by chance").before,
        lambda: len(block_gaps(store, GAPS, [str(value)], "by chance")),
        lambda: len(review_gaps(store, GAPS, [f"{value}..{value + 2}"], "by chance")),
        lambda: len(restore_gaps(store, GAPS, [str(value)], "by chance")),
        lambda: len(close(store, Closable("slip"), date(2026, 1, 3), "by chance")),
    ]
    return chance.choices(acts, weights=[6, 3, 3, 2, 1, 3, 1, 1, 1, 1, 1, 1, 1])[0]()


def told(store: Store, clock: SteppingClock, seed: int) -> list[object]:
    """A whole history: what each step gave or why it was refused."""
    chance = random.Random(seed)
    for name, fields in DEFINED.items():
        add_sequence(store, name, fields)
    answers: list[object] = []
    for _ in range(STEPS):
        try:
            answers.append(act(store, clock, chance))
        except SeqctlError as error:
            answers.append(error.code)
    return answers


@pytest.mark.parametrize("seed", range(6))
def test_the_same_actions_give_the_same_answers_and_the_same_log(
    store: Store, clock: SteppingClock, place: Path, seed: int
) -> None:
    answers = told(store, clock, seed)
    clock_beside = SteppingClock()
    with open_store(
        str(place / "beside.db"),
        create=True,
        actor="postgres",
        clock=clock_beside,
    ) as beside:
        assert told(beside, clock_beside, seed) == answers
        # The first event names the book, and no two books have one name.
        logs = [[event[:-1] for event in list_events(book, EventFilter())][1:] for book in (store, beside)]
        assert logs[0] == logs[1]
        assert held(store) == held(beside)
    texts = [text for text, _ in held(store, document_type="invoice")]
    assert len(texts) == len(set(texts))
    is_sound(store)
