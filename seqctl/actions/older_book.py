"""Refusing to give out numbers from a book that is older than what was given out from it before.

A restored or copied book is the commonest way to numbers that exist twice. The high-water mark beside a book
notices it; until every counter stands where it stood, no number is issued.
"""

from __future__ import annotations

from seqctl.errors import Refused
from seqctl.model.high_water import Lag
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def refuse_older_book(transaction: Transaction) -> None:
    """Raise Refused `older_book` where counters stand below their high-water mark.

    Where all have caught up, the next commit sets the mark anew.
    """
    lags = lagging(transaction)
    mark = transaction.store.high_water
    if not lags:
        if mark is not None:
            mark.forget()
        return
    first = lags[0]
    stood = _words(transaction, first) + (f" (and {len(lags) - 1} more counters)" if len(lags) > 1 else "")
    raise Refused(
        "older_book",
        f"this book is older than the numbers that were given out from it: {stood}. It was"
        " restored or copied; issuing from it would give numbers twice",
        f"enter them with: seqctl adopt {shell_word(first.sequence)} NUMBER... - or go past them:"
        f" {_command(transaction, first)}",
    )


def lagging(transaction: Transaction) -> list[Lag]:
    """The counters that stand below their high-water mark; none where the book has its last event."""
    mark = transaction.store.high_water
    if mark is None or not transaction.behind_its_mark():
        return []
    return mark.lags(transaction.connection)


def _words(transaction: Transaction, lag: Lag) -> str:
    where = "".join(
        [f" for {lag.scope}" if lag.scope else "", f" in period {lag.period}" if lag.period != "all" else ""]
    )
    stands = (
        "has no such counter here" if lag.last is None else f"stands at {_shown(transaction, lag, lag.last)}"
    )
    return f"sequence {lag.sequence!r}{where} stood at {_shown(transaction, lag, lag.marked)} and {stands}"


def _command(transaction: Transaction, lag: Lag) -> str:
    from seqctl.model.scope import scope_values

    sequence = transaction.definitions.sequence(lag.sequence)
    upcoming = lag.marked + (sequence.step if sequence is not None else 1)
    options = [f"--period {lag.period}"] if lag.period != "all" else []
    options += [f"--scope {shell_word(f'{name}={value}')}" for name, value in scope_values(lag.scope).items()]
    value = _shown(transaction, lag, upcoming)
    words = ["seqctl sequence set-next", shell_word(lag.sequence), value, *options]
    return " ".join([*words, "--at-least --reason restored"])


def _shown(transaction: Transaction, lag: Lag, value: int) -> str:
    """A value as the counter part of a number shows it."""
    sequence = transaction.definitions.sequence(lag.sequence)
    return str(value) if sequence is None else sequence.compiled.counter_text(value)
