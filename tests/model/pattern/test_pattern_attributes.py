"""Attributes of a request held against a pattern."""

from datetime import date

import pytest

from seqctl.errors import Refused
from seqctl.model.pattern.attributes import (
    always_readable,
    check_rendered,
    neighbour_problem,
    usable_attributes,
)
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.sequence.scope import check_scope_values
from seqctl.model.sequence.sequence import Sequence

DAY = date(2026, 5, 4)


def usable(pattern: str, alpha: bool = False, **attributes: str) -> dict[str, str]:
    return usable_attributes(compile_pattern(pattern, alpha), attributes, {})


def refusal(pattern: str, alpha: bool = False, **attributes: str) -> Refused:
    with pytest.raises(Refused) as error:
        usable(pattern, alpha, **attributes)
    return error.value


def test_only_the_attributes_of_the_pattern_are_taken() -> None:
    assert usable("{entity}-{number}", entity="DE", branch="7") == {"entity": "DE"}


def test_a_missing_attribute_is_named_with_the_option_that_gives_it() -> None:
    error = refusal("{entity}-{branch}-{number}", entity="DE")
    assert error.code == "missing_attribute"
    assert "'branch'" in error.message
    assert "--attr branch=" in (error.hint or "")


def test_an_attribute_may_be_empty() -> None:
    assert usable("{entity}{number}", entity="") == {"entity": ""}


def test_an_attribute_is_stored_composed() -> None:
    assert usable("{entity}-{number}", entity="A\u0308") == {"entity": "Ä"}


@pytest.mark.parametrize("value", ["a\nb", "a\tb", "\x00", "\u200b", "\u202e"])
def test_an_attribute_is_one_line_of_printable_text(value: str) -> None:
    error = refusal("{entity}-{number}", entity=value)
    assert error.code == "ambiguous_attribute"
    assert "'entity'" in error.message and "U+" in error.message


@pytest.mark.parametrize(
    ("pattern", "alpha", "value", "allowed"),
    [
        ("{entity}{number}", False, "A1", False),
        ("{entity}{number}", False, "A", True),
        ("{entity}{number}", False, "1A", True),
        ("{number}{entity}", False, "1A", False),
        ("{number}{entity}", False, "A1", True),
        ("{entity}{number}", True, "1a", False),
        ("{entity}{number}", True, "aA", True),
        ("{entity}{number}", True, "a1", True),
        ("{number}{entity}", True, "a1", False),
        ("{YYYY}{entity}-{number}", True, "aA", True),
        ("{entity}{YYYY}-{number}", True, "Aa", True),
        ("{entity}-{number}", False, "A1", True),
        ("{entity}{number}", False, "A٣", True),
    ],
)
def test_a_value_may_not_end_in_what_its_neighbour_could_own(
    pattern: str, alpha: bool, value: str, allowed: bool
) -> None:
    compiled = compile_pattern(pattern, alpha)
    assert (neighbour_problem(compiled, "entity", value) is None) == allowed
    if not allowed:
        assert repr(value) in (neighbour_problem(compiled, "entity", value) or "")
        assert refusal(pattern, alpha, entity=value).code == "ambiguous_attribute"


@pytest.mark.parametrize(
    ("pattern", "alpha", "always"),
    [
        ("INV-{YYYY}-{number:5}", False, True),
        ("{entity}-{YYYY}{number}", False, True),
        ("{entity}-{branch}-{number}", False, False),
        ("{entity}-{number}-{entity}", False, False),
        ("2-{entity}{number}", False, False),
        ("x{entity}{number}", False, True),
        ("x{entity}{number}", True, False),
    ],
)
def test_one_attribute_without_digits_beside_it_can_always_be_read(
    pattern: str, alpha: bool, always: bool
) -> None:
    assert always_readable(compile_pattern(pattern, alpha)) == always


def test_a_number_with_two_readings_is_refused() -> None:
    pattern = compile_pattern("{entity}-{branch}-{number}", False)
    check_rendered(pattern, ["A-B-1", "A-B-2"], DAY, {"entity": "A", "branch": "B"})
    with pytest.raises(Refused) as error:
        check_rendered(pattern, ["A-x-B-2"], DAY, {"entity": "A-x", "branch": "B"})
    assert error.value.code == "ambiguous_attribute"
    assert "'A-x-B-2'" in error.value.message


def test_an_attribute_that_melts_with_the_text_beside_it_is_refused() -> None:
    pattern = compile_pattern("A{entity}-{number}", False)
    with pytest.raises(Refused, match="normal form C"):
        check_rendered(pattern, ["A\u0308-1"], DAY, {"entity": "\u0308"})


def test_every_text_of_a_batch_is_held_against_the_normal_form() -> None:
    pattern = compile_pattern("{number}{entity}", True)
    with pytest.raises(Refused, match="normal form C"):
        check_rendered(pattern, ["b\u0302", "c\u0302"], DAY, {"entity": "\u0302"})


def test_a_scope_value_that_is_not_listed_is_refused_with_the_nearest() -> None:
    sequence = Sequence(name="s", scope={"entity": ("DE", "FR"), "branch": ()})
    check_scope_values(sequence, {"entity": "DE", "branch": "anything"})
    for value, hint in (("de", "'DE'"), ("XX", "DE, FR")):
        with pytest.raises(Refused) as error:
            check_scope_values(sequence, {"entity": value, "branch": "7"})
        assert error.value.code == "scope_value"
        assert repr(value) in error.value.message
        assert hint in (error.value.hint or "")
