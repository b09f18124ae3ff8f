"""What a report says in words of counters and their sums."""

from __future__ import annotations

from seqctl.model.reports.completeness import Completeness

TERMS = (
    *(("issued", "issued"), ("void", "void"), ("reserved", "reserved"), ("reusable", "reusable")),
    *(("review", "under review"), ("blocked", "blocked"), ("missing", "missing")),
    ("other_window", "of another month or window"),
)


def counter_words(sequence: str, scope: str, period: str) -> str:
    """A counter by its names: `invoice entity=DE 2026`."""
    return " ".join(part for part in (sequence, scope, "" if period == "all" else period) if part)


def equation(stated: Completeness) -> str:
    """What became of the integers of a counter, as the sum that proves it."""
    terms = [f"{getattr(stated, name):,} {word}" for name, word in TERMS if getattr(stated, name)]
    words = f"{stated.total:,} = {' + '.join(terms) or '0'}"
    return words if stated.proved else f"{words}: this sum does not hold"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 number`, `1,200 numbers`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
