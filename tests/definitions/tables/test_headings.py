"""A first line of headings is never read as a number."""

import pytest

from seqctl.definitions.tables.headings import headings
from tests.book import Book


@pytest.mark.parametrize(
    ("first", "second", "columns"),
    [
        ("number", "INV-1", ["number"]),
        ("Rechnungsnummer", "RE-2026-1", ["Rechnungsnummer"]),
        ("invoice no.", "1", ["invoice no."]),
        ("number,date", "INV-1,2026-01-01", ["number", "date"]),
        ("number;date", "", ["number", "date"]),
        ("number\tstate", "x\ty", ["number", "state"]),
        (' "number" , "date" ', "1,2", ["number", "date"]),
        ("número,fecha,", "1,2,3", ["número", "fecha"]),
        ("INV-1", "INV-2", []),
        ("INV-1,2026-01-01", "INV-2,2026-01-02", []),
        ("a", "b", []),
        ("aa", "aa", []),
        ("R-abc", "R-abd", []),
        ("1", "2", []),
        ("--", "1", []),
        ("número", "número", []),
        ("٣", "٤", []),
    ],
)
def test_what_is_a_line_of_headings(first: str, second: str, columns: list[str]) -> None:
    assert headings(first, second) == columns


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("no;date\nINV-00001;2026-01-01\n", "no"),
        ('{"n": "INV-00001"}\n', "n"),
    ],
)
def test_a_table_is_not_taken_for_a_list(invoices: Book, text: str, column: str) -> None:
    """Else every number would seem to have no document, and be offered to be freed."""
    invoices.next("invoice", "-n", "2")
    before = invoices.path.read_bytes()
    file = invoices.file(text, "posted")
    for words in (
        ("reconcile", "invoice", "--input", file),
        ("reconcile", "invoice", "--input", file, "--apply", "--to", "2099-01-01"),
        ("adopt", "invoice", "--input", file),
        ("adopt", "invoice", "--input", file, "--skip-invalid"),
    ):
        error = invoices.fails(6, "invalid_input", *words)
        assert f"--column {column}" in error["message"]
    assert invoices.path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "number\nINV-00001\n",
        "Total;Number\n1;INV-00001\n",
        '{"number": "INV-00001"}\n',
        "sep=|\nnumber|x\nINV-00001|y\n",
    ],
)
def test_a_column_of_numbers_is_found_by_its_heading(invoices: Book, text: str) -> None:
    invoices.next("invoice")
    result = invoices("reconcile", "invoice", "--input", invoices.file(text, "posted"), "--json")
    assert (result.status, result.json) == (0, [])
    assert "posted: numbers from '" in result.err


def test_numbers_in_letters_are_numbers(book: Book) -> None:
    book.ok("sequence", "add", "x", "--kind", "alpha")
    book.next("x", "-n", "2")
    assert book.ok("reconcile", "x", "--input", book.file("a\nb\n", "posted")).status == 0


class TestWaysOn:
    """What is offered where something does not fit: never what would skip all of it."""

    def adopt(self, book: Book, *numbers: str) -> str:
        answer: str = book.fails(6, "invalid_input", "adopt", "invoice", *numbers)["hint"]
        return answer

    def test_of_adopt(self, invoices: Book) -> None:
        assert "--skip-invalid" in self.adopt(invoices, "INV-00001", "X1", "X2")
        for numbers in (("X1",), ("X1", "X2"), ("X1", "X2", "X3", "X3")):
            assert "--skip-invalid" not in self.adopt(invoices, *numbers)

    def test_of_assign(self, book: Book) -> None:
        book.ok("sequence", "add", "invoice", "--scope", "branch=A,B", "--pattern", "{branch}-{number}")

        def hint(rows: str) -> str:
            records = book.file("id,branch\n" + rows, "records.csv")
            result = book("--json", "assign", "invoice", "--input", records)
            answer: str = result.error["hint"]
            return answer

        assert "--partial" in hint("1,A\n2,C\n3,D\n")
        assert "--partial" not in hint("2,C\n3,D\n")
        assert "--partial" not in hint("2,C\n")


@pytest.mark.parametrize(
    ("words", "example"),
    [
        (("assign", "invoice", "--input", "x.csv", "--for-column", "company"), "--for-column company=COLUMN"),
        (("next", "invoice", "--attr", "entity"), "--attr entity=DE"),
        (("statement", "--scope", "entity"), "--scope entity=DE"),
        (("set", "add", "s", "invoice"), "member invoice=SEQUENCE"),
    ],
)
def test_the_example_of_an_option_is_of_that_option(
    invoices: Book, words: tuple[str, ...], example: str
) -> None:
    error = invoices.fails(2, "usage", *words)
    assert error["hint"].endswith(example)
    form = {"assign": "KIND=COLUMN", "set": "TYPE=SEQUENCE"}.get(words[0], "NAME=VALUE")
    assert form in error["message"]
