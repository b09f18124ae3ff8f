"""Findings on counters that are in use now: those that soon have no number left."""

from __future__ import annotations

from collections.abc import Iterator

from seqctl.days import date
from seqctl.model.finding import Finding
from seqctl.model.number.counter import Counter
from seqctl.model.number.counter_name import CounterKey
from seqctl.model.pattern.compiled import period_key
from seqctl.model.sequence.frame import scope_frame
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import of_numbers, reached
from seqctl.model.text import shell_word

FEW = 10
"""Without a `warn_at` of its own a sequence is near its end with less than one in so many values left."""

Counters = dict[CounterKey, Counter]
"""The counters of one sequence by period and scope."""


def has_end(sequence: Sequence) -> bool:
    """Whether the range of a sequence ends where a person said so."""
    limits = (sequence.end, sequence.max_width, sequence.max_length)
    return any(limit is not None for limit in limits) or bool(sequence.alpha and sequence.compiled.width)


def lint_counters(sequence: Sequence, counters: Counters, today: date) -> Iterator[Finding]:
    """Counters of the present period, and of later ones, that are near their end. The past is past."""
    if sequence.reset == "range":
        # How far its ranges are is told of each of them.
        return
    if sequence.status != "active" or (sequence.effective_until or "9") < today.isoformat():
        return
    # The keys of one sequence have one shape, so that they sort as their periods do.
    present = period_key(sequence.reset, today, sequence.fiscal)
    for (period, scope), counter in counters.items():
        if period >= present and counter.used:
            yield from _near_end(sequence, period, scope, counter)


def _near_end(sequence: Sequence, period: str, scope: str, counter: Counter) -> Iterator[Finding]:
    limit = sequence.last_value(scope_frame(sequence, scope))
    # Values that were given back are given out again, also behind the end of the range.
    left = max((limit - counter.last) // sequence.step, 0) + counter.reusable
    warning = None
    if sequence.warn_at is not None:
        warning = reached(sequence.warn_at, sequence.start, limit, sequence.step, counter.last)
    if left and warning is None and (says_when(sequence) or not _few(sequence, limit, left)):
        return
    where = "".join([f" for {scope}" if scope else "", f" in period {period}" if period != "all" else ""])
    count = f"{left} number{'' if left == 1 else 's'}" if left else "no number"
    warned = f" (warn_at is {warning})" if left and warning else ""
    name = shell_word(sequence.name)
    way = (
        f"raise its end with: seqctl sequence edit {name} --end VALUE, or"
        if sequence.end
        else "make room, or"
    )
    yield Finding(
        "near_end",
        "warning" if left else "error",
        ("sequences", sequence.name),
        f"has {count} left{where}{warned}",
        f"{way} go on with a new sequence",
        ("end",) if sequence.end is not None else (),
    )


def says_when(sequence: Sequence) -> bool:
    """Whether `warn_at` says how many numbers are few."""
    return sequence.warn_at is not None and bool(of_numbers(sequence.warn_at))


def _few(sequence: Sequence, limit: int, left: int) -> bool:
    """Whether few values are left, for a sequence that does not say how many are few."""
    return left * FEW < (limit - sequence.start) // sequence.step + 1
