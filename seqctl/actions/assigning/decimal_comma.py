"""Numbers with a decimal comma, where conditions of policies compare numbers: 1.234,50 is 1234.50."""

from __future__ import annotations

import re

from seqctl.errors import InvalidInput
from seqctl.model.policy.policy import NUMBER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seqctl.store.port import Transaction

WRITTEN = re.compile(r"[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")


def compared_numbers(transaction: Transaction, document_type: str) -> frozenset[str]:
    """The attributes that active policies of a type compare as numbers, in small letters."""
    definitions = transaction.definitions
    policies = [definitions.policy_by_id(item.id) for item in definitions.active_policies(document_type)]
    return frozenset(
        condition.field.casefold()
        for policy in policies
        for condition in policy.conditions
        if condition.kind == NUMBER
    )


def with_point(name: str, value: str) -> str:
    """A number that was written with a comma before its decimals, as conditions read it.

    Raises InvalidInput for one that is not written so: `1.5` would be another number by each reading.
    """
    given = value.strip()
    if not given:
        return value
    if WRITTEN.fullmatch(given) is None:
        raise InvalidInput(
            "invalid_input",
            f"the column {name!r} holds {value!r}, which is not a number with a decimal comma",
            "write it like 1.234,50 or 1234,50, or leave --decimal comma out",
        )
    return given.replace(".", "").replace(",", ".")
