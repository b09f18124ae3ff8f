"""What is claimed of policies, held against every record of small domains."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.policy.check import check_policy
from seqctl.model.policy.overlap import contains, matched
from seqctl.model.policy.overlap_index import ContainingIndex
from seqctl.model.policy.policy import Policy
from tests.amount import amount

TEXTS = ["x", "5", "5.0", "2026-01-02", "true"]
NUMBERS = [5, 6, 5.5]
DATES = ["2026-01-02", "2026-01-03", "2026-01-05"]
SEEN = (
    *(None, "", "other", *TEXTS, "TRUE", "false", "6", "6.0", "5.00", "5.5", "5.50", "4.5", "5.25", "5.75"),
    *("6.5", "-1000", "1000", "nan", "1900-01-01", "2100-01-01"),
    *(f"2026-01-0{day}" for day in (1, 3, 4, 5, 6)),
)
"""Values of records: each value of a definition, its neighbours, other spellings, and none."""
RANGES = ["greater", "greater_or_equal", "less", "less_or_equal"]
toml_date = date.fromisoformat


values = st.one_of(st.sampled_from(TEXTS), st.sampled_from(NUMBERS), st.sampled_from(DATES).map(toml_date))
fields = st.sampled_from(["a", "b"])
listed = st.one_of(
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3),
    st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3),
    st.lists(st.sampled_from(DATES).map(toml_date), min_size=1, max_size=3),
)
compared = st.one_of(
    st.builds(lambda v: ("equals", v), st.one_of(values, st.booleans())),
    st.builds(lambda v: ("in", v), listed),
    st.builds(
        lambda o, v: (o, v),
        st.sampled_from(RANGES),
        st.one_of(st.sampled_from(NUMBERS), st.sampled_from(DATES).map(toml_date)),
    ),
    st.sampled_from([("is_set", None), ("is_not_set", None)]),
)
undecided = st.sampled_from([("not_equals", "x"), ("not_in", ["x"]), ("contains", "5"), ("greater", "x")])


def policy(conditions: Iterable[tuple[str, tuple[str, object]]], logic: str | None = None) -> Policy:
    tables = [
        {"field": field, "operator": operator} | ({} if value is None else {"value": value})
        for field, (operator, value) in conditions
    ]
    made, findings = check_policy(
        "p", {"document_type": "t", "sequence": "s", "conditions": tables, "logic": logic}
    )
    assert made is not None, findings
    return made


decided = st.lists(st.tuples(fields, compared), max_size=4).map(policy)


@st.composite
def any_policy(draw: st.DrawFn) -> Policy:
    conditions = draw(st.lists(st.tuples(fields, st.one_of(compared, undecided)), min_size=1, max_size=3))
    words = [f"{draw(st.sampled_from(['', 'NOT ']))}{id + 1}" for id in range(len(conditions))]
    logic = draw(st.sampled_from([None, " AND ".join(words), " OR ".join(words), words[0], "1"]))
    return policy(conditions, logic)


def records() -> Iterator[dict[str, str]]:
    for a, b in product(SEEN, SEEN):
        yield {name: value for name, value in (("a", a), ("b", b)) if value is not None}


RECORDS = list(records())


@settings(max_examples=amount(100), deadline=None)
@given(decided, decided)
def test_what_is_decided_is_what_every_record_shows(wide: Policy, narrow: Policy) -> None:
    found, lesser = matched(wide), matched(narrow)
    seen = [record for record in RECORDS if narrow.matches(record)]
    assert lesser.decided
    assert lesser.never == (not seen)
    if seen and not found.never:
        assert contains(found, lesser) == all(wide.matches(record) for record in seen)


@settings(max_examples=amount(100), deadline=None)
@given(any_policy(), st.one_of(any_policy(), decided))
def test_no_claim_is_wrong(one: Policy, other: Policy) -> None:
    for wide, narrow in ((one, other), (other, one), (one, one)):
        seen = [record for record in RECORDS if narrow.matches(record)]
        assert not (matched(narrow).never and seen)
        if contains(matched(wide), matched(narrow)):
            assert all(wide.matches(record) for record in seen)


def test_a_policy_contains_itself_whatever_its_operators_and_the_order_of_its_conditions() -> None:
    one = policy([("a", ("contains", "x")), ("b", ("equals", 5))])
    other = policy([("b", ("equals", 5)), ("a", ("contains", "x"))])
    either = policy([("a", ("contains", "x")), ("b", ("equals", 5))], "1 OR 2")
    assert contains(matched(one), matched(other))
    assert not contains(matched(either), matched(one))
    assert contains(matched(either), matched(either))


def test_without_conditions_everything_is_contained_also_what_is_undecided() -> None:
    everything = matched(policy([]))
    assert contains(everything, matched(policy([("a", ("matches", "^x"))])))
    assert not contains(matched(policy([("a", ("is_set", None))])), everything)


def test_conditions_that_the_logic_leaves_out_do_not_count() -> None:
    conditions = [("a", ("equals", "x")), ("a", ("equals", "y"))]
    assert matched(policy(conditions)).impossible == "a"
    assert not matched(policy(conditions, "2")).never
    assert not matched(policy(conditions, "1 OR 2")).never


def test_the_type_of_the_value_decides() -> None:
    assert matched(policy([("a", ("equals", 5)), ("a", ("equals", "5.0"))])).rooms["a"].texts == {"5.0"}
    assert matched(policy([("a", ("equals", 5)), ("a", ("equals", "x"))])).never
    assert not contains(matched(policy([("a", ("equals", "5"))])), matched(policy([("a", ("equals", 5))])))
    assert contains(matched(policy([("a", ("equals", 5))])), matched(policy([("a", ("equals", "5"))])))


def test_days_are_counted_and_numbers_are_not() -> None:
    between = [("a", ("greater", toml_date("2026-01-01"))), ("a", ("less", toml_date("2026-01-02")))]
    assert matched(policy(between)).never
    assert not matched(policy([("a", ("greater", 1)), ("a", ("less", 2))])).never
    assert matched(policy([("a", ("greater", 1)), ("a", ("less_or_equal", 1))])).never
    assert matched(policy([("a", ("greater", toml_date("9999-12-31")))])).never


@pytest.mark.parametrize(
    ("wide", "narrow", "contained"),
    [
        (("less", 6), ("less", 5), True),
        (("less", 5), ("less", 6), False),
        (("less", 5), ("less_or_equal", 5), False),
        (("less_or_equal", 5), ("less", 5), True),
        (("greater", 5), ("greater_or_equal", 5), False),
        (("greater_or_equal", 5), ("greater", 5), True),
        (("in", [5, 6]), ("equals", 6), True),
        (("in", [5, 6]), ("equals", 5.5), False),
        (("less", 6), ("in", [5, 6]), False),
        (("less_or_equal", 6), ("in", [5, 6]), True),
        (("less", toml_date("2026-01-03")), ("less_or_equal", toml_date("2026-01-02")), True),
        (("less", toml_date("2026-01-02")), ("less_or_equal", toml_date("2026-01-02")), False),
        (("equals", True), ("equals", False), False),
        (("is_set", None), ("less", 5), True),
        (("less", 5), ("is_set", None), False),
        (("is_not_set", None), ("is_set", None), False),
    ],
)
def test_one_condition_within_another(
    wide: tuple[str, object], narrow: tuple[str, object], contained: bool
) -> None:
    assert contains(matched(policy([("a", wide)])), matched(policy([("a", narrow)]))) is contained


def test_no_value_is_a_number_and_a_date() -> None:
    mixed = [("a", ("greater", 5)), ("a", ("less", toml_date("2026-01-02")))]
    assert matched(policy(mixed)).never
    assert not matched(policy([("a", mixed[0][1]), ("b", mixed[1][1])])).never


@settings(max_examples=amount(100), deadline=None)
@given(st.lists(st.one_of(decided, any_policy()), min_size=1, max_size=8))
def test_the_index_leaves_out_nothing_that_contains(policies: list[Policy]) -> None:
    weighed = [matched(item) for item in policies]
    index = ContainingIndex(weighed)
    for narrow in weighed:
        if narrow.never:
            continue
        containing = {place for place, wide in enumerate(weighed) if contains(wide, narrow)}
        found = index.places(narrow)
        assert found == sorted(found)
        assert containing <= set(found)


def test_policies_that_name_other_values_are_not_asked() -> None:
    weighed = [matched(policy([("a", ("equals", text)), ("b", ("greater", 5))])) for text in ("x", "5", "y")]
    index = ContainingIndex([*weighed, matched(policy([("b", ("is_set", None))]))])
    assert index.places(weighed[0]) == [0, 3]
    assert index.places(matched(policy([("a", ("in", ["x", "5"]))]))) in ([0], [1])
