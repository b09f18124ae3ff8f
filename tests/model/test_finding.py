"""Findings in words, and the names that are near a wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.finding import Finding, FindingList, nearest

KNOWN = ["pattern", "prefix", "half-year", "Europe/Berlin"]


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    finding = Finding("invalid_definition", "error", ("sets", "s"), "is bad", "be good", ("members", 2))
    assert finding.place == "sets.s.members.2"
    assert str(finding) == "sets.s.members.2: is bad; be good"


@pytest.mark.parametrize(
    ("subject", "field", "hint", "text"),
    [
        (("book",), ("timezone",), None, "book.timezone: is bad"),
        (("sequences", "a"), (), "fix it", "sequences.a: is bad; fix it"),
        ((), (), None, "is bad"),
    ],
)
def test_what_a_finding_does_not_have_it_does_not_say(
    subject: tuple[str, ...], field: tuple[str, ...], hint: str | None, text: str
) -> None:
    assert str(Finding("code", "warning", subject, "is bad", hint, field)) == text


def test_a_list_of_findings_is_about_one_subject() -> None:
    findings = FindingList("sequences", "a")
    findings.error("step", "is 0", "write 1")
    findings.warning(("scope", 0), "is odd")
    assert [(finding.severity, finding.place) for finding in findings] == [
        ("error", "sequences.a.step"),
        ("warning", "sequences.a.scope.0"),
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("patern", "did you mean 'pattern'?"),
        ("PATTERN", "did you mean 'pattern'?"),
        ("half_year", "did you mean 'half-year'?"),
        ("europe/berln", "did you mean 'Europe/Berlin'?"),
        ("colour", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_offered(name: str, hint: str | None) -> None:
    assert nearest(name, KNOWN) == hint


def test_several_near_names_are_offered_together_and_at_most_three() -> None:
    assert (nearest("invoice_", ["invoice_1", "invoice_2"]) or "").count(" or ") == 1
    assert (nearest("invoice_", [f"invoice_{number}" for number in range(9)]) or "").count("'") == 6


@given(st.sampled_from(KNOWN))
def test_a_known_name_is_nearest_to_itself(name: str) -> None:
    assert repr(name) in (nearest(name, KNOWN) or "")
