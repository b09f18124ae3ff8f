"""References that a sequence gives its numbers: printed, in JSON, told apart when defined or when issued."""

import json
from typing import Any

import pytest

from tests.book import Book

FINNISH = '[sequences.invoice]\npattern = "{YYYY}-{number:5}"\nreset = "year"\nreference = "viite"\n'
DAY = ("--date", "2026-05-04")


def references(book: Book, *words: str) -> list[str | None]:
    return [number["reference"] for number in book.numbers(*words)]


def kept(book: Book, sql: Any) -> dict[str, int]:
    return dict(sql("SELECT name, keeps_references FROM sequence WHERE reference IS NOT NULL ORDER BY name"))


def test_every_way_to_show_a_number_has_its_reference(book: Book) -> None:
    book.load(FINNISH)
    assert book.next("invoice", "--reference", *DAY) == ["2026-00001\t20260 00011"]
    number = book.ok("next", "invoice", "--json", "--key", "k", *DAY).json
    assert number["reference"] == "2026000024"
    assert book.ok("next", "invoice", "--json", "--key", "k", *DAY).json["reference"] == "2026000024"
    assert book.next("invoice", "--reference", "--key", "k", *DAY) == ["2026-00002\t20260 00024"]
    assert book.ok("peek", "invoice", "--reference", *DAY).lines == ["2026-00003\t20260 00037"]
    assert book.ok("reserve", "invoice", "--json", *DAY).json["reference"] == "2026000037"
    assert references(book) == ["2026000011", "2026000024", "2026000037"]
    assert book.ok("show", "2026-00002", "--json").json["reference"] == "2026000024"
    assert book.ok("reference", "2026-00002").out == "20260 00024\n"
    assert book.ok("reference", "2026-00002", "--as", "ee").out == "2026000024\n"
    assert book.ok("void", "2026-00002", "--reason", "x", "--json").json[0]["reference"] == "2026000024"
    assert book.ok("reinstate", "2026-00002", "--reason", "x", "--json").json[0]["reference"] == "2026000024"
    book.ok("release", "2026-00001", "--reason", "x")
    assert book.ok("show", "2026-00001", "--json").json["reference"] is None
    assert book.ok("audit", "verify").status == 0


def test_without_a_scheme_next_reference_is_wrong_usage_and_issues_nothing(book: Book) -> None:
    book.ok("sequence", "add", "plain")
    for command in ("next", "peek", "reserve"):
        told = book.fails(2, "usage", command, "plain", "--reference")
        assert "--reference SCHEME" in told["hint"]
    assert book.numbers() == []
    assert book.ok("next", "plain", "--json").json["reference"] is None


def test_the_first_number_whose_reference_does_not_fit_is_exhausted(book: Book) -> None:
    book.load('[sequences.a]\nreference = "ogm"\nstart = 9999999998\n')
    assert book.next("a", "-n", "2", "--reference")[1].startswith("9999999999\t+++999/9999/999")
    told = book.fails(5, "exhausted", "next", "a")
    assert "9999999999" in told["hint"]
    assert [row["left"] for row in book.ok("status", "--json").json] == [0]
    book.load(
        '[sequences.n]\npattern = "{YYYY}{number}"\nunique = "period"\nreference = "nl"\nstart = 99999999\n'
    )
    assert book.next("n", *DAY) == ["202699999999"]
    book.fails(5, "exhausted", "next", "n", *DAY)


@pytest.mark.parametrize(
    "definition",
    [
        # The design's own example, with the values listed.
        'pattern = "A-{entity}/{number}"\nscope = { entity = ["1", "11"] }\nreference = "kid10"',
        # The year is not in the base.
        'pattern = "{YYYY}-{number}"\nreset = "year"\nreference = "rf"\nreference_base = "{number:8}"',
        'pattern = "{number}"\nreset = "year"\nunique = "period"\nreference = "rf"',
        # Words hold no digits.
        'pattern = "{entity}-{number}"\nscope = { entity = ["BER", "HAM"] }\nreference = "ocr"',
        # A Swiss reference is filled with zeros: 01 10001 and 11 0001.
        'pattern = "{MM}{number:4}"\nreset = "never"\nreference = "qrr"',
        # Letters have no case.
        'pattern = "{entity}{number:4}"\nmax_width = 4\nscope = { entity = ["ab", "AB"] }\nreference = "rf"',
    ],
)
def test_one_sequence_with_two_numbers_of_one_reference_is_refused(book: Book, definition: str) -> None:
    result = book("import", "-", input=f"[sequences.x]\n{definition}\n")
    assert result.status == 6, result
    assert "the same reference" in result.err and "reference_base" in result.err, result.err


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('pattern = "A-1/{number}"\nreference = "kid10"', 'pattern = "A-11/{number}"\nreference = "kid10"'),
        # Another document type is no help.
        ('pattern = "{number}"\nreference = "rf"', 'pattern = "{number}"\nreference = "rf"'),
        ('pattern = "{number}"\nreference = "qrr"', 'pattern = "00{number:7}"\nreference = "qrr"'),
        ('pattern = "I-1{number}"\nreference = "rf"', 'pattern = "i-{MM}{number}"\nreference = "rf"'),
    ],
)
def test_two_sequences_with_one_reference_are_refused_and_an_example_is_told(
    book: Book, first: str, second: str
) -> None:
    book.load(f"[sequences.a]\n{first}\n")
    told = book.fails(6, "collision", "import", "-", input=f"[sequences.b]\n{second}\n")
    assert "the same reference" in told["message"]


@pytest.mark.parametrize(
    "definition",
    [
        'pattern = "INV-{YYYY}-{number:5}"\nreset = "year"\nreference = "rf"',
        'pattern = "INV-{YYYY}-{number:5}"\nreset = "year"\nreference = "ocr-length"',
        'pattern = "{number}"\nreference = "qrr"',
        'pattern = "{number:4}/{YY}"\nreset = "year"\nreference = "kid11"',
        'pattern = "{YYYY}{MM}{number:4}"\nreset = "month"\nreference = "qrr"',
        'pattern = "{MM}{number:4}"\nmax_width = 4\nreference = "qrr"',
        'pattern = "{entity}-{number:6}"\nscope = { entity = ["1", "2"] }\nreference = "kid10"',
        'pattern = "{c:6}-{number:8}"\nscope = ["c"]\nreference = "kid10"\n'
        'reference_base = "{c:6}{number:8}"',
        'pattern = "{number:8}{check:luhn}"\nreference = "ocr"',
        'pattern = "{number}"\nkind = "alpha"\nreference = "rf"',
    ],
)
def test_references_that_are_proved_different_are_not_kept(book: Book, sql: Any, definition: str) -> None:
    assert book("import", "-", input=f"[sequences.x]\n{definition}\n").err == ""
    assert kept(book, sql) == {"x": 0}


FREE = (
    '[sequences.x]\npattern = "{customer}-{number}"\nscope = ["customer"]\nreference = "kid10"\n'
    '[sequences.y]\npattern = "Y{number:30}"\nreference = "rf"\nreference_base = "{number:3}"\n'
)


@pytest.fixture
def free(book: Book) -> Book:
    told = book("import", "-", input=FREE)
    assert told.status == 0 and "is not proved: each is kept" in told.err
    return book


def ask(customer: str, *words: str) -> tuple[str, ...]:
    return "next", "x", "--attr", f"customer={customer}", *words


def test_what_is_not_proved_is_kept_and_checked_when_issuing(free: Book, sql: Any) -> None:
    assert kept(free, sql) == {"x": 1, "y": 0}
    assert free.ok(*ask("1", "-n", "11")).lines[-1] == "1-11"
    told = free.fails(5, "number_taken", *ask("11"))
    assert "11-1 would have the reference 1115" in told["message"] and "1-11" in told["message"]
    assert "move past it with: seqctl sequence set-next x VALUE" in told["hint"]
    free.fails(5, "number_taken", "peek", *ask("11")[1:])
    free.fails(5, "number_taken", "reserve", *ask("11")[1:])
    free.ok("sequence", "set-next", "x", "2", "--scope", "customer=11", "--reason", "taken")
    assert free.ok(*ask("11")).lines == ["11-2"]
    assert sql("SELECT count(*) FROM number WHERE reference IS NULL") == [(0,)]
    assert free.ok("audit", "verify").status == 0
    assert free.ok("check").out == ""


def test_a_freed_reference_is_free_and_comes_back_with_its_number(free: Book, sql: Any) -> None:
    free.ok(*ask("1", "-n", "11"))
    free.ok("release", "1-11", "--reason", "x")
    assert free.ok(*ask("11")).lines == ["11-1"]
    told = free.fails(5, "number_taken", "reinstate", "1-11", "--reason", "x")
    assert "reference" in told["message"]
    free.fails(5, "number_taken", *ask("1"))
    free.ok("release", "11-1", "--reason", "x")
    free.ok("reinstate", "1-11", "--reason", "y")
    assert sql("SELECT count(*) FROM number WHERE reference IS NOT NULL") == [(11,)]
    assert free.ok("audit", "verify").status == 0


def test_adopt_and_assign_keep_references_too(free: Book, sql: Any) -> None:
    free.ok("adopt", "x", "1-11", "7-1")
    told = free.fails(6, "invalid_input", "adopt", "x", "11-1")
    assert "1-11" in told["message"]
    records = free.folder / "records.csv"
    records.write_text("id,customer\na,11\n")
    told = free.fails(5, "number_taken", "assign", "x", "--input", records)
    assert "1-11" in told["message"] or any("1-11" in line for line in told.get("problems", []))
    records.write_text("id,customer\na,12\nb,12\n")
    free.ok("assign", "x", "--input", records)
    assert sorted(row[0] for row in sql("SELECT reference FROM number")) == [
        *("kid10 1115", "kid10 1214", "kid10 1222", "kid10 711"),
    ]
    assert free.ok("audit", "verify").status == 0


def test_numbers_whose_reference_is_taken_are_all_named_and_may_be_left_out(free: Book, sql: Any) -> None:
    free.ok("adopt", "x", "1-11")
    given = ("adopt", "x", "11-1", "7-1", "2-11", "21-1", "211-")
    told = free.fails(6, "invalid_input", *given)
    named = " ".join(told["problems"])
    assert "'11-1' would have the reference 1115, as 1-11 of sequence 'x' has" in named
    assert "'21-1' would have the reference 2113, as 2-11 has, which is given before it" in named
    for rehearsed in (("--dry-run",), ()):
        result = free(*given, "--skip-invalid", *rehearsed, "--json")
        assert (result.status, result.json["adopted"], len(result.json["problems"])) == (3, 2, 3)
    assert sorted(free.texts("x")) == ["1-11", "2-11", "7-1"]
    assert sorted(row[0] for row in sql("SELECT reference FROM number")) == [
        *("kid10 1115", "kid10 2113", "kid10 711"),
    ]
    assert free.ok("audit", "verify").status == 0


def test_records_whose_reference_is_taken_fail_by_themselves(free: Book) -> None:
    free.ok("adopt", "x", "1-11")
    records = free.folder / "records.csv"
    records.write_text("id,customer\na,11\nb,12\nc,11\nd,12\n")
    result = free("assign", "x", "--input", records, "--partial", "--dry-run", "--json")
    assert result.status == 3
    result = free("assign", "x", "--input", records, "--partial", "--json")
    assert result.status == 3
    assert [item["number"] for item in result.json] == ["12-1", "12-2"]
    failed = {item["record"]: item["message"] for item in json.loads(result.err)["failures"]}
    assert failed == dict.fromkeys("ac", "11-1 would have the reference 1115, as 1-11 of sequence 'x' has")
    assert sorted(free.texts("x")) == ["1-11", "12-1", "12-2"]
    assert free.ok("audit", "verify").status == 0


def test_a_reference_may_be_added_later_and_then_stays(book: Book, sql: Any) -> None:
    book.load('[sequences.x]\npattern = "{c}-{number}"\nscope = ["c"]\n')
    book.ok(*ask("1", "-n", "12")[:3], "c=1", "-n", "12")
    result = book("sequence", "edit", "x", "--reference", "ocr")
    assert result.status == 0 and "each is kept" in result.err
    assert sql("SELECT count(*) FROM number WHERE reference IS NOT NULL") == [(12,)]
    for words in (("--reference", "rf"), ("--reference", ""), ("--reference-base", "{number:8}")):
        told = book.fails(5, "locked_field", "sequence", "edit", "x", *words)
        assert "references of its numbers are fixed" in told["message"]
    assert book.ok("audit", "verify").status == 0


def test_numbers_that_clash_already_refuse_a_reference_that_is_added(book: Book) -> None:
    book.load('[sequences.x]\npattern = "{c}-{number}"\nscope = ["c"]\n')
    book.ok("next", "x", "--attr", "c=1", "-n", "11")
    book.ok("next", "x", "--attr", "c=11")
    told = book.fails(5, "number_taken", "sequence", "edit", "x", "--reference", "ocr")
    assert "1-11" in told["message"] and "11-1" in told["message"]
    rehearsed = book.fails(5, "number_taken", "sequence", "edit", "x", "--reference", "ocr", "--dry-run")
    assert rehearsed["message"] == told["message"]
    file = book.file('[sequences.x]\npattern = "{c}-{number}"\nscope = ["c"]\nreference = "ocr"\n')
    for words in (("import", file), ("import", file, "--dry-run"), ("diff", file)):
        assert "1-11" in book.fails(5, "number_taken", *words)["message"]
    assert book.ok("sequence", "show", "x", "--json").json["reference"] is None
    book.ok("release", "11-1", "--reason", "never sent")
    assert book("sequence", "edit", "x", "--reference", "ocr", "--dry-run").status == 0


def test_another_pattern_makes_what_was_proved_kept(book: Book, sql: Any) -> None:
    book.load(FINNISH)
    book.next("invoice", "-n", "3", *DAY)
    assert kept(book, sql) == {"invoice": 0}
    book("sequence", "edit", "invoice", "--pattern", "{YYYY}{number:6}")
    assert kept(book, sql) == {"invoice": 1}
    assert sql("SELECT count(*) FROM number WHERE reference IS NOT NULL") == [(3,)]
    assert references(book) == ["2026000011", "2026000024", "2026000037"]
    assert book.ok("next", "invoice", "--reference", *DAY).lines == ["2026000004\t2 02600 00040"]
