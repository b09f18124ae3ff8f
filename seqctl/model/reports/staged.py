"""Numbers that were put aside before they are entered, and what is known about them."""

from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter
from seqctl.model.reports.state_words import ISSUED

Telling = tuple[str, str | None, str | None, str | None, str | None, str | None]
"""What an input says of a number: its state, of its source the reason, who, when, and a note; and its
document type, where that is not the one of its place.
"""

UNTOLD: Telling = (ISSUED, None, None, None, None, None)
"""What is told of a number of which the input tells nothing."""


class StagedNumbers:
    """Some numbers that belong to counters, by columns: line, place, value, text, date and record of each.

    No two have the same line, and lines ascend. By columns, since there are often a million of them. `told`
    has, by line, what the input says of those that are not simply issued.
    """

    __slots__ = ("dates", "lines", "places", "records", "texts", "told", "values")

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.places: list[int] = []
        self.values: list[int] = []
        self.texts: list[str] = []
        self.dates: list[str | None] = []
        self.records: list[str | None] = []
        self.told: dict[int, Telling] = {}

    def add(self, line: int, place: int, value: int, text: str, date: str | None, record: str | None) -> None:
        """Put one more behind them."""
        self.lines.append(line)
        self.places.append(place)
        self.values.append(value)
        self.texts.append(text)
        self.dates.append(date)
        self.records.append(record)


class StagedProblem(NamedTuple):
    """A number that cannot be entered, and why. The ledger may hold it all the same.

    `place` and `value` are there where the number itself fits and something else about the line is wrong:
    other lines may repeat it.
    """

    line: int
    may_be_held: bool
    text: str
    date: str | None
    record: str | None
    code: str
    message: str
    hint: str | None
    told: Telling | None = None
    role: str = "number"
    place: int | None = None
    value: int | None = None


class TypedCounter(NamedTuple):
    """A counter that numbers are entered into, the document type of those that have none of their own, and
    that of the sequence.
    """

    counter: Counter
    document_type: str
    own_type: str

    def noted(self, document_type: str | None) -> str | None:
        """The type of a number as the ledger notes it; None is that of the place."""
        known = document_type or self.document_type
        return None if known == self.own_type else known


class Entered(NamedTuple):
    """What was entered: the SHA-256 over the rows of the ledger, and over those of their sources, if any.

    `void` counts by place those that are void, `reserved` those that were reserved where they come from.
    """

    rows: str
    sources: str | None
    void: dict[int, int]
    reserved: int


class StagedPlace(NamedTuple):
    """A counter that numbers are entered into.

    `space` and `domain` are where its texts are unique. `first` and `last` are None where it was not used;
    `ends` is the last day of its period, where something is closed; `document_type` and `own_type` are those
    of `TypedCounter`.
    """

    place: int
    counter_id: int | None
    space: str
    domain: str
    first: int | None
    last: int | None
    closed_until: str | None
    ends: str | None
    document_type: str
    own_type: str


class HeldPlace(NamedTuple):
    """A counter that holds a number which no pattern of its sequence reads (any more)."""

    sequence_id: int
    period: str
    scope: str


class Misfit(NamedTuple):
    """A number that fits no pattern."""

    line: int
    text: str
    date: str | None


class PlacedMisfit(NamedTuple):
    """Where a misfit belongs after all."""

    place: int
    value: int
    text: str
    line: int


class Repeat(NamedTuple):
    """A number that stands earlier in the input, and where."""

    line: int
    text: str
    first_line: int
    first: str


class Blocked(NamedTuple):
    """A number whose integer is blocked or under review, and why."""

    line: int
    text: str
    place: int
    state: str
    reason: str | None


class HeldElsewhere(NamedTuple):
    """A number whose text another integer holds, and of which sequence and period."""

    line: int
    text: str
    sequence: str
    period: str


class InClosedPeriod(NamedTuple):
    """A number that is in a closed period, and the date that says so."""

    line: int
    date: str
    place: int


class StagedText(NamedTuple):
    """A number that nothing speaks against so far."""

    line: int
    place: int
    value: int
    text: str


class StagedRefusal(NamedTuple):
    """Why a number cannot be entered; `role` is what the column at fault holds."""

    line: int
    code: str
    message: str
    hint: str | None
    role: str = "number"


class Jump(NamedTuple):
    """How far a number lies from the one next to it, and its text."""

    distance: int
    text: str


class Otherwise(NamedTuple):
    """A staged number, and after `held` what the ledger holds at its integer instead."""

    line: int
    text: str
    date: str | None
    record: str | None
    state: str
    held: str
    held_state: str
    held_date: str | None
    held_record: str | None
    expires_at: str | None
    document_type: str
    held_type: str


class Backward(NamedTuple):
    """How often dates go back, and the first two numbers between which they do."""

    times: int
    value: int
    text: str
    date: str
    text_before: str
    date_before: str
