"""What is known of a number, whoever asks: itself, its counter, its document, and who issued it."""

from seqctl.model.classes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class KnownNumber(NamedTuple):
    """One number. `scope` is its counter's, as a text; `issued_at` and `actor` are None where nobody asked.

    `expires_at` is the deadline of a reservation, `reused` says that the integer was given out before.
    `reference` is its payment reference, where its sequence gives one.
    `cursor` is its place in the order of issue, where a list tells it. Lists tell why it is in its state,
    what was noted of it, and who issued it elsewhere before it was adopted. `range` is its period where
    that is a range. `reason_by` and `reason_at` say who gave the reason and when: who voided a void number,
    and seldom who issued it; None where it came with the number from elsewhere.
    """

    number: str
    value: int
    sequence: str
    document_type: str
    period: str
    scope: str
    date: str | None
    state: str
    key: str | None
    record: str | None
    policy: str | None
    set_name: str | None
    reused: bool
    issued_at: str | None = None
    actor: str | None = None
    reference: str | None = None
    expires_at: str | None = None
    cursor: int | None = None
    reason: str | None = None
    note: str | None = None
    source_actor: str | None = None
    source_at: str | None = None
    range: str | None = None
    reason_by: str | None = None
    reason_at: str | None = None


UNTOLD = (None,) * 5
"""The place of a number and what lists tell of it."""


class CountedNumber(NamedTuple):
    """A number of a counter, and the event that tells why it is in its state; None where none does."""

    number: KnownNumber
    why: int | None


def known_number(held: "Any", text: str, value: int, reused: object) -> KnownNumber:
    """A number out of what holds its counter's and its document's words under these names."""
    common = [getattr(held, name) for name in KnownNumber._fields[2:12]]
    issued_at, actor = getattr(held, "issued_at", None), getattr(held, "actor", None)
    whole = [text, value, *common, bool(reused), issued_at, actor, None, held.expires_at]
    return KnownNumber._make([*whole, *UNTOLD, getattr(held, "range", None), None, None])
