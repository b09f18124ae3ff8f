"""What people make of gaps: issued again, blocked under a reason, or under review.

Each is one transaction over runs of any number of counters, all or nothing, with one event; what lies ahead
of a counter is passed over in an event of its own. Runs are never walked integer by integer.
"""

from __future__ import annotations

from seqctl.actions.counters.set_next import move_counter
from seqctl.actions.gaps.list_gaps import GapFilter, GapWords, places_meant, sequences_meant
from seqctl.actions.gaps.named_runs import RunReader
from seqctl.actions.gaps.refusals import Refusals, not_gapless
from seqctl.actions.ledger.free import free_overdue
from seqctl.actions.ledger.gap_runs import gaps_of, missing_count
from seqctl.actions.ledger.range_refusals import refuse_annulled
from seqctl.errors import repeatable
from seqctl.model.catalogue.selection import check_scope
from seqctl.model.classes import field, frozen, mutable
from seqctl.model.log.aim import Concerned, aim_of
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
    """The runs of a request that lie in one counter and are changed for one reason.

    `ahead` is the last value of a run that begins at the counter's next one; None where there is none.
    """

    place: CounterPlace
    reason: str
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
            stretches = _all_missing(transaction, move, wanted, reason)
        else:
            stretches = _named(transaction, move, wanted, words, reason)
        changed = change_stretches(transaction, move, stretches)
        if changed and not dry_run:
            transaction.commit()
    return changed


def _named(
    transaction: Transaction, move: Move, wanted: GapFilter, words: list[str], reason: str
) -> list[Stretch]:
    """The runs that were named, by counter, each checked. Reservations that ended are recorded first."""
    sequences = sequences_meant(transaction, wanted)
    check_scope(sequences, wanted.scope)
    reader = RunReader(transaction, sequences, wanted.period, dict(wanted.scope))
    stretches: dict[CounterPlace, Stretch] = {}
    for word in words:
        run = reader.read(word)
        stretches.setdefault(run.place, Stretch(run.place, reason)).runs.append((run.first, run.last))
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


def _all_missing(transaction: Transaction, move: Move, wanted: GapFilter, reason: str) -> list[Stretch]:
    """All missing runs of the counters that are meant; to be issued again, of gapless sequences alone."""
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
        stretch = Stretch(place, reason, runs)
        stretch.join()
        stretches.append(stretch)
    return stretches


def change_stretches(
    transaction: Transaction, move: Move, stretches: list[Stretch], file: str | None = None
) -> list[ListedGap]:
    """Give runs their new state and note it in one event, which `file` names; returns them as they are now.

    What lies ahead of counters is passed over behind that, each in an event of its own, as `set_next` does.
    """
    event_id = turn_runs(transaction, move, [stretch for stretch in stretches if stretch.runs], file)
    words = GapWords(transaction)
    changed: list[ListedGap] = []
    for stretch in stretches:
        place = stretch.place
        runs = [GapRun(first, last, move.to, event_id) for first, last in stretch.runs]
        if stretch.ahead is not None:
            first, step = place.counter.last + place.sequence.step, place.sequence.step
            where = (place.period, place.scope)
            move_counter(
                transaction, place.sequence, where, place.counter, stretch.ahead + step, stretch.reason
            )
            runs.append(GapRun(first, stretch.ahead, move.to, transaction.log.last().id))
        for run in runs:
            changed += words.listed(place, run)
    return changed


def turn_runs(
    transaction: Transaction, move: Move, stretches: list[Stretch], file: str | None = None
) -> int | None:
    """Give runs that their counters have passed their new state; returns the event that notes it, if any."""
    if not stretches:
        return None
    event_id = transaction.log.last().id + 1
    of_counter: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        of_counter.setdefault(stretch.place.counter.id or 0, []).append(stretch)
    before = {
        (id, run[0]): run
        for id, some in of_counter.items()
        for stretch in some
        for first, last in stretch.runs
        for run in transaction.gaps.overlapping(id, first, last)
    }
    for stretch in stretches:
        counter, step = stretch.place.counter, stretch.place.sequence.step
        for first, last in stretch.runs:
            transaction.gaps.put(counter, first, last, step, move.to, event_id)
    for some in of_counter.values():
        transaction.ledger.save_counter(some[0].place.counter)
    aim = aim_of([_concerned(some) for some in of_counter.values()], file)
    reasons = {stretch.reason for stretch in stretches}
    every = [
        (id, stretch.reason, run)
        for id, some in of_counter.items()
        for stretch in some
        for run in stretch.runs
    ]
    several = aim.counters is not None
    transaction.log.append(
        RunsTurned(
            *(move.action, *aim[:6]),
            reason=reasons.pop() if len(reasons) == 1 else None,
            to=move.to,
            values=[(id, *run) if several else run for id, _, run in every],
            runs_before=[(id, *run) if several else run for (id, _), run in sorted(before.items())],
            file=file,
            each=[{"reason": reason} for _, reason, _ in every] if reasons else None,
            counters=aim.counters,
        )
    )
    return event_id


def _concerned(stretches: list[Stretch]) -> Concerned:
    """The counter of some stretches."""
    place = stretches[0].place
    runs = [run for stretch in stretches for run in stretch.runs]
    integers = sum((last - first) // place.sequence.step + 1 for first, last in runs)
    ends = (min(first for first, _ in runs), max(last for _, last in runs))
    return Concerned(place.sequence, place.counter, place.period, place.scope, *ends, integers)
