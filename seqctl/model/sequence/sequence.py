"""The sequence: how one kind of document is numbered. A definition; its counters are state elsewhere.

On the path of every issue, so a plain slotted class; `fields.py` beside it holds the table of fields with
their meaning, and a test holds the two lists against each other.
"""

from seqctl.model.pattern.compiled import LARGEST_VALUE, MAXIMUM_LENGTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.model.pattern.compiled import Pattern
    from seqctl.model.range.range import Range
    from seqctl.model.sequence.document_types import Types
    from seqctl.model.time.calendar import Calendar

FIELDS = (
    "name",
    "title",
    "description",
    "document_type",
    "type_codes",
    "kind",
    "pattern",
    "start",
    "end",
    "step",
    "max_width",
    "max_length",
    "reset",
    "calendar",
    "timezone",
    "scope",
    "requires",
    "mode",
    "unique",
    "date_order",
    "manual",
    "warn_at",
    "reservation_ttl",
    "characters",
    "reference",
    "reference_base",
    "effective_from",
    "effective_until",
    "status",
)
"""The fields of a definition, in the order in which lists and files show them."""

HELD = tuple([name for name in FIELDS if name != "type_codes"])
"""The fields that a sequence holds as they are: codes stand beside the types that they are of."""


class Sequence:
    """One sequence, checked. `start` and `end` are values even where the counter is in letters.

    `scope` and `requires` map attribute names to the values that are allowed (none: any value). `calendar`
    is the calendar's name. `document_type` is the first of its types; `types` has all of them with their
    codes, and is None where there is one without a code. `compiled` is the pattern ready to render and
    `fiscal` the calendar itself.
    `id`, `used` (a number of it was issued, reserved or adopted), `self_issued` (issued or reserved, not
    adopted), `closed_until` (no number is dated on or before that day any more) and `zone` (in which it is
    decided which day it is: its own, else the book's) come from the book. `served` is the range by which it
    is narrowed, where it is (`model/range/serving.py`).
    """

    __slots__ = (
        *(*HELD, "closed_until", "compiled", "fiscal", "id", "self_issued", "served", "types", "used"),
        "zone",
    )

    if TYPE_CHECKING:
        name: str
        title: str | None
        description: str | None
        document_type: str
        kind: str
        pattern: str
        start: int
        end: int | None
        step: int
        max_width: int | None
        max_length: int | None
        reset: str
        calendar: str | None
        timezone: str | None
        scope: dict[str, tuple[str, ...]]
        requires: dict[str, tuple[str, ...]]
        mode: str
        unique: str
        date_order: str
        manual: bool
        warn_at: str | None
        reservation_ttl: str
        characters: str | None
        reference: str | None
        reference_base: str | None
        effective_from: str | None
        effective_until: str | None
        status: str
        compiled: "Pattern"
        fiscal: "Calendar | None"
        id: int | None
        types: "Types | None"
        used: bool
        self_issued: bool
        closed_until: str | None
        served: "Range | None"
        zone: str

    def __init__(self, **fields: object) -> None:
        self.characters = self.reference = self.reference_base = None
        self.fiscal = None
        self.types = None
        self.id = None
        self.used = False
        self.self_issued = False
        self.closed_until = None
        self.served = None
        for name, value in fields.items():
            setattr(self, name, value)

    @property
    def alpha(self) -> bool:
        """Whether the counter is written in letters."""
        return self.kind == "alpha"

    @property
    def document_types(self) -> "tuple[str, ...]":
        """The document types that it numbers, its own first."""
        return (self.document_type,) if self.types is None else tuple(self.types)

    def domain(self, period: str) -> "tuple[str, str]":
        """Within what the texts of a period are unique: document type, and period or an empty text."""
        return self.document_type, period if self.unique == "period" else ""

    def last_value(self, frame_length: int) -> int:
        """The last value that `end`, the widths and the lengths allow, or -1 where none is left.

        `frame_length` counts the characters that stand beside the counter part.
        """
        width = self.compiled.width
        room = min(MAXIMUM_LENGTH, self.max_length or MAXIMUM_LENGTH) - frame_length
        if self.max_width is not None:
            room = min(room, self.max_width)
        if room < max(width, 1):
            return -1
        if not self.compiled.alpha:
            largest = 10 ** min(room, 19) - 1
        elif width:
            largest = 26 ** min(width, 14) - 1
        else:
            largest = sum([26**place for place in range(1, min(room, 14) + 1)])
        if self.reference is not None:
            from seqctl.model.reference.room import largest_with_reference

            largest = min(largest, largest_with_reference(self))
        return int(min(LARGEST_VALUE, largest, LARGEST_VALUE if self.end is None else self.end))

    def definition(self) -> "dict[str, object]":
        """The fields alone, without what the book adds."""
        from seqctl.model.sequence.document_types import codes_of

        fields = {name: getattr(self, name) for name in HELD}
        return {**fields, "document_type": list(self.document_types), "type_codes": codes_of(self)}
