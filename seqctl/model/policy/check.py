"""Checking a policy when it is saved: its conditions, its logic, its window."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from seqctl.days import date, datetime
from seqctl.model.finding import Finding, FindingList, nearest
from seqctl.model.policy.logic import LogicError, all_of, parse_logic
from seqctl.model.policy.policy import (
    BOOLEAN,
    DATE,
    FIELDS,
    INSTANT,
    NUMBER,
    OPERATORS,
    TEXT,
    Condition,
    Policy,
    comparable,
)
from seqctl.model.policy.regular_expression import ExpressionProblem, regular_expression
from seqctl.model.policy.shown import condition_text
from seqctl.model.sequence.values import text_value, time_zone, whole_number
from seqctl.model.text import composed, document_type_name, text_problem
from seqctl.model.time.window import window_problem
from seqctl.model.value import ValueProblem, choice, name_value

CONDITION_KEYS = ("id", "field", "operator", "value")
LISTS = ("in", "not_in")
RANGES = ("greater", "greater_or_equal", "less", "less_or_equal")
TEXTS = ("starts_with", "ends_with", "contains", "matches")
WITHOUT_VALUE = ("is_set", "is_not_set")
MOST_CONDITIONS = 1000


def check_policy(name: object, fields: Mapping[str, object]) -> tuple[Policy | None, FindingList]:
    """Make a Policy of the fields given, all others at their default; None where a finding is an error."""
    findings = FindingList("policies", str(name))
    values: dict[str, object] = {"description": None, "timezone": None}
    for key in fields:
        if key not in FIELDS or key == "name":
            findings.error(key, "unknown key", nearest(key, [field for field in FIELDS if field != "name"]))
    _take(findings, values, "name", lambda: name_value(name))
    for key in ("document_type", "sequence"):
        if fields.get(key) is None:
            findings.error(key, "is missing", f"name the {key.replace('_', ' ')} that it chooses for")
    _take(findings, values, "document_type", lambda: document_type_name(_text(fields, "document_type")))
    _take(findings, values, "sequence", lambda: _text(fields, "sequence"))
    _take(findings, values, "priority", lambda: _priority(fields.get("priority", 0)))
    _take(
        findings,
        values,
        "status",
        lambda: choice(fields.get("status") or "active", ("active", "inactive")),
    )
    if fields.get("description") is not None:
        _take(findings, values, "description", lambda: text_value(fields["description"]))
    if fields.get("timezone") is not None:
        _take(findings, values, "timezone", lambda: time_zone(text_value(fields["timezone"])))
    _window(fields, values, findings)
    conditions = _conditions(fields.get("conditions"), findings)
    _logic(fields.get("logic"), conditions, values, findings)
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    policy = Policy(**values, conditions=conditions)
    findings.extend(text_comparisons(policy))
    return policy, findings


def text_comparisons(policy: Policy) -> Iterator[Finding]:
    """Warnings of conditions that compare the order of texts where numbers are meant: "9" is after "10"."""
    for place, item in enumerate(policy.conditions):
        if item.operator in RANGES and item.kind == TEXT and comparable(NUMBER, item.values[0]) is not None:
            yield Finding(
                "text_comparison",
                "warning",
                ("policies", policy.name),
                f"condition {item.id} ({condition_text(item)}) compares texts letter by letter, not numbers",
                f"write the value without quotes: value = {item.values[0]}",
                ("conditions", place, "value"),
            )


def _take(findings: FindingList, values: dict[str, object], field: str, check: object) -> None:
    assert callable(check)
    values.setdefault(field, None)
    try:
        values[field] = check()
    except ValueProblem as problem:
        findings.error(field, str(problem), problem.hint)


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    return "" if value is None else name_value(value)


def _priority(value: object) -> int:
    if isinstance(value, str) and value.startswith("-"):
        return -whole_number(value[1:])
    if isinstance(value, int) and not isinstance(value, bool) and value < 0:
        return -whole_number(-value)
    return whole_number(value)


def _window(fields: Mapping[str, object], values: dict[str, object], findings: FindingList) -> None:
    for key in ("effective_from", "effective_until"):
        value = fields.get(key)
        if isinstance(value, date | datetime):
            value = value.isoformat()
        values[key] = value
        problem = window_problem(value) if value is not None else None
        if problem:
            findings.error(key, problem, "write a date, 2026-01-01, or an instant, 2026-01-01T00:00+01:00")
            values[key] = None
    begins, ends = values["effective_from"], values["effective_until"]
    if isinstance(begins, str) and isinstance(ends, str) and ends[:10] < begins[:10]:
        findings.error("effective_until", f"{ends} lies before effective_from {begins}")


def _conditions(given: object, findings: FindingList) -> tuple[Condition, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        findings.error("conditions", "is not a list of tables", "write [{ id = 1, field = ... }]")
        return ()
    if len(given) > MOST_CONDITIONS:
        findings.error("conditions", f"holds more than {MOST_CONDITIONS} conditions")
        return ()
    conditions: list[Condition] = []
    for place, item in enumerate(given):
        condition = _condition(place, item, findings)
        if condition is not None and any(condition.id == other.id for other in conditions):
            findings.error(("conditions", place, "id"), f"the id {condition.id} is a duplicate")
        elif condition is not None:
            conditions.append(condition)
    return tuple(conditions)


def _condition(place: int, item: dict[str, object], findings: FindingList) -> Condition | None:
    before = len(findings)
    here = ("conditions", place)
    for key in item:
        if key not in CONDITION_KEYS:
            findings.error((*here, key), "unknown key", nearest(key, CONDITION_KEYS))
    id, field, operator = 0, "", ""
    try:
        id = whole_number(item.get("id", place + 1), 0, 999_999_999)
    except ValueProblem as problem:
        findings.error((*here, "id"), str(problem), problem.hint)
    try:
        field = name_value(item.get("field"))
    except ValueProblem as problem:
        findings.error((*here, "field"), str(problem).replace("name", "field", 1), problem.hint)
    try:
        operator = choice(item.get("operator"), OPERATORS)
    except ValueProblem as problem:
        findings.error((*here, "operator"), str(problem), problem.hint)
    kind, values = TEXT, ()  # type: tuple[str, tuple[str, ...]]
    try:
        kind, values = _values(operator, item.get("value"))
    except ValueProblem as problem:
        findings.error((*here, "value"), str(problem), problem.hint)
    return Condition(id, field, operator, kind, values) if len(findings) == before else None


def _values(operator: str, value: object) -> tuple[str, tuple[str, ...]]:
    """The kind and the texts of a condition's value. Raises ValueProblem."""
    if operator in WITHOUT_VALUE:
        if value is not None:
            raise ValueProblem(f"{operator} takes no value", "leave it out")
        return TEXT, ()
    if value is None:
        raise ValueProblem("is missing", "say what to compare with")
    if operator in LISTS:
        if not isinstance(value, list) or not value:
            raise ValueProblem(f"{value!r} is not a list of values", 'write ["web", "shop"]')
        pairs = [_typed(item) for item in value]
        if len({kind for kind, _ in pairs}) > 1:
            raise ValueProblem("the values are of different types", "write all in quotes, or none")
        return pairs[0][0], tuple(text for _, text in pairs)
    kind, text = _typed(value)
    if operator in TEXTS and kind != TEXT:
        raise ValueProblem(f"{operator} compares texts", "write the value in quotes")
    if kind == BOOLEAN and operator not in ("equals", "not_equals", ""):
        raise ValueProblem(f"{operator} does not compare true and false", "use equals or not_equals")
    if operator == "matches":
        try:
            regular_expression(text)
        except ExpressionProblem as problem:
            raise ValueProblem(str(problem), problem.hint) from problem
    return kind, (text,)


def _typed(value: object) -> tuple[str, str]:
    """The kind and the text of one value; the type of the definition's value decides how to compare."""

    if isinstance(value, bool):
        return BOOLEAN, "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        text = str(Decimal(repr(value)) if isinstance(value, float) else value)
        if not Decimal(text).is_finite() or len(text) > 60:
            raise ValueProblem(f"{value!r} is not a number that can be compared")
        return NUMBER, text
    if isinstance(value, date) and not isinstance(value, datetime):
        return DATE, value.isoformat()
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueProblem(
                f"{value.isoformat()} is not an instant", "add its offset: 2026-01-01T00:00:00Z"
            )
        return INSTANT, value.isoformat()
    if not isinstance(value, str):
        hint = "write a text, number, date, instant or boolean"
        raise ValueProblem(f"{value!r} is not a value to compare with", hint)
    text = composed(value)
    problem = text_problem(text)
    if problem:
        raise ValueProblem(f"the value {problem}", "remove that character")
    return TEXT, text


def _logic(
    given: object, conditions: tuple[Condition, ...], values: dict[str, object], findings: FindingList
) -> None:
    ids = [condition.id for condition in conditions]
    values["logic"], values["postfix"] = None, all_of(ids)
    if given is None or given == "":
        return
    if not isinstance(given, str):
        findings.error("logic", f"{given!r} is not a text", 'write it as "1 AND (2 OR NOT 3)"')
        return
    if any(finding.field[:1] == ("conditions",) and finding.severity == "error" for finding in findings):
        return
    try:
        values["logic"], values["postfix"] = given.strip(), parse_logic(given, ids)
    except LogicError as problem:
        findings.error("logic", f"{given[:60]!r}: {problem}", problem.hint)
