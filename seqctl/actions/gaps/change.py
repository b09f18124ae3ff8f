"""What people make of gaps: issued again, blocked under a reason, or under review.

Each is one transaction over runs of any number of counters, all or nothing, with one event for each counter.
Runs are never walked integer by integer.
"""

from __future__ import annotations

from seqctl.actions.counters.set_next import move_counter
from seqctl.actions.gaps.list_gaps import GapFilter, GapWords, places_meant, sequences_meant
from seqctl.actions.gaps.named_runs import RunReader
from seqctl.actions.gaps.refusals import Refusals, not_gapless, refuse_annulled
from seqctl.actions.ledger.free import free_overdue
from seqctl.actions.ledger.gap_runs import gaps_of, missing_count
from seqctl.errors import repeatable
from seqctl.model.catalogue.selection import check_scope
from seqctl.model.classes import field, frozen, mutable
from seqctl.model.log.events.counters import RunsTurned
from seqctl.model.number.gap_run import CounterPlace, GapRun, ListedGap
from seqctl.model.sequence.counter_values import last_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


@frozen
class Move:
    """A change of the state of gaps: its name, the state that they get, and those that they may have."""

    action: str
    to: str
    allowed: tuple[str, ...]


RESTORE = Move("restore", "reusable", ("missing", "review"))
BLOCK = Move("block", "blocked", ("missing", "reusable", "review"))
REVIEW = Move("review", "review", ("missing", "reusable", "blocked"))


@mutable
class Stretch:
    """The runs of a request that lie in one counter.

    `ahead` is the last value of a run that begins at the counter's next one; None where there is none.
    """

    place: CounterPlace
    runs: list[tuple[int, int]] = field(factory=list)
    ahead: int | None = None

    def join(self) -> None:
        """Put the runs in order, and those together that meet."""
        joined: list[tuple[int, int]] = []
        for first, last in sorted(self.runs):
            if joined and first <= joined[-1][1] + self.place.sequence.step:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        self.runs = joined

    def cut_ahead(self) -> None:
        """Take the part that begins at the next value of the counter out of the runs, which are joined."""
        counter, step = self.place.counter, self.place.sequence.step
        upcoming = counter.last + step
        first, last = self.runs[-1]
        if counter.used and first <= upcoming <= last <= last_value(self.place.sequence):
            self.ahead = last
            self.runs[-1:] = [(first, counter.last)] if first < upcoming else []


def restore_gaps(
    store: Store, wanted: GapFilter, words: list[str] | None, reason: str, *, dry_run: bool = False
) -> list[ListedGap]:
    """Let missing numbers and those under review be issued again; returns the runs as they are now.

    `words` are runs as people write them, FIRST or FIRST..LAST; None: all missing ones of the gapless
    sequences that `wanted` names. Raises Refused `not_gapless`, `closed`, `blocked`, `already_reusable`,
    `not_a_gap`, `not_reached`, `before_first` or `ambiguous_number`.
    """
    return _move(store, RESTORE, wanted, words, reason, dry_run)


def block_gaps(
    store: Store, wanted: GapFilter, words: list[str] | None, reason: str, *, dry_run: bool = False
) -> list[ListedGap]:
    """Explain gaps: their numbers are never given out. `words` as in `restore_gaps`, for all sequences.

    A run that begins at the next number of a counter is passed over, as `set_next` does, with an event of its
    own; so the last numbers of a range are explained. Raises Refused `already_blocked`, `not_a_gap`,
    `not_reached`, `before_first` or `ambiguous_number`.
    """
    return _move(store, BLOCK, wanted, words, reason, dry_run)


def review_gaps(
    store: Store, wanted: GapFilter, words: list[str] | None, reason: str, *, dry_run: bool = False
) -> list[ListedGap]:
    """Put gaps under review: somebody looks into them. `words` as in `restore_gaps`, for all sequences.

    Raises Refused `already_in_review`, `not_a_gap`, `not_reached`, `before_first` or `ambiguous_number`.
    """
    return _move(store, REVIEW, wanted, words, reason, dry_run)


@repeatable
def _move(
    store: Store, move: Move, wanted: GapFilter, words: list[str] | None, reason: str, dry_run: bool
) -> list[ListedGap]:
    """Change the state of gaps under the write lock, and note it."""
    with store.write_much() as transaction:
        if words is None:
            stretches = _all_missing(transaction, move, wanted)
        else:
            stretches = _named(transaction, move, wanted, words)
        words_of_gaps = GapWords(transaction)
        changed: list[ListedGap] = []
        for stretch in stretches:
            for run in change_stretch(transaction, move, stretch, reason):
                changed += words_of_gaps.listed(stretch.place, run)
        if changed and not dry_run:
            transaction.commit()
    return changed


def _named(transaction: Transaction, move: Move, wanted: GapFilter, words: list[str]) -> list[Stretch]:
    """The runs that were named, by counter, each checked. Reservations that ended are recorded first."""
    sequences = sequences_meant(transaction, wanted)
    check_scope(sequences, wanted.scope)
    reader = RunReader(transaction, sequences, wanted.period, dict(wanted.scope))
    stretches: dict[CounterPlace, Stretch] = {}
    for word in words:
        run = reader.read(word)
        stretches.setdefault(run.place, Stretch(run.place)).runs.append((run.first, run.last))
    ordered = sorted(
        stretches.values(),
        key=lambda item: (item.place.sequence.name, item.place.scope, item.place.period),
    )
    for stretch in ordered:
        stretch.join()
        if move is BLOCK:
            stretch.cut_ahead()
        if move is RESTORE:
            refuse_annulled(stretch.place)
        free_overdue(transaction, stretch.place.sequence, stretch.place.counter)
        refusals = Refusals(transaction, stretch.place, move.action, move.allowed)
        for first, last in stretch.runs:
            refusals.check(first, last)
    return ordered


def _all_missing(transaction: Transaction, move: Move, wanted: GapFilter) -> list[Stretch]:
    """All missing runs of the counters that are meant; to be given out again, of gapless sequences alone."""
    stretches = []
    now = transaction.now
    for place in places_meant(transaction, wanted):
        if move is RESTORE and place.sequence.mode != "gapless":
            if place.sequence.name == wanted.target:
                raise not_gapless(place)
            continue
        if not missing_count(transaction, place, now):
            continue
        free_overdue(transaction, place.sequence, place.counter)
        runs = [(gap.first, gap.last) for gap in gaps_of(transaction, place, now) if gap.state == "missing"]
        stretch = Stretch(place, runs)
        stretch.join()
        stretches.append(stretch)
    return stretches


def change_stretch(transaction: Transaction, move: Move, stretch: Stretch, reason: str) -> list[GapRun]:
    """Give the runs of one counter their new state and note it; returns them as they are now."""
    changed = turn_runs(transaction, move, stretch, reason) if stretch.runs else []
    if stretch.ahead is not None:
        place = stretch.place
        first, step = place.counter.last + place.sequence.step, place.sequence.step
        where = (place.period, place.scope)
        move_counter(transaction, place.sequence, where, place.counter, stretch.ahead + step, reason)
        changed.append(GapRun(first, stretch.ahead, move.to, transaction.log.last().id))
    return changed


def turn_runs(transaction: Transaction, move: Move, stretch: Stretch, reason: str) -> list[GapRun]:
    """Give runs that the counter has passed their new state, and note the event; returns them as they are."""
    counter, sequence = stretch.place.counter, stretch.place.sequence
    assert counter.id is not None
    event_id = transaction.log.last().id + 1
    before = {}
    for first, last in stretch.runs:
        before.update({run[0]: run for run in transaction.gaps.overlapping(counter.id, first, last)})
    for first, last in stretch.runs:
        transaction.gaps.put(counter, first, last, sequence.step, move.to, event_id)
    transaction.ledger.save_counter(counter)
    transaction.log.append(
        RunsTurned(
            *(move.action, sequence.name, counter.id, stretch.runs[0][0], stretch.runs[-1][1]),
            period=stretch.place.period,
            scope=stretch.place.scope,
            reason=reason,
            to=move.to,
            values=stretch.runs,
            runs_before=[before[first] for first in sorted(before)],
        )
    )
    return [GapRun(first, last, move.to, event_id) for first, last in stretch.runs]
