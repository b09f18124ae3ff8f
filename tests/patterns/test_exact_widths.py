"""Digits beside what has an exact width: a date, or a counter whose greatest width is its least one."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from seqctl.errors import Refused
from seqctl.model.pattern.attributes import check_rendered, usable_attributes
from seqctl.model.pattern.compile import compile_pattern
from seqctl.model.pattern.compiled import ATTRIBUTE, DATE, NUMBER, TEXT, Pattern
from seqctl.model.pattern.expression import Expression
from seqctl.model.pattern.read import is_exact, readings
from seqctl.model.pattern.widths import token_width
from seqctl.model.sequence.sequence import Sequence
from tests.book import Book

DAY = date(2026, 11, 21)


@pytest.fixture
def exact(book: Book) -> Book:
    """Sequences whose neighbours of attributes are exact, and one whose counter is not."""
    book.load(
        '[sequences.counted]\npattern = "{number:4}{code}"\nmax_width = 4\n'
        '[sequences.open]\npattern = "{number:4}/{code}"\n'
        '[sequences.growing]\npattern = "G{number:4}{code}"\n'
        '[sequences.dated]\npattern = "{YYYY}{code}-{number}"\nreset = "year"\n'
        '[sequences.between]\npattern = "B{code}{YYYY}{number:4}"\n'
        '[sequences.letters]\nkind = "alpha"\npattern = "{number:2}{code}"\n',
        "--allow-collisions",
    )
    return book


class TestOneNumber:
    @pytest.mark.parametrize(
        ("target", "code", "number"),
        [
            ("counted", "5A", "00015A"),
            ("counted", "0", "00010"),
            ("counted", "A", "0001A"),
            ("counted", "", "0001"),
            ("dated", "7", "20267-1"),
            ("dated", "1A-2", "20261A-2-1"),
            ("letters", "ab", "aaab"),
            ("between", "A", "BA20260001"),
        ],
    )
    def test_is_issued_and_reads_back(self, exact: Book, target: str, code: str, number: str) -> None:
        given = (target, "--date", "2026-11-21", "--attr", f"code={code}")
        assert exact.next(*given) == [number]
        (row,) = exact.numbers()
        exact.ok("release", number, "--reason", "never sent")
        exact.ok("gaps", "block", target, number, "--reason", "never sent")
        (run,) = exact.ok("gaps", "--json").json
        assert (run["first"], run["last"]) == (row["value"], row["value"])

    @pytest.mark.parametrize(("target", "code"), [("growing", "5A"), ("between", "A1"), ("between", "1")])
    def test_is_refused_where_another_reading_is_possible(self, exact: Book, target: str, code: str) -> None:
        given = (target, "--date", "2026-11-21", "--attr", f"code={code}")
        exact.fails(5, "ambiguous_attribute", "next", *given)
        assert exact.numbers() == []

    def test_files_follow_the_same_rule(self, exact: Book) -> None:
        path = exact.file("id,day,code\n1,2026-11-21,5A\n2,2026-11-21,B\n", "records.csv")
        exact.ok("assign", "counted", "--input", path)
        assert exact.texts() == ["00015A", "0002B"]
        error = exact.fails(5, "ambiguous_attribute", "assign", "growing", "--input", path)
        assert "'5A'" in error["message"]

    def test_adopt_reads_what_next_gives_out(self, exact: Book) -> None:
        exact.ok("adopt", "counted", "00075A", "0008B")
        assert [(row["number"], row["value"]) for row in exact.numbers()] == [("00075A", 7), ("0008B", 8)]

    def test_a_wider_counter_is_exact_no_more(self, exact: Book) -> None:
        assert exact.next("counted", "--attr", "code=5A") == ["00015A"]
        exact.ok("sequence", "edit", "counted", "--max-width", "5")
        exact.fails(5, "ambiguous_attribute", "next", "counted", "--attr", "code=5A")
        assert exact.next("counted", "--attr", "code=A") == ["0002A"]
        assert exact.ok("show", "00015A", "--json").json["value"] == 1
        exact.ok("check")


class TestListedValues:
    @pytest.mark.parametrize(
        ("pattern", "fields"),
        [
            ("{number:4}{entity}", ("--max-width", "4")),
            ("{YYYY}{entity}-{number}", ()),
            ("{entity}{YYYY}-{number}", ()),
        ],
    )
    def test_may_begin_and_end_with_digits_beside_what_is_exact(
        self, book: Book, pattern: str, fields: tuple[str, ...]
    ) -> None:
        book.ok("sequence", "add", "a", "--pattern", pattern, "--scope", "entity=1,20", *fields)
        for value in ("1", "20"):
            assert len(book.next("a", "--attr", f"entity={value}")) == 1

    @pytest.mark.parametrize(
        "pattern", ["{number:4}{entity}", "{entity}{YYYY}{number:4}", "{entity}{number}"]
    )
    def test_are_refused_where_no_number_would_read_back(self, book: Book, pattern: str) -> None:
        add = ("sequence", "add", "a", "--pattern", pattern, "--scope", "entity=A1,1")
        book.fails(6, "invalid_definition", *add)

    def test_the_greatest_width_may_not_be_taken_from_them(self, book: Book) -> None:
        book.ok(
            *("sequence", "add", "a", "--pattern", "{number:4}{entity}"),
            *("--max-width", "4", "--scope", "entity=1"),
        )
        book.fails(6, "invalid_definition", "sequence", "edit", "a", "--max-width", "5")


def test_two_sequences_that_meet_only_so_are_told_apart_with_a_warning(book: Book) -> None:
    book.ok(
        "sequence", "add", "a", "--document-type", "t", "--pattern", "{number:2}{code}", "--max-width", "2"
    )
    warned = book.warned("sequence", "add", "b", "--document-type", "t", "--pattern", "9{number:3}X")
    assert "with a suitable attribute value" in warned.err


def test_an_empty_scope_value_is_no_example_of_a_clash(book: Book) -> None:
    book.ok("sequence", "add", "a", "--document-type", "t", "--pattern", "{e}{number}", "--scope", "e")
    warned = book.warned("sequence", "add", "b", "--document-type", "t", "--pattern", "{number}")
    assert warned.err.count("warning") == 1
    assert "serves 't' beside sequence 'a'" in warned.err


PART = st.sampled_from(["-", "A", "1", "{YYYY}", "{Q}", "{a}", "{b}"])
PARTS = st.lists(PART, max_size=3).map("".join)
COUNTER = st.sampled_from([("{number}", 1), ("{number:2}", 2), ("{number:2}", None), ("{number:2}", 3)])


@st.composite
def numbers(draw: st.DrawFn) -> tuple[Pattern, dict[str, str], int, str]:
    """A pattern and a number of it, whose attributes may hold anything."""
    (token, max_width), alpha = draw(COUNTER), draw(st.booleans())
    written = draw(PARTS) + token + draw(PARTS)
    assume(not any(pair in written for pair in ("{a}{b}", "{b}{a}", "{a}{a}", "{b}{b}")))
    pattern = compile_pattern(written, alpha, max_width)
    attributes = {name: draw(st.text("-A1a0", max_size=3)) for name in pattern.attributes}
    largest = Sequence(compiled=pattern, max_width=max_width, max_length=None, end=None).last_value(0)
    value = draw(st.integers(1, min(largest, 2000)))
    before, after = pattern.frame(DAY, None, attributes)
    return pattern, attributes, value, before + pattern.counter_text(value) + after


def ways(
    pattern: Pattern, text: str, index: int = 0, shown: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Every way to cut a text into parts where what is exact owns its own characters alone, tried blindly."""
    if index == len(pattern.segments):
        if not text:
            yield shown
        return
    for end in range(len(text) + 1):
        if _may_be(pattern, index, text[:end], shown):
            yield from ways(pattern, text[end:], index + 1, (*shown, text[:end]))


def _may_be(pattern: Pattern, index: int, part: str, shown: tuple[str, ...]) -> bool:
    kind, value = pattern.segments[index]
    if kind == TEXT:
        return part == value
    if (kind, value) in pattern.segments[:index] and part != shown[pattern.segments.index((kind, value))]:
        return False
    if kind == DATE:
        return len(part) == token_width(value) and part.isascii() and part.isdigit()
    if kind == NUMBER:
        letters = "abcdefghijklmnopqrstuvwxyz" if pattern.alpha else "0123456789"
        if not part or any(character not in letters for character in part):
            return False
        if is_exact(pattern):
            return len(part) == max(pattern.width, 1)
        return len(part) >= max(pattern.width, 1) and (
            pattern.alpha or part[0] != "0" or len(part) <= max(pattern.width, 1)
        )
    for beside, character in ((index - 1, part[:1]), (index + 1, part[-1:])):
        if character and 0 <= beside < len(pattern.segments) and pattern.segments[beside][0] == NUMBER:
            owned = "abcdefghijklmnopqrstuvwxyz" if pattern.alpha else "0123456789"
            if not is_exact(pattern) and character in owned:
                return False
    return kind == ATTRIBUTE


@settings(max_examples=400, deadline=None)
@given(numbers())
def test_a_number_that_is_given_out_reads_back_and_one_that_could_be_read_is_given_out(
    number: tuple[Pattern, dict[str, str], int, str],
) -> None:
    pattern, attributes, value, text = number
    found = [(one.value, one.attributes) for one in readings(pattern, text)]
    assert [(one.value, one.attributes) for one in Expression(pattern).readings(text)] == found
    try:
        usable_attributes(pattern, attributes, {})
    except Refused as refusal:
        assert refusal.code == "ambiguous_attribute"
        return
    try:
        check_rendered(pattern, [text], DAY, attributes)
    except Refused as refusal:
        assert refusal.code == "ambiguous_attribute"
        assert len(list(ways(pattern, text))) != 1, "one way to read it, and yet refused"
    else:
        assert found == [(value, attributes)]
