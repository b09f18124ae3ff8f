"""What is meant by a condition that is written as elsewhere: `amount > 100`, `customer=ACME`."""

import re

WORDS = {
    **dict.fromkeys(("=", "==", "is", "eq", "equal", ":", "equal to", "equals to"), "equals"),
    **dict.fromkeys(("!=", "<>", "is not", "ne", "not equal", "not", "not equals"), "not_equals"),
    **dict.fromkeys((">", "over", "above", "gt", "more than", "greater than", "exceeds"), "greater"),
    **dict.fromkeys((">=", "=>", "ge", "at least", "from"), "greater_or_equal"),
    **dict.fromkeys(("<", "under", "below", "lt", "less than", "smaller than"), "less"),
    **dict.fromkeys(("<=", "=<", "le", "at most", "up to"), "less_or_equal"),
    **dict.fromkeys(("one of", "any of", "among"), "in"),
    **dict.fromkeys(("not one of", "none of", "not in"), "not_in"),
    **dict.fromkeys(("begins with", "starts with", "startswith", "starts", "begins"), "starts_with"),
    **dict.fromkeys(("ends with", "endswith", "ends"), "ends_with"),
    **dict.fromkeys(("has", "includes", "like"), "contains"),
    **dict.fromkeys(("~", "=~", "regex", "matches regex"), "matches"),
}
"""The operator that is meant by a sign or some words."""

_SIGNS = re.compile(r"\s*([\w.-]+)\s*(==|=~|!=|<>|>=|=>|<=|=<|=|>|<|~|:)\s*(\S.*?)\s*")
_SAID = re.compile(
    rf"\s*([\w.-]+)\s+({'|'.join(sorted((w for w in WORDS if w[0].isalpha()), key=len, reverse=True))})"
    r"\s+(\S.*?)\s*",
    re.IGNORECASE,
)


def meant_condition(text: str) -> str | None:
    """The condition as it is written here; None where nobody can tell."""
    found = _SIGNS.fullmatch(text) or _SAID.fullmatch(text)
    if found is None:
        return None
    field, operator, value = found.groups()
    return f"{field} {WORDS[operator.lower()]} {value}"
