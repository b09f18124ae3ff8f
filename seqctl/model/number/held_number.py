"""A held number: one integer of a counter that a document holds, as the ledger keeps it."""

from seqctl.model.classes import NamedTuple
from seqctl.model.number.known_number import KnownNumber, known_number

TYPE_CHECKING = False
if TYPE_CHECKING:
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
    change_id: "Any"


ROW = LedgerRow._fields
"""The columns of a row of the ledger, in the order in which events keep a row as it was."""

COUNTER = ("sequence_id", "sequence", "document_type", "period", "scope")
"""What its counter adds."""


class HeldNumber:
    """One row of the ledger, with the names of its counter."""

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
    period: str
    scope: str

    def __init__(self, *values: object) -> None:
        for name, value in zip(self.__slots__, values, strict=True):
            setattr(self, name, value)

    @property
    def row(self) -> list[object]:
        """The row as events keep it."""
        return [getattr(self, name) for name in ROW]

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
