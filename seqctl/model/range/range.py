"""The range: from a first to a last number, with days of validity; the period of a counter of its own.

On the path of every issue of a sequence with ranges, so a plain slotted class.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

FIELDS = (
    "name",
    "sequence",
    "first",
    "last",
    "valid_from",
    "valid_until",
    "values",
    "warn_at",
    "authority",
    "code",
    "note",
    "granted_on",
)
"""The fields of a definition, in the order in which lists and files show them."""

OPEN_BEGIN, OPEN_END = "", "9999-12-31"
"""Stand for a first and a last day of validity where there is none."""


class Range:
    """One range, checked. `name` is the authority's own number for it, and the period key of its counter.

    `values` are attribute values: of the sequence's scope, and of what the range supplies. A `last` of None
    is one that the authority did not set. `warn_at` of None is that of the sequence. `id`, `annulled` (the
    event that annulled it), `ended` (`last` was set by that event) and `used` (it has a counter) come from
    the book.
    """

    __slots__ = (*FIELDS, "annulled", "ended", "id", "used")

    name: str
    sequence: str
    first: int
    last: int | None
    valid_from: str | None
    valid_until: str | None
    values: dict[str, str]
    warn_at: str | None
    authority: str | None
    code: str | None
    note: str | None
    granted_on: str | None
    id: int | None
    annulled: int | None
    ended: bool
    used: bool

    def __init__(self, **fields: object) -> None:
        self.id = self.annulled = None
        self.ended = self.used = False
        for name, value in fields.items():
            setattr(self, name, value)

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Which range serves first: the one that ends first, then begins first, then has the lower first."""
        return self.valid_until or OPEN_END, self.valid_from or OPEN_BEGIN, self.first, self.name

    def in_force(self, day: str) -> bool:
        """Whether a document of that day may have a number of it, as far as its days say."""
        return (self.valid_from or OPEN_BEGIN) <= day <= (self.valid_until or OPEN_END)

    def admits(self, attributes: dict[str, str], scope: "Container[str]") -> bool:
        """Whether a request with these attributes, by their names in small letters, does not contradict it.

        Values of the sequence's scope must come with the request; any other is supplied by the range.
        """
        for name, value in self.values.items():
            if attributes.get(name, None if name in scope else value) != value:
                return False
        return True
