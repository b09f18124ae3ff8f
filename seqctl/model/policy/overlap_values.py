"""What the conditions on one attribute leave open together: nothing, any value, texts, numbers, dates.

Half of the question whether one policy's records are all another's too; `overlap.py` is the other half.
Exact for the operators in `DECIDED`; whoever meets another one does not ask here.
"""

from collections.abc import Iterable

from seqctl.days import date
from seqctl.model.classes import frozen
from seqctl.model.policy.policy import DATE, TEXT, Condition, comparable

RANGES = ("greater", "greater_or_equal", "less", "less_or_equal")
DECIDED = ("equals", "in", "is_set", "is_not_set", *RANGES)

UNSET, SET, TEXTS, VALUES, SPAN = "unset", "set", "texts", "values", "span"

Bound = tuple[object, int]
"""An end of a span: the value, and 1 (a low end) or -1 (a high end) where it is not included itself."""


@frozen
class Room:
    """The values that conditions on one attribute leave open; there is always one.

    `form` is `unset` (it must be missing or empty), `set` (any value), `texts` (these texts), `values` (texts
    that read as these values of `kind`) or `span` (as values from `low` to `high`, None being open).
    """

    form: str
    conditions: tuple[Condition, ...]
    kind: str = TEXT
    texts: frozenset[str] = frozenset()
    values: frozenset[object] = frozenset()
    low: Bound | None = None
    high: Bound | None = None


def is_decided(condition: Condition) -> bool:
    """Whether `room` knows the operator; the order of texts is not looked at."""
    return condition.operator in DECIDED and not (condition.operator in RANGES and condition.kind == TEXT)


def room(conditions: tuple[Condition, ...]) -> Room | None:
    """What conditions on one attribute leave open when all of them hold, or None: they never do."""
    if any(item.operator == "is_not_set" for item in conditions):
        alone = all(item.operator == "is_not_set" for item in conditions)
        return Room(UNSET, conditions) if alone else None
    comparing = [item for item in conditions if item.operator != "is_set"]
    if not comparing:
        return Room(SET, conditions)
    texts = [item for item in comparing if item.kind == TEXT]
    kinds = {item.kind for item in comparing}
    if not texts and len(kinds) > 1:
        # No text reads as two of number, date, instant and boolean.
        return None
    listed = [item for item in texts or comparing if item.operator in ("equals", "in")]
    if listed:
        return _listed(conditions, listed[0])
    return _span(conditions, comparing)


def within(narrow: Room, wide: Room) -> bool:
    """Whether every text of `narrow` is one of `wide`; both are rooms of the same attribute."""
    if narrow.form == TEXTS:
        return all(_holds(wide.conditions, text) for text in narrow.texts)
    if UNSET in (narrow.form, wide.form):
        return narrow.form == wide.form
    if wide.form == SET:
        return True
    if narrow.form == SPAN and wide.form == TEXTS:
        return narrow.kind == DATE and _days(narrow, len(wide.texts)) <= wide.texts
    if narrow.form == SET or wide.form == TEXTS or narrow.kind != wide.kind:
        return False
    if narrow.form == VALUES and wide.form == VALUES:
        return narrow.values <= wide.values
    if narrow.form == VALUES:
        return all(_inside((value, 0), (value, 0), wide) for value in narrow.values)
    return wide.form == SPAN and _inside(narrow.low, narrow.high, wide)


def _holds(conditions: Iterable[Condition], text: str) -> bool:
    return all(item.holds({item.field.casefold(): text}) is True for item in conditions)


def _listed(conditions: tuple[Condition, ...], listed: Condition) -> Room | None:
    """One condition names the values: those of them that the others let pass."""
    texts = frozenset(text for text in listed.values if _holds(conditions, text))
    if not texts:
        return None
    if listed.kind in (TEXT, DATE):
        # A date is written in one way only, so that its text is as good as the date.
        return Room(TEXTS, conditions, TEXT, texts)
    values = frozenset(comparable(listed.kind, text) for text in texts)
    return Room(VALUES, conditions, listed.kind, values=values)


def _span(conditions: tuple[Condition, ...], ranges: list[Condition]) -> Room | None:
    """All conditions are ranges of one kind: where they overlap."""
    kind = ranges[0].kind
    lows = [_bound(item) for item in ranges if item.operator.startswith("greater")]
    highs = [_bound(item) for item in ranges if item.operator.startswith("less")]
    if kind == DATE:
        lows, highs = [*lows, (1, 0)], [*highs, (date.max.toordinal(), 0)]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is None or high is None:
        return Room(SPAN, conditions, kind, low=low, high=high)
    if low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1])):  # type: ignore[operator]
        return None
    if low[0] != high[0]:
        return Room(SPAN, conditions, kind, low=low, high=high)
    if kind == DATE:
        return Room(TEXTS, conditions, texts=frozenset([_day_text(low[0])]))
    return Room(VALUES, conditions, kind, values=frozenset([low[0]]))


def _bound(item: Condition) -> Bound:
    """The end of a span that a range is; days are counted, so that their ends are always included."""
    value = comparable(item.kind, item.values[0])
    beside = 0 if item.operator.endswith("_or_equal") else 1 if item.operator == "greater" else -1
    if item.kind == DATE:
        assert isinstance(value, date)
        return value.toordinal() + beside, 0
    return value, beside


def _inside(low: Bound | None, high: Bound | None, wide: Room) -> bool:
    begins = wide.low is None or (low is not None and wide.low <= low)
    ends = wide.high is None or (high is not None and high <= wide.high)
    return begins and ends


def first_day(span: Room) -> str:
    """The first day of a span of days, as a text."""
    assert span.low is not None
    return _day_text(span.low[0])


def _days(span: Room, most: int) -> frozenset[str]:
    """The days of a span as texts; where they are more than `most`, one text that no date has."""
    assert span.low is not None and span.high is not None
    first, last = int(str(span.low[0])), int(str(span.high[0]))
    if last - first >= most:
        return frozenset([""])
    return frozenset(_day_text(day) for day in range(first, last + 1))


def _day_text(ordinal: object) -> str:
    assert isinstance(ordinal, int)
    return date.fromordinal(ordinal).isoformat()
