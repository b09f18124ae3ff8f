"""Findings on single sequences: numbers that grow longer, or that a spreadsheet would mangle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from seqctl.model.finding import Finding
from seqctl.model.fit import shortest_frame
from seqctl.model.sequence import Sequence

MOST_DIGITS = 15
"""Spreadsheets keep so many digits of a number and turn the others into zeros."""


def lint_sequence(sequence: Sequence, today: date) -> Iterator[Finding]:
    """What is odd about the numbers of one sequence; `today` is for examples."""
    if sequence.alpha:
        return
    yield from _width_overflows(sequence)
    yield from _mangled(sequence, today)


def _width_overflows(sequence: Sequence) -> Iterator[Finding]:
    """The range ends beyond the width. Without an end, nobody said how far it goes."""
    pattern = sequence.compiled
    if not pattern.width or (sequence.end is None and sequence.max_width is None):
        return
    last = sequence.last_value(shortest_frame(sequence))
    first_text, last_text = pattern.counter_text(sequence.start), pattern.counter_text(last)
    if len(last_text) > len(first_text):
        yield Finding(
            "width_overflows",
            "warning",
            ("sequences", sequence.name),
            f"its numbers grow longer: the counter goes from {first_text} to {last_text}, so that they sort"
            " in another order than they were issued",
            f"write {{number:{len(last_text)}}} in the pattern, or end at {'9' * len(first_text)}",
            ("pattern",),
        )


def _mangled(sequence: Sequence, today: date) -> Iterator[Finding]:
    """Numbers of digits alone that a spreadsheet reads as a number and writes back as another text."""
    if sequence.compiled.attributes:
        # What stands in the place of an attribute is known only when a number is issued.
        return
    # Months and days begin with a zero early in the year, so that one other day is looked at too.
    for day in (today, today.replace(month=1, day=1)):
        for value in (sequence.start, sequence.end or sequence.start):
            before, after = sequence.compiled.frame(day, sequence.fiscal, {})
            text = before + sequence.compiled.counter_text(value) + after
            if not (text.isascii() and text.isdigit()):
                return
            zero = text.startswith("0") and len(text) > 1
            if zero or len(text) > MOST_DIGITS:
                what = "loses the zeros at its front" if zero else f"keeps only {MOST_DIGITS} digits of it"
                yield Finding(
                    "leading_zeros",
                    "warning",
                    ("sequences", sequence.name),
                    f"a spreadsheet takes {text} for a number and {what}",
                    "begin the pattern with a letter, as in N{number}",
                    ("pattern",),
                )
                return
