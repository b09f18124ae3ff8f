"""Values of the fields in the form in which a sequence holds them."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.sequence.values import attribute_values, boolean, iso_date, text_value, whole_number
from seqctl.model.value import ValueProblem


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ([], {}),
        (["entity"], {"entity": ()}),
        (["entity", "branch"], {"entity": (), "branch": ()}),
        ({"entity": "DE"}, {"entity": ("DE",)}),
        ({"entity": ["DE", "FR"]}, {"entity": ("DE", "FR")}),
        ({"entity": []}, {"entity": ()}),
        ({"entity": ""}, {"entity": ("",)}),
        ({"entity": ["", "DE", ""]}, {"entity": ("", "DE")}),
        ({"entity": ["A\u0308", "Ä"]}, {"entity": ("Ä",)}),
        ({}, {}),
    ],
)
def test_attributes_are_names_with_their_allowed_values_each_once(
    written: list[str] | Mapping[str, str | list[str]], held: dict[str, tuple[str, ...]]
) -> None:
    assert attribute_values(written) == held


@pytest.mark.parametrize("name", ["entity", "a", "pos_1", "x2", "e_"])
def test_an_attribute_name_is_small_letters_digits_and_underscores(name: str) -> None:
    assert attribute_values([name]) == {name: ()}


@pytest.mark.parametrize("name", ["Entity", "ENTITY", "entitY"])
def test_capital_letters_in_an_attribute_name_are_no_difference(name: str) -> None:
    assert attribute_values({name: ["DE"]}) == {"entity": ("DE",)}
    with pytest.raises(ValueProblem, match="named twice"):
        attribute_values({"entity": ["DE"], name: ["FR"]})


@pytest.mark.parametrize("name", ["", "1a", "_a", "a-b", "a b", "ä", "number", "Number"])
def test_any_other_name_is_refused_and_shown(name: str) -> None:
    with pytest.raises(ValueProblem, match="is not an attribute name") as problem:
        attribute_values([name])
    assert repr(name) in str(problem.value)
    assert "lower-case letters" in (problem.value.hint or "")


def test_an_attribute_is_named_once() -> None:
    with pytest.raises(ValueProblem, match="named twice"):
        attribute_values(["entity", "branch", "entity"])


@given(st.integers(-(2**70), 2**70))
def test_a_whole_number_is_read_from_a_number_and_from_its_text(number: int) -> None:
    for value in (number, str(number)):
        if 0 <= number <= 2**63 - 1:
            assert whole_number(value) == number
        else:
            with pytest.raises(ValueProblem, match=f"{number} is not between 0 and {2**63 - 1}"):
                whole_number(value)


@pytest.mark.parametrize("value", ["+5", "5.0", "1e3", " 5", "5 ", "0x10", "1_000", "--5", "", "-", "५"])
def test_only_plain_digits_are_a_whole_number(value: str) -> None:
    with pytest.raises(ValueProblem, match="is not a whole number"):
        whole_number(value)


@given(st.dates())
def test_a_date_is_held_as_iso_text(day: date) -> None:
    assert iso_date(day) == iso_date(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(("value", "held"), [(True, True), (False, False), ("true", True), ("false", False)])
def test_a_boolean_may_be_written_as_text(value: str | bool, held: bool) -> None:
    assert boolean(value) is held


def test_a_text_may_have_lines_and_tabs() -> None:
    assert text_value("one\ntwo\tthree") == "one\ntwo\tthree"


def test_a_long_wrong_value_is_shown_shortened() -> None:
    with pytest.raises(ValueProblem) as problem:
        text_value(list(range(1000)))
    assert len(str(problem.value)) < 100
