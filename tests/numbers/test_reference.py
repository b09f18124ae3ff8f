"""`reference`: the payment reference of a held number, and which schemes a text satisfies."""

from pathlib import Path

import pytest

from tests.book import Book


@pytest.fixture
def billed(book: Book) -> Book:
    book.load(
        '[sequences.invoice]\npattern = "{customer}-{YYYY}-{number:5}"\n'
        '[sequences.receipt]\npattern = "R{number:7}"\n'
        '[sequences.letters]\nkind = "alpha"\npattern = "{number:3}"\n'
    )
    assert book.next("invoice", "--attr", "customer=4711", "--date", "2026-01-05") == ["4711-2026-00001"]
    assert book.next("receipt") == ["R0000001"]
    return book


@pytest.mark.parametrize(
    ("scheme", "base", "printed"),
    [
        ("ogm", "{customer}{number:6}", "+++471/1000/00131+++"),
        ("viite", "{customer}{number:6}", "4 71100 00018"),
        ("kid10", "{YYYY}{number:8}", "2026000000011"),
        ("qrr", None, "00 00000 00000 04711 20260 00015"),
    ],
)
def test_it_is_made_of_what_the_number_shows(
    billed: Book, scheme: str, base: str | None, printed: str
) -> None:
    words = ("reference", "4711-2026-00001", "--as", scheme, *(("--base", base) if base else ()))
    shown = billed.ok(*words).out.rstrip("\n")
    kept = billed.ok(*words, "--json").json
    assert kept["reference"] == "".join(character for character in shown if character not in " +/")
    assert scheme in billed.ok("reference", "--check", shown).lines
    assert shown == printed


def test_a_former_pattern_is_read_too(billed: Book) -> None:
    billed.ok("sequence", "edit", "invoice", "--pattern", "N{number:9}")
    words = ("reference", "4711-2026-00001", "--as", "ee", "--base", "{customer}{number:5}")
    assert billed.ok(*words).out.startswith("471100001")


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (2, "usage", ("4711-2026-00001",)),
        (2, "usage", ("4711-2026-00001", "--as", "rff")),
        (2, "usage", ()),
        (2, "usage", ("4711-2026-00001", "--check", "1")),
        (2, "usage", ("4711-2026-00001", "--as", "rf", "--base", "{customer}")),
        (4, "not_found", ("4711-2026-00002", "--as", "rf")),
        (5, "not_shown", ("4711-2026-00001", "--as", "rf", "--base", "{MM}{number}")),
        (5, "attribute_width", ("4711-2026-00001", "--as", "rf", "--base", "{customer:6}{number}")),
        (5, "character", ("4711-2026-00001", "--as", "ocr", "--base", "N{number}")),
        (5, "too_long", ("4711-2026-00001", "--as", "ogm")),
        (5, "too_long", ("4711-2026-00001", "--as", "nl", "--base", "{customer}{number:9}")),
    ],
)
def test_what_cannot_be_is_said(billed: Book, status: int, code: str, words: tuple[str, ...]) -> None:
    billed.fails(status, code, "reference", *words)


def test_letters_alone_have_no_digits(billed: Book) -> None:
    assert billed.next("letters") == ["aaa"]
    billed.fails(5, "character", "reference", "aaa", "--as", "ocr")
    assert billed.ok("reference", "aaa", "--as", "rf").out.replace(" ", "").rstrip().endswith("AAA")


def test_void_numbers_have_one_and_freed_ones_none(billed: Book) -> None:
    billed.ok("void", "R0000001", "--reason", "wrong")
    assert billed.ok("reference", "R0000001", "--as", "nl").out == "0000 001\n"
    billed.next("receipt")
    billed.ok("release", "R0000002", "--reason", "never sent")
    billed.fails(5, "already_released", "reference", "R0000002", "--as", "nl")


def test_a_text_is_checked_without_a_book(book: Book) -> None:
    assert book.ok("reference", "--check", "+++010/8068/17183+++").lines == ["ogm"]
    assert book.ok("reference", "--check", "RF18 5390 0754 7034").lines == ["rf"]
    assert book("reference", "--check", "RF19 5390 0754 7034").status == 3
    assert book.ok("reference", "--check", "rf18539007547034", "--json").json == [{"scheme": "rf"}]


def test_the_sample_numbers_are_what_they_are_paid_by(book: Book) -> None:
    book.ok("import", Path(__file__).parents[2] / "sample-configs" / "references.toml")
    (kid,) = book.next("kid", "--attr", "customer=004711")
    assert "kid10" in book.ok("reference", "--check", kid).lines
    made = book.ok("reference", kid, "--as", "kid10", "--base", "{customer}{number:6}")
    assert made.lines == [kid]
    (number,) = book.next("qr", "--date", "2026-11-21")
    (shown,) = book.ok("reference", number).lines
    assert shown.replace(" ", "")[:-1] == number.zfill(26)
    assert "qrr" in book.ok("reference", "--check", shown).lines
