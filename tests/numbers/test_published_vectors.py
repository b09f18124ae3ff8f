"""Every published example of a check digit and of a payment reference, issued from a fresh book."""

import pytest

from tests.book import Book


@pytest.mark.parametrize(
    ("pattern", "start", "number"),
    [
        ("{number}{check:luhn}", 7894, "78949"),
        ("{number}{check:luhn}", 7992739871, "79927398713"),
        ("{number}{check:verhoeff}", 1234, "12340"),
        ("{number}{check:verhoeff}", 236, "2363"),
        ("{number}{check:damm}", 572, "5724"),
        ("{number:4}{check:mod11-2}", 794, "07940"),
        ("{number:3}{check:mod11-2}", 79, "079X"),
        ("{number}{check:mod11-10}", 79462, "794623"),
        ("{number:11}{check:mod11-10}", 200667308, "002006673085"),
        ("G{number}{check:mod37-2}", 123489654321, "G123489654321Y"),
        ("A12425GABC{number}{check:mod37-36}", 1234002, "A12425GABC1234002M"),
        ("9999{number}{check:mod97}", 1234567890121414, "9999123456789012141490"),
        ("21000000000{number}{check:mod10-rec}", 313947143000901, "210000000003139471430009017"),
        ("{number}{check:mod10-731}", 123456, "1234561"),
        # Blanks and signs are for the eye alone.
        ("G-1234 8965/{number}{check:mod37-2}", 4321, "G-1234 8965/4321Y"),
        ("INV-{number:5}{check:luhn:number}", 7894, "INV-078949"),
    ],
)
def test_a_check_digit(book: Book, pattern: str, start: int, number: str) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", pattern, "--start", start)
    assert book.next("invoice") == [number]
    # It reads back to its integer, and no other digit does.
    assert book.ok("show", number, "--json").json["value"] == start
    wrong = number[:-1] + ("1" if number[-1] == "0" else "0")
    book.ok("sequence", "edit", "invoice", "--manual")
    error = book.fails(6, "check_digit", "adopt", "invoice", wrong)
    assert wrong in error["message"] and "where" in error["message"]


@pytest.mark.parametrize(
    ("scheme", "pattern", "start", "reference"),
    [
        ("rf", "{number}", 539007547034, "RF18 5390 0754 7034"),
        ("qrr", "21000000000{number}", 313947143000901, "21 00000 00003 13947 14300 09017"),
        ("ogm", "{number:10}", 108068171, "+++010/8068/17183+++"),
        ("viite", "{number}", 123456, "12 34561"),
        ("viite", "{number}", 1234567, "123 45672"),
        ("ee", "{number}", 12131295, "121312952"),
        ("ocr-length", "{number}", 2019121, "201912193"),
        ("ocr-length", "{number}", 1, "133"),
        ("kid10", "{number}", 1234, "12344"),
        ("kid11", "{number}", 1234, "12343"),
        ("kid11", "{number:6}", 12955, "0129550"),
        ("nl", "{number:15}", 56789012345, "5000 0567 8901 2345"),
    ],
)
def test_a_payment_reference(book: Book, scheme: str, pattern: str, start: int, reference: str) -> None:
    given = ("--pattern", pattern, "--start", start, "--reference", scheme)
    book.ok("sequence", "add", "invoice", *given)
    (line,) = book.ok("next", "invoice", "--reference").lines
    number, _, printed = line.partition("\t")
    assert printed == reference
    bare = reference.translate({ord(sign): None for sign in " +/"})
    assert book.ok("show", number, "--json").json["reference"] == bare
    assert book.ok("reference", number).out == reference + "\n"
    assert scheme in book.ok("reference", "--check", reference).lines
    assert scheme in book.ok("reference", "--check", bare).lines


def test_the_seventh_and_eighth_of_a_year(book: Book) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "{YY}{number:6}{check:luhn}", "--reset", "year")
    issued = book.next("invoice", "-n", "8", "--date", "2026-05-05")
    assert issued[6:] == ["260000070", "260000088"]


def test_two_numbers_of_one_reference_are_refused_when_they_are_defined(book: Book) -> None:
    """A-1/12 and A-11/2 have the same digits; with a template of fixed widths they differ."""
    scoped = ("--pattern", "A-{shop}/{number}", "--scope", "shop=1,11", "--reference", "kid10")
    error = book.fails(6, "collision", "sequence", "add", "invoice", *scoped)
    assert "the same reference" in error["message"] and "--reference-base" in error["hint"]
    fixed = ("--pattern", "A-{shop}/{number:6}", "--scope", "shop=01,11", "--reference", "kid10")
    book.ok("sequence", "add", "invoice", *fixed)
    assert book.ok("next", "invoice", "--attr", "shop=11", "--reference").lines == ["A-11/000001\t110000015"]
