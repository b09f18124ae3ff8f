"""Windows of time: from one document date to another, and to which of them numbers without a date belong.

A number that no document holds has no date: it belongs to the window of the nearest lower number of its
counter that has one, else of the nearest higher. A held number without a date belongs where a gap in its
place would. Numbers of a counter without any date belong to no window.
"""

from seqctl.model.classes import NamedTuple, frozen

FIRST_DAY, LAST_DAY = "", "9999-12-31"
"""What every day lies between, as texts that are compared."""


@frozen
class Window:
    """Document dates from `first` to `last`, both included; None: without that end."""

    first: str | None = None
    last: str | None = None

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends, as texts that every day can be compared with."""
        return self.first or FIRST_DAY, self.last or LAST_DAY

    @property
    def open(self) -> bool:
        """Whether it has no end at all, and so is no window."""
        return self.first is None and self.last is None

    def holds(self, day: str | None) -> bool:
        """Whether a day lies in it; what belongs to no day lies in no window."""
        first, last = self.ends
        return day is not None and first <= day <= last


class DatedSpan(NamedTuple):
    """Integers between two held numbers with a document date, of a counter that has none between.

    `low` and `high` are the values of these two, or lie beyond all values where there is none on that side.
    """

    low: int
    high: int
    before_date: str | None
    after_date: str | None

    @property
    def date(self) -> str | None:
        """The day whose window the integers between belong to; None for no window at all."""
        return self.before_date or self.after_date


class WindowCounts(NamedTuple):
    """The held numbers of a counter that are dated in a window, their lowest and highest value.

    `undated` is how many held numbers of the counter have no date.
    """

    undated: int
    issued: int
    void: int
    reserved: int
    lowest: int | None
    highest: int | None


class WindowNumber(NamedTuple):
    """A held number as windows see it: its integer, text, state and document date."""

    value: int
    text: str
    state: str
    date: str | None


@frozen
class OtherNumbers:
    """Numbers between those of a window that belong to another one: a held number, or a run of a gap.

    `date` is the held number's own; what has none belongs to the window of `belongs_to`.
    """

    first: int
    last: int
    count: int
    first_number: str
    last_number: str
    state: str
    date: str | None
    belongs_to: str | None
