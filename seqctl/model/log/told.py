"""What single events tell."""

from __future__ import annotations

from seqctl.model.classes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

FREEING = ("release", "expire", "reconcile")
"""Kinds of events that take numbers out of the ledger."""


OwnReasons = dict[int, list[tuple[int, int, str]]]
"""Reasons that an event has for single numbers: by counter lowest and highest value, ascending, and each."""


class Told(NamedTuple):
    """What was done, when, by whom and why; `own` are reasons that are not those of all numbers."""

    action: str
    at: str
    actor: str
    reason: str | None
    own: OwnReasons | None = None

    def why(self, counter_id: int | None, first: int, last: int) -> str | None:
        """The reason for a run of a counter; of one whose numbers have different reasons, all of them."""
        told = () if self.own is None or counter_id is None else self.own.get(counter_id, ())
        if not told:
            return self.reason
        from bisect import bisect_right

        start = max(bisect_right(told, first, key=lambda item: item[0]) - 1, 0)
        found: dict[str, None] = {}
        for low, high, reason in told[start:]:
            if low > last:
                break
            if high >= first:
                found[reason] = None
        return "; ".join(found) or self.reason


def rows_told(detail: dict[str, Any]) -> Iterator[tuple[Sequence[Any], dict[str, Any]]]:
    """The rows that an event kept, those from before it first, each with what is said of that one alone."""
    rows = [*detail.get("rows_before", ()), *detail.get("rows_after", ())]
    each = detail.get("each") or ()
    # Of what came back nothing was said alone once.
    return zip(rows, [*each, *[{}] * (len(rows) - len(each))], strict=False)


def runs_told(detail: dict[str, Any]) -> Iterator[tuple[int | None, int, int, dict[str, Any]]]:
    """The runs that an event turned, behind the id of their counter where it concerns several."""
    values = detail.get("values", ())
    for run, own in zip(values, detail.get("each") or [{}] * len(values), strict=False):
        yield run[0] if len(run) == 3 else None, run[-2], run[-1], own


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
