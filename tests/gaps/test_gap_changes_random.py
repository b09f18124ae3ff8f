"""Random changes of gaps against a plain dictionary: who is refused, with which code, and what is left."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, block_gaps, issue, list_gaps, release, restore_gaps, review_gaps
from seqctl.actions.gaps.list_gaps import GapFilter
from seqctl.errors import Refused
from seqctl.model.classes import fields_of
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.sqlite.engine import SqliteStore
from seqctl.store.sqlite.file.create import open_in_memory

STEP, COUNT = 3, 14
X = GapFilter(target="x")
MOVES = {
    "restore": (restore_gaps, "reusable", ("missing", "review")),
    "block": (block_gaps, "blocked", ("missing", "reusable", "review")),
    "review": (review_gaps, "review", ("missing", "reusable", "blocked")),
}
CODES = {
    "held": "not_a_gap",
    "reusable": "already_reusable",
    "review": "already_in_review",
    ("restore", "blocked"): "blocked",
    ("block", "blocked"): "already_blocked",
}

places = st.integers(-1, COUNT + 2)
ranges = st.tuples(places, st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1]))
moves = st.tuples(st.sampled_from(sorted(MOVES)), st.lists(ranges, min_size=1, max_size=3))
steps = st.lists(moves | st.just(("next", [])), max_size=12)


@settings(max_examples=120, deadline=None)
@given(st.sets(st.integers(0, COUNT - 1)), st.sets(st.integers(0, COUNT - 1)), steps)
def test_random_changes(
    lost: set[int], released: set[int], requests: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"step": str(STEP), "start": "7"})
        issue(store, Request("x", COUNT))
        states = dict.fromkeys(range(COUNT), "held")
        lose(store, lost, states)
        texts = [str(value(place)) for place in sorted(released - lost)]
        if texts:
            release(store, texts, "x")
            states.update(dict.fromkeys(released - lost, "reusable"))
        for action, runs in requests:
            if action == "next":
                issued = issue(store, Request("x", 1)).numbers[0][0]
                states[(issued - 7) // STEP] = "held"
            else:
                agree(store, states, action, runs)
            assert listed(store) == {value(at): s for at, s in states.items() if s != "held"}
            assert counted(store) == (
                sum(state != "missing" for state in states.values()),
                sum(state == "reusable" for state in states.values()),
            )


def agree(store: SqliteStore, states: dict[int, str], action: str, runs: list[tuple[int, int]]) -> None:
    """Make a change in both, and hold the codes of their refusals against each other."""
    move, to, allowed = MOVES[action]
    words = [f"{value(first)}..{value(last)}" for first, last in runs]
    expected = refusals(states, action, runs, allowed)
    before = store.connection.execute("SELECT count(*) FROM event").fetchone()
    try:
        move(store, X, words, "x")
    except Refused as refused:
        assert refused.code in expected
        assert store.connection.execute("SELECT count(*) FROM event").fetchone() == before
        return
    assert not expected
    for first, last in runs:
        states.update(dict.fromkeys(range(first, last + 1), to))


def refusals(
    states: dict[int, str], action: str, runs: list[tuple[int, int]], allowed: tuple[str, ...]
) -> set[str]:
    """The codes of everything that stands against a change."""
    codes = set()
    meant = {at for first, last in runs for at in range(first, last + 1)}
    if action == "block":
        # A run that begins at the next number is passed over.
        at = len(states)
        while at in meant:
            meant.remove(at)
            at += 1
    for at in meant:
        if at < 0:
            codes.add("before_first")
        elif at not in states:
            codes.add("not_reached")
        elif states[at] not in allowed:
            codes.add(CODES.get(states[at]) or CODES[action, states[at]])
    return codes


def lose(store: SqliteStore, lost: set[int], states: dict[int, str]) -> None:
    """Take numbers out of the ledger as if they had never been there."""
    for place in lost:
        states[place] = "missing"
        store.connection.execute("DELETE FROM number WHERE value = ?", (value(place),))
        store.connection.execute("UPDATE counter SET accounted = accounted - 1")
    # A change behind the store's back on its own connection: nothing else tells it that the counter changed.
    store.memory = None


def value(place: int) -> int:
    return 7 + place * STEP


def listed(store: SqliteStore) -> dict[int, str]:
    """Every integer that no document holds, with its state, as the list has them."""
    found: dict[int, str] = {}
    gaps: list[dict[str, Any]] = [fields_of(gap) for gap in list_gaps(store, X)]
    for gap in gaps:
        values = range(gap["first"], gap["last"] + 1, STEP)
        assert len(values) == gap["count"]
        assert not found.keys() & set(values)
        found.update((at, gap["state"]) for at in values)
    return found


def counted(store: SqliteStore) -> tuple[int, int]:
    accounted, reusable = store.connection.execute("SELECT accounted, reusable FROM counter").fetchone()
    return accounted, reusable
