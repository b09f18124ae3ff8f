"""Counting in letters: bijective without a width, digits of base 26 with one."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.model.pattern.letters import ALPHABET, from_letters, to_letters


def test_without_a_width_letters_count_like_the_columns_of_a_spreadsheet() -> None:
    shown = [to_letters(value, 0) for value in range(1, 26 + 26**2 + 2)]
    pairs = ["".join(pair) for pair in product(ALPHABET, repeat=2)]
    assert shown == [*ALPHABET, *pairs, "aaa"]


def test_with_a_width_letters_count_from_all_a_to_all_z() -> None:
    shown = [to_letters(value, 3) for value in range(26**3)]
    assert shown == ["".join(letters) for letters in product(ALPHABET, repeat=3)]
    assert (shown[0], shown[-1]) == ("aaa", "zzz")


@given(st.integers(1, 2**63 - 1))
def test_reading_letters_is_the_inverse_of_writing_them(value: int) -> None:
    assert from_letters(to_letters(value, 0), 0) == value


@given(st.integers(1, 13), st.data())
def test_letters_of_a_width_have_exactly_that_width_and_read_back(width: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(0, 26**width - 1))
    letters = to_letters(value, width)
    assert len(letters) == width
    assert from_letters(letters, width) == value


@given(st.text(ALPHABET, min_size=1, max_size=13))
def test_every_text_of_letters_is_the_writing_of_its_value(letters: str) -> None:
    assert to_letters(from_letters(letters, 0), 0) == letters
    assert to_letters(from_letters(letters, len(letters)), len(letters)) == letters


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_letters_without_a_width_are_ordered_by_length_and_then_by_alphabet(one: int, other: int) -> None:
    first, second = to_letters(one, 0), to_letters(other, 0)
    assert (one < other) == ((len(first), first) < (len(second), second))


@pytest.mark.parametrize("value", [0, -1, -27])
def test_a_value_below_one_has_no_letters_without_a_width(value: int) -> None:
    with pytest.raises(ValueError, match="start at a"):
        to_letters(value, 0)


@pytest.mark.parametrize(("value", "width"), [(26, 1), (26**3, 3), (-1, 3)])
def test_a_value_beyond_the_width_has_no_letters(value: int, width: int) -> None:
    with pytest.raises(ValueError, match=f"{value} does not fit in {width} letters"):
        to_letters(value, width)


@pytest.mark.parametrize("text", ["", "A", "a1", "a b", "é", "а"])
@pytest.mark.parametrize("width", [0, 1])
def test_only_small_latin_letters_are_read(text: str, width: int) -> None:
    with pytest.raises(ValueError, match="letters"):
        from_letters(text, width)


@pytest.mark.parametrize("text", ["aa", "aaaa"])
def test_letters_of_another_width_are_refused_with_both_widths(text: str) -> None:
    with pytest.raises(ValueError, match=f"{len(text)} letters where the width is 3"):
        from_letters(text, 3)
