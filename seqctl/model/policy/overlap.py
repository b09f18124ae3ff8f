"""Whether policies can match at all, and whether all that one matches is matched by another too.

Decided for policies whose conditions must all hold (no logic, or ids joined by AND) and compare by equality,
range or presence. Of every other policy nothing is said, except that one without conditions matches every
record and that two with the same conditions match the same ones. What is claimed is so; not all that is so
is claimed.
"""

from zoneinfo import ZoneInfo

from seqctl.days import date, datetime
from seqctl.model.classes import frozen
from seqctl.model.policy.overlap_values import Room, is_decided, room, within
from seqctl.model.policy.policy import Condition, Policy
from seqctl.model.time.window import in_window, moment_of

Expression = tuple[object, ...]


@frozen
class Matched:
    """The records that a policy matches: all whose attributes fit their `rooms`, or none (`never`).

    `decided` is false where that is not known; `expression` is the policy's logic with the conditions in
    place of their ids. `impossible` names an attribute whose conditions contradict each other.
    """

    rooms: dict[str, Room]
    expression: Expression
    decided: bool = True
    impossible: str | None = None

    @property
    def never(self) -> bool:
        """Whether no record can match."""
        return self.impossible is not None

    @property
    def every(self) -> bool:
        """Whether every record matches."""
        return self.decided and not self.rooms and not self.never


def matched(policy: Policy) -> Matched:
    """What a policy matches, as far as it can be told."""
    expression = _expression(policy)
    if not policy.conditions:
        return Matched({}, expression)
    conditions = {str(item.id): item for item in policy.conditions}
    if any(word in "|!" for word in policy.postfix):
        return Matched({}, expression, decided=False)
    used = [conditions[word] for word in dict.fromkeys(policy.postfix) if word != "&"]
    if not all(map(is_decided, used)):
        return Matched({}, expression, decided=False)
    fields: dict[str, list[Condition]] = {}
    for item in used:
        fields.setdefault(item.field.casefold(), []).append(item)
    rooms = {}
    for field, items in fields.items():
        left = room(tuple(items))
        if left is None:
            return Matched({}, expression, impossible=field)
        rooms[field] = left
    return Matched(rooms, expression)


def contains(wide: Matched, narrow: Matched) -> bool:
    """Whether it is sure that every record of `narrow` is one of `wide` too."""
    if wide.every or wide.expression == narrow.expression:
        return True
    if not (wide.decided and narrow.decided) or wide.never:
        return False
    if narrow.never:
        return True
    return all(
        field in narrow.rooms and within(narrow.rooms[field], left) for field, left in wide.rooms.items()
    )


def windows_overlap(one: Policy, other: Policy, book_zone: str) -> bool:
    """Whether there is a document date, given as a day, on which both policies are effective."""
    begins = [_day(item, item.effective_from, book_zone) for item in (one, other)]
    ends = [_day(item, item.effective_until, book_zone) for item in (one, other)]
    return max(day or date.min for day in begins) <= min(day or date.max for day in ends)


def covers(wide: Policy, narrow: Policy, book_zone: str) -> bool:
    """Whether `wide` is effective whenever `narrow` is, whether the date is given as a day or an instant."""
    zone, other = wide.timezone or book_zone, narrow.timezone or book_zone
    begins, ends = wide.effective_from, wide.effective_until
    if (begins and not narrow.effective_from) or (ends and not narrow.effective_until):
        return False
    moments: list[date | datetime] = []
    if begins and narrow.effective_from:
        moments += _moments(narrow.effective_from, other, "T00:00")
    if ends and narrow.effective_until:
        moments += _moments(narrow.effective_until, other, "T23:59:59.999999")
    # The window of `narrow` is a stretch between these moments; one that it leaves open is open in both.
    try:
        return all(in_window(begins, ends, zone, moment) for moment in moments)
    except OverflowError:
        # An end beside the first or last day of all has no date in some zones; nothing is claimed of it.
        return False


def _moments(end: str, zone: str, time: str) -> list[date | datetime]:
    """The end of a window as the day and as the instant that it stands for."""
    moment = moment_of(end, zone)
    if isinstance(moment, datetime):
        try:
            return [moment.astimezone(ZoneInfo(zone)).date(), moment]
        except OverflowError:
            # The first or last day of all, which is another one in this zone, or none.
            return [moment.date(), moment]
    return [moment, moment_of(end + time, zone)]


def _day(policy: Policy, end: str | None, book_zone: str) -> date | None:
    if end is None:
        return None
    moment = _moments(end, policy.timezone or book_zone, "T00:00")[0]
    assert not isinstance(moment, datetime)
    return moment


def _expression(policy: Policy) -> Expression:
    """The logic with conditions in place of ids; where all must hold, their order does not count."""
    conditions = {
        str(item.id): (item.field.casefold(), item.operator, item.kind, frozenset(item.values))
        for item in policy.conditions
    }
    if any(word in "|!" for word in policy.postfix):
        return tuple(conditions.get(word, word) for word in policy.postfix)
    return (frozenset(conditions[word] for word in policy.postfix if word != "&"),)
