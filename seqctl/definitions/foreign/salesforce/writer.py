"""Writing sequence policies of Salesforce: each policy with the sequence that it chooses, in one object.

A sequence that no policy chooses, and that is the only one of its type, is a policy without conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from seqctl.definitions.foreign.leftovers import Leftovers
from seqctl.definitions.foreign.reading import CALENDAR_YEAR
from seqctl.definitions.foreign.said import as_said, one_or_all
from seqctl.definitions.foreign.salesforce.conditions import INSTANT
from seqctl.definitions.foreign.salesforce.objects import SYSTEM
from seqctl.definitions.foreign.salesforce.pattern import STAMPS, placeholders
from seqctl.definitions.toml.writer import Counters
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.policy.policy import BOOLEAN, DATE, NUMBER, TEXT, Condition, Policy
from seqctl.model.policy.policy import INSTANT as INSTANT_KIND
from seqctl.model.sequence.sequence import Sequence

PATTERN = ("sequencePattern", "dateStampFormat", "prefix", "suffix", "minimumSequenceNumberWidth")
SELECTION = ("filterCriteria", "selectionLogic", "selectionCondition")
SINGLE = (
    *("description", "effectiveFromDateTime", "expirationDateTime", "timeZone", "isActive", "targetObject"),
    *("sequenceMode", "sequenceStartNumber", "incrementNumber", "maximumSequenceNumber"),
)
GROUPS = (PATTERN, SELECTION, *((key,) for key in SINGLE))

STAMP_NAMES = {"mmddyyyy": "MmDdYyyy", "mmyyyy": "MmYyyy", "yyyy": "Yyyy", "yyyyyy": "YyyyYy"}
OBJECT_KEYS = {"incrementNumber": "IncrementByNumber", "selectionCondition": "SeqPolicySelectionConditions"}
"""Keys that an object of a query spells otherwise than with a capital letter."""
OPERATORS = {
    "equals": ("Equals", True),
    "not_equals": ("NotEquals", True),
    "is_not_set": ("Equals", False),
    "is_set": ("NotEquals", False),
}
"""Operators with their names there, and whether they have a value: to equal nothing is to be empty."""
TYPES = {NUMBER: "Number", DATE: "Date", INSTANT_KIND: "DateTime", BOOLEAN: "Boolean"}

HELD = ("document_type", "pattern", "start", "end", "step", "mode", "timezone", "status")
POLICY_HELD = (
    *("document_type", "sequence", "description", "status", "timezone"),
    *("effective_from", "effective_until", "conditions", "logic"),
)


def write(catalogue: Catalogue, counters: Counters, leftovers: Leftovers) -> Any:
    """Every policy that Salesforce can hold as an object; one alone by itself."""
    payloads = []
    taken: dict[str, str] = {}
    for name, policy, sequence in _pairs(catalogue, leftovers):
        other = taken.setdefault(sequence.name, name)
        why = _reason_to_stay_out(sequence, policy)
        if sequence.types is not None:
            why = "its counter numbers several document types, or prints codes for them"
        if other != name:
            why = f"policy {other!r} counts by the same sequence, and there each policy counts by itself"
        if why is not None:
            leftovers.out("policy" if policy is not None else "sequence", name, why)
            continue
        _tell_lost(sequence, policy, leftovers)
        counted = counters.get(sequence.name, {}).values()
        if any(counter.last + sequence.step != sequence.start for counter in counted):
            leftovers.field("sequence", sequence.name, "next number")
        origin: Any = catalogue.origins.get(sequence.name, {}).get(SYSTEM, {})
        body = as_said(payload(name, sequence, policy), origin.get("said", []), GROUPS)
        payloads.append(_spelled(body, origin.get("form") == "object", origin.get("keys", {})))
    for name in sorted(catalogue.sets):
        leftovers.out("set", name, "Salesforce has none")
    return one_or_all(payloads)


def payload(name: str, sequence: Sequence, policy: Policy | None) -> dict[str, Any]:
    """A policy without what is at its default, its keys as the interface spells them."""
    found = placeholders(sequence.compiled)
    text, stamp, width = found if found is not None else ("", "", 0)
    active = sequence.status == "active" and (policy is None or policy.status == "active")
    stamps = {tokens: STAMP_NAMES[word] for word, tokens in STAMPS.items()}
    keys: dict[str, Any] = {
        "name": name,
        "description": policy.description if policy is not None else None,
        "targetObject": "".join(word.capitalize() for word in sequence.document_type.split("_")),
        "sequenceMode": {"standard": "Basic", "gapless": "Gapless"}[sequence.mode],
        "sequencePattern": text,
        "dateStampFormat": stamps.get(stamp),
        "minimumSequenceNumberWidth": width or None,
        "sequenceStartNumber": sequence.start if sequence.start != 1 else None,
        "incrementNumber": sequence.step if sequence.step != 1 else None,
        "maximumSequenceNumber": sequence.end,
        "timeZone": sequence.timezone,
        "isActive": active,
    }
    if policy is not None:
        keys["timeZone"] = policy.timezone or sequence.timezone
        keys["effectiveFromDateTime"] = policy.effective_from
        keys["expirationDateTime"] = policy.effective_until
        keys |= _selection(policy)
    return {key: value for key, value in keys.items() if value is not None}


def _selection(policy: Policy) -> dict[str, Any]:
    if not policy.conditions:
        return {}
    every = " OR ".join(str(item.id) for item in policy.conditions)
    any_of_them = policy.logic == every and len(policy.conditions) > 1
    # Where nothing is said, all conditions must hold.
    keys = {
        "filterCriteria": "Any" if any_of_them else "Custom" if policy.logic else None,
        "selectionLogic": None if any_of_them else policy.logic,
        "selectionCondition": [_condition(item) for item in policy.conditions],
    }
    return {key: value for key, value in keys.items() if value is not None}


def _condition(item: Condition) -> dict[str, Any]:
    operator, compares = OPERATORS[item.operator]
    value = item.values[0] if compares else None
    kind = TYPES.get(item.kind) if compares else None
    if item.kind == TEXT and value is not None and INSTANT.fullmatch(value):
        kind = "Text"
    condition = {
        "conditionNumber": item.id,
        "filterField": item.field,
        "operator": operator,
        # Nothing is a value too: it asks whether the field is empty.
        "filterValue": value,
    }
    return condition if kind is None else {**condition, "filterFieldType": kind}


def _pairs(catalogue: Catalogue, leftovers: Leftovers) -> Iterator[tuple[str, Policy | None, Sequence]]:
    """What is a policy there: policies with their sequences, and sequences that alone serve their type."""
    chosen = {policy.sequence for policy in catalogue.policies.values()}
    types = [sequence.document_type for sequence in catalogue.sequences.values()]
    with_policies = {policy.document_type for policy in catalogue.policies.values()}
    for name, policy in sorted(catalogue.policies.items()):
        yield name, policy, catalogue.sequences[policy.sequence]
    for name, sequence in sorted(catalogue.sequences.items()):
        if name in chosen:
            continue
        if sequence.document_type in with_policies or types.count(sequence.document_type) > 1:
            leftovers.out("sequence", name, "no policy chooses it, and others number its type")
        else:
            yield name, None, sequence


def _reason_to_stay_out(sequence: Sequence, policy: Policy | None) -> str | None:
    """Why numbers would be others in Salesforce, or given to other records; None where they would not."""
    if sequence.reset != "never" or sequence.scope:
        return "Salesforce has one counter for each policy, which never begins anew"
    if sequence.requires:
        return "Salesforce has no requires of a sequence"
    if sequence.alpha or placeholders(sequence.compiled) is None:
        return "its pattern has more than {SequenceValue} and {Date}"
    for item in policy.conditions if policy is not None else ():
        if item.operator not in OPERATORS:
            return f"Salesforce has no operator {item.operator}"
    return None


def _tell_lost(sequence: Sequence, policy: Policy | None, leftovers: Leftovers) -> None:
    """What is lost of a policy and its sequence."""
    held = [*HELD, *(["calendar"] if sequence.calendar == CALENDAR_YEAR else [])]
    leftovers.fields("sequence", sequence, held)
    if policy is not None:
        leftovers.fields("policy", policy, POLICY_HELD)


def _spelled(body: dict[str, Any], as_object: bool, keys: dict[str, str]) -> dict[str, Any]:
    """A payload with its keys as the one that came in spelled them: those of the interface, or of a query."""
    if not as_object:
        return {keys.get(key, key): value for key, value in body.items()}
    spelled = {}
    for key, value in body.items():
        if key == "selectionCondition" and key not in keys and isinstance(value, list):
            rows = [{_capital(name): item for name, item in row.items()} for row in value]
            spelled[OBJECT_KEYS[key]] = {"records": rows}
        else:
            spelled[keys.get(key) or OBJECT_KEYS.get(key) or _capital(key)] = value
    return spelled


def _capital(key: str) -> str:
    return key[:1].upper() + key[1:]
