"""Entering numbers that exist already: what was asked for, and what became of each number."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from seqctl.model.classes import NamedTuple, field, frozen, mutable
from seqctl.model.number.gap_run import ListedGap
from seqctl.model.reports.state_words import STATE_WORDS

NumberLine = tuple[int, str, str | None, str | None, *tuple[str | None, ...]]
"""One number of an input: its line, its text, its document date as it was given, its record.

Behind these may stand what another system says of it, in the order of `Said`. Lines ascend, and no two
numbers have the same.
"""


class Said(NamedTuple):
    """What another system says of a number, as it was given: its state, why, who issued it and when.

    Lists of seqctl name in `source_actor` and `source_at` who did it before they were adopted themselves.
    """

    state: str | None = None
    reason: str | None = None
    actor: str | None = None
    at: str | None = None
    source_actor: str | None = None
    source_at: str | None = None


GAPS_SHOWN = 1000
"""How many missing runs an answer lists; it counts all of them."""


@mutable
class Adoption:
    """Numbers to be entered into `target`, a sequence, else all sequences of a document type.

    `lines` gives them some at a time and is read once; `faults` are what makes the input as a whole unfit, as
    (line, words), complete when `lines` was read. `file` is how messages and the log name the input; None for
    numbers that were given one by one. `period` and `scope` say what the numbers do not show.
    """

    target: str
    lines: Iterable[list[NumberLine]]
    file: str | None = None
    faults: list[tuple[int, str]] = field(factory=list)
    period: str | None = None
    scope: dict[str, str] = field(factory=dict)
    skip_invalid: bool = False
    dry_run: bool = False
    confirmed: bool = False
    states: dict[str, str] = field(factory=lambda: STATE_WORDS)
    """What the words for a state mean, in small letters."""
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


@frozen
class AdoptionProblem:
    """Why one number cannot be entered. `message` goes on where the number was named."""

    line: int
    number: str
    code: str
    message: str
    hint: str | None = None

    def words(self, file: str | None) -> str:
        """One line for people: where, which number, and what is wrong."""
        place = "" if file is None else f"{file}:{self.line}: "
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{self.number!r} {self.message}{hint}"


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
    problems: list[AdoptionProblem] = field(factory=list)
    warnings: list[str] = field(factory=list)
