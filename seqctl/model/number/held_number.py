"""A held number: one integer of a counter that a document holds, as the ledger keeps it."""

from seqctl.model.classes import NamedTuple
from seqctl.model.number.known_number import KnownNumber, known_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class LedgerRow(NamedTuple):
    """A row of the ledger as it stands, an empty text for NULL; whoever tampers may have written anything."""

    counter_id: "Any"
    uniqueness_id: "Any"
    date: "Any"
    state: "Any"
    record: "Any"
    key: "Any"
    key_space: "Any"
    policy: "Any"
    set_name: "Any"
    expires_at: "Any"
    event_id: "Any"
    serial: "Any"
    value: "Any"
    text: "Any"
    reused: "Any"
    document_type: "Any"
    change_id: "Any"


ROW = LedgerRow._fields
"""The columns of a row of the ledger."""

TYPE = ROW.index("document_type")

COUNTER = ("sequence_id", "sequence", "own_type", "period", "scope")
"""What its counter adds: `own_type` is the one that its sequence numbers where rows name none."""


def kept_row(row: "Sequence[Any]") -> "list[Any]":
    """A row as events keep it: without its document type where it is its sequence's own."""
    return [*row] if row[TYPE] else [*row[:TYPE], *row[TYPE + 1 :]]


def whole_row(kept: "Sequence[Any]") -> "Sequence[Any]":
    """A row with all its columns, from one as events keep it."""
    return [*kept[:TYPE], None, *kept[TYPE:]] if len(kept) == len(ROW) - 1 else kept


class HeldNumber:
    """One row of the ledger, with the names of its counter. `document_type` is always said."""

    __slots__ = (*ROW, *COUNTER)

    counter_id: int
    uniqueness_id: int
    date: str | None
    state: str
    record: str | None
    key: str | None
    key_space: int
    policy: str | None
    set_name: str | None
    expires_at: str | None
    event_id: int
    serial: int
    value: int
    text: str
    reused: int
    change_id: int | None
    sequence_id: int
    sequence: str
    document_type: str
    own_type: str
    period: str
    scope: str

    def __init__(self, *values: object) -> None:
        for name, value in zip(self.__slots__, values, strict=True):
            setattr(self, name, value)
        self.document_type = self.document_type or self.own_type

    @property
    def noted_type(self) -> str | None:
        """Its document type as the ledger notes it: nothing for the own one of its sequence."""
        return None if self.document_type == self.own_type else self.document_type

    @property
    def row(self) -> list[object]:
        """The row as events keep it."""
        return kept_row(self.columns)

    @property
    def columns(self) -> list[object]:
        """The row as the ledger has it."""
        return [self.noted_type if name == "document_type" else getattr(self, name) for name in ROW]

    def overdue(self, now: str) -> bool:
        """Whether it is reserved and its deadline has passed, so that it counts as freed."""
        return self.state == "reserved" and self.expires_at is not None and self.expires_at <= now

    def known(self, state: str | None = None) -> KnownNumber:
        """The number as lists show it; in another `state` where that is about to change."""
        known = known_number(self, self.text, self.value, self.reused)
        return known if state is None else known._replace(state=state)


class Held(NamedTuple):
    """What an event gave out of one counter: how many integers, the lowest and the highest."""

    counter_id: int
    sequence: str
    period: str
    scope: str
    count: int  # type: ignore[assignment]
    low: int
    high: int
