"""Lists as people print them: a title above the headings, blank rows, and a total at the foot."""

from pathlib import Path

import openpyxl
import pytest

from tests.book import Book

TITLED = """\
Rechnungsausgangsbuch 2025;;
erstellt am 03.01.2026;;
;;
Nummer;Datum;Betrag
INV-00001;2025-01-05;1.234,50
INV-00002;2025-01-06;99,00
;;
Summe;;1.333,50
"""


def _workbook(book: Book, text: str) -> str:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("list", 0)
    for line in text.splitlines():
        sheet.append([cell or None for cell in line.split(";")])
    path = book.folder / "list.xlsx"
    workbook.save(path)
    return str(path)


@pytest.fixture(params=["csv", "xlsx"])
def listed(request: pytest.FixtureRequest, invoices: Book) -> str:
    if request.param == "csv":
        return invoices.file(TITLED, "list.csv")
    return _workbook(invoices, TITLED)


def test_headings_below_a_title_are_found(invoices: Book, listed: str) -> None:
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", listed)
    assert (
        f"{Path(listed).name}:4: the file is a table with the columns 'Nummer', 'Datum'" in error["message"]
    )
    assert "--column Nummer --date-column Datum" in error["message"]
    columns = ("--column", "Nummer", "--date-column", "Datum")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", listed, *columns)
    assert ":8: 'Summe' does not fit" in error["message"]
    assert "go on without it: --skip-invalid" in error["hint"]
    result = invoices.run("adopt", "invoice", "--input", listed, *columns, "--skip-invalid")
    assert result.status == 3
    assert [(row["number"], row["date"]) for row in invoices.numbers()] == [
        ("INV-00001", "2025-01-05"),
        ("INV-00002", "2025-01-06"),
    ]


def test_headings_that_seqctl_knows_need_no_option(invoices: Book) -> None:
    path = invoices.file("Invoices of 2025\n\nNumber,Date\nINV-00001,2025-01-05\n", "list.csv")
    result = invoices.run("adopt", "invoice", "--input", path)
    assert result.status == 0
    assert "numbers from 'Number', dates from 'Date'" in result.err


def test_a_total_without_a_word_is_a_number_that_is_not_there(invoices: Book) -> None:
    path = invoices.file("number,amount\nINV-00001,5\n,5\n", "list.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert "list.csv:3: '' is blank" in error["message"]
    assert "--skip-invalid" in error["hint"]


def test_a_decimal_comma_says_how_numbers_without_zeros_are_written(book: Book) -> None:
    book.ok("sequence", "add", "receipt", "--pattern", "{number:8}", "--start", "1230")
    path = book.file("number;amount\n1.234;5,00\n1235,0;6,00\n1236;7,00\n", "list.csv")
    error = book.fails(6, "invalid_input", "adopt", "receipt", "--input", path, "--pad")
    assert "'1.234' does not fit" in str(error)
    comma = ("--pad", "--decimal", "comma")
    assert book.run("adopt", "receipt", "--input", path, *comma).status == 0
    assert [number["number"] for number in book.numbers()] == ["00001234", "00001235", "00001236"]
    void = book.file('number,reason\n"1.234",lost\n', "void.csv")
    assert book.run("void", "--input", void, *comma).status == 0
    documents = book.file("1.234\n1.235\n1.236\n", "documents.txt")
    found = book.run("reconcile", "receipt", "--input", documents, *comma, "--json")
    assert [item["code"] for item in found.json] == ["void_but_posted"]


def test_a_plain_list_stays_one(invoices: Book) -> None:
    path = invoices.file("INV-00001\nINV-00002\n\nINV-00003\n", "list.csv")
    invoices.ok("adopt", "invoice", "--input", path)
    assert len(invoices.numbers()) == 3


def test_records_below_a_title(invoices: Book) -> None:
    path = invoices.file("Orders of May;;\n;;\nid;ordered;amount\nO-1;2026-05-01;5\n;;\n", "orders.csv")
    out = invoices.folder / "out.csv"
    invoices.ok("assign", "invoice", "--input", path, "--write", out)
    assert out.read_text().splitlines()[0].startswith("id;ordered;amount;number")
    assert [number["record"] for number in invoices.numbers()] == ["O-1"]


def test_documents_below_a_title_are_compared(invoices: Book, listed: str) -> None:
    invoices.ok("next", "invoice", "-n", "2", "--date", "2025-01-05")
    result = invoices.run("reconcile", "invoice", "--input", listed, "--column", "Nummer", "--json")
    assert [(item["code"], item["subject"]) for item in result.json] == [("foreign", "Summe")]


def test_a_single_heading_above_letters_is_no_number(book: Book) -> None:
    book.ok("sequence", "add", "letters", "--kind", "alpha")
    path = book.file("number\na\nb\n", "letters.csv")
    assert book.run("adopt", "letters", "--input", path).status == 0
    assert book.texts("letters") == ["a", "b"]
    book.ok("set", "add", "S", "letters=letters")
    owners = book.file("owner\naccount:A\naccount:B\n", "owners.csv")
    assert book.run("set", "assign", "S", "--input", owners).status == 0
    (shown,) = book.ok("set", "list", "--json").json
    assert sorted(shown["assignments"]) == ["account:A", "account:B"]
