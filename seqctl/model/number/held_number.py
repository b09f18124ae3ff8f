"""A held number: one integer of a counter that a document holds, as the ledger keeps it."""

from seqctl.model.sequence.scope import scope_values

ROW = (
    "counter_id",
    "uniqueness_id",
    "date",
    "state",
    "record",
    "key",
    "key_space",
    "policy",
    "set_name",
    "expires_at",
    "event_id",
    "serial",
    "value",
    "text",
    "reused",
    "change_id",
)
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

    def object(self) -> dict[str, object]:
        """The number with the names that JSON and lists show."""
        shown: dict[str, object] = {
            "number": self.text,
            "value": self.value,
            "sequence": self.sequence,
            "document_type": self.document_type,
            "period": self.period,
            "scope": scope_values(self.scope),
            "date": self.date,
            "state": self.state,
            "key": self.key,
            "record": self.record,
            "policy": self.policy,
            "set": self.set_name,
            "reused": bool(self.reused),
        }
        return {**shown, "expires_at": self.expires_at} if self.expires_at else shown
