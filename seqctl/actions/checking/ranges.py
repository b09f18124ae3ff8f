"""Findings on ranges: what is over and not accounted for, what is missing, and what is running out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from seqctl.actions.ranges.standing import RangeStanding, standings
from seqctl.model.finding import Finding
from seqctl.model.range.range import OPEN_BEGIN, Range
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.sequence.warning import ending, reached
from seqctl.model.text import shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction


def check_ranges(transaction: Transaction, sequences: list[Sequence]) -> Iterator[Finding]:
    """What somebody should do about the ranges of some sequences, as they stand today."""
    by_sequence = {
        name: [*some]
        for name, some in groupby(standings(transaction, sequences), lambda item: item.range.sequence)
    }
    for sequence in sequences:
        if sequence.reset == "range":
            found = by_sequence.get(sequence.name, [])
            yield from _missing(sequence, found)
            for standing in found:
                yield from _of_one(transaction, sequence, standing, found)


def _missing(sequence: Sequence, found: list[RangeStanding]) -> Iterator[Finding]:
    if sequence.status == "active" and not any(item.state == "open" for item in found):
        hint = f"enter one with: seqctl range add ID {shell_word(sequence.name)} --first NUMBER"
        subject = ("sequences", sequence.name)
        yield Finding("range_missing", "error", subject, "has no range that is open today", hint)


def _of_one(
    transaction: Transaction, sequence: Sequence, standing: RangeStanding, found: list[RangeStanding]
) -> Iterator[Finding]:
    served, subject = standing.range, ("ranges", standing.range.name)
    if standing.state == "lapsed":
        blank = "numbers without a last one" if standing.left is None else f"{standing.left} numbers"
        hint = f"account for them with: seqctl range annul {shell_word(served.name)} --reason TEXT"
        message = f"ended on {served.valid_until} with {blank} that no document holds"
        yield Finding("range_blank", "warning", subject, message, hint)
    narrowed, today = standing.place.sequence, transaction.today(sequence.zone)
    if standing.state not in ("open", "used-up") or narrowed.warn_at is None:
        return
    hint = f"enter the next one with: seqctl range add ID {shell_word(sequence.name)} --first NUMBER"
    near = ending(narrowed.warn_at, served.valid_until, today) if standing.state == "open" else None
    if near is not None:
        yield Finding("range_ends", "warning", subject, near, hint)
    later = any(item.state in ("open", "planned") and _place(item.range) > _place(served) for item in found)
    counter = standing.place.counter
    if served.last is not None and counter.used and not later:
        warning = reached(narrowed.warn_at, served.first, served.last, narrowed.step, counter.last)
        if warning is not None:
            count = f"{standing.left} number{'' if standing.left == 1 else 's'} left"
            yield Finding("range_low", "warning", subject, f"has {count} (warn_at is {warning})", hint)


def _place(served: Range) -> tuple[str, tuple[str, str, int, str]]:
    """Where a range stands among those of its sequence, as they follow each other."""
    return served.valid_from or OPEN_BEGIN, served.order
