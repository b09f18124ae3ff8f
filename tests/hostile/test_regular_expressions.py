"""Regular expressions of conditions: what the standard module finds, in a time that no value can stretch."""

import os
import re
import warnings
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from seqctl.model.policy.regular_expression import RegularExpression
from seqctl.model.policy.standard_expression import ExpressionProblem, StandardExpression
from tests.book import Book

EXAMPLES = int(os.environ.get("SEQCTL_EXAMPLES", "1000"))
SECONDS = 20
"""Far more than is needed, even by a slow machine with much else to do; processor time, not the clock's."""

ATOMS = st.sampled_from(
    [
        *"ab1É_ .^$",
        "",
        "[ab]",
        "[^a]",
        "[a-z1]",
        r"\w",
        r"\W",
        r"\d",
        r"\s",
        r"\b",
        r"\A",
        r"\Z",
        r"\n",
        "(a|ab|)",
    ]
)
REPEATS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{,2}", "{2,}", "*?", "+?"])
GROUPS = st.sampled_from(["(", "(?:", "(?i:", "(?m:", "(?s:", "(?a:", "(?-i:", "(?P<n>"])
FLAGS = st.sampled_from(["", "", "(?i)", "(?m)", "(?s)", "(?a)", "(?im)"])
POSSESSIVE = re.compile(r"[*+?}]\+")
TEXTS = st.text("aabB1_ \néÉ", max_size=8)


def repeated(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.builds("{}{}".format, inner, REPEATS), max_size=3).map("".join)


EXPRESSIONS = st.recursive(
    repeated(ATOMS),
    lambda inner: repeated(
        st.builds("{}{})".format, GROUPS, inner) | st.builds("{}{}|{})".format, GROUPS, inner, inner)
    ),
    max_leaves=5,
)


def check(flags: str, expression: str, text: str) -> None:
    assume(not POSSESSIVE.search(expression))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = re.search(flags + expression, text) is not None
        except re.error:
            assume(False)
    assert RegularExpression(flags + expression).search(text) == found
    assert StandardExpression(flags + expression).search(text) == found


@settings(max_examples=400, deadline=None)
@given(FLAGS, EXPRESSIONS, TEXTS)
@example("", "a$", "a\n")
@example("(?m)", "^$", "a\n\nb")
@example("(?i)", "[^b]É", "Aé")
@example("", "(a|b|cd)*?x{2,3}$", "acdxx")
@example("", "(a*)*b", "aab")
@example("", "(?:)*", "")
def test_what_the_standard_module_finds_is_found(flags: str, expression: str, text: str) -> None:
    check(flags, expression, text)


@pytest.mark.long
@settings(max_examples=EXAMPLES, deadline=None)
@given(FLAGS, EXPRESSIONS, TEXTS)
def test_what_the_standard_module_finds_is_found_many_times(flags: str, expression: str, text: str) -> None:
    check(flags, expression, text)


def refusal(kind: type[Any], expression: str) -> str | None:
    try:
        kind(expression)
    except ExpressionProblem as problem:
        assert str(problem)
        return str(problem)
    return None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20) | st.text(r"a(|)*+?{}[]\1^$.:P<>=!,2", max_size=15), st.text(max_size=5))
def test_any_text_is_an_expression_or_is_refused_in_words(expression: str, text: str) -> None:
    told = refusal(RegularExpression, expression)
    assert told == refusal(StandardExpression, expression)
    if told is None:
        assert RegularExpression(expression).search(text) in (True, False)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("(a+)+$", "a" * 40 + "b"),
        ("^(a|a)*$", "a" * 40 + "b"),
        ("(a|aa)+$", "a" * 40 + "b"),
        ("^(a*)*$", "a" * 40 + "b"),
        ("(.*){20}x", "ab" * 2000),
        ("(a?){500}a{500}c", "a" * 2000),
        (".*.*.*.*.*.*x$", "a" * 5000),
        (r"^(\w+\s?)*$", "word " * 2000 + "!"),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 5000),
        ("(x+x+)+y", "x" * 100_000),
    ],
)
def test_no_value_takes_long(expression: str, text: str) -> None:
    begun = process_time()
    assert not RegularExpression(expression).search(text)
    assert process_time() - begun < SECONDS


@pytest.mark.parametrize(
    "expression",
    [
        *["(", "[", "*", "a**", "(?P<n", r"\q", "(?z)", "[b-a]", "a{99999999999}", "(?P<n>a)(?P<n>b)"],
        *[r"(a)\1", "(?P<n>a)(?P=n)", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?>a)", "a++", "(a)?(?(1)b|c)"],
        *["x{2001}", "((((x{50}){50}){50}){50}){50}", "(" * 2000 + ")" * 2000, "(?:a{1000}|b{1000}){3}"],
    ],
)
def test_what_cannot_be_followed_is_refused_when_the_policy_is_saved(book: Book, expression: str) -> None:
    book.ok("sequence", "add", "s", "--document-type", "t")
    words = ("policy", "add", "p", "--document-type", "t", "--sequence", "s")
    begun = process_time()
    error = book.fails(6, "invalid_definition", *words, "--when", f"f matches {expression}")
    assert "expression" in str(error)
    assert process_time() - begun < SECONDS
    assert book.ok("policy", "list", "--json").json == []


@pytest.fixture
def trap(book: Book) -> Book:
    """A book with a policy whose expression the standard module would try for ever."""
    book.load(
        """
        [sequences.s]
        document_type = "t"
        pattern = "S-{number}"
        [policies.trap]
        document_type = "t"
        sequence = "s"
        conditions = [{ field = "f", operator = "matches", value = "^(a+)+$" }]
        """
    )
    return book


def test_next_decides_at_once_what_would_take_for_ever(trap: Book, place: Path) -> None:
    begun = process_time()
    hostile = "a" * 40 + "b"
    trap.fails(4, "not_found", "next", "t", "--attr", f"f={hostile}")
    assert "does not match" in trap.ok("explain", "t", "--attr", f"f={hostile}").out
    assert trap.next("t", "--attr", f"f={'a' * 40}") == ["S-1"]
    (place / "r.csv").write_text(f"id,f\n1,{'a' * 40}\n2,{hostile}\n")
    assert trap("assign", "t", "--input", place / "r.csv", "--partial").status == 3
    assert trap.texts() == ["S-1", "S-2"]
    assert process_time() - begun < SECONDS


def test_warnings_of_the_standard_module_stay_inside(trap: Book) -> None:
    words = ("policy", "edit", "trap", "--when")
    trap.ok(*words, "f matches [[a]")
    assert trap.next("t", "--attr", "f=[") == ["S-1"]


def test_an_expression_that_was_spoiled_in_the_file_is_damage(trap: Book) -> None:
    import sqlite3

    connection = sqlite3.connect(trap.path)
    connection.execute("UPDATE policy SET compiled = replace(compiled, '^(a+)+$', '(')")
    connection.commit()
    connection.close()
    trap.fails(7, "damaged", "next", "t", "--attr", "f=a")
    assert trap("check").status == 3
