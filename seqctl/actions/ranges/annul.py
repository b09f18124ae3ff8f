"""Annulling a range that is over: each number of it that no document holds is explained; and the way back."""

from __future__ import annotations

from seqctl.actions.gaps.list_gaps import GapWords
from seqctl.actions.issuing.ranges import range_of, scope_of
from seqctl.actions.ledger.free import free_overdue
from seqctl.actions.ledger.gap_runs import gaps_of
from seqctl.actions.ranges.blanks import blanks_of, restored
from seqctl.actions.ranges.clashes import refuse_clash
from seqctl.actions.ranges.standing import known_range, standing_of
from seqctl.errors import ConfirmationNeeded, Refused
from seqctl.model.log.events.kinds import read
from seqctl.model.log.events.ranges import RangeAnnulled, RangeReopened
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import CounterPlace, GapRun, ListedGap
from seqctl.model.range.range import Range
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Store, Transaction


def annul_range(
    store: Store, name: str, reason: str, *, confirmed: bool = False, dry_run: bool = False
) -> list[ListedGap]:
    """Block every number of a range that no document holds, under a reason; returns the runs.

    Raises NotFound, Refused `already_annulled`, `in_use` (reserved numbers) or `not_reached` (nothing was
    given out of a range without a last number), ConfirmationNeeded where the range is open or planned.
    Takes the write lock.
    """
    with store.write() as transaction:
        served = known_range(transaction, name)
        if served.annulled is not None:
            hint = f"open it again with: seqctl range reopen {shell_word(name)} --reason TEXT"
            raise Refused("already_annulled", f"range {name!r} is already annulled", hint)
        place = _place(transaction, served)
        sequence, counter = place.sequence, place.counter
        free_overdue(transaction, sequence, counter)
        _refuse_reserved(transaction, served, counter)
        if served.last is None and not counter.used:
            hint = f"take it away with: seqctl range remove {shell_word(name)}"
            raise Refused(
                "not_reached", f"nothing was issued from range {name!r}, which has no last number", hint
            )
        state = standing_of(transaction, served).state
        if state in ("open", "planned") and not (confirmed or dry_run):
            raise ConfirmationNeeded(f"range {name!r} is {state}: it will issue no more numbers")
        runs = _annul(transaction, served, place, reason)
        words = GapWords(transaction)
        listed = [gap for run in runs for gap in words.listed(place, run)]
        if not dry_run:
            transaction.commit()
    return listed


def _annul(transaction: Transaction, served: Range, place: CounterPlace, reason: str) -> list[GapRun]:
    """Block the blanks of a range and note it."""
    sequence, counter, step = place.sequence, place.counter, place.sequence.step
    before = [counter.first, counter.last] if counter.used else None
    last = counter.last if served.last is None else served.last
    last -= (last - served.first) % step
    if counter.id is None:
        transaction.ledger.add_counter(sequence, place.scope, place.period, counter)
    assert counter.id is not None
    if not counter.used:
        counter.begin(served.first, step)
    counter.account_from(min(counter.first, served.first))
    counter.pass_over(last)
    values = blanks_of(transaction, counter, served.first, last, step)
    event_id = transaction.log.last().id + 1
    stored = transaction.gaps.overlapping(counter.id, served.first, last)
    for first, end in values:
        transaction.gaps.put(counter, first, end, step, "blocked", event_id)
    transaction.ledger.save_counter(counter)
    transaction.ranges.annul(
        served.name, event_id, last if served.last is None else served.last, served.last is None
    )
    transaction.log.append(
        RangeAnnulled(
            *("range annul", sequence.name, counter.id, served.first, last),
            period=place.period,
            scope=place.scope,
            range=served.name,
            reason=reason,
            values=values,
            runs_before=[run for run in stored if run.state != "blocked"],
            before=before,
            ended=True if served.last is None else None,
        )
    )
    return [GapRun(first, end, "blocked", event_id) for first, end in values]


def reopen_range(store: Store, name: str, reason: str, *, dry_run: bool = False) -> list[ListedGap]:
    """Make the blanks of an annulled range what they were: new, to be issued again, missing or under review.

    Numbers that were released since are issued again. Returns the runs that are gaps again.
    Raises NotFound, Refused `not_closed` where it is not
    annulled, InvalidInput `collision` where its numbers were granted again. Takes the write lock.
    """
    with store.write() as transaction:
        served = known_range(transaction, name)
        if served.annulled is None:
            raise Refused("not_closed", f"range {name!r} is not annulled", "there is nothing to open again")
        refuse_clash(transaction, served)
        _reopen(transaction, served, reason)
        place = _place(transaction, known_range(transaction, name))
        words = GapWords(transaction)
        runs = [run for run in gaps_of(transaction, place, transaction.now) if run.state != "blocked"]
        listed = [gap for run in runs for gap in words.listed(place, run)]
        if not dry_run:
            transaction.commit()
    return listed


def _reopen(transaction: Transaction, served: Range, reason: str) -> None:
    place = _place(transaction, served)
    sequence, counter, step = place.sequence, place.counter, place.sequence.step
    assert counter.id is not None and served.annulled is not None
    said = read(next(transaction.events.after(served.annulled - 1)))
    assert isinstance(said, RangeAnnulled)
    event_id = transaction.log.last().id + 1
    back = restored(transaction, place, said, served.annulled, event_id)
    for first, last in back.values:
        transaction.gaps.clear(counter, first, last, step)
    for run in back.runs:
        transaction.gaps.put(counter, run.first, run.last, step, run.state, run.event_id)
    if back.before:
        counter.account_from(back.before[0])
    counter.go_back(back.following, step)
    transaction.ledger.save_counter(counter)
    ended = True if served.ended else None
    transaction.ranges.annul(served.name, None, None if ended else served.last, False)
    ends = (back.values[0][0], back.values[-1][1]) if back.values else (counter.first, counter.last)
    transaction.log.append(
        RangeReopened(
            *("range reopen", sequence.name, counter.id, *ends),
            period=place.period,
            scope=place.scope,
            range=served.name,
            reason=reason,
            values=back.values,
            runs_after=back.runs,
            before=back.before,
            next=back.following,
            ended=ended,
        )
    )


def _place(transaction: Transaction, served: Range) -> CounterPlace:
    """The counter of a range, which may be a new one."""
    whole = transaction.definitions.sequence(served.sequence)
    assert whole is not None and whole.id is not None
    sequence = transaction.ranges.narrowed(whole, served.name)
    assert range_of(sequence).name == served.name
    scope = scope_of(sequence)
    counter = transaction.ledger.counter(whole.id, scope, served.name)
    return CounterPlace(sequence, served.name, scope, counter or Counter.unused(served.first, sequence.step))


def _refuse_reserved(transaction: Transaction, served: Range, counter: Counter) -> None:
    if counter.reserved:
        count = f"{counter.reserved} number{'' if counter.reserved == 1 else 's'}"
        message = f"{count} of range {served.name!r} {'is' if counter.reserved == 1 else 'are'} reserved"
        hint = f"confirm or release first: seqctl numbers --period {shell_word(served.name)} --state reserved"
        raise Refused("in_use", message, hint)
