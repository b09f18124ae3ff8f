"""A policy as definition files and lists write it: typed values, conditions as tables."""

from seqctl.days import date, datetime
from seqctl.model.policy.policy import BOOLEAN, DATE, FIELDS, INSTANT, NUMBER, Condition, Policy


def policy_shown(policy: Policy, field: str) -> object:
    """A field's value as a definition file writes it; dates of conditions as texts."""
    value = getattr(policy, field)
    if field == "conditions":
        return [condition_table(condition, plain=True) for condition in policy.conditions]
    return value


def written_policy(policy: Policy) -> dict[str, object]:
    """The fields of a policy as a definition file writes them, without those at no value."""
    fields: dict[str, object] = {field: getattr(policy, field) for field in FIELDS[1:]}
    fields["conditions"] = [condition_table(condition) for condition in policy.conditions]
    return {key: value for key, value in fields.items() if value is not None}


def condition_table(condition: Condition, plain: bool = False) -> dict[str, object]:
    """A condition as a table with typed values; `plain` writes dates as texts, which JSON needs."""
    table: dict[str, object] = {
        "id": condition.id,
        "field": condition.field,
        "operator": condition.operator,
    }
    values = [_typed(condition.kind, text, plain) for text in condition.values]
    if condition.operator in ("in", "not_in"):
        table["value"] = values
    elif values:
        table["value"] = values[0]
    return table


def condition_text(condition: Condition) -> str:
    """A condition in words: `country in DE, FR`."""
    values = ", ".join(condition.values)
    return f"{condition.field} {condition.operator} {values}".rstrip()


def _typed(kind: str, text: str, plain: bool) -> object:
    if kind == BOOLEAN:
        return text == "true"
    if kind == DATE:
        return text if plain else date.fromisoformat(text)
    if kind == INSTANT:
        return text if plain else datetime.fromisoformat(text)
    if kind == NUMBER:
        from decimal import Decimal

        number = Decimal(text)
        return int(number) if text.lstrip("-").isdigit() else float(number)
    return text
