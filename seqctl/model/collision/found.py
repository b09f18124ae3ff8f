"""What the search finds, which sequences it still looks at, and the work that it may do."""

from collections.abc import Iterable
from typing import Literal

from seqctl.days import date
from seqctl.model.classes import frozen

Certainty = Literal["proved", "needs_attribute", "unproved"]

PROVED: Certainty = "proved"
NEEDS_ATTRIBUTE: Certainty = "needs_attribute"
UNPROVED: Certainty = "unproved"


@frozen
class Rendering:
    """How one sequence renders the text: the counter's value, a document date, attribute values."""

    value: int
    day: date
    attributes: tuple[tuple[str, str], ...] = ()


@frozen
class Collision:
    """Two sequences of one document type that render the same text, or may do so.

    `proved`: both render `text`, as `first_renders` and `second_renders` say. `needs_attribute`: they do
    so only with a freely chosen attribute value; without a text no example was found. `unproved`: the
    work budget ended first, and the two names stand for the whole document type.
    """

    first: str
    second: str
    text: str | None
    certainty: Certainty
    document_type: str
    first_renders: Rendering | None = None
    second_renders: Rendering | None = None


class OverBudget(Exception):
    """The work budget of a document type is spent."""


class Search:
    """The state of the search through one document type.

    Sequences are known by their place in `names`, which is sorted. `open` holds those for which a clash
    is wanted and not yet found; the others only serve as partners.
    """

    __slots__ = ("budget", "document_type", "names", "open", "rows", "spent")

    def __init__(self, document_type: str, names: list[str], wanted: Iterable[int], budget: int) -> None:
        self.document_type = document_type
        self.names = names
        self.open = set(wanted)
        self.budget = budget
        self.spent = 0
        self.rows: list[Collision] = []

    def spend(self, work: int) -> None:
        """Count work, about a microsecond a unit. Raises OverBudget past the budget."""
        self.spent += work
        if self.spent > self.budget:
            raise OverBudget

    def is_open(self, owner: int, other: int) -> bool:
        """Whether a clash between these two would be news."""
        return owner != other and (owner in self.open or other in self.open)

    def record(
        self,
        owners: tuple[int, int],
        text: str | None,
        certainty: Certainty,
        renderings: tuple[Rendering | None, Rendering | None] = (None, None),
    ) -> None:
        """Note a clash of two sequences, which closes the search for both."""
        if owners[0] > owners[1]:
            owners, renderings = (owners[1], owners[0]), (renderings[1], renderings[0])
        first, second = owners
        names = self.names[first], self.names[second]
        self.rows.append(Collision(*names, text, certainty, self.document_type, *renderings))
        self.open -= {first, second}

    def give_up(self) -> None:
        """Note that the budget ended before every sequence was decided."""
        first = min(self.open)
        second = next(owner for owner in range(len(self.names)) if owner != first)
        self.record((first, second), None, UNPROVED)
