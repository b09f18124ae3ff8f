"""Conditions that are written as elsewhere, and the one that is meant."""

import pytest

from seqctl.model.policy.meant import meant_condition
from seqctl.model.policy.policy import OPERATORS


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("customer=ACME", "customer equals ACME"),
        ("customer == ACME GmbH", "customer equals ACME GmbH"),
        ("amount > 10000", "amount greater 10000"),
        ("amount>=10", "amount greater_or_equal 10"),
        ("amount is not 5", "amount not_equals 5"),
        ("amount is 5", "amount equals 5"),
        ("Amount Over 10000", "Amount greater 10000"),
        ("country one of DE,FR", "country in DE,FR"),
        ("country not in DE,FR", "country not_in DE,FR"),
        ("name starts with A", "name starts_with A"),
        ("a.b < 3", "a.b less 3"),
        ("customer", None),
        ("", None),
        ("= 5", None),
        ("customer =", None),
        ("customer resembles ACME", None),
    ],
)
def test_the_condition_that_is_meant(given: str, meant: str | None) -> None:
    assert meant_condition(given) == meant
    assert meant is None or meant.split()[1] in OPERATORS
