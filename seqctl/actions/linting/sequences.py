"""Findings on single sequences: slips, numbers that grow longer, or that a spreadsheet would misread."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from seqctl.days import date
from seqctl.model.finding import Finding
from seqctl.model.number.spreadsheet import may_be_misread, misreading
from seqctl.model.pattern.coded import TYPE
from seqctl.model.pattern.compile import date_slips, slip_words
from seqctl.model.sequence.document_types import codes_of
from seqctl.model.sequence.frame import shortest_frame
from seqctl.model.sequence.sequence import Sequence

FEW = 12
"""How many numbers are tried: as many as a year has months."""


def lint_sequence(sequence: Sequence, today: date) -> Iterator[Finding]:
    """What is odd about the numbers of one sequence; `today` is for examples."""
    for name in date_slips(sequence.compiled):
        message, hint = slip_words(name)
        yield Finding("date_token", "warning", ("sequences", sequence.name), message, hint, ("pattern",))
    if len(sequence.document_types) > 1 and TYPE in sequence.compiled.attributes and not codes_of(sequence):
        yield Finding(
            "type_without_codes",
            "warning",
            ("sequences", sequence.name),
            "numbers several document types, and {type} is an attribute that each request must give",
            'say what it prints for each type: type_codes = { invoice = "FA", ... }',
            ("pattern",),
        )
    if not sequence.alpha:
        yield from _width_overflows(sequence)
    yield from _misread(sequence, today)


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


def _misread(sequence: Sequence, today: date) -> Iterator[Finding]:
    """Numbers that a spreadsheet takes for something else than their text: once for each kind."""
    found = set()
    for text in _samples(sequence, today):
        reading = misreading(text)
        if reading is not None and reading.code not in found:
            found.add(reading.code)
            yield Finding(
                reading.code,
                "warning",
                ("sequences", sequence.name),
                f"a spreadsheet {reading.words}",
                "begin the pattern with a word, as in N{number} or INV-{number}",
                ("pattern",),
            )


def _samples(sequence: Sequence, today: date) -> Iterator[str]:
    """Some numbers as the sequence prints them: the first dozen and the last, today and early in the year.

    Attributes take their first allowed values; one that may be anything stands for a word.
    """
    pattern, step = sequence.compiled, sequence.step
    values = [sequence.start + at * step for at in range(FEW)]
    if sequence.end is not None:
        end = sequence.last_value(shortest_frame(sequence))
        values = [value for value in values if value <= end] + [end - (end - sequence.start) % step]
    allowed = {**sequence.requires, **sequence.scope}
    known = [allowed.get(name) or ("X" * pattern.exact.get(name, 1),) for name in pattern.attributes]
    # Months and days begin with a zero early in the year.
    for day in (today, today.replace(month=1, day=1)):
        for given in islice(product(*known), FEW):
            attributes = dict(zip(pattern.attributes, given, strict=True))
            before, after = pattern.frame(day, sequence.fiscal, attributes)
            for text in pattern.texts(before, values, after):
                yield text
                if not (sequence.alpha or may_be_misread(text)):
                    break
