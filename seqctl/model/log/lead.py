"""What many rows of the ledger share, as values and as it is hashed; see docs/log.md."""

from seqctl.model.classes import NamedTuple
from seqctl.model.number.counter import Counter

FIELD_END = "\x1f"
"""What ends a field of a row when it is hashed. It can be printed by no number."""


def type_end(noted_type: str | None) -> str:
    """What ends a row when it is hashed, with the document type where the ledger notes one."""
    return "\x1e" if noted_type is None else f"{FIELD_END}{noted_type}\x1e"


class Lead:
    """What rows of one counter, date and choice share, as values and as text around the rest of a row.

    `noted_type` is the document type where it is another one than the sequence's own.
    `key_space` is 0 where the rows have no key; `reused` is 1 for values that were freed before. Only adopted
    rows may have another `state` than issued.
    """

    __slots__ = ("date", "end", "head", "shared", "tail")

    def __init__(
        self,
        counter: Counter,
        date: str | None,
        policy: str | None,
        set_name: str | None,
        event_id: int,
        key_space: int,
        reused: int,
        noted_type: str | None = None,
        state: str = "issued",
    ) -> None:
        self.date = date
        about = (policy, set_name, event_id, key_space, reused, noted_type)
        self.shared = (counter.id, counter.domain_id, *about)
        # What is hashed stands in docs/log.md: before the record, after the key, and after the text.
        self.head = FIELD_END.join((f"{counter.id}", f"{counter.uniqueness_id}", date or "", state, ""))
        self.tail = FIELD_END.join(("", str(key_space), policy or "", set_name or "", "", str(event_id), ""))
        self.end = f"{FIELD_END}{reused}{type_end(noted_type)}"


class NewNumber(NamedTuple):
    """A number of a record that is about to be written, behind what its row shares with others."""

    lead: Lead
    record: str | None
    key: str | None
    value: int
    text: str
