"""Findings on policies: which of them can never choose, and which always meet another."""

from collections.abc import Callable, Mapping

import pytest

from seqctl.actions.linting.policies import lint_policies
from seqctl.model.catalogue.catalogue import Catalogue
from seqctl.model.policy.check import check_policy
from seqctl.model.policy.policy import Policy
from tests.book import Book
from tests.steps import grows_evenly

GERMAN = {"field": "country", "operator": "equals", "value": "DE"}
FRENCH = {"field": "country", "operator": "equals", "value": "FR"}
BOTH = {"field": "country", "operator": "in", "value": ["DE", "FR"]}
LARGE = {"field": "total", "operator": "greater", "value": 1000}
HUGE = {"field": "total", "operator": "greater_or_equal", "value": 5000}
ODD = {"field": "name", "operator": "contains", "value": "x"}


def policy(name: str, *conditions: Mapping[str, object], **fields: str | int) -> Policy:
    given = {"document_type": "invoice", "sequence": "invoice", "conditions": list(conditions), **fields}
    made, findings = check_policy(name, given)
    assert made is not None, findings
    return made


def found(*policies: Policy) -> list[tuple[str, str]]:
    findings = lint_policies(Catalogue(timezone="UTC", policies={item.name: item for item in policies}))
    return [(finding.code, finding.subject[1]) for finding in findings]


def test_policies_that_share_no_record_are_fine() -> None:
    assert found(policy("a", GERMAN), policy("b", FRENCH), policy("c", GERMAN, LARGE, priority=1)) == []


def test_contradicting_conditions_never_match() -> None:
    assert found(policy("a", GERMAN, FRENCH), policy("b", LARGE)) == [("never_matches", "a")]
    assert found(policy("a", GERMAN, FRENCH, logic="1 OR 2")) == []


def test_what_never_matches_shadows_nothing_and_ties_with_nothing() -> None:
    impossible = (GERMAN, FRENCH)
    assert found(policy("a", *impossible, priority=1), policy("b", *impossible)) == [
        ("never_matches", "a"),
        ("never_matches", "b"),
    ]


@pytest.mark.parametrize("above", [(GERMAN,), (BOTH,), ()], ids=["same", "wider", "everything"])
def test_a_narrower_policy_below_is_shadowed(above: tuple[Mapping[str, str | list[str]], ...]) -> None:
    assert found(policy("a", *above, priority=2), policy("b", GERMAN, priority=1)) == [("shadowed", "b")]


def test_a_policy_is_not_shadowed_by_one_that_is_narrower_of_another_type_or_inactive() -> None:
    below = policy("b", GERMAN)
    assert found(policy("a", GERMAN, LARGE, priority=1), below) == []
    assert found(policy("a", priority=1, document_type="refund"), below) == []
    assert found(policy("a", priority=1, status="inactive"), below) == []
    assert found(policy("a", ODD, priority=1), below) == []


def test_an_inactive_policy_is_left_alone() -> None:
    assert found(policy("a", GERMAN, FRENCH, status="inactive"), policy("b", GERMAN)) == []


def test_a_shadow_must_be_as_wide_in_time() -> None:
    year = {"effective_from": "2026-01-01", "effective_until": "2026-12-31"}
    assert found(policy("a", priority=1, **year), policy("b", GERMAN)) == []
    assert found(policy("a", priority=1), policy("b", GERMAN, **year)) == [("shadowed", "b")]
    assert found(policy("a", priority=1, **year), policy("b", GERMAN, **year)) == [("shadowed", "b")]


def test_an_undecided_policy_is_shadowed_only_by_everything() -> None:
    assert found(policy("a", priority=1), policy("b", ODD)) == [("shadowed", "b")]
    assert found(policy("a", GERMAN, priority=1), policy("b", GERMAN, ODD)) == []


def test_equal_priorities_tie_where_one_contains_the_other() -> None:
    assert found(policy("a", GERMAN, LARGE), policy("b", GERMAN)) == [("always_ties", "a")]
    assert found(policy("a", LARGE), policy("b", HUGE)) == [("always_ties", "b")]
    assert found(policy("a", GERMAN), policy("b", LARGE)) == []


def test_of_two_with_the_same_conditions_one_is_named() -> None:
    assert found(policy("a", ODD, GERMAN), policy("b", GERMAN, ODD)) == [("always_ties", "b")]


def test_no_tie_without_a_common_day() -> None:
    first = policy("a", GERMAN, effective_until="2026-06-30")
    assert found(first, policy("b", GERMAN, effective_from="2026-07-01")) == []
    assert found(first, policy("b", GERMAN, effective_from="2026-06-30")) == [("always_ties", "b")]


def test_a_shadowed_policy_is_not_told_of_its_ties() -> None:
    assert found(policy("a", GERMAN), policy("b", GERMAN), policy("top", priority=9)) == [
        ("shadowed", "a"),
        ("shadowed", "b"),
    ]


def test_the_book_agrees_that_a_shadowed_policy_is_never_chosen_and_that_a_tie_is_refused(book: Book) -> None:
    book.load(
        """
[sequences.one]
document_type = "invoice"
pattern = "A-{number}"
[sequences.two]
document_type = "invoice"
pattern = "B-{number}"
[policies.wide]
document_type = "invoice"
sequence = "one"
priority = 2
conditions = [{ field = "total", operator = "greater", value = 10 }]
[policies.narrow]
document_type = "invoice"
sequence = "two"
conditions = [{ field = "total", operator = "greater", value = 20 }]
"""
    )
    assert book("lint").rows[0]["subject"] == "policies.narrow"
    assert book.next("invoice", "--attr", "total=30") == ["A-1"]
    book.ok("policy", "edit", "narrow", "--priority", "2")
    assert [row["code"] for row in book("lint").rows] == ["always_ties"]
    book.fails(5, "ambiguous_policy", "next", "invoice", "--attr", "total=30")


def test_many_policies_that_name_different_values_are_not_compared_pair_by_pair() -> None:
    def work(size: int) -> Callable[[], object]:
        policies = [
            policy(f"p{number}", {"field": "customer", "operator": "equals", "value": f"K{number}"}, LARGE)
            for number in range(size)
        ]
        return lambda: found(*policies)

    assert grows_evenly(work, 50)
