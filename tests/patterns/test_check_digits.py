"""A check digit in a number: `{check:luhn}` over what stands before it, or over the counter alone."""

import random
from datetime import date

import pytest

from seqctl.errors import Refused
from seqctl.model.check_digit.algorithms import ALGORITHMS
from seqctl.model.collision import find_collisions
from seqctl.model.number.reader import NumberReader, WrongCheck
from seqctl.model.pattern.compile import PatternError, compile_pattern, encode, pattern_text
from seqctl.model.pattern.compiled import decode
from seqctl.model.pattern.expression import Expression
from seqctl.model.pattern.read import readings
from tests.book import Book
from tests.model.collision.sequences import sequence as made_sequence

DAY = date(2026, 11, 21)


def text_of(pattern: str, value: int, **attributes: str) -> str:
    compiled = compile_pattern(pattern, False)
    before, after = compiled.frame(DAY, None, attributes)
    return compiled.text(before, value, after)


class TestTheToken:
    @pytest.mark.parametrize(
        ("pattern", "value", "number"),
        [
            ("{YY}{number:6}{check:luhn}", 7, "260000070"),
            ("{YY}{number:6}{check:luhn}", 8, "260000088"),
            ("INV-{number:5}{check:luhn:number}", 789, "INV-007898"),
            ("{YY}-{number:6}/{check:luhn}", 7, "26-000007/0"),
            ("{number}{check:mod11-2}", 79, "79X"),
            ("A12425GABC1234{number:3}{check:mod37-36}", 2, "A12425GABC1234002M"),
            ("{number:4}.{check:mod97}-{YYYY}", 7, "0007.77-2026"),
        ],
    )
    def test_is_rendered_and_read_back(self, pattern: str, value: int, number: str) -> None:
        assert text_of(pattern, value) == number
        compiled = compile_pattern(pattern, False)
        assert [found.value for found in readings(compiled, number)] == [value]
        assert [found.value for found in Expression(compiled).readings(number)] == [value]
        again = decode(encode(compiled), False, None)
        assert again is not None
        assert again.segments == compiled.segments
        assert pattern_text(again) == pattern

    @pytest.mark.parametrize(
        ("pattern", "said", "hint"),
        [
            ("INV-{number:5}{check:luhn}", "cannot read 'I'", "{check:luhn:number}"),
            ("inv-{number:5}{check:mod97}", "cannot read 'i'", "{check:mod97:number}"),
            ("{check:luhn}{number}", "to the left of {number}", "after {number}"),
            ("{number}{check:luhn}{check:damm}", "2 check digits", "write one"),
            ("{number}{check:lun}", "names no way", "luhn"),
            ("{number}{check:luhn:year}", "covers nothing", "{check:luhn:number}"),
            ("{number}{check:luhn}{check:luhn}", "2 check digits", "write one"),
            ("{number}#{check:mod37-2}", "cannot read '#'", "{check:mod37-2:number}"),
        ],
    )
    def test_is_refused_with_what_would_be_right(self, pattern: str, said: str, hint: str) -> None:
        with pytest.raises(PatternError) as refused:
            compile_pattern(pattern, False)
        assert said in str(refused.value)
        assert hint in str(refused.value.hint)

    def test_letters_of_a_counter_cannot_be_covered(self) -> None:
        with pytest.raises(PatternError, match="small letters"):
            compile_pattern("{number:3}{check:mod37-36:number}", True)

    def test_an_attribute_named_check_stays_one(self) -> None:
        assert compile_pattern("{check}-{number}", False).attributes == ("check",)

    def test_a_mark_behind_it_would_combine_with_a_letter(self) -> None:
        with pytest.raises(PatternError, match="would combine"):
            compile_pattern("{number}{check:mod37-36}\u0301", False)


PARTS = ["{YY}{number:3}%", "{number}%", "{number}-%/{MM}", "{number:2}%{code}", "{code}-{number}%"]


def test_expressions_and_readings_agree_on_texts_with_errors() -> None:
    """Random patterns, numbers and slips: both ways to read find the same, and only what is rendered so."""
    chance = random.Random("checked")
    found = wrong = 0
    for _ in range(400):
        name = chance.choice(list(ALGORITHMS)) + chance.choice(["", ":number"])
        parts = chance.choice(PARTS)
        if parts.startswith("{code}"):
            name = f"{name.partition(':')[0]}:number"
        compiled = compile_pattern(parts.replace("%", f"{{check:{name}}}"), False)
        expression = Expression(compiled)
        attributes = {"code": chance.choice(["", "(a)", "k-l"])} if compiled.attributes else {}
        value = chance.randrange(2000)
        before, after = compiled.frame(DAY, None, attributes)
        text = compiled.text(before, value, after)
        slips = [text[:at] + chance.choice("0123456789X-") + text[at + 1 :] for at in range(len(text))]
        for item in (text, *slips):
            expected = readings(compiled, item)
            shown = [(one.value, one.tokens, one.attributes) for one in expected]
            assert [(one.value, one.tokens, one.attributes) for one in expression.readings(item)] == shown
            for one in expected:
                parts_of = {**one.tokens, **one.attributes}
                written = "".join(
                    parts_of.get(value, value) if kind != "N" else compiled.counter_text(one.value)
                    for kind, value in compiled.segments
                    if kind != "C"
                )
                assert len(written) + len(after[after.index("\0") : after.rindex("\0") + 1]) == len(item)
            split = expression.split(item)
            if split is not None:
                assert len(expected) == 1
            found += len(expected)
            wrong += not expected
        assert value in [one.value for one in readings(compiled, text)]
    assert found > 500
    assert wrong > 500


class TestABook:
    @pytest.fixture
    def checked(self, book: Book) -> Book:
        book.load(
            '[sequences.invoice]\npattern = "{YY}{number:6}{check:luhn}"\nreset = "year"\nmanual = true\n'
            '[sequences.receipt]\npattern = "R{number:5}{check:damm:number}"\n'
            '[sequences.branch]\npattern = "{code}/{number:4}{check:mod37-36}"\nscope = ["code"]\n'
        )
        return book

    def test_issues_one_and_many(self, checked: Book) -> None:
        assert checked.next("invoice", "--date", "2026-01-05", "-n", "2") == ["260000013", "260000021"]
        assert checked.next("receipt", "-n", "3") == ["R000013", "R000021", "R000037"]
        texts = checked.next("receipt", "-n", "50")
        assert all(text[6:] == ALGORITHMS["damm"].of(text[1:6]) for text in texts)

    def test_assigns_what_next_would_issue(self, checked: Book) -> None:
        path = checked.file("id,date\nA,2026-01-05\nB,2026-02-05\n", "records.csv")
        told = checked.ok(
            "assign", "invoice", "--input", path, "--id-column", "id", "--date-column", "date", "--json"
        )
        assert [row["number"] for row in told.json] == ["260000013", "260000021"]

    def test_a_typing_error_is_named_by_adopt(self, checked: Book) -> None:
        error = checked.fails(6, "check_digit", "adopt", "invoice", "260000070", "260000078")
        assert "has the check digit 8, where 0 would be right" in error["message"]
        told = checked("adopt", "invoice", "260000070", "260000078", "--skip-invalid", "--dry-run", "--json")
        (problem,) = told.json["problems"]
        assert problem["code"] == "check_digit"
        told = checked.ok("adopt", "invoice", "260000070", "260000088", "--json").json
        assert told["adopted"] == 2
        assert checked.next("invoice", "--date", "2026-03-01") == ["260000096"]

    def test_a_typing_error_is_named_by_reconcile(self, checked: Book) -> None:
        (number,) = checked.next("invoice", "--date", "2026-01-05")
        wrong = number[:-2] + number[-1] + number[-2]
        path = checked.file(f"number,date\n{wrong},2026-01-05\n", "posted.csv")
        found = checked("reconcile", "invoice", "--input", path, "--json").json
        told = {row["subject"]: row for row in found}
        assert told[wrong]["code"] == "check_digit"
        assert (
            told[wrong]["message"]
            == "not held by the ledger: it has the check digit 1, where 9 would be right"
        )
        assert told[number]["code"] == "unposted"

    def test_a_wrong_check_digit_leads_to_the_number(self, checked: Book) -> None:
        checked.next("invoice", "--date", "2026-01-05")
        error = checked.fails(4, "not_found", "show", "260000017")
        assert "260000013" in error["hint"]

    def test_a_character_that_it_cannot_read_is_refused_when_issuing(self, checked: Book) -> None:
        assert checked.next("branch", "--attr", "code=N-7")[0].startswith("N-7/0001")
        error = checked.fails(5, "character", "next", "branch", "--attr", "code=n7")
        assert "'n'" in error["message"]
        assert checked.next("branch", "--attr", "code=N-7")[0].startswith("N-7/0002")

    def test_an_allowed_value_that_it_cannot_read_is_refused_when_saved(self, book: Book) -> None:
        words = (
            "sequence",
            "add",
            "invoice",
            "--pattern",
            "{entity}{number}{check:luhn}",
            "--scope",
            "entity=1-,DE",
        )
        error = book.fails(6, "invalid_definition", *words)
        assert "'D'" in str(error)
        book.ok(
            "sequence",
            "add",
            "other",
            "--pattern",
            "{entity}{number}{check:luhn:number}",
            "--scope",
            "entity=DE",
        )

    def test_a_gap_is_called_by_what_would_have_been_printed(self, checked: Book) -> None:
        texts = checked.next("invoice", "--date", "2026-01-05", "-n", "3")
        checked.ok("sequence", "set-next", "invoice", "7", "--period", "2026", "--reason", "other system")
        (run,) = checked.ok("gaps", "invoice", "--json").json
        assert (run["first_number"], run["last_number"]) == ("260000047", "260000062")
        assert texts[0] == "260000013"
        assert checked.ok("show", run["first_number"], "--json").json

    def test_max_length_counts_it(self, book: Book) -> None:
        book.ok("sequence", "add", "invoice", "--pattern", "{number:2}{check:mod97}", "--max-length", "4")
        assert len(book.next("invoice", "-n", "99")) == 99
        book.fails(5, "exhausted", "next", "invoice")

    def test_audit_and_check_read_what_was_issued(self, checked: Book) -> None:
        checked.next("invoice", "--date", "2026-01-05", "-n", "20")
        checked.ok("void", "260000013", "--reason", "wrong")
        checked.ok("release", "260000021", "--reason", "never sent")
        assert checked.next("invoice", "--date", "2026-01-05") == ["260000021"]
        checked.ok("audit", "verify")
        checked.ok("check")


def test_a_reader_names_the_digits_of_mod_97() -> None:
    made = made_sequence("invoice", "{number:4}{check:mod97}")
    read = NumberReader(made, DAY).read
    said = read("000778")
    assert isinstance(said, WrongCheck)
    assert said == "has the check digits 78, where 77 would be right"
    assert not isinstance(read("00077"), WrongCheck)


def test_an_attribute_behind_it_is_refused_where_a_number_would_read_twice() -> None:
    from seqctl.model.pattern.attributes import check_rendered

    compiled = compile_pattern("{number}{check:luhn}{code}", False)
    refused = 0
    for value in range(1, 200):
        before, after = compiled.frame(DAY, None, {"code": "5"})
        text = compiled.text(before, value, after)
        twice = len(readings(compiled, text)) > 1
        try:
            check_rendered(compiled, [text], DAY, {"code": "5"})
            assert not twice
        except Refused:
            refused += 1
    assert refused


@pytest.mark.parametrize(
    ("pattern", "other", "example"),
    [
        ("{c}-{number:3}{check:luhn}", "7-{number:3}{check:luhn}", "7-0011"),
        ("{c:2}{number:3}{check:luhn}", "77{number:3}{check:luhn}", "770016"),
        ("{c}-{number:3}{check:luhn}", "{d}-{number:3}{check:luhn}", "7-0011"),
    ],
)
def test_an_attribute_left_of_a_check_digit_gets_an_example_of_figures(
    pattern: str, other: str, example: str
) -> None:
    """An X, which serves elsewhere, no check digit of digits could read."""
    pair = [made_sequence("a", pattern=pattern), made_sequence("b", pattern=other)]
    (found,) = find_collisions(pair)
    assert (found.certainty, found.text) == ("needs_attribute", example)
