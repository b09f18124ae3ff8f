"""Sequence policies of Salesforce: what each field becomes, and what is refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seqctl.actions.definitions.define import define
from seqctl.actions.issuing.issue import issue
from seqctl.definitions.foreign import ForeignFiles, read_foreign
from seqctl.definitions.toml.sources import Source
from seqctl.model.number.request import Request
from seqctl.model.policy.check import check_policy
from seqctl.model.sequence.check import check_sequence
from seqctl.model.time.calendar import Calendar
from seqctl.store.sqlite.file.create import open_store

PAYLOADS = Path(__file__).parent / "payloads"
POLICY: dict[str, Any] = {
    "name": "P",
    "targetObject": "Invoice",
    "sequenceMode": "Gapless",
    "sequencePattern": "INV-{SequenceValue}",
    "isActive": True,
}
CONDITION: dict[str, Any] = {
    "conditionNumber": 1,
    "filterField": "AppType",
    "operator": "Equals",
    "filterValue": "RLM",
}


def payload(name: str) -> str:
    return (PAYLOADS / f"salesforce.{name}.json").read_text(encoding="utf-8")


def read_text(text: str, calendar: str | None = None) -> ForeignFiles:
    return read_foreign("salesforce", [Source("p.json", text)], calendar)


def read(calendar: str | None = None, **fields: Any) -> ForeignFiles:
    return read_text(json.dumps({**POLICY, **fields}, indent=1), calendar)


def said(files: ForeignFiles) -> list[str]:
    return [f"{finding.severity}: {files.describe(finding)}" for finding in files.findings]


def sequence(calendar: str | None = None, **fields: Any) -> dict[str, Any]:
    files = read(calendar, **fields)
    assert said(files) == []
    return files.wanted.sequences["P"]


def policy(**fields: Any) -> dict[str, Any]:
    files = read(**fields)
    assert said(files) == []
    checked, findings = check_policy("P", files.wanted.policies["P"])
    assert checked is not None, findings
    return files.wanted.policies["P"]


def only_problem(**fields: Any) -> str:
    (text,) = said(read(**fields))
    return text


def test_the_write_sample_is_refused_for_its_logic_by_name_and_position() -> None:
    files = read_text(payload("connect_requests_sequence_policy_input.1"))
    assert said(files) == [
        "warning: p.json:9: sequences.Sample Sequence Policy.dateStampFormat: 'Yyyy' has no effect: the"
        " pattern holds no {Date}",
        "error: p.json:15: policies.Sample Sequence Policy.selectionLogic: 'selectionLogic' is neither an id"
        " nor AND, OR, NOT at character 1; write it as 1 AND (2 OR NOT 3)",
    ]


def mended_sample() -> str:
    return payload("connect_requests_sequence_policy_input.1").replace(
        '"selectionLogic": "selectionLogic"', '"selectionLogic": "1 AND (2 OR 3)"'
    )


def test_the_write_sample_with_its_logic_mended() -> None:
    wanted = read_text(mended_sample()).wanted
    assert wanted.sequences == {
        "Sample Sequence Policy": {
            "document_type": "invoice",
            "pattern": "INV-{number:2}-abc",
            "start": 1,
            "step": 1,
            "end": 1000,
            "mode": "standard",
        }
    }
    assert wanted.policies == {
        "Sample Sequence Policy": {
            "sequence": "Sample Sequence Policy",
            "document_type": "invoice",
            "description": "This is a sample sequence policy.",
            "status": "active",
            "effective_from": "2025-08-10",
            "effective_until": "2025-09-20",
            "conditions": [
                {"id": 1, "field": "AppType", "operator": "equals", "value": "RLM"},
                {"id": 2, "field": "Status", "operator": "equals", "value": "Posted"},
                {"id": 3, "field": "LegalEntity", "operator": "equals", "value": "US"},
            ],
            "logic": "1 AND (2 OR 3)",
        }
    }


def test_the_read_sample() -> None:
    files = read_text(payload("sforce_api_objects_sequencepolicy.1"))
    assert said(files) == []
    name = "Invoice Sequence Policy Testing"
    assert files.wanted.sequences == {
        name: {
            "document_type": "invoice",
            "pattern": "IN-{MM}-{DD}-{YYYY}-{number:4}",
            "start": 1,
            "step": 1,
            "end": 99999,
            "mode": "gapless",
            "timezone": "America/Los_Angeles",
        }
    }
    assert files.wanted.policies == {
        name: {
            "sequence": name,
            "document_type": "invoice",
            "description": "Sequence policy for invoice numbering",
            "status": "inactive",
            "timezone": "America/Los_Angeles",
            "effective_from": "2026-03-01T00:00:00+00:00",
            "effective_until": "2027-03-01T00:00:00+00:00",
        }
    }


def test_the_mended_sample_issues_and_imports_again_unchanged(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "b.db"), create=True, actor="ada")
    define(store, read_text(mended_sample()).wanted, "import", "p.json")
    record = {"AppType": "RLM", "Status": "Posted", "LegalEntity": "US"}
    request = Request("invoice", date="2025-09-20", attributes=record)
    assert issue(store, request).texts == ["INV-01-abc"]
    plan = define(store, read_text(mended_sample()).wanted, "import", "p.json")
    assert {change.action for change in plan.changes} == {"unchanged"}
    store.close()


@pytest.mark.parametrize(
    ("written", "stamp"),
    [
        ("MmDdYyyy", "{MM}-{DD}-{YYYY}"),
        ("MM-DD-YYYY", "{MM}-{DD}-{YYYY}"),
        ("MM-dd-yyyy", "{MM}-{DD}-{YYYY}"),
        ("MmYyyy", "{MM}-{YYYY}"),
        ("MM-YYYY", "{MM}-{YYYY}"),
        ("Yyyy", "{YYYY}"),
        ("YYYY", "{YYYY}"),
    ],
)
def test_date_stamps_in_both_spellings(written: str, stamp: str) -> None:
    fields = sequence(sequencePattern="{Date}/{SequenceValue}", dateStampFormat=written)
    assert fields["pattern"] == stamp + "/{number}"
    assert "calendar" not in fields


def test_the_fiscal_stamp_takes_the_calendar_that_is_named() -> None:
    fields = sequence("india", sequencePattern="{Date}/{SequenceValue}", dateStampFormat="YYYY-YY")
    assert (fields["pattern"], fields["calendar"]) == ("{FYS}-{FYE:YY}/{number}", "india")
    calendars = {"india": Calendar("india", 4, 1, "start")}
    assert check_sequence("P", fields, calendars)[1] == []


def test_the_fiscal_stamp_without_a_calendar_means_calendar_years_with_one_warning() -> None:
    one = {**POLICY, "sequencePattern": "{Date}/{SequenceValue}", "dateStampFormat": "YyyyYy"}
    files = read_text(json.dumps([one, {**one, "name": "Q"}]))
    assert said(files) == [
        "warning: p.json:1: calendars.calendar-year: no calendar was named, so that fiscal years are taken to"
        " be calendar years; name an existing calendar: --calendar NAME"
    ]
    assert files.wanted.calendars == {"calendar-year": {"start": "01-01", "named_by": "start"}}
    assert files.wanted.sequences["Q"]["calendar"] == "calendar-year"


def test_braces_as_text_are_quoted() -> None:
    fields = sequence(sequencePattern="{-{SequenceValue}}{")
    assert fields["pattern"] == "{{-{number}}}{{"
    made, _ = check_sequence("P", fields, {})
    assert made is not None and made.compiled.counter_text(7) == "7"


@pytest.mark.parametrize(
    ("fields", "line", "problem"),
    [
        ({"sequencePattern": "INV"}, 5, "sequencePattern: 'INV' does not hold {SequenceValue} exactly once"),
        ({"sequencePattern": "{SequenceValue}{SequenceValue}"}, 5, "exactly once"),
        ({"sequencePattern": "{YYYY}-{SequenceValue}"}, 5, "the placeholder {YYYY} is not known; only"),
        ({"sequencePattern": "{date}-{SequenceValue}"}, 5, "{date} is not known; did you mean '{Date}'?"),
        (
            {"sequencePattern": "{Date}-{SequenceValue}", "dateStampFormat": "None"},
            7,
            "is None, but the pattern",
        ),
        ({"sequencePattern": "{Date}-{SequenceValue}"}, 1, "dateStampFormat: is None, but the pattern"),
        ({"dateStampFormat": "DD"}, 7, "dateStampFormat: 'DD' is not known; write MmDdYyyy"),
        ({"sequenceMode": "Strict"}, 4, "sequenceMode: 'Strict' is neither Basic nor Gapless"),
        ({"targetObject": None}, 3, "targetObject: is missing"),
        ({"isActive": "perhaps"}, 6, "isActive: 'perhaps' is neither true nor false"),
        ({"incrementNumber": 0}, 7, "incrementNumber: 0 is not between 1 and"),
        ({"sequenceStartNumber": "x"}, 7, "sequenceStartNumber: 'x' is not a whole number"),
        ({"sequenceStartNumber": 1.5}, 7, "sequenceStartNumber: 1.5 is not a whole number"),
        ({"effectiveFromDateTime": "soon"}, 7, "effectiveFromDateTime: 'soon' is not a date"),
        ({"filterCriteria": "Odd"}, 7, "filterCriteria: 'Odd' is not known"),
        ({"selectionLogic": "1"}, 7, "selectionLogic: there is no condition 1 at character 1"),
        ({"selectionCondition": 5}, 7, "selectionCondition: 5 is not an array"),
        ({"selectionCondition": [5]}, 8, "selectionCondition.0: 5 is not an object"),
        ({"incrementNumber": 1, "incrementByNumber": 2}, 8, "stands beside 'incrementNumber' with another"),
        ({"Name": "Q"}, 7, "Name: stands beside 'name' with another value"),
    ],
)
def test_what_would_change_the_numbers_is_an_error_at_its_line(
    fields: dict[str, Any], line: int, problem: str
) -> None:
    text = only_problem(**fields)
    assert text.startswith(f"error: p.json:{line}: ")
    assert problem in text


@pytest.mark.parametrize(
    ("condition", "line", "problem"),
    [
        ({"operator": "GreaterThan"}, 11, "selectionCondition.0.operator: 'GreaterThan' is not known; write"),
        ({"filterField": None}, 10, "selectionCondition.0.filterField: is missing"),
        ({"filterFieldType": "Number"}, 12, "filterValue: 'RLM' is not a number"),
        ({"filterFieldType": "Date"}, 12, "filterValue: 'RLM' is not a date"),
        ({"filterFieldType": "Boolean"}, 12, "filterValue: 'RLM' is not a boolean"),
        ({"filterValue": ["RLM"]}, 12, "filterValue: is neither a text nor"),
        ({"conditionNumber": -1}, 9, "conditionNumber: -1 is not between 0 and"),
    ],
)
def test_a_condition_that_cannot_be_carried_over_is_an_error(
    condition: dict[str, Any], line: int, problem: str
) -> None:
    text = only_problem(selectionCondition=[{**CONDITION, **condition}])
    assert text.startswith(f"error: p.json:{line}: policies.P.selectionCondition.0.")
    assert problem in text


def test_a_condition_number_that_stands_twice_is_an_error() -> None:
    text = only_problem(selectionCondition=[CONDITION, CONDITION])
    assert "selectionCondition.1.conditionNumber: 1 is a duplicate" in text


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (None, "5", "5"),
        (None, 5, 5),
        (None, True, True),
        ("Text", 5, "5"),
        ("Number", "100", 100),
        ("Number", "1.5", 1.5),
        ("Number", 2.5, 2.5),
        ("Currency", "-3", -3),
        ("Date", "2026-02-28", date(2026, 2, 28)),
        ("Boolean", "True", True),
        ("Boolean", False, False),
    ],
)
def test_values_take_the_type_of_their_field(
    kind: str | None, value: str | float, expected: str | float | date
) -> None:
    row = {**CONDITION, "filterValue": value, **({"filterFieldType": kind} if kind else {})}
    (condition,) = policy(selectionCondition=[row])["conditions"]
    assert condition["value"] == expected
    assert type(condition["value"]) is type(expected)


def test_comparing_with_nothing_asks_whether_the_field_is_empty() -> None:
    rows = [
        {"filterField": "A", "operator": "Equals", "filterValue": ""},
        {"filterField": "B", "operator": "NotEquals", "filterValue": None},
    ]
    assert policy(selectionConditions=rows)["conditions"] == [
        {"id": 1, "field": "A", "operator": "is_not_set"},
        {"id": 2, "field": "B", "operator": "is_set"},
    ]


def test_both_spellings_of_keys_mean_the_same() -> None:
    camel = {
        **POLICY,
        "incrementNumber": "5",
        "sequenceStartNumber": 10.0,
        "selectionCondition": [CONDITION],
        "filterCriteria": "Custom",
        "selectionLogic": "NOT 1",
    }
    pascal = {key[:1].upper() + key[1:]: value for key, value in camel.items()}
    pascal["IncrementByNumber"] = pascal.pop("IncrementNumber")
    row = {key[:1].upper() + key[1:]: value for key, value in CONDITION.items()}
    del pascal["SelectionCondition"]
    pascal["SelectionConditions"] = {"totalSize": 1, "done": True, "records": [row]}
    pascal["attributes"] = {"type": "SequencePolicy"}
    one, other = read_text(json.dumps(camel)), read_text(json.dumps(pascal))
    assert said(one) == said(other) == []
    for table in ("sequences", "policies", "counters"):
        assert getattr(one.wanted, table) == getattr(other.wanted, table)
    assert one.wanted.sequences["P"]["step"] == 5
    assert one.wanted.sequences["P"]["start"] == 10


@pytest.mark.parametrize(
    ("criteria", "logic"),
    [("All", None), ("Any", "1 OR 2"), ("Custom", "1 AND NOT 2"), (None, "1 AND NOT 2")],
)
def test_the_criteria_say_how_conditions_combine(criteria: str | None, logic: str | None) -> None:
    rows = [CONDITION, {**CONDITION, "conditionNumber": 2}]
    given: dict[str, Any] = {"filterCriteria": criteria} if criteria else {}
    if criteria in ("Custom", None):
        given["selectionLogic"] = logic
    assert policy(selectionCondition=rows, **given).get("logic") == logic


def test_custom_criteria_need_a_logic_and_others_ignore_it() -> None:
    rows = [CONDITION, {**CONDITION, "conditionNumber": 2}]
    assert "selectionLogic: is missing" in only_problem(selectionCondition=rows, filterCriteria="Custom")
    text = only_problem(selectionCondition=rows, filterCriteria="All", selectionLogic="1 OR 2")
    assert text.startswith("warning: ")
    assert "selectionLogic: has no effect, since filterCriteria is 'All'" in text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T00:00:00.000Z", "2026-03-01T00:00:00+00:00"),
        ("2026-03-01T00:00:00.000+0530", "2026-03-01T00:00:00+05:30"),
        ("2026-03-01T08:00:00", "2026-03-01T08:00:00"),
    ],
)
def test_ends_of_the_window(given: str, kept: str) -> None:
    assert policy(effectiveFromDateTime=given)["effective_from"] == kept


def test_what_a_draft_leaves_out_is_taken_as_there_and_said() -> None:
    files = read_text('{"name": "P", "targetObject": "CreditMemo", "sequencePattern": "{SequenceValue}"}')
    assert said(files) == [
        "warning: p.json:1: sequences.P.sequenceMode: is missing; Basic is taken",
        "warning: p.json:1: policies.P.isActive: is missing; the policy is imported as inactive",
    ]
    assert files.wanted.sequences == {
        "P": {"document_type": "credit_memo", "pattern": "{number}", "mode": "standard"}
    }
    assert files.wanted.policies["P"]["status"] == "inactive"


def test_what_the_model_finds_is_shown_at_the_key_it_came_from() -> None:
    files = read(sequenceStartNumber=9, maximumSequenceNumber=5, timeZone="Mars", effectiveFromDateTime=None)
    found = check_sequence("P", files.wanted.sequences["P"], {})[1]
    texts = [files.describe(finding) for finding in found]
    assert [text.split(": ")[0] for text in texts] == ["p.json:9", "p.json:8"]
