"""Each field of a sequence by its kind: one clear finding for a wrong value, and all of them at once."""

from datetime import date, datetime
from typing import Any

import pytest

from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.fields import FIELD_TABLE

WRONG: dict[str, list[Any]] = {
    "title": [5, True, ["a"], "a\x00b", "x" * 10_001],
    "description": [5, {"a": "b"}, "a\u200bb"],
    "document_type": [5, "x" * 256, "a\nb", ["a", "a"], ["a", 5], []],
    "type_codes": [
        5,
        ["FA"],
        {"invoice": 5},
        {"invoice": "a\nb"},
        {"invoice": ["FA", "FB"]},
        {"refund": "R"},
    ],
    "kind": ["roman", 1, "", ["alpha"]],
    "pattern": [5, True, "", "INV", "INV-{numbr}-{number:0}", "INV\n{number}"],
    "start": ["x", "", True, -1, 1.5, "-1", "1.0", [1], 2**63, "9" * 40],
    "end": ["x", False, -1, 1.5, "٣", {"a": 1}, 2**63],
    "step": [0, -1, "0", "x", True, 1.0, 2**63],
    "max_width": [0, -1, "wide", True],
    "max_length": [0, 256, "long", False],
    "reset": ["yearly", "", 5, ["year"]],
    "calendar": [5, True, ["india"]],
    "timezone": [5, "Mars/Phobos", "Europe/Berln", "Europe", "", "/etc/passwd", "../UTC"],
    "scope": [5, "entity", ["1a"], ["number"], ["a", "a"], [["a"]], [{"a": "b"}], {"a": 5}, {"a": [5]}],
    "requires": [5, "entity", ["1a"], {"a-b": "DE"}, {"a": ["x\ny"]}, [["a"]]],
    "mode": ["gapful", 1],
    "unique": ["never", True],
    "date_order": ["on", True],
    "manual": ["maybe", 1, 0, "True", ""],
    "warn_at": [5, 90, True],
    "reservation_ttl": [5, "15", "0m", "15 minutes", "", "367d"],
    "characters": [5, "", "A-Z", "[]", "[^a]", "[z-a]", "[a", r"[\w]"],
    "reference": [5, "RF", "", "giro", ["rf"]],
    "reference_base": [5, True, "{number", "", "{nothing}"],
    "effective_from": [5, "2026-13-01", "2026-1-1", "tomorrow", datetime(2026, 1, 1), True],
    "effective_until": [20261231, "31.12.2026", "", ["2026-01-01"]],
    "status": ["on", False],
}


def test_there_is_a_wrong_value_for_every_field() -> None:
    assert {"name", *WRONG} == {field.name for field in FIELD_TABLE}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field in WRONG for value in WRONG[field]])
def test_a_value_of_the_wrong_kind_is_one_finding_that_names_the_field(field: str, value: object) -> None:
    sequence, findings = check_sequence("invoice", {field: value}, {})
    assert sequence is None
    assert [(finding.code, finding.severity) for finding in findings] == [("invalid_definition", "error")]
    assert findings[0].subject == ("sequences", "invoice")
    assert findings[0].field == (field,)
    assert str(findings[0]).startswith(f"sequences.invoice.{field}: {findings[0].message}")
    assert len(findings[0].message) > 5


@pytest.mark.parametrize("field", ["prefix", "suffix"])
@pytest.mark.parametrize("value", [5, 0, False, [], {}, "a\x00", "a\nb"])
def test_a_prefix_or_suffix_of_the_wrong_kind_is_one_finding(field: str, value: object) -> None:
    sequence, findings = check_sequence("invoice", {field: value}, {})
    assert sequence is None
    assert [finding.field for finding in findings] == [(field,)]


@pytest.mark.parametrize("value", ["wide", -1, 256, 2.0, True, False, [], ""])
def test_a_width_of_the_wrong_kind_is_one_finding(value: str | float | list[Any]) -> None:
    sequence, findings = check_sequence("invoice", {"width": value}, {})
    assert sequence is None
    assert [finding.field for finding in findings] == [("width",)]


@pytest.mark.parametrize("name", ["", "x" * 256, " a", "a ", "a\nb", "a\u200b", 5])
def test_a_wrong_name_is_one_finding(name: str | int) -> None:
    sequence, findings = check_sequence(name, {}, {})
    assert sequence is None
    assert [finding.field for finding in findings] == [("name",)]


@pytest.mark.parametrize("name", ["a", "x" * 255, "Rechnungen 2026", "№/1.b", "請求書"])
def test_any_printable_text_is_a_name(name: str) -> None:
    sequence, findings = check_sequence(name, {}, {})
    assert sequence is not None
    assert (sequence.name, findings) == (name, [])


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("reset", "yearl", "'year'"),
        ("reset", "half_year", "'half-year'"),
        ("kind", "Alpha", "'alpha'"),
        ("mode", "gap-less", "'gapless'"),
        ("timezone", "Europe/Berln", "'Europe/Berlin'"),
        ("effective_from", "01.01.2026", "2026-11-21"),
        ("reservation_ttl", "15", "15m"),
        ("scope", "entity", '["entity"]'),
        ("patern", "x", "'pattern'"),
        ("Pattern", "x", "'pattern'"),
        ("document-type", "x", "'document_type'"),
        ("prefx", "x", "'prefix'"),
    ],
)
def test_a_finding_says_what_would_be_right(field: str, value: str, hint: str) -> None:
    findings = check_sequence("invoice", {field: value}, {})[1]
    assert [finding.field for finding in findings] == [(field,)]
    assert hint in (findings[0].hint or "")


def test_all_wrong_values_of_a_sequence_are_found_at_once() -> None:
    wrong = {field: values[0] for field, values in WRONG.items() if field not in ("kind", "pattern")}
    findings = check_sequence(" a", {**wrong, "colour": "red"}, {})[1]
    assert sorted(finding.field[0] for finding in findings) == sorted([*wrong, "name", "colour"])


def test_values_that_do_not_fit_are_found_beside_values_of_the_wrong_kind() -> None:
    fields = {"step": 0, "scope": ["entity"], "effective_from": "2026-02-01", "effective_until": "2026-01-01"}
    findings = check_sequence("invoice", fields, {})[1]
    assert {finding.field[0] for finding in findings} == {"step", "scope", "effective_until"}


def test_values_from_the_command_line_are_text_and_become_what_they_mean() -> None:
    given = {"start": "7", "step": "2", "max_width": "3", "manual": "true", "effective_from": "2026-01-02"}
    sequence, findings = check_sequence("invoice", given, {})
    assert sequence is not None and findings == []
    assert (sequence.start, sequence.step, sequence.max_width, sequence.manual) == (7, 2, 3, True)
    assert sequence.effective_from == "2026-01-02"


def test_a_date_of_a_file_is_stored_as_text() -> None:
    sequence, _ = check_sequence("a", {"effective_from": date(2026, 1, 2)}, {})
    assert sequence is not None and sequence.effective_from == "2026-01-02"


def test_a_value_that_is_not_given_is_the_default() -> None:
    sequence, findings = check_sequence("invoice", {field.name: None for field in FIELD_TABLE}, {})
    plain, _ = check_sequence("invoice", {}, {})
    assert sequence is not None and plain is not None and findings == []
    assert sequence.definition() == plain.definition()
