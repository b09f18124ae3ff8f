"""Compiling patterns: tokens, braces, every refusal, and the written and stored forms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seqctl.model.pattern.compile import (
    DATE_TOKENS,
    PatternError,
    compile_pattern,
    encode,
    pattern_from_parts,
    pattern_text,
    quote_braces,
)
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, NUMBER, TEXT, decode
from tests.amount import amount

LITERALS = st.text("-/ #.{}ABaz09é№", min_size=1, max_size=4).map(quote_braces)
TOKENS = st.sampled_from(DATE_TOKENS).map("{{{}}}".format)
NAMES = st.sampled_from(["entity", "branch", "pos_1", "numbers", "yyyy"])
NUMBERS = st.just("{number}") | st.integers(1, 13).map("{{number:{}}}".format)
PARTS = st.lists(LITERALS | TOKENS | NAMES.map(lambda name: "{" + name + "}-"), max_size=5).map("".join)
PATTERNS = st.builds("{}{}{}".format, PARTS, NUMBERS, PARTS)


def refusal(text: str, alpha: bool = False) -> tuple[str, str | None]:
    with pytest.raises(PatternError) as error:
        compile_pattern(text, alpha)
    return str(error.value), error.value.hint


def test_a_pattern_is_split_into_text_dates_attributes_and_the_number() -> None:
    pattern = compile_pattern("INV-{YYYY}/{entity} {number:5}{FYS:YY}", False)
    assert pattern.segments == (
        (TEXT, "INV-"),
        (DATE, "YYYY"),
        (TEXT, "/"),
        (ATTRIBUTE, "entity"),
        (TEXT, " "),
        (NUMBER, "5"),
        (DATE, "FYS:YY"),
    )
    assert (pattern.width, pattern.attributes, pattern.date_tokens) == (5, ("entity",), ("YYYY", "FYS:YY"))


@pytest.mark.parametrize("token", DATE_TOKENS)
def test_every_date_token_is_known(token: str) -> None:
    assert compile_pattern(f"{{{token}}}{{number}}", False).date_tokens == (token,)


def test_an_attribute_that_is_shown_twice_is_named_once() -> None:
    assert compile_pattern("{entity}-{branch}{number}-{entity}", False).attributes == ("entity", "branch")


@pytest.mark.parametrize(
    ("text", "literal"),
    [("{{{number}", "{"), ("{{}}{number}", "{}"), ("}}}}{number}", "}}"), ("a{{b}}c{number}", "a{b}c")],
)
def test_a_doubled_brace_is_a_brace(text: str, literal: str) -> None:
    assert compile_pattern(text, False).segments == ((TEXT, literal), (NUMBER, "0"))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "no {number} token", "exactly once"),
        ("INV-{YYYY}", "no {number} token", "exactly once"),
        ("{{number}}", "no {number} token", "exactly once"),
        ("{number}{number:3}", "2 {number} tokens", "exactly once"),
        ("{number", "brace at character 1 is never closed", ""),
        ("A{number}}-", "closing brace at character 10 has no opening one", "written twice"),
        ("}{number}", "closing brace at character 1 has no opening one", "written twice"),
        ("{}{number}", "unknown token {}", "date tokens are upper case"),
        ("{YYYYY}{number}", "unknown token {YYYYY}", "'YYYY'"),
        ("{Month}{number}", "unknown token {Month}", ""),
        ("{Number}", "unknown token {Number}", "'number'"),
        ("{ number}", "unknown token { number}", "'number'"),
        ("{YYYY:YY}{number}", "unknown token {YYYY:YY}", "'FY:YY'"),
        ("{entität}{number}", "unknown token {entität}", ""),
        ("{1st}{number}", "unknown token {1st}", ""),
        ("{_a}{number}", "unknown token {_a}", ""),
        ("{number:0}", "{number:0} has no usable width", "1 to 255"),
        ("{number:256}", "{number:256} has no usable width", "1 to 255"),
        ("{number:}", "{number:} has no usable width", "1 to 255"),
        ("{number:five}", "{number:five} has no usable width", "1 to 255"),
        ("{number:-5}", "{number:-5} has no usable width", "1 to 255"),
        ("{number:٥}", "{number:٥} has no usable width", "1 to 255"),
        ("{number:" + "9" * 5000 + "}", "has no usable width", "1 to 255"),
        ("{entity}{branch}{number}", "nothing stands between {entity} and {branch}", "{entity}-{branch}"),
        ("{entity}{entity}{number}", "nothing stands between {entity} and {entity}", "{entity}-{entity}"),
        ("INV\n{number}", "U+000A", "one line of printable text"),
        ("INV\u200b{number}", "U+200B", "one line of printable text"),
        ("A\u0308{number}", "normal form C", "one line of printable text"),
        ("x" * 255 + "{number}", "longer than 255 characters", ""),
        ("x" * 252 + "{YYYY}{number}", "longer than 255 characters", ""),
        ("x{number:255}", "longer than 255 characters", ""),
    ],
)
def test_a_pattern_that_cannot_be_compiled_says_what_is_wrong_and_what_would_be_right(
    text: str, message: str, hint: str
) -> None:
    said, would_be_right = refusal(text)
    assert message in said
    assert hint in (would_be_right or "")


@pytest.mark.parametrize("text", ["x" * 254 + "{number}", "{number:255}", "x" * 250 + "{YYYY}{number}"])
def test_a_number_may_have_255_characters(text: str) -> None:
    assert pattern_text(compile_pattern(text, False)) == text


def test_thirteen_letters_are_the_most_that_the_book_can_store() -> None:
    assert compile_pattern("{number:13}", True).width == 13
    assert "further than the book can store" in refusal("{number:14}", True)[0]


@pytest.mark.parametrize("text", ["{number}\u0302-", "{number:2}\u0301"])
def test_letters_may_not_stand_before_a_mark_that_would_melt_with_some_of_them(text: str) -> None:
    assert "normal form C" in refusal(text, True)[0]


@settings(max_examples=amount(150), deadline=None)
@given(PATTERNS, st.booleans())
def test_the_written_form_is_the_inverse_of_compiling(text: str, alpha: bool) -> None:
    pattern = compile_pattern(text, alpha)
    assert pattern_text(pattern) == text
    assert compile_pattern(pattern_text(pattern), alpha).segments == pattern.segments


@settings(max_examples=amount(100), deadline=None)
@given(PATTERNS, st.booleans())
def test_the_stored_form_reads_back(text: str, alpha: bool) -> None:
    pattern = compile_pattern(text, alpha)
    again = decode(encode(pattern), alpha, None)
    assert again is not None
    assert (again.segments, again.alpha, again.width) == (pattern.segments, alpha, pattern.width)


@pytest.mark.parametrize("version", ["0", "2", "", "1.0"])
def test_a_stored_form_of_another_version_is_not_read(version: str) -> None:
    stored = encode(compile_pattern("INV-{number}", False))
    assert decode(version + stored[1:], False, None) is None


@given(st.text("-{}AB ", max_size=6), st.text("-{}9 ", max_size=6), st.integers(0, 255 - 12))
def test_prefix_and_suffix_are_literal_and_the_width_is_the_number_s(
    prefix: str, suffix: str, width: int
) -> None:
    pattern = compile_pattern(pattern_from_parts(prefix, suffix, width), False)
    expected = [(TEXT, prefix), (NUMBER, str(width)), (TEXT, suffix)]
    assert pattern.segments == tuple(segment for segment in expected if segment[1])
