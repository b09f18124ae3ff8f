"""Refusing to give out numbers from a book that is older than what was given out from it before.

A restored or copied book is the commonest way to numbers that exist twice. The high-water mark beside a book
notices it. Until every counter stands where it stood, and nothing is there to go out again that may have been
given out since, no number is issued.
"""

from __future__ import annotations

from seqctl.actions.closing_hindrances import gap_command
from seqctl.actions.printed_texts import counter_texts
from seqctl.errors import Refused
from seqctl.model.changes import counter_shown
from seqctl.model.gap_run import CounterPlace
from seqctl.model.high_water import Doubt, Lag
from seqctl.model.scope import scope_values
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


OLDER = "this book is older than the numbers that were given out from it"
TWICE = "issuing from it would give numbers twice"
MOST_RUNS = 20
"""How many runs one command of a hint names."""


def refuse_older_book(transaction: Transaction) -> None:
    """Raise Refused `older_book` where a book that was restored or copied could give numbers twice.

    Its counters may stand below their high-water mark. What it holds as freed may have been given out, what
    it holds as reserved may have been confirmed, and either would go out again. Where there is nothing of
    that any more, the next commit sets the mark anew.
    """
    lags, doubts = lagging(transaction), []
    if lags:
        first, more = lags[0], len(lags) - 1
        told, hint = stood(transaction, first), way_on(transaction, first)
        told += f" (and {more} more counter{'s' if more > 1 else ''}; see: seqctl check)" if more else ""
    else:
        doubts = doubtful(transaction)
        if not doubts:
            mark = transaction.store.high_water
            if mark is not None:
                mark.forget()
            return
        told, hint = doubted(doubts[0]), way_out(transaction, doubts[0])
    raise Refused("older_book", f"{OLDER}: {told}. It was restored or copied; {TWICE}", hint)


def lagging(transaction: Transaction) -> list[Lag]:
    """The counters that stand below their high-water mark; none where the book has its last event."""
    mark = transaction.store.high_water
    if mark is None or not transaction.behind_its_mark():
        return []
    return mark.lags(transaction.connection)


def doubtful(transaction: Transaction) -> list[Doubt]:
    """The counters whose freed or reserved numbers may be taken since; none where the book is not older."""
    mark = transaction.store.high_water
    if mark is None or not transaction.behind_its_mark():
        return []
    return mark.doubts(transaction.connection)


def stood(transaction: Transaction, lag: Lag) -> str:
    """Where a counter stood and stands, in words."""
    sequence = transaction.definitions.sequence(lag.sequence)
    if sequence is None:
        return f"{_counter(lag)} had given out numbers and is not in this book"
    shown = sequence.compiled.counter_text
    stands = "has no such counter here" if lag.last is None else f"stands at {shown(lag.last)}"
    return f"{_counter(lag)} stood at {shown(lag.marked)} and {stands}"


def way_on(transaction: Transaction, lag: Lag) -> str:
    """The commands by which a counter catches up."""
    name = shell_word(lag.sequence)
    sequence = transaction.definitions.sequence(lag.sequence)
    if sequence is None:
        return f"define it again as it was (seqctl import FILE, or seqctl sequence add {name}), and try again"
    options = [f"--period {lag.period}"] if lag.period != "all" else []
    options += [f"--scope {shell_word(f'{kind}={value}')}" for kind, value in scope_values(lag.scope).items()]
    value = shell_word(counter_shown(sequence, lag.marked + sequence.step))
    past = " ".join(["seqctl sequence set-next", name, value, *options, "--at-least --reason restored"])
    return f"enter them with: seqctl adopt {name} NUMBER... - or go past them: {past}"


def doubted(doubt: Doubt) -> str:
    """What of a counter may be taken since, in words."""
    freed = f"{doubt.freed} freed number{'s' if doubt.freed > 1 else ''} may have been given out"
    reserved = f"{doubt.reserved} reservation{'s' if doubt.reserved > 1 else ''} may have been confirmed"
    told = " and ".join(
        [words for count, words in ((doubt.freed, freed), (doubt.reserved, reserved)) if count]
    )
    return f"{told} of {_counter(doubt)}"


def way_out(transaction: Transaction, doubt: Doubt) -> str:
    """The command after which a counter gives nothing out that may be taken."""
    name = shell_word(doubt.sequence)
    if doubt.reserved:
        see = f"seqctl numbers {name} --state reserved"
        return f"confirm those whose documents there are, and release the others; see: {see}"
    sequence = transaction.definitions.sequence(doubt.sequence)
    assert sequence is not None and sequence.id is not None
    counter = transaction.ledger.counter(sequence.id, doubt.scope, doubt.period)
    assert counter is not None and counter.id is not None
    runs = transaction.gaps.reusable(counter.id, MOST_RUNS)
    place = CounterPlace(sequence, doubt.period, doubt.scope, counter)
    command = gap_command("review", counter_texts(transaction, place), runs, "restored")
    return f"keep them back until it is known: {command}"


def _counter(place: Lag | Doubt) -> str:
    """The sequence, and which of its counters."""
    scope = f" for {place.scope}" if place.scope else ""
    return f"sequence {place.sequence!r}{scope}" + (
        f" in period {place.period}" if place.period != "all" else ""
    )
