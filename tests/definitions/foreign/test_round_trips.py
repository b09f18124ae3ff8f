"""Payloads in and out again: equal field by field, and what a system cannot hold is warned of by name."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.book import Book
from tests.definitions.foreign.conftest import Take

PAYLOADS = Path(__file__).parent / "payloads"
OWN = {"key", "href", "Id", "audit", "success", "whenModified", "enabledDate", "documentSequence"}
"""What belongs to the server alone."""


def payload(part: str) -> Any:
    """What the one sample whose name holds a part holds."""
    (found,) = [path for path in sorted(PAYLOADS.glob("*.json")) if part in path.name]
    text = found.read_text(encoding="utf-8")
    return json.loads(text.replace('"selectionLogic": "selectionLogic"', '"selectionLogic": "1 AND 2 AND 3"'))


def meant(value: Any, inside: str = "") -> Any:
    """A payload without what is null or the server's own."""
    if isinstance(value, dict):
        own = OWN | ({"id"} if inside in ("sequenceSets", "fiscalYears") else set())
        return {
            key: meant(item, key)
            for key, item in value.items()
            if key not in own and (item is not None or key.lower() == "filtervalue")
        }
    return [meant(item, inside) for item in value] if isinstance(value, list) else value


def exported(nowhere: Book, system: str, *names: str) -> Any:
    result = nowhere.run("export", *names, "--to-format", system)
    assert result.status == 0, result
    return result.json


SAMPLES = [
    ("intacct", "get-document-sequence", "BOA_ACH_BatchNo"),
    ("intacct", "sequence.alpha", "Vendor Invoice"),
    ("intacct", "sequence.numeric", "Vendor Invoice"),
    ("salesforce", "sequence_policy_input", "Sample Sequence Policy"),
    ("salesforce", "objects_sequencepolicy", "Invoice Sequence Policy Testing"),
    ("zuora", "sets.request", "FR"),
    ("zuora", "sets.response", "FR"),
    ("zuora", "default-sequence-set", "DEFAULT"),
]


@pytest.mark.parametrize(("system", "sample", "name"), SAMPLES)
def test_a_documented_payload_comes_out_as_it_came_in(
    nowhere: Book, take: Take, system: str, sample: str, name: str
) -> None:
    body = payload(sample)
    take(system, body)
    wanted = meant(body.get("ia::result", body))
    if system == "zuora":
        wanted = wanted if "sequenceSets" in wanted else {"sequenceSets": [wanted]}
    assert exported(nowhere, system, name) == wanted
    assert exported(nowhere, system) == wanted
    # And what came out changes nothing where it comes in.
    again = nowhere.run("import", "--from", system, nowhere.file(json.dumps(wanted), "again.json"))
    assert {row["action"] for row in again.rows} == {"unchanged"}
    other = ["--db", str(Path(nowhere.path).with_name("other.db"))]
    nowhere.run(*other, "import", "--from", system, nowhere.file(json.dumps(wanted), "again.json"))
    assert exported(nowhere, system) == json.loads(nowhere.run(*other, "export", "--to-format", system).out)


VARIANTS: list[tuple[str, dict[str, Any]]] = [
    (
        "salesforce",
        {
            "name": "Any of them",
            "targetObject": "CreditMemo",
            "isActive": True,
            "sequenceMode": "Gapless",
            "sequencePattern": "{SequenceValue}",
            "prefix": "CM-",
            "incrementByNumber": 2,
            "sequenceStartNumber": 1,
            "filterCriteria": "Any",
            "effectiveFromDateTime": "2026-03-01T00:00:00.000+0000",
            "selectionConditions": [
                {"conditionNumber": 1, "filterField": "A", "operator": "equals", "filterValue": 100},
                {"conditionNumber": 2, "filterField": "B", "operator": "NotEquals", "filterValue": None},
                {
                    "conditionNumber": 3,
                    "filterField": "C",
                    "operator": "Equals",
                    "filterValue": "1e3",
                    "filterFieldType": "Currency",
                },
            ],
        },
    ),
    (
        "salesforce",
        {
            "Name": "A query",
            "TargetObject": "Invoice",
            "IsActive": True,
            "SequenceMode": "Basic",
            "SequencePattern": "I{Date}-{SequenceValue}",
            "DateStampFormat": "YYYY-YY",
            "TimeZone": "Europe/Berlin",
            "SeqPolicySelectionConditions": {
                "records": [
                    {
                        "ConditionNumber": 1,
                        "FilterField": "At",
                        "Operator": "Equals",
                        "FilterValue": "2026-03-01T00:00:00Z",
                        "FilterFieldType": "DateTime",
                    }
                ]
            },
        },
    ),
    (
        "intacct",
        {
            "id": "Plain",
            "type": "numeric",
            "startingNumber": 5,
            "endingNumber": 99,
            "nextNumber": 17,
            "status": "inactive",
            "rollover": {"isEnabled": False},
            "fixedPrefix": "P-",
        },
    ),
    (
        "intacct",
        {
            "id": "Letters",
            "type": "alpha",
            "fixedLength": "3",
            "startingSequence": "aab",
            "nextSequence": "aab",
            "rollover": {
                "isEnabled": True,
                "fiscalYearAffixPosition": "suffix",
                "separator": "/",
                "fiscalYears": [
                    {"fiscalYear": "2026", "nextSequence": "abc"},
                    {"fiscalYear": 2025, "nextSequence": "aab"},
                ],
            },
        },
    ),
]


@pytest.mark.parametrize(("system", "body"), VARIANTS)
def test_what_is_spelled_or_said_otherwise_comes_out_so(
    nowhere: Book, take: Take, system: str, body: dict[str, Any]
) -> None:
    take(system, body)
    assert exported(nowhere, system) == body
    take(system, body)
    assert exported(nowhere, system) == body


def test_what_changed_since_is_written_anew_and_the_rest_as_it_was_said(nowhere: Book, take: Take) -> None:
    body = VARIANTS[0][1]
    take("salesforce", body)
    nowhere.run("policy", "edit", "Any of them", "--description", "new", "--effective-from", "2026-05-01")
    wanted = {**body, "description": "new", "effectiveFromDateTime": "2026-05-01"}
    assert exported(nowhere, "salesforce") == wanted
    nowhere.run("policy", "edit", "Any of them", "--when", "A equals 7", "--logic", "")
    found = exported(nowhere, "salesforce")
    assert found["selectionConditions"] == [
        {
            "conditionNumber": 1,
            "filterField": "A",
            "operator": "Equals",
            "filterValue": "7",
            "filterFieldType": "Number",
        }
    ]
    assert "filterCriteria" not in found
    assert found["incrementByNumber"] == 2


def test_counters_are_written_where_they_stand(nowhere: Book, take: Take) -> None:
    take("intacct", payload("sequence.numeric"))
    nowhere.run("next", "Vendor Invoice", "--date", "2026-05-01", "-n", 3)
    rows = exported(nowhere, "intacct")["rollover"]["fiscalYears"]
    assert rows == [{"fiscalYear": 2025, "nextNumber": 2025}, {"fiscalYear": 2026, "nextNumber": 2029}]
    take("zuora", payload("sets.request"))
    assert nowhere.next("invoice", "--set", "FR", "-n", 2) == ["FINV00000010", "FINV00000011"]
    assert exported(nowhere, "zuora", "FR")["sequenceSets"][0]["invoice"] == {
        "prefix": "FINV",
        "startNumber": 12,
    }


RICH = """
[sequences.invoice]
title = "Invoices"
description = "all of them"
pattern = "INV-{number:5}"
date_order = "warn"
[sequences.monthly]
pattern = "M{YYYY}{MM}-{number}"
reset = "month"
[sequences.letters]
kind = "alpha"
pattern = "L{number:3}"
[sequences.odd]
document_type = "odd_type"
prefix = "O"
step = 2
[sets.main]
default = true
assignments = ["account:A"]
members = { invoice = "invoice", odd_type = "odd" }
[policies.big]
document_type = "letters"
sequence = "letters"
priority = 5
conditions = [{ field = "total", operator = "greater", value = 5 }]
"""

LOSSES = {
    "zuora": [
        "a member stays out, since its numbers are no prefix with 8 digits: 'main.invoice'",
        "a member stays out, since Zuora numbers no such document type: 'main.odd_type'",
        "a policy stays out, since Zuora has none: 'big'",
        "a sequence stays out, since no set names it: 'letters', 'monthly'",
        "Zuora has no assignments of a set, so that it stays out: 'main'",
        "Zuora has no default other than DEFAULT of a set, so that it stays out: 'main'",
    ],
    "intacct": [
        "a sequence stays out, since Intacct does not begin anew each month: 'monthly'",
        "a sequence stays out, since Intacct counts in steps of one: 'odd'",
        "a set stays out, since Intacct has none: 'main'",
        "a policy stays out, since Intacct has none: 'big'",
        "Intacct has no description of a sequence, so that it stays out: 'invoice'",
        "Intacct has no date_order of a sequence, so that it stays out: 'invoice'",
    ],
    "salesforce": [
        "a policy stays out, since its pattern has more than {SequenceValue} and {Date}: 'big'",
        "a sequence stays out, since Salesforce has one counter for each policy, which never begins anew:"
        " 'monthly'",
        "a set stays out, since Salesforce has none: 'main'",
        "Salesforce has no title of a sequence, so that it stays out: 'invoice'",
        "Salesforce has no description of a sequence, so that it stays out: 'invoice'",
        "Salesforce has no date_order of a sequence, so that it stays out: 'invoice'",
    ],
}


@pytest.mark.parametrize("system", LOSSES)
def test_what_a_system_cannot_hold_is_warned_of_by_name(nowhere: Book, system: str) -> None:
    assert nowhere.run("import", nowhere.file(RICH)).status == 0
    result = nowhere.run("export", "--to-format", system)
    assert result.status == 0
    told: Sequence[str] = [line.removeprefix("seqctl: warning: ") for line in result.err.splitlines()]
    assert sorted(told) == sorted(LOSSES[system])
    assert nowhere.run("export", "--to-format", "sap").status == 2
