"""Entering numbers that exist already: what was asked for, and what became of each number."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from seqctl.model.classes import NamedTuple, field, mutable
from seqctl.model.number.gap_run import ListedGap
from seqctl.model.reports.file_problems import FileProblem
from seqctl.model.reports.state_words import STATE_WORDS

NumberLine = tuple[int, str, str | None, str | None, *tuple[str | None, ...]]
"""One number of an input: its line, its text, its document date as it was given, its record.

Behind these may stand what another system says of it, in the order of `Said`, and behind that where it says
that the number belongs, in the order of `Named`. Lines ascend, and no two numbers have the same.
"""


class Said(NamedTuple):
    """What another system says of a number, as it was given: its state, why, a note, who issued it and when.

    Lists of seqctl name in `source_actor` and `source_at` who did it before they were adopted themselves.
    """

    state: str | None = None
    reason: str | None = None
    note: str | None = None
    actor: str | None = None
    at: str | None = None
    source_actor: str | None = None
    source_at: str | None = None


class Named(NamedTuple):
    """Where an input says that a number belongs: its sequence (or a type), period and scope; and its type."""

    sequence: str | None = None
    period: str | None = None
    scope: str | None = None
    document_type: str | None = None


GAPS_SHOWN = 1000
"""How many missing runs an answer lists; it counts all of them."""


@mutable
class Adoption:
    """Numbers to be entered into `target`, a sequence, else all sequences of a document type.

    Where the input names the sequence of each number (`by_sequence`), it may have no target; else all of
    them have to belong to it.

    `lines` gives them some at a time and is read once; `faults` are what makes the input as a whole unfit, as
    (line, words), complete when `lines` was read. `file` is how messages and the log name the input; None for
    numbers that were given one by one. `document_type`, `period` and `scope` say what the numbers do not
    show. `pad` reads numbers that lost leading zeros, `decimal_comma` says how such are written; `columns`
    are the headings of the columns by what they hold, for messages.
    """

    target: str | None
    lines: Iterable[list[NumberLine]]
    file: str | None = None
    faults: list[tuple[int, str]] = field(factory=list)
    document_type: str | None = None
    period: str | None = None
    scope: dict[str, str] = field(factory=dict)
    skip_invalid: bool = False
    dry_run: bool = False
    confirmed: bool = False
    by_sequence: bool = False
    pad: bool = False
    decimal_comma: bool = False
    columns: dict[str, str] = field(factory=dict)
    states: dict[str, str] = field(factory=lambda: STATE_WORDS)
    """What the words for a state mean, in small letters."""
    seen_format: Callable[[], str | None] = lambda: None
    """How the dates of the input seem to be written, as far as those show that are one day alone."""
    read_date: Callable[[str], str] = str.strip
    """From a date as the input writes it to one as ISO does; raises ValueError with what is wrong."""


class Tally(NamedTuple):
    """How many numbers of one counter are to be entered, and the lowest and highest value of them.

    `place` is the counter's place in the input; `latest` is their latest document date, and `latest_value`
    the highest value that carries it.
    """

    place: int
    numbers: int
    lowest: int
    highest: int
    latest: str | None
    latest_value: int | None


@mutable
class AdoptedCounter:
    """What became of one counter: its first and last number, and the count that is next.

    `missing` counts the integers between them that nothing explains, `gap_runs` the runs that they form;
    `void` how many of the adopted ones are void.
    """

    sequence: str
    scope: str
    period: str
    adopted: int
    unchanged: int
    first: str
    last: str
    next: str
    missing: int
    gap_runs: int
    void: int = 0


@mutable
class AdoptionOutcome:
    """What became of an input: its counters, missing runs of them, and the numbers that were skipped."""

    counters: list[AdoptedCounter] = field(factory=list)
    gaps: list[ListedGap] = field(factory=list)
    problems: list[FileProblem] = field(factory=list)
    warnings: list[str] = field(factory=list)
