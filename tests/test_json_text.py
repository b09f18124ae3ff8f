"""What is written and read without the `json` package is what the package writes and reads."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqctl.json_text import from_json, to_json

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers() | st.booleans(), inner),
    max_leaves=12,
)


@given(VALUES)
def test_the_same_text_and_the_same_value(value: object) -> None:
    text = to_json(value)
    assert text == json.dumps(value, ensure_ascii=False)
    assert repr(from_json(text)) == repr(json.loads(text))


@given(st.text() | st.text('{}[]",:0.-+eE \\\nulltrue'))
def test_what_is_no_json_is_refused_in_the_same_words(text: str) -> None:
    try:
        wanted = json.loads(text)
    except ValueError as error:
        with pytest.raises(ValueError) as refused:
            from_json(text)
        assert str(refused.value) == str(error)
    else:
        assert repr(from_json(text)) == repr(wanted)


def test_blanks_around_a_text_and_words_for_no_number() -> None:
    assert from_json(' {"a": [1, 2]}\n') == {"a": [1, 2]}
    assert repr(from_json("[NaN, -Infinity]")) == "[nan, -inf]"


@pytest.mark.parametrize("value", [{1, 2}, object(), {(1, 2): 3}])
def test_what_json_does_not_know_is_refused(value: object | set[int] | dict[tuple[int, int], int]) -> None:
    with pytest.raises(TypeError) as wanted:
        json.dumps(value)
    with pytest.raises(TypeError) as refused:
        to_json(value)
    assert str(refused.value) == str(wanted.value)


def test_a_circle_is_refused() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="Circular"):
        to_json(circle)
