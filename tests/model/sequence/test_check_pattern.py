"""The pattern of a sequence, its shorthand, its counters in digits and letters, and its defaults."""

from collections.abc import Mapping
from typing import Any

import pytest

from seqctl.model.finding import Finding
from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.fields import FIELD_TABLE
from seqctl.model.sequence.sequence import Sequence


def valid(name: str = "invoice", **fields: Any) -> Sequence:
    sequence, findings = check_sequence(name, fields, {})
    assert sequence is not None and findings == []
    return sequence


def wrong(**fields: str | int) -> Finding:
    sequence, findings = check_sequence("invoice", fields, {})
    assert sequence is None
    assert len(findings) == 1
    return findings[0]


def test_a_sequence_of_only_a_name_has_every_default() -> None:
    sequence = valid("invoice")
    expected = {field.name: field.default for field in FIELD_TABLE}
    expected |= {
        "name": "invoice",
        "document_type": ["invoice"],
        "type_codes": {},
        "start": 1,
        "scope": {},
        "requires": {},
    }
    assert sequence.definition() == expected
    assert (sequence.compiled.width, sequence.compiled.alpha) == (0, False)


@pytest.mark.parametrize(
    ("fields", "pattern"),
    [
        ({"prefix": "INV-"}, "INV-{number}"),
        ({"suffix": "/26"}, "{number}/26"),
        ({"width": 5}, "{number:5}"),
        ({"width": "5"}, "{number:5}"),
        ({"width": 0}, "{number}"),
        ({"prefix": "CM", "suffix": "x", "width": 8}, "CM{number:8}x"),
        ({"prefix": "{paid}", "suffix": "}"}, "{{paid}}{number}}}"),
        ({"prefix": "", "suffix": ""}, "{number}"),
    ],
)
def test_the_shorthand_is_saved_as_the_pattern_that_it_stands_for(
    fields: dict[str, Any], pattern: str
) -> None:
    assert valid(**fields).pattern == pattern


def test_braces_of_a_prefix_are_printed() -> None:
    sequence = valid(prefix="{paid}-", width=3)
    assert sequence.compiled.segments[0] == ("T", "{paid}-")


@pytest.mark.parametrize("part", ["prefix", "suffix"])
def test_a_token_in_a_prefix_is_refused_and_not_printed(part: str) -> None:
    finding = wrong(**{part: "{YYYY}-"})
    assert finding.field == (part,)
    assert "would be printed as it stands" in finding.message


@pytest.mark.parametrize("part", [{"prefix": "INV"}, {"suffix": "-"}, {"width": 5}])
def test_the_shorthand_does_not_stand_beside_a_pattern(part: Mapping[str, str | int]) -> None:
    finding = wrong(pattern="{number}", **part)
    assert finding.field == tuple(part)
    assert "combined with a pattern" in finding.message


def test_a_shorthand_whose_numbers_would_be_too_long_is_refused() -> None:
    assert wrong(prefix="x" * 250, width=10).field == ("prefix",)


def test_letters_start_at_a_without_a_width_and_at_all_a_with_one() -> None:
    for pattern, start, shown in (("{number}", 1, "a"), ("GJ-{number:3}", 0, "aaa")):
        sequence = valid(kind="alpha", pattern=pattern)
        assert sequence.start == start
        assert sequence.compiled.counter_text(sequence.start) == shown
    assert valid(kind="alpha").pattern == "{number}"
    assert valid(kind="alpha", width=2).start == 0


@pytest.mark.parametrize(
    ("pattern", "start", "end", "values"),
    [("{number}", "b", "aa", (2, 27)), ("{number:2}", "ab", "zz", (1, 675)), ("{number}", "a", "a", (1, 1))],
)
def test_start_and_end_of_letters_are_letters(
    pattern: str, start: str, end: str, values: tuple[int, int]
) -> None:
    sequence = valid(kind="alpha", pattern=pattern, start=start, end=end)
    assert (sequence.start, sequence.end) == values


@pytest.mark.parametrize("field", ["start", "end"])
@pytest.mark.parametrize(
    ("pattern", "value", "example"),
    [
        ("{number}", 5, '"a"'),
        ("{number}", "5", '"a"'),
        ("{number}", "A", '"a"'),
        ("{number}", "", '"a"'),
        ("{number:3}", "aa", '"aaa"'),
        ("{number:3}", "aaaa", '"aaa"'),
        ("{number}", "z" * 14, None),
    ],
)
def test_other_texts_are_no_start_or_end_of_letters(
    field: str, pattern: str, value: str | int, example: str | None
) -> None:
    finding = wrong(kind="alpha", pattern=pattern, **{field: value})
    assert finding.field == (field,)
    assert example is None or example in (finding.hint or "")


@pytest.mark.parametrize("field", ["start", "end"])
def test_letters_are_no_start_or_end_of_digits(field: str) -> None:
    assert wrong(**{field: "a"}).field == (field,)


def test_a_wrong_start_is_found_beside_a_wrong_pattern() -> None:
    findings = check_sequence("invoice", {"pattern": "INV", "start": True, "end": []}, {})[1]
    assert {finding.field[0] for finding in findings} == {"pattern", "start", "end"}


@pytest.mark.parametrize(
    ("fields", "document_type"),
    [
        ({}, "customer_invoice"),
        ({"document_type": "creditMemo"}, "credit_memo"),
        ({"document_type": "Journal-Entry"}, "journal_entry"),
        ({"document_type": "order"}, "order"),
    ],
)
def test_the_document_type_is_the_name_unless_given_and_in_snake_case(
    fields: dict[str, str], document_type: str
) -> None:
    assert valid("customerInvoice", **fields).document_type == document_type


def test_texts_are_stored_composed() -> None:
    sequence = valid("A\u0308", title="u\u0308ber", prefix="O\u0308")
    assert (sequence.name, sequence.title, sequence.pattern) == ("Ä", "über", "Ö{number}")
