"""Conditions: every operator, every type of value, missing and unreadable attributes."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.policy.check import check_policy
from seqctl.model.policy.policy import NEGATED, OPERATORS, Policy, decode, encode

BASE = {"document_type": "invoice", "sequence": "s"}


def policy(*conditions: dict[str, Any], logic: str | None = None) -> Policy:
    made, findings = check_policy("p", {**BASE, "conditions": list(conditions), "logic": logic})
    assert made is not None, [str(finding) for finding in findings]
    return made


def holds(operator: str, value: object, given: str | None) -> bool | None:
    condition: dict[str, Any] = {"field": "f", "operator": operator}
    if value is not None:
        condition["value"] = value
    return policy(condition).matches({} if given is None else {"f": given})


@pytest.mark.parametrize(
    ("operator", "value", "matching", "failing"),
    [
        ("equals", "DE", ["DE"], ["de", "DE ", "D", "FR"]),
        ("not_equals", "DE", ["de", "FR"], ["DE"]),
        (
            "equals",
            100,
            ["100", "100.0", "1e2", "0100"],
            ["1000", "x", "100 ", "1_00", "NaN", "Infinity", "٣"],
        ),
        ("equals", 1.10, ["1.1", "1.10"], ["1.1001"]),
        ("equals", True, ["true", "TRUE"], ["1", "yes", "false"]),
        ("in", ["web", "shop"], ["web", "shop"], ["web,shop", "Web"]),
        ("not_in", ["web"], ["shop"], ["web"]),
        ("in", [1, 2], ["1", "2.0"], ["3", "one"]),
        ("greater", 100, ["100.01", "1e3"], ["100", "99", "-5", "many"]),
        ("greater_or_equal", 100, ["100", "101"], ["99.99"]),
        ("less", -1, ["-2"], ["-1", "0"]),
        ("less_or_equal", "M", ["A", "M"], ["N", "a"]),
        ("starts_with", "DE-", ["DE-1"], ["XDE-1"]),
        ("ends_with", "-X", ["1-X"], ["1-X "]),
        ("contains", "ACME", ["the ACME corp"], ["acme"]),
        ("matches", "^[A-Z]{2}$", ["DE"], ["DEU", "de"]),
        ("matches", "EU", ["DEU"], ["E U"]),
        ("is_set", None, ["x", " "], [""]),
        ("is_not_set", None, [""], ["x"]),
    ],
)
def test_an_operator_matches_what_it_says(
    operator: str, value: object, matching: list[str], failing: list[str]
) -> None:
    assert [given for given in matching if not holds(operator, value, given)] == []
    assert [given for given in failing if holds(operator, value, given)] == []


def test_dates_compare_as_dates() -> None:
    made, _ = check_policy(
        "p",
        {**BASE, "conditions": [{"field": "f", "operator": "less", "value": date(2026, 1, 1)}]},
    )
    assert made is not None
    assert made.matches({"f": "2025-12-31"})
    assert not any(made.matches({"f": text}) for text in ("2026-01-01", "20251231", "2025-W01-1", "soon"))


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("given", [None, ""])
def test_a_missing_or_empty_attribute_fails_every_positive_operator(operator: str, given: str | None) -> None:
    value: object = (
        None if operator in ("is_set", "is_not_set") else ["x"] if "in" in operator.split("_") else "x"
    )
    assert holds(operator, value, given) == (operator in NEGATED)


@given(st.text(max_size=8), st.sampled_from(["a", "b", 1, 2.5, True]))
def test_not_equals_and_not_in_are_exact_negations(given: str, value: object) -> None:
    for operator, negated, what in (("equals", "not_equals", value), ("in", "not_in", [value])):
        met = holds(operator, what, given)
        assert holds(negated, what, given) is (None if met is None else not met)


@pytest.mark.parametrize(
    ("value", "unreadable", "readable"),
    [
        (
            100,
            ["250.000,00", "1,5", " 7", "1_000", "x", "\u0661", "nan", "inf"],
            ["250000.00", "-7", "0", "1e3"],
        ),
        (True, ["yes", "1", "wahr", " true"], ["true", "FALSE"]),
        (date(2026, 1, 1), ["01.01.2026", "20260101", "2026-1-1", "soon"], ["2025-12-31"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("operator", ["equals", "not_equals", "in", "not_in", "greater", "less_or_equal"])
def test_what_does_not_read_as_the_type_of_the_value_is_unknown(
    value: int | date, unreadable: list[str], readable: list[str], operator: str
) -> None:
    if isinstance(value, bool) and operator not in ("equals", "not_equals"):
        return
    wanted = [value] if operator in ("in", "not_in") else value
    assert [holds(operator, wanted, given) for given in unreadable] == [None] * len(unreadable)
    assert None not in [holds(operator, wanted, given) for given in readable]
    assert {holds(operator, wanted, given) for given in (None, "")} == {operator in NEGATED}


@given(
    st.recursive(
        st.sampled_from(["1", "2", "3"]),
        lambda inner: (
            st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda parts: f"({' '.join(parts)})")
            | inner.map(lambda part: f"NOT {part}")
        ),
        max_leaves=8,
    ),
    st.tuples(*[st.sampled_from([True, False, None])] * 3),
)
def test_unknown_conditions_leave_unknown_only_what_hangs_on_them(
    logic: str, holds: tuple[bool | None, bool | None, bool | None]
) -> None:
    """Where a logic is decided with unknown conditions, it is so whatever they are; where every id stands
    once, it is undecided only where that matters."""
    from itertools import product

    from seqctl.model.policy.logic import parse_logic
    from seqctl.model.policy.policy import Condition, decide

    conditions = tuple(Condition(id, "f", "is_set", "t", ()) for id in (1, 2, 3))
    postfix = parse_logic(logic, [1, 2, 3])
    choices = [[known] if known is not None else [True, False] for known in holds]
    outcomes = {
        decide(conditions, postfix, {}, dict(zip((1, 2, 3), chosen, strict=True)))
        for chosen in product(*choices)
    }
    decided = decide(conditions, postfix, {}, dict(zip((1, 2, 3), holds, strict=True)))
    if decided is not None:
        assert outcomes == {decided}
    elif all(postfix.count(id) <= 1 for id in "123"):
        assert outcomes == {True, False}


@given(
    st.lists(
        st.tuples(st.sampled_from(["equals", "in", "greater"]), st.sampled_from(["x", "ü|\\", 5, -1.5])),
        max_size=4,
    )
)
def test_the_stored_form_reads_back(parts: list[tuple[str, object]]) -> None:
    conditions = [
        {"field": f"f{n} ü", "operator": operator, "value": [value] if operator == "in" else value}
        for n, (operator, value) in enumerate(parts)
    ]
    made = policy(*conditions)
    decoded = decode(encode(made.conditions, made.postfix))
    assert decoded is not None
    assert encode(*decoded) == encode(made.conditions, made.postfix)
    assert decode("0\nold") is None


@pytest.mark.parametrize(
    ("condition", "place", "words"),
    [
        ({"field": "f", "operator": "equal", "value": "x"}, "conditions.0.operator", "equals"),
        ({"field": "f", "operator": "in", "value": "x"}, "conditions.0.value", "list"),
        ({"field": "f", "operator": "in", "value": []}, "conditions.0.value", "list"),
        ({"field": "f", "operator": "in", "value": ["x", 1]}, "conditions.0.value", "types"),
        ({"field": "f", "operator": "contains", "value": 5}, "conditions.0.value", "texts"),
        ({"field": "f", "operator": "matches", "value": "("}, "conditions.0.value", "regular expression"),
        ({"field": "f", "operator": "greater", "value": True}, "conditions.0.value", "true"),
        ({"field": "f", "operator": "is_set", "value": "x"}, "conditions.0.value", "no value"),
        ({"field": "f", "operator": "equals"}, "conditions.0.value", "missing"),
        ({"field": "", "operator": "is_set"}, "conditions.0.field", "characters"),
        ({"field": "f", "operator": "is_set", "valu": 1}, "conditions.0.valu", "value"),
        ({"id": "one", "field": "f", "operator": "is_set"}, "conditions.0.id", "whole number"),
        ({"field": "f", "operator": "equals", "value": float("nan")}, "conditions.0.value", "compared"),
    ],
)
def test_a_wrong_condition_is_named_with_its_place(condition: dict[str, Any], place: str, words: str) -> None:
    made, findings = check_policy("p", {**BASE, "conditions": [condition]})
    assert made is None
    (finding,) = findings
    assert finding.place == f"policies.p.{place}"
    assert words in str(finding)


def test_all_problems_of_a_policy_are_found_at_once() -> None:
    made, findings = check_policy(
        "p",
        {
            "priority": "high",
            "status": "on",
            "timezone": "Mars/X",
            "effective_from": "2026-13-01",
            "conditions": [
                {"field": "f", "operator": "is_set"},
                {"id": 1, "field": "g", "operator": "is_set"},
            ],
            "logik": "1",
        },
    )
    assert made is None
    fields = [".".join(str(part) for part in finding.field) for finding in findings]
    assert sorted(fields) == sorted(
        [
            *("logik", "document_type", "sequence", "priority", "status", "timezone", "effective_from"),
            "conditions.1.id",
        ]
    )
