"""The gaps of a counter against a plain model, over random counters: steps, runs of all kinds, huge holes."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.actions import add_sequence, issue, set_next
from seqctl.actions.ledger.gap_runs import gaps_of, missing_count
from seqctl.actions.ledger.targets import counters_of, target_sequences
from seqctl.actions.numbers.change import expire, release
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import GapRun
from seqctl.model.number.issue import Issue
from seqctl.model.number.request import Request
from seqctl.process import Clock
from seqctl.store.sql import gap_scan
from seqctl.store.sqlite.engine import Transaction
from seqctl.store.sqlite.file.create import open_in_memory

NOW = "2026-06-01T00:00:00.000000Z"
DEADLINES = ("2026-05-01T00:00:00.000000Z", "2026-05-02T00:00:00.000000Z")
LATER = "2026-07-01T00:00:00.000000Z"
HELD = ("issued", "live", "overdue 0", "overdue 1")
FREE = ("missing", "reusable", "blocked", "review")

short = st.tuples(st.sampled_from(HELD + FREE), st.integers(1, 40))
huge = st.tuples(st.sampled_from(FREE), st.sampled_from([1000, 10**12]))
stretches = st.lists(short | huge, max_size=25)


@pytest.fixture(params=[(8, 2), (256, 16)], ids=["small blocks", "real blocks"])
def blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gap_scan, "BLOCK", request.param[0])
    monkeypatch.setattr(gap_scan, "LEAF", request.param[1])


@settings(max_examples=150, deadline=None)
@given(
    stretches,
    st.sampled_from([1, 2, 7]),
    st.sampled_from([0, 1, 50]),
    st.sampled_from(["gapless", "standard"]),
)
def check_random_counters(parts: list[tuple[str, int]], step: int, start: int, mode: str) -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"step": str(step), "start": str(start), "mode": mode})
        with store.write() as transaction:
            fill(transaction, parts, step, start)
            expected = model(parts, step, start, mode)
            (place,) = counters_of(transaction, target_sequences(transaction, "x"))
            assert list(gaps_of(transaction, place, NOW)) == expected
            missing = [run for run in expected if run.state == "missing"]
            count = sum((run.last - run.first) // step + 1 for run in missing)
            assert missing_count(transaction, place, NOW) == count


def test_random_counters_have_the_gaps_of_the_model(blocks: None) -> None:
    check_random_counters()


def issue_of(
    transaction: Transaction,
    counter: Counter,
    values: Iterable[int],
    event_id: int,
    serial: int,
    deadline: str | None = None,
) -> None:
    """Write numbers as an issue does, or reservations up to a deadline."""
    state = "reserved" if deadline else "issued"
    issued = Issue("x", "x", "all", "", None, state, None, None, None, None)
    issued.numbers, issued.expires_at = [(value, str(value), 0) for value in values], deadline
    transaction.ledger.add_numbers(counter, issued, event_id, serial)


def fill(transaction: Transaction, parts: list[tuple[str, int]], step: int, start: int) -> None:
    """Write a counter made of stretches (kind, length)."""
    sequence = transaction.definitions.sequence("x")
    assert sequence is not None and sequence.id is not None
    counter = Counter(None, None, start, start - step)
    transaction.ledger.add_counter(sequence, "", "all", counter)
    serial = 1
    for at, (kind, length) in enumerate(parts):
        first, counter.last = counter.last + step, counter.last + length * step
        if kind in HELD:
            values = range(first, counter.last + 1, step)
            deadline = {"live": LATER, "overdue 0": DEADLINES[0], "overdue 1": DEADLINES[1]}.get(kind)
            issue_of(transaction, counter, values, 1, serial, deadline)
            serial += length
            counter.accounted += length
            counter.reserved += length if deadline else 0
        elif kind != "missing":
            transaction.gaps.put(counter, first, counter.last, step, kind, at + 1)
    transaction.ledger.save_counter(counter)


def model(parts: list[tuple[str, int]], step: int, start: int, mode: str) -> list[GapRun]:
    """The gaps that such a counter has."""
    found: list[GapRun] = []
    last = start - step
    for at, (kind, length) in enumerate(parts):
        first, last = last + step, last + length * step
        if kind.startswith("overdue"):
            state = "reusable" if mode == "gapless" else "missing"
            run = GapRun(first, last, state, freed_at=DEADLINES[int(kind[-1])])
        elif kind in FREE:
            run = GapRun(first, last, kind, None if kind == "missing" else at + 1)
        else:
            continue
        before = found[-1] if found else None
        joins = run.event_id is None and before is not None and before.last == run.first - step
        alike = (run.state, None, run.freed_at)
        if before is not None and joins and (before.state, before.event_id, before.freed_at) == alike:
            run = GapRun(before.first, run.last, run.state, freed_at=run.freed_at)
            found.pop()
        found.append(run)
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(1, 30), min_size=1, max_size=6), max_size=8), st.sampled_from([1, 3]))
def test_each_missing_number_of_a_standard_sequence_has_the_event_that_freed_it(
    requests: list[set[int]], step: int
) -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"step": str(step), "mode": "standard"})
        issue(store, Request("x", 30))
        freed = {}
        for request in requests:
            texts = [str(1 + (place - 1) * step) for place in request if 1 + (place - 1) * step not in freed]
            if texts:
                release(store, texts, "x")
                with store.read() as transaction:
                    event = transaction.log.last().id
                freed.update({int(text): event for text in texts})
        with store.read() as transaction:
            (place,) = counters_of(transaction, target_sequences(transaction, "x"))
            found = list(gaps_of(transaction, place, NOW))
    told = {value: run.event_id for run in found for value in range(run.first, run.last + 1, step)}
    assert told == freed
    for run, above in pairwise(found):
        assert run.last + step < above.first or run.event_id != above.event_id


def test_an_expired_reservation_explains_a_missing_number() -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"mode": "standard"})
        issue(store, Request("x", 2, reserve=True, ttl="1s"))
        store.connection.execute("UPDATE number SET expires_at = ?", (DEADLINES[0],))
        expire(store)
        with store.read() as transaction:
            (place,) = counters_of(transaction, target_sequences(transaction, "x"))
            event = transaction.log.last().id
            assert list(gaps_of(transaction, place, NOW)) == [GapRun(1, 2, "missing", event)]


def test_a_counter_that_was_set_back_has_forgotten_why_its_numbers_were_freed() -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {"mode": "standard"})
        issue(store, Request("x", 3))
        release(store, ["2", "3"], "x")
        set_next(store, "x", "2", "x")
        with store.write() as transaction:
            # What adopting 4 would leave.
            (place,) = counters_of(transaction, target_sequences(transaction, "x"))
            place.counter.last, place.counter.accounted = 4, 2
            issue_of(transaction, place.counter, [4], 9, 9)
            assert list(gaps_of(transaction, place, NOW)) == [GapRun(2, 3, "missing")]


def test_a_counter_without_gaps_is_not_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("walked")

    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {})
        issue(store, Request("x", 100))
        release(store, ["7", "8"], "x")
        monkeypatch.setattr(gap_scan.GapScan, "holes", never)
        with store.read() as transaction:
            (place,) = counters_of(transaction, target_sequences(transaction, "x"))
            assert [(gap.first, gap.last) for gap in gaps_of(transaction, place, NOW)] == [(7, 8)]


def test_a_counter_that_only_has_a_first_value_has_no_gaps() -> None:
    with open_in_memory("a", Clock(), "UTC") as store:
        add_sequence(store, "x", {})
        set_next(store, "x", "500", "migrated")
        with store.read() as transaction:
            (place,) = counters_of(transaction, target_sequences(transaction, "x"))
            assert list(gaps_of(transaction, place, NOW)) == []
            assert missing_count(transaction, place, NOW) == 0
