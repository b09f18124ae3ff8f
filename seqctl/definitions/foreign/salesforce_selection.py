"""Which records a Salesforce sequence policy chooses: its selection conditions and their logic."""

import re
from datetime import date
from math import isfinite

from seqctl.definitions.foreign.record import Record
from seqctl.model.logic import LogicError, parse_logic

LARGEST_ID = 999_999_999
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
    "boolean": "boolean",
    "checkbox": "boolean",
    "text": "text",
    "string": "text",
    "picklist": "text",
    "reference": "text",
    "lookup": "text",
    "id": "text",
}
CUSTOM, ALL, ANY = ("custom",), ("", "all", "and", "none"), ("any", "or")
BOOKKEEPING = (
    "attributes",
    "id",
    "name",
    "isDeleted",
    "sequencePolicyId",
    "createdById",
    "createdDate",
    "lastModifiedById",
    "lastModifiedDate",
    "systemModstamp",
    "currencyIsoCode",
)


def read_selection(record: Record) -> tuple[list[dict[str, object]] | None, str | None]:
    """The conditions and the logic of a policy as a definition file writes them."""
    rows = record.rows("selectionCondition", "records")
    conditions: list[dict[str, object]] = []
    numbered = any(row.has("conditionNumber") for row in rows)
    for place, row in enumerate(rows):
        condition = _condition(row, place, numbered)
        taken = [other["id"] for other in conditions]
        if condition["id"] in taken:
            row.error("conditionNumber", f"{condition['id']} stands twice", "give each condition its own")
        for key, field in (("filterField", "field"), ("filterValue", "value"), ("operator", "operator")):
            row.stands_for(key, "conditions", place, field)
        conditions.append(condition)
        row.finish(BOOKKEEPING)
    ids = [int(str(condition["id"])) for condition in conditions]
    logic = _logic(record, ids)
    return conditions or None, logic


def _condition(row: Record, place: int, numbered: bool) -> dict[str, object]:
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
    if value is None or value == "":
        condition["operator"] = WITHOUT_VALUE[str(condition["operator"])]
        row.given("filterFieldType")
    else:
        condition["value"] = _value(row, value)
    return condition


def _value(row: Record, value: object) -> object:
    """The value in the type of its field, since that decides how to compare."""
    given = row.text("filterFieldType")
    kind = TYPES.get((given or "text").lower())
    if isinstance(value, list | dict):
        row.error("filterValue", "is neither a text nor a number nor true nor false")
        return ""
    if kind is None:
        row.warning("filterFieldType", f"{given!r} is not known; its values are compared as text")
    if not given and not isinstance(value, str):
        kind = "boolean" if isinstance(value, bool) else "number"
    if kind in (None, "text"):
        # As JSON writes them, and as people give them with --attr.
        return str(value).lower() if isinstance(value, bool) else str(value)
    read = _typed(kind, value)
    if read is None:
        row.error("filterValue", f"{str(value)[:60]!r} does not read as a {kind}")
    return "" if read is None else read


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


def _logic(record: Record, ids: list[int]) -> str | None:
    """The expression over the conditions; None where all of them must hold."""
    criteria = record.text("filterCriteria")
    logic = record.text("selectionLogic") or None
    word = re.sub(r"[ _]", "", criteria or "").lower()
    if word in ANY:
        return " OR ".join(str(id) for id in ids) or None
    if word not in (*CUSTOM, *ALL):
        record.error("filterCriteria", f"{criteria!r} is not known", "write Custom, All or Any")
    elif word in ALL and criteria:
        if logic is not None:
            record.warning("selectionLogic", f"has no effect, since filterCriteria is {criteria!r}")
    elif logic is not None:
        try:
            parse_logic(logic, ids)
        except LogicError as problem:
            record.error("selectionLogic", str(problem), problem.hint)
            return None
        return logic
    elif word in CUSTOM and len(ids) > 1:
        record.error("selectionLogic", "is missing, where filterCriteria is Custom", "write it as 1 AND 2")
    return None
