"""What counters are told apart by, and counters with what tells them apart."""

from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter
from seqctl.model.number.gap_run import GapRun


class CounterKey(NamedTuple):
    """A counter among those of one sequence."""

    period: str
    scope: str


class CounterName(NamedTuple):
    """A counter by the name of its sequence, as messages have it."""

    sequence: str
    period: str
    scope: str


class KeyedCounter(NamedTuple):
    """A counter of a sequence, with its period and scope."""

    period: str
    scope: str
    counter: Counter


class StoredCounter(NamedTuple):
    """Any counter of a book, with what it counts."""

    sequence_id: int
    period: str
    scope: str
    counter: Counter


class CounterRuns(NamedTuple):
    """The gap runs of one counter, lowest first."""

    counter_id: int
    runs: list[GapRun]


class CounterCount(NamedTuple):
    """How many rows the ledger has of a counter, how many are reserved, their lowest and highest value."""

    rows: int
    reserved: int
    lowest: int | None
    highest: int | None


class TextDomain(NamedTuple):
    """Within what texts are unique: a space of texts, and a period of it or an empty text."""

    space: str
    period: str


class JoinedDomain(NamedTuple):
    """The domain that a counter was made with, by which its rows are hashed, and the one it was joined to."""

    made: int
    now: int


class TypedHolder(NamedTuple):
    """Where a number is held: for which document type, by which sequence and in which period."""

    document_type: str
    sequence: str
    period: str


class TextClash(NamedTuple):
    """Two numbers that have one text."""

    text: str
    holders: tuple[TypedHolder, TypedHolder]


class TextHolder(NamedTuple):
    """The sequence and period of the number that holds a text."""

    sequence: str
    period: str
