"""The catalogue: all definitions of a book, or of a set of files, with their names."""

from seqctl.model.catalogue.sequence_set import SequenceSet
from seqctl.model.classes import field, frozen, mutable
from seqctl.model.finding import Finding
from seqctl.model.policy.policy import Policy
from seqctl.model.range.range import Range
from seqctl.model.sequence.sequence import Sequence
from seqctl.model.time.calendar import Calendar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BOOK_LISTS = ("owner_kinds", "known_owners", "unique_together")
"""The settings of the whole book that are lists: of texts, or of lists of document types."""


Origin = dict[str, dict[str, object]]
"""What other systems say of a sequence beside what its fields hold: system -> key -> value."""


@mutable
class Catalogue:
    """Checked definitions by name. `origins` are those of the sequences that came from other systems, and
    `book` holds the lists under `[book]`."""

    timezone: str | None = None
    calendars: dict[str, Calendar] = field(factory=dict)
    sequences: dict[str, Sequence] = field(factory=dict)
    sets: dict[str, SequenceSet] = field(factory=dict)
    policies: dict[str, Policy] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)
    book: "dict[str, list[Any]]" = field(factory=dict)
    ranges: dict[str, Range] = field(factory=dict)


@frozen
class StartNumber:
    """Where another system lets a prefix begin: it may move a counter in use forward, under a reason.

    `known` is the start number that was given last; the same again changes nothing.
    """

    known: object
    reason: str


@frozen
class GapRecord:
    """A number that another system gave to no document: its value, its state, and where it is written.

    `state` is that of a gap run, or `assigned` where the number has a document by now.
    """

    value: int
    state: str
    place: str


@mutable
class Wanted:
    """Definitions as they were written, still unchecked, and what shall go.

    `counters` gives unused counters their next value: sequence name -> `PERIOD` or `PERIOD/SCOPE` -> value.
    `start_numbers` are sequences whose counters may be moved in use as well, `gaps` their gap records and
    `origins` what else their system said, all by sequence name. `findings` is what is wrong with how the
    definitions were written; a plan tells it beside what it finds itself.
    `removed` holds (kind, name). `strict` refuses a reference to an inactive sequence, of which a file is
    only warned. `prune` removes unused definitions that are not named here.
    """

    timezone: str | None = None
    book: dict[str, object] = field(factory=dict)
    calendars: dict[str, dict[str, object]] = field(factory=dict)
    sequences: dict[str, dict[str, object]] = field(factory=dict)
    ranges: dict[str, dict[str, object]] = field(factory=dict)
    sets: dict[str, SequenceSet] = field(factory=dict)
    policies: dict[str, dict[str, object]] = field(factory=dict)
    counters: dict[str, dict[str, object]] = field(factory=dict)
    start_numbers: dict[str, StartNumber] = field(factory=dict)
    gaps: dict[str, list[GapRecord]] = field(factory=dict)
    origins: dict[str, Origin] = field(factory=dict)
    findings: list[Finding] = field(factory=list)
    removed: list[tuple[str, str]] = field(factory=list)
    strict: bool = False
    prune: bool = False
    allow_collisions: bool = False


@mutable
class Change:
    """What a plan does to one definition: `created`, `changed`, `unchanged`, `removed` or `kept`.

    `fields` are the differences as `{field: [old, new]}`.
    """

    kind: str
    name: str
    action: str
    fields: dict[str, list[object]]
