"""What the fields of one sequence must have in common."""

from typing import Any

import pytest

from seqctl.model.finding import FindingList
from seqctl.model.sequence.check import check_sequence
from seqctl.model.time.calendar import Calendar

CALENDARS = {"india": Calendar("india", 4, 1, "start"), "sweden": Calendar("sweden", 5, 1, "end")}


def findings_of(fields: dict[str, Any]) -> FindingList:
    return check_sequence("invoice", fields, CALENDARS)[1]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"start": 10, "end": 9}, "end", "below start"),
        ({"kind": "alpha", "start": "c", "end": "b"}, "end", "below start"),
        ({"start": 1000, "max_width": 3}, "max_width", "'1000'"),
        ({"width": 5, "max_width": 4}, "max_width", "'00001'"),
        ({"prefix": "INVOICE-", "max_length": 8}, "max_length", "'1'"),
        ({"pattern": "{YYYY}-{number:3}", "max_length": 7}, "max_length", "'001'"),
        ({"kind": "alpha", "pattern": "{number:3}", "max_width": 2}, "max_width", "'aaa'"),
        ({"prefix": "x" * 254, "start": 10}, "start", "'10'"),
        ({"warn_at": "90%"}, "warn_at", "needs a range that ends"),
        ({"warn_at": "100 left", "max_length": 9}, "warn_at", "needs a range that ends"),
        ({"warn_at": "often", "end": 9}, "warn_at", "neither a percentage, a number left nor days"),
        ({"warn_at": ["90%", "5 days"], "end": 9}, "warn_at", "counts days to a last day"),
        ({"warn_at": "0%", "end": 9}, "warn_at", "between 1% and 100%"),
        ({"warn_at": "x left", "max_width": 3}, "warn_at", "not a whole number"),
        ({"calendar": "indai"}, "calendar", "no calendar 'indai'"),
        ({"calendar": "indai", "pattern": "{FY}-{number}"}, "calendar", "no calendar 'indai'"),
        ({"pattern": "{FY}-{number}"}, "pattern", "{FY} needs a calendar"),
        ({"pattern": "{FYS:YY}{FYE:YY}-{number}"}, "pattern", "{FYS:YY} needs a calendar"),
        (
            {"pattern": "{YYYY}{MM}{DD}{number}", "reset": "fiscal-year"},
            "reset",
            "fiscal-year needs a calendar",
        ),
        ({"reset": "year"}, "pattern", "cannot tell the periods of reset 'year' apart"),
        (
            {"pattern": "{YYYY}-{number}", "reset": "month"},
            "pattern",
            "2000-01-01 and 2000-02-01 both show '2000'",
        ),
        (
            {"pattern": "{YYYY}-{number}", "reset": "fiscal-year", "calendar": "india"},
            "pattern",
            "'fiscal-year' apart",
        ),
        ({"scope": ["entity"]}, "scope", "'entity' has counters of its own but is not in the pattern"),
        (
            {"pattern": "{entity}{number}", "scope": {"entity": ["A", "A1"]}},
            "scope",
            "'A1' for 'entity' ends with '1'",
        ),
        (
            {"pattern": "{number}{entity}", "requires": {"entity": "1A"}},
            "requires",
            "'1A' for 'entity' begins with '1'",
        ),
        (
            {"effective_from": "2026-02-01", "effective_until": "2026-01-31"},
            "effective_until",
            "before effective_from 2026-02-01",
        ),
    ],
)
def test_fields_that_do_not_fit_are_one_finding_at_the_field_to_mend(
    fields: dict[str, Any], field: str, said: str
) -> None:
    sequence, findings = check_sequence("invoice", fields, CALENDARS)
    assert sequence is None
    assert [finding.field for finding in findings] == [(field,)]
    assert findings[0].severity == "error"
    assert said in findings[0].message


@pytest.mark.parametrize(
    "fields",
    [
        {"start": 10, "end": 10},
        {"start": 0},
        {"max_width": 3, "start": 999},
        {"prefix": "INV-", "max_length": 5, "start": 9},
        {"end": 99, "warn_at": "90%"},
        {"max_width": 4, "warn_at": "100 left"},
        {"kind": "alpha", "pattern": "{number:3}", "warn_at": "90%"},
        {"calendar": "india"},
        {"pattern": "{FYS}-{FYE:YY}/{number:4}", "calendar": "india", "reset": "fiscal-year"},
        {"pattern": "{FY}{FQ}-{number}", "calendar": "sweden", "reset": "fiscal-quarter"},
        {"pattern": "{YYYY}-{FY}-{number}", "calendar": "india"},
        {"pattern": "{GGGG}-W{WW}-{number}", "reset": "week"},
        {"reset": "day", "unique": "period"},
        {"pattern": "{number}", "reset": "fiscal-month", "calendar": "india", "unique": "period"},
        {"pattern": "{entity}-{number}", "scope": {"entity": ["A1", ""]}},
        {"pattern": "{entity}-{branch}-{number}", "scope": ["entity"]},
        {"requires": {"entity": ["A1"]}},
        {"requires": ["entity"]},
        {"effective_from": "2026-02-01", "effective_until": "2026-02-01"},
    ],
)
def test_fields_that_fit_are_accepted(fields: dict[str, Any]) -> None:
    sequence, findings = check_sequence("invoice", fields, CALENDARS)
    assert findings == []
    assert sequence is not None


def test_everything_that_does_not_fit_is_found_at_once() -> None:
    fields = {
        "document_type": "x" * 256,
        "pattern": "{YYYY}-{number}",
        "reset": "quarter",
        "end": 0,
        "warn_at": "often",
        "scope": ["entity", "branch"],
        "effective_from": "2027-01-01",
        "effective_until": "2026-12-31",
    }
    found = sorted(finding.field[0] for finding in findings_of(fields))
    expected = ["document_type", "effective_until", "end", "pattern", "scope", "scope", "warn_at"]
    assert found == expected


@pytest.mark.parametrize(
    ("reset", "example"),
    [
        ("year", "{YYYY}"),
        ("half-year", "{YYYY}-{H}"),
        ("quarter", "{YYYY}-{Q}"),
        ("month", "{YYYY}{MM}"),
        ("week", "{GGGG}{WW}"),
        ("day", "{YYYY}{MM}{DD}"),
        ("fiscal-year", "{FY}"),
        ("fiscal-quarter", "{FY}-{FQ}"),
        ("fiscal-month", "{FY}{FM}"),
    ],
)
def test_the_hint_for_periods_is_a_pattern_that_is_accepted(reset: str, example: str) -> None:
    findings = findings_of({"reset": reset, "calendar": "india"})
    assert f"as in {example}, " in (findings[0].hint or "")
    assert 'unique = "period"' in (findings[0].hint or "")
    assert findings_of({"reset": reset, "calendar": "india", "pattern": example + "-{number}"}) == []


def test_the_nearest_calendar_is_offered_and_the_calendar_is_kept() -> None:
    assert "'india'" in (findings_of({"calendar": "indai"})[0].hint or "")
    sequence = check_sequence("invoice", {"calendar": "sweden"}, CALENDARS)[0]
    assert sequence is not None and sequence.fiscal is CALENDARS["sweden"]
