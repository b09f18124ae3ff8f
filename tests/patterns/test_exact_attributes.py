"""`{branch:3}`: an attribute of exactly three characters, which needs no text beside it."""

import random
from datetime import date

import pytest

from seqctl.model.collision import NEEDS_ATTRIBUTE, find_collisions
from seqctl.model.pattern.compile import PatternError, compile_pattern, encode, pattern_text
from seqctl.model.pattern.compiled import decode
from seqctl.model.pattern.expression import Expression
from seqctl.model.pattern.read import readings
from tests.book import Book
from tests.model.collision.sequences import sequence

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("pattern", "attributes", "value", "text"),
    [
        ("{code:3}{YYYY}{number:9}", {"code": "ABC"}, 1, "ABC2026000000001"),
        ("{code:3}{number}", {"code": "1-2"}, 34, "1-234"),
        ("{number}{code:2}", {"code": "07"}, 34, "3407"),
        ("{one:1}{two:2}{number}", {"one": "1", "two": "23"}, 4, "1234"),
        ("{one:2}{name}-{number}", {"one": "12", "name": "3x"}, 4, "123x-4"),
        ("{code:3}-{number}-{code:3}", {"code": "7-7"}, 1, "7-7-1-7-7"),
    ],
)
def test_is_rendered_and_read_back(pattern: str, attributes: dict[str, str], value: int, text: str) -> None:
    compiled = compile_pattern(pattern, False)
    before, after = compiled.frame(DAY, None, attributes)
    assert compiled.text(before, value, after) == text
    for found in (readings(compiled, text), Expression(compiled).readings(text)):
        assert [(one.value, one.attributes) for one in found] == [(value, attributes)]
    again = decode(encode(compiled), False, None)
    assert again is not None
    assert (again.segments, again.exact) == (compiled.segments, compiled.exact)
    assert pattern_text(again) == pattern


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{code:3}-{code}-{number}", "two widths"),
        ("{code}-{code:3}-{number}", "two widths"),
        ("{code:3}-{code:4}-{number}", "two widths"),
        ("{code:0}{number}", "no usable width"),
        ("{code:256}{number}", "no usable width"),
        ("{one}{two}-{number}", "nothing stands between"),
        ("{code:250}{number:6}", "longer than 255"),
    ],
)
def test_is_refused(pattern: str, said: str) -> None:
    with pytest.raises(PatternError, match=said):
        compile_pattern(pattern, False)


def test_a_stored_pattern_of_another_version_is_compiled_anew() -> None:
    stored = encode(compile_pattern("{code:3}{number}", False))
    assert decode("2" + stored[1:], False, None) is None
    assert decode(stored.replace("code=3", "code=x"), False, None) is None


def test_both_ways_to_read_agree() -> None:
    chance = random.Random("exact")
    patterns = [
        "{a:2}{number}",
        "{number:2}{a:1}{b:2}",
        "{a:2}{name}{number}",
        "{YY}{a:1}{number}-{name}",
        "{name}{a:1}",
    ]
    for _ in range(300):
        pattern = chance.choice(patterns)
        compiled = compile_pattern(pattern if "number" in pattern else pattern + "-{number}", False)
        text = "".join(chance.choices("12-A", k=chance.randint(1, 8)))
        expected = [(one.value, one.tokens, one.attributes) for one in readings(compiled, text)]
        found = Expression(compiled).readings(text)
        assert [(one.value, one.tokens, one.attributes) for one in found] == expected
        for value, tokens, attributes in expected:
            assert all(len(attributes[name]) == width for name, width in compiled.exact.items())
            shown = {**tokens, **attributes}
            parts = [shown.get(name, name) for _, name in compiled.segments]
            number = next(at for at, (kind, _) in enumerate(compiled.segments) if kind == "N")
            parts[number] = compiled.counter_text(value)
            assert "".join(parts) == text


class TestABook:
    def test_another_width_is_refused_and_nothing_consumed(self, book: Book) -> None:
        book.ok("sequence", "add", "slip", "--pattern", "{code:3}{YYYY}{number:9}")
        for code in ("", "AB", "ABCD"):
            error = book.fails(5, "attribute_width", "next", "slip", "--attr", f"code={code}")
            assert "shows exactly 3" in error["message"]
        assert book.next("slip", "--attr", "code=A-1", "--date", "2026-01-05") == ["A-12026000000001"]
        # Three characters as a reader counts them: the mark is part of its letter.
        assert book.next("slip", "--attr", "code=e\u0301AB", "--date", "2026-01-05") == [
            "\u00e9AB2026000000002"
        ]
        book.ok("check")
        book.ok("audit", "verify")

    def test_allowed_values_have_that_width(self, book: Book) -> None:
        words = ("sequence", "add", "slip", "--pattern", "{code:3}{number}", "--scope")
        book.fails(6, "invalid_definition", *words, "code=ABC,AB")
        book.ok(*words, "code=ABC,AB1")
        assert book.next("slip", "--attr", "code=AB1", "-n", "2") == ["AB11", "AB12"]
        path = book.file("ABC1\nAB13\nABC2\n", "numbers.txt")
        book.ok("sequence", "edit", "slip", "--manual")
        told = book.ok("adopt", "slip", "--input", path, "--json").json
        assert [row["adopted"] for row in told["counters"]] == [1, 2]

    def test_it_counts_for_the_length(self, book: Book) -> None:
        book.ok("sequence", "add", "slip", "--pattern", "{code:3}{number}", "--max-length", "4")
        assert len(book.next("slip", "--attr", "code=ABC", "-n", "9")) == 9
        book.fails(5, "exhausted", "next", "slip", "--attr", "code=ABC")


@pytest.mark.parametrize(
    ("one", "two", "clash"),
    [
        ("{code:3}-{number}", "{code:4}-{number:2}", False),
        ("{code:3}-{number}", "{code:3}-1{number}", True),
        ("{code:3}x{number:2}", "{code:4}x{number:2}", False),
        ("{code:3}{number:9}", "AB{number:10}", True),
        ("{code:3}{number}A", "{code:3}{number}B", False),
    ],
)
def test_clashes(one: str, two: str, clash: bool) -> None:
    found = find_collisions([sequence("one", one), sequence("two", two)])
    assert [row.certainty for row in found] == [NEEDS_ATTRIBUTE] * clash
