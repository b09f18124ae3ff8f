"""What keeps a sequence from being closed: numbers on or before that day that nobody accounted for."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.actions.ledger.commands import block_command
from seqctl.actions.ledger.gap_runs import gaps_of
from seqctl.actions.ledger.targets import counters_of
from seqctl.actions.ledger.texts import counter_texts
from seqctl.days import date
from seqctl.model.classes import frozen
from seqctl.model.number.gap_run import CounterPlace, GapRun
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.text import shell_word
from seqctl.model.time.period_bounds import period_bounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

NAMED = 3
"""How many numbers or runs a refusal names."""

COUNTED = 10_000
"""How many runs are counted while others wait to write; with more of them nobody closes anything."""

UNEXPLAINED = ("missing", "reusable", "review")
"""The states of a gap that say nothing that could be filed. In a standard sequence only a review asks."""


@frozen
class Hindrance:
    """One reason why one sequence cannot be closed: its code, in words, and what to do about it."""

    code: str
    message: str
    hint: str


def hindrances(transaction: Transaction, sequence: Sequence, through: date) -> Iterator[Hindrance]:
    """What is in the way of closing a sequence through a day: unexplained gaps and live reservations."""
    # Where a period begins after the day, nothing in it can be dated on or before it.
    places = []
    for place in counters_of(transaction, [sequence]):
        first, last = period_bounds(sequence.reset, place.period, sequence.fiscal)
        if first is None or first <= through:
            places.append((place, last is not None and last <= through))
    gaps = _Gaps(transaction, sequence)
    reserved: list[str] = []
    for place, whole in places:
        for run in _unexplained(transaction, place):
            if gaps.runs == COUNTED:
                break
            if whole or _lies_before(transaction, place, run, through):
                gaps.add(place, run)
        if place.counter.reserved:
            now = transaction.now
            assert place.counter.id is not None
            reserved += transaction.held.open_reservations(
                place.counter.id, through.isoformat(), int(whole), now
            )
    if gaps.count:
        yield gaps.hindrance(through)
    if reserved:
        yield _reservations(sequence, reserved, through)


def _unexplained(transaction: Transaction, place: CounterPlace) -> Iterator[GapRun]:
    """The runs of a counter that somebody has to explain, lowest first."""
    if place.sequence.mode == "gapless":
        for run in gaps_of(transaction, place, transaction.now):
            if run.state in UNEXPLAINED:
                yield run
        return
    # A standard sequence lists what is missing and asks nobody for it: only what somebody looks into.
    counter = place.counter
    assert counter.id is not None
    for first, last, state, event_id in transaction.gaps.overlapping(counter.id, counter.first, counter.last):
        if state == "review":
            yield GapRun(first, last, state, event_id)


def _lies_before(transaction: Transaction, place: CounterPlace, run: GapRun, through: date) -> bool:
    """Whether the document that a run lacks would lie on or before the day: the next one above it does."""
    assert place.counter.id is not None
    above = transaction.held.dated_above(place.counter.id, run.last)
    return above is not None and (above.date or "") <= through.isoformat()


class _Gaps:
    """The unexplained gaps of a sequence: the first few as text, up to `COUNTED` runs counted."""

    def __init__(self, transaction: Transaction, sequence: Sequence) -> None:
        self.transaction = transaction
        self.sequence = sequence
        self.count = 0
        self.runs = 0
        self.named: list[str] = []
        self.first: tuple[CounterPlace, GapRun] | None = None

    def add(self, place: CounterPlace, run: GapRun) -> None:
        """Note a run."""
        self.count += (run.last - run.first) // self.sequence.step + 1
        self.runs += 1
        self.first = self.first or (place, run)
        if self.runs > NAMED:
            return
        text = counter_texts(self.transaction, place).run_text(run.first, run.last)
        self.named.append(f"{text} ({run.state})")

    def hindrance(self, through: date) -> Hindrance:
        """All of them in words, with the command that explains the first one."""
        assert self.first is not None
        place, run = self.first
        command = block_command(counter_texts(self.transaction, place), run)
        numbers = "1 number" if self.count == 1 else f"{self.count:,} numbers"
        numbers = f"at least {numbers}" if self.runs == COUNTED else numbers
        listed = ", ".join(self.named) + (" ..." if self.runs > NAMED else "")
        return Hindrance(
            "unexplained_gaps",
            f"sequence {self.sequence.name!r} has {numbers} on or before {through} that nobody explained:"
            f" {listed}",
            f"explain them with: {command}",
        )


def _reservations(sequence: Sequence, numbers: list[str], through: date) -> Hindrance:
    held = "1 reservation" if len(numbers) == 1 else f"{len(numbers):,} reservations"
    listed = ", ".join(numbers[:NAMED]) + (" ..." if len(numbers) > NAMED else "")
    return Hindrance(
        "open_reservations",
        f"sequence {sequence.name!r} has {held} dated on or before {through}: {listed}",
        f"confirm or release them first: seqctl confirm {shell_word(numbers[0])}",
    )
