"""What may change in a range once numbers were issued from it, or it was annulled."""

from seqctl.model.classes import NamedTuple
from seqctl.model.range.range import OPEN_BEGIN, OPEN_END, Range


class HeldInRange(NamedTuple):
    """The highest value that the held numbers of a range have, and their first and last document dates."""

    value: int
    first_date: str | None
    last_date: str | None


class LockedField(NamedTuple):
    """A change that is refused: the field, both values, why, and what to do instead."""

    field: str
    old: object
    new: object
    reason: str
    hint: str | None


FIXED = ("sequence", "first", "values")
WITHIN = ("last", "valid_from", "valid_until")


def locked_changes(old: Range, new: Range, held: HeldInRange | None) -> list[LockedField]:
    """The changes from `old` to `new` that a used or annulled range refuses. `held` is None where none is."""
    changes = []
    for field in (*FIXED, *WITHIN):
        before, after = getattr(old, field), getattr(new, field)
        if before == after:
            continue
        reason, hint = None, None
        if field in FIXED:
            reason, hint = "it is fixed once a number was issued", "define another range"
        elif old.annulled is not None:
            reason, hint = "the range is annulled", "reopen it first"
        elif held is not None:
            reason = _beyond_held(field, new, held)
        if reason:
            changes.append(LockedField(field, before, after, reason, hint))
    return changes


def _beyond_held(field: str, new: Range, held: HeldInRange) -> str | None:
    """Why a number or a day leaves held numbers outside."""
    if field == "last" and new.last is not None and new.last < held.value:
        return f"its held numbers reach {held.value}"
    if field == "valid_from" and (held.first_date or OPEN_END) < (new.valid_from or OPEN_BEGIN):
        return f"a number of it is dated {held.first_date}"
    if field == "valid_until" and (held.last_date or OPEN_BEGIN) > (new.valid_until or OPEN_END):
        return f"a number of it is dated {held.last_date}"
    return None
