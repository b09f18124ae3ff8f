"""What single events tell."""

from seqctl.model.classes import NamedTuple

FREEING = ("release", "expire", "reconcile")
"""Kinds of events that take numbers out of the ledger."""


class Told(NamedTuple):
    """What was done, when, by whom and why."""

    action: str
    at: str
    actor: str
    reason: str | None


class KeyedNumber(NamedTuple):
    """A held number of an idempotency key, with the request that took it.

    `numbers`, `asked_date`, `request` and `target` are those of the event that issued it.
    """

    value: int
    text: str
    reused: int
    date: str | None
    state: str
    record: str | None
    policy: str | None
    set_name: str | None
    expires_at: str | None
    sequence: str
    document_type: str
    period: str
    scope: str
    reset: str
    at: str
    actor: str
    numbers: int
    asked_date: str | None
    request: str
    target: str


class KeyedText(NamedTuple):
    """The held number of a record that was assigned one, by its key."""

    key: str
    text: str
    sequence: str
    policy: str | None


class Freeing(NamedTuple):
    """When and by what action a number was freed."""

    at: str
    action: str


class Source(NamedTuple):
    """What the system that had a number before said of it: why it is void, who issued it and when, a note."""

    reason: str | None
    actor: str | None
    at: str | None
    note: str | None


class EventSources(NamedTuple):
    """An event that adopted numbers, and the hash over where they come from, in hexadecimal."""

    event_id: int
    digest: str | None
