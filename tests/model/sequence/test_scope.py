"""The texts that name scopes and lists of allowed values."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seqctl.model.sequence.scope import pack_values, scope_text, scope_values, unpack_values

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
CODES = st.text("%/=,25FfCcDd3 aé", max_size=8)
VALUES = CODES | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=8)


@given(st.dictionaries(NAMES, VALUES, max_size=4))
@example({"entity": ""})
@example({"entity": "%25"})
@example({"entity": "%2f"})
def test_the_text_of_a_scope_reads_back_whatever_the_values_hold(attributes: dict[str, str]) -> None:
    names = tuple(attributes)
    assert scope_values(scope_text(names, attributes)) == attributes


@given(st.dictionaries(NAMES, st.lists(VALUES, unique=True, max_size=4).map(tuple), max_size=4))
@example({"entity": ("",)})
@example({"entity": ("", "A", "")})
@example({"entity": (), "branch": ("7",)})
@example({"entity": ("%25",)})
def test_allowed_values_read_back_whatever_they_hold(allowed: dict[str, tuple[str, ...]]) -> None:
    assert unpack_values(pack_values(allowed)) == allowed


@given(st.dictionaries(NAMES, VALUES, min_size=2, max_size=2), VALUES)
@example({"a": "1/b=2", "b": ""}, "1")
def test_two_scopes_never_share_a_text(attributes: dict[str, str], other: str) -> None:
    names = tuple(attributes)
    changed = {**attributes, names[0]: other}
    alike = scope_text(names, changed) == scope_text(names, attributes)
    assert alike == (changed == attributes)


def test_a_scope_is_written_in_the_order_of_the_names_given() -> None:
    attributes = {"branch": "7", "entity": "DE", "channel": "web"}
    assert scope_text(("entity", "branch"), attributes) == "entity=DE/branch=7"
    assert scope_text(("branch", "entity"), attributes) == "branch=7/entity=DE"


def test_no_scope_is_an_empty_text() -> None:
    assert scope_text((), {"entity": "DE"}) == ""
    assert scope_values("") == {}
    assert unpack_values("") == {}


@pytest.mark.parametrize(
    ("value", "written"),
    [("50%", "50%25"), ("A/B", "A%2FB"), ("a=b", "a%3Db"), ("a,b", "a%2Cb"), ("München", "München")],
)
def test_characters_that_separate_are_percent_encoded(value: str, written: str) -> None:
    assert scope_text(("entity",), {"entity": value}) == f"entity={written}"
    assert pack_values({"entity": (value, "X")}) == f"entity={written},X"


@pytest.mark.parametrize(("code", "value"), [("%2f", "/"), ("%3d", "="), ("%2c", ","), ("%25", "%")])
def test_codes_are_read_in_small_letters_too(code: str, value: str) -> None:
    assert scope_values(f"entity=A{code}B") == {"entity": f"A{value}B"}


def test_allowed_values_are_listed_and_any_value_is_the_name_alone() -> None:
    assert pack_values({"entity": ("DE", "FR"), "branch": ()}) == "entity=DE,FR/branch"
