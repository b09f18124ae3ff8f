"""Refusing to give out numbers from a book that is older than what was given out from it before.

A restored or copied book is the commonest way to numbers that exist twice. The high-water mark beside a book
notices it. Until every counter stands where it stood, nothing is there to be issued again that may have been
given out since, and somebody has seen to it, no number is issued.
"""

from __future__ import annotations

from seqctl.actions.ledger.commands import gap_command
from seqctl.actions.ledger.texts import counter_texts
from seqctl.errors import Refused
from seqctl.model.number.gap_run import CounterPlace
from seqctl.model.reports.high_water import (
    BEHIND,
    COPIED,
    IN_STEP,
    NOT_WHOLE,
    OTHER_BOOK,
    PROMOTED,
    REACHED,
    UNUSABLE,
    Doubt,
    Lag,
)
from seqctl.model.reports.high_water import OLDER as OLDER_BOOK
from seqctl.model.sequence.changes import counter_shown
from seqctl.model.sequence.scope import scope_values
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Mark, Transaction

OLDER = "this book is older than the numbers that were issued from it"
OLDER_HISTORY = "this book is older than what was done with it"
MEANWHILE = "after a kill or a power cut, without its mark, or while the mark could not be written"
TWICE = "issuing from it would issue numbers twice"
MOST_RUNS = 20
"""How many runs one command of a hint names."""


def refuse_older_book(transaction: Transaction) -> str | None:
    """What the mark beside the book says before numbers are given out, where it is not in step with it.

    Raises Refused `older_book` where the mark knows an event that the book does not have: the book was
    restored or copied. Its counters may stand below their mark; what it holds as freed may have been given
    out, what it holds as reserved confirmed; and what was noted since is lost in any case.

    Otherwise returns a warning where the mark cannot tell, and begins it anew under the write lock. A book
    that gave nothing out needs no mark, and a mark that cannot be used is reported by `check` alone.
    """
    mark = transaction.mark
    kind = mark.kind
    if kind == OLDER_BOOK:
        refuse_behind(transaction, mark)
        told, hint = lost_history(transaction, mark)
        raise Refused("older_book", f"{OLDER_HISTORY}: {told}{mark.witness}", hint)
    if kind == COPIED:
        raise Refused("older_book", *copied(mark))
    if kind in (IN_STEP, UNUSABLE):
        return None
    warning = cannot_tell(mark) if kind == NOT_WHOLE or mark.gave_out() else None
    if not mark.reads_only:
        mark.begin()
    return warning


def lagging(transaction: Transaction) -> list[Lag]:
    """The counters that stand below their high-water mark; none where the book is not older."""
    return [] if transaction.mark_in_step() else transaction.mark.lags()


def cannot_tell(mark: Mark) -> str:
    """Why a mark cannot tell whether its book is older, in words."""
    kind = mark.kind
    if kind == BEHIND:
        newest = mark.newest()
        why = f"{mark.called} ends at event {newest}, and the book went on: {MEANWHILE}"
    elif kind == PROMOTED:
        why = f"{mark.origin()}: a failover, or a restore, which cannot be told from one"
    elif kind == REACHED:
        return mark.origin()
    elif kind == OTHER_BOOK:
        why = f"the mark beside this book ({mark.path}) is that of another book"
    elif kind == NOT_WHOLE:
        why = f"{mark.called} is not whole"
    elif mark.is_untouched_copy():
        why = "this book is a copy that seqctl backup made, and no mark lies beside it"
    else:
        why = f"numbers were issued from this book, and its mark is gone ({mark.path})"
    return f"{why}. If it was restored or copied, it may be older than the numbers that were issued from it"


def copied(mark: Mark) -> tuple[str, str]:
    """Why a book that says of itself that it is a copy issues nothing, and the way on."""
    return (
        f"{mark.origin()}: numbers may have been issued since then that it does not know",
        "go on in the book itself; or compare the last numbers with the documents, enter what is missing, and"
        " then: seqctl copy --accept --reason restored",
    )


def lost_history(transaction: Transaction, mark: Mark) -> tuple[str, str]:
    """What an older book lost whose counters all stand where they stood, and the way on."""
    here, there = transaction.log.last().id, mark.newest()
    return (
        f"it does not have event {there} and ends with event {here}. Every counter stands where it stood, but"
        " what was noted since is lost: voids, releases, confirmations, definitions",
        "enter again what the documents show, then: seqctl copy --accept --reason restored",
    )


def refuse_behind(transaction: Transaction, mark: Mark) -> None:
    """Raise Refused `older_book` for what is to be done first in an older book, with the command for it."""
    lags, doubts = mark.lags(), mark.doubts()
    if lags:
        first, more = lags[0], len(lags) - 1
        told, hint = stood(transaction, first), way_on(transaction, first)
        told += f" (and {more} more counter{'s' if more > 1 else ''}; see: seqctl check)" if more else ""
    elif doubts:
        told, hint = doubted(doubts[0]), way_out(transaction, doubts[0])
    else:
        return
    raise Refused("older_book", f"{OLDER}: {told}{mark.witness}. It was restored or copied; {TWICE}", hint)


def stood(transaction: Transaction, lag: Lag) -> str:
    """Where a counter stood and stands, in words."""
    sequence = transaction.definitions.sequence(lag.sequence)
    if sequence is None:
        return f"{_counter(lag)} had issued numbers and is not in this book"
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
    return f"enter them with: seqctl adopt {name} NUMBER... - or skip them: {past}"


def doubted(doubt: Doubt) -> str:
    """What of a counter may be taken since, in words."""
    freed = f"{doubt.freed} freed number{'s' if doubt.freed > 1 else ''} may have been issued again"
    reserved = f"{doubt.reserved} reservation{'s' if doubt.reserved > 1 else ''} may have been confirmed"
    told = " and ".join(
        [words for count, words in ((doubt.freed, freed), (doubt.reserved, reserved)) if count]
    )
    return f"in {_counter(doubt)}, {told}"


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
