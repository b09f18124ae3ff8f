"""Dates in JSON, which has texts alone: a condition says with `type` that its value is a date or an instant.

`{"field": "day", "operator": "greater", "value": "2026-01-01", "type": "date"}` compares days, and without
`type` it compares texts. TOML has dates of its own, and may write it so too.
"""

from __future__ import annotations

from seqctl.days import date, datetime

TYPES = {"date": date.fromisoformat, "instant": datetime.fromisoformat}


def with_dates(condition: dict[str, object]) -> dict[str, object]:
    """A condition without its `type`, its value as that says. Raises ValueError with what is wrong."""
    rest = {key: value for key, value in condition.items() if key != "type"}
    kind = condition.get("type")
    if kind is None or rest.get("value") is None:
        return rest
    if not isinstance(kind, str) or kind not in TYPES:
        raise ValueError(f"{kind!r} is neither date nor instant")
    given = rest.get("value")
    values = [_read(kind, value) for value in (given if isinstance(given, list) else [given])]
    return {**rest, "value": values if isinstance(given, list) else values[0]}


def _read(kind: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        found = TYPES[kind](value)
    except ValueError:
        found = None
    if found is None or (kind == "instant" and not (isinstance(found, datetime) and found.tzinfo)):
        raise ValueError(f"{value[:60]!r} is not a {kind}")
    return found


def typed(condition: dict[str, object]) -> dict[str, object]:
    """A condition as JSON has it: dates as texts, with the `type` that says so."""
    given = condition.get("value")
    values = given if isinstance(given, list) else [given]
    days = [value for value in values if isinstance(value, date)]
    if not days:
        return condition
    kind = "instant" if isinstance(days[0], datetime) else "date"
    texts = [day.isoformat() for day in days]
    return {**condition, "value": texts if isinstance(given, list) else texts[0], "type": kind}
