"""The conditions of a Salesforce sequence policy, one by one: field, operator, and a value in its type."""

import re
from datetime import date, datetime
from math import isfinite
from zoneinfo import ZoneInfo

from seqctl.definitions.foreign.record import Record
from seqctl.definitions.foreign.salesforce.objects import OF_EVERY_OBJECT

LARGEST_ID = 999_999_999
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
"""A date and time with an offset, which no type needs to be told."""

OPERATORS = {"equals": "equals", "notequals": "not_equals"}
# To compare with nothing is to ask whether the field is empty.
WITHOUT_VALUE = {"equals": "is_not_set", "not_equals": "is_set"}
TYPES = {
    "number": "number",
    "integer": "number",
    "int": "number",
    "double": "number",
    "currency": "number",
    "percent": "number",
    "date": "date",
    "datetime": "instant",
    "boolean": "boolean",
    "checkbox": "boolean",
    "text": "text",
    "string": "text",
    "picklist": "text",
    "multipicklist": "text",
    "reference": "text",
    "lookup": "text",
    "id": "text",
}
BOOKKEEPING = (
    *OF_EVERY_OBJECT,
    "name",
    "sequencePolicyId",
    "sequencePolicy",
    "sequencePolicySelectionConditionName",
)
Conditions = list[dict[str, object]]


def read_conditions(rows: list[Record], timezone: object) -> Conditions:
    """Conditions as a definition file writes them. Instants without an offset are meant in the time zone."""
    conditions: Conditions = []
    numbered = any(row.has("conditionNumber") for row in rows)
    for place, row in enumerate(rows):
        condition = _condition(row, place, numbered, timezone)
        taken = [other["id"] for other in conditions]
        if condition["id"] in taken:
            row.error("conditionNumber", f"{condition['id']} is a duplicate", "give each condition its own")
        for key, field in (("filterField", "field"), ("filterValue", "value"), ("operator", "operator")):
            row.stands_for(key, "conditions", place, field)
        conditions.append(condition)
        row.finish(BOOKKEEPING)
    return conditions


def _condition(row: Record, place: int, numbered: bool, timezone: object) -> dict[str, object]:
    id = row.whole("conditionNumber", 0, LARGEST_ID)
    if id is None and numbered and not row.has("conditionNumber"):
        row.error("conditionNumber", "is missing, where other conditions have one")
    field = row.text("filterField")
    if not field:
        row.error("filterField", "is missing", "name the field to look at")
    given = row.text("operator")
    operator = OPERATORS.get(re.sub(r"[ _]", "", given or "").lower())
    if operator is None:
        message = f"{given!r} is not known" if given else "is missing"
        row.error("operator", message, "write Equals or NotEquals")
    condition: dict[str, object] = {
        # A negative id stands for one that is wrong, and so meets no other.
        "id": id if id is not None else -place - 1 if numbered else place + 1,
        "field": field or "",
        "operator": operator or "equals",
    }
    value = row.given("filterValue")
    if not row.says("filterValue"):
        row.error("filterValue", "is missing", "say what to compare with; null asks whether it is empty")
    if value is None or value == "":
        condition["operator"] = WITHOUT_VALUE[str(condition["operator"])]
        row.given("filterFieldType")
    else:
        condition["value"] = _value(row, value, timezone)
    return condition


def _value(row: Record, value: object, timezone: object) -> object:
    """The value in the type of its field, since that decides how to compare."""
    given = row.text("filterFieldType")
    kind = TYPES.get((given or "text").lower())
    if isinstance(value, list | dict):
        row.error("filterValue", "is neither a text nor a number nor true nor false")
        return ""
    if not given and isinstance(value, str) and INSTANT.fullmatch(value):
        kind = "instant"
    if kind is None:
        row.warning("filterFieldType", f"{given!r} is not known; its values are compared as text")
    if not given and not isinstance(value, str):
        kind = "boolean" if isinstance(value, bool) else "number"
    if kind == "instant":
        return _instant(row, value, timezone)
    if (given or "").lower() == "multipicklist" and ";" in str(value):
        row.warning("filterValue", "is compared as one text: the same values in another order do not match")
    if kind in (None, "text"):
        # As JSON writes them, and as people give them with --attr.
        return str(value).lower() if isinstance(value, bool) else str(value)
    read = _typed(kind, value)
    if read is None:
        row.error("filterValue", f"{str(value)[:60]!r} is not a {kind}")
    return "" if read is None else read


def _instant(row: Record, value: object, timezone: object) -> object:
    """A date and a time; without an offset they are meant in the policy's time zone."""
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text) if len(text) > len("2026-01-01") else None
        if moment is not None and moment.tzinfo is None and timezone:
            moment = moment.replace(tzinfo=ZoneInfo(str(timezone)))
            moment = datetime.fromisoformat(moment.isoformat())
    except (ValueError, OSError, KeyError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None:
        hint = "write an instant with its offset: 2026-01-01T00:00:00Z"
        row.error("filterValue", f"{text[:60]!r} is not an instant", hint)
        return ""
    return moment


def _typed(kind: str | None, value: object) -> object:
    """A value in its type, or None where it does not read as that type."""
    text = str(value).strip()
    if kind == "boolean":
        return {"true": True, "false": False}.get(text.lower())
    if kind == "date":
        try:
            return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
        except ValueError:
            return None
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9.]{1,30}(?:[eE][+-]?\d{1,3})?", text, re.ASCII):
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text) if isfinite(float(text)) else None
    except ValueError:
        return None
