"""Files as nobody should write them: read where they mean one thing, else refused in words."""

import openpyxl
import pytest

from tests.book import Book


def _adopted(book: Book, data: str | bytes, name: str, *words: str) -> list[str]:
    path = book.folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    result = book.run("adopt", "invoice", "--input", path, *words)
    assert result.status == 0, result
    return book.texts()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("number,date\rINV-00001,2026-01-01\rINV-00002,2026-01-02\r", "old-mac.csv"),
        ("number,,\nINV-00001,,\nINV-00002,,\n", "blank-headings.csv"),
        ("Betrag,number,Betrag\n5,INV-00001,6\n7,INV-00002,8\n", "twice.csv"),
        ('["INV-00001", "INV-00002"]', "texts.json"),
        ('number\n"=""INV-00001"""\nINV-00002\n', "kept-as-text.csv"),
        ('[{"number": null, "a": 1}, {"number": "INV-00002"}, {"number": "INV-00001"}]', "null.json"),
    ],
)
def test_what_means_one_thing_is_read(invoices: Book, data: str, name: str) -> None:
    words = ("--skip-invalid",) if name == "null.json" else ()
    path = invoices.file(data, name)
    result = invoices.run("adopt", "invoice", "--input", path, *words)
    assert result.status == (3 if words else 0), result
    assert sorted(invoices.texts()) == ["INV-00001", "INV-00002"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x1f\x8b\x08\x00rest", "n.csv.gz", "this is a compressed file (gzip): unpack it"),
        (b"%PDF-1.4\nrest", "n.pdf", "this is a PDF file"),
        ("number;date\nINV-1;x\n".encode("utf-16-be"), "n.csv", "try again with --encoding utf-16-be"),
        ("number;date\nINV-1;x\n".encode("utf-16-le"), "n.csv", "try again with --encoding utf-16-le"),
        (b"number,Number\nINV-00001,INV-00002\n", "n.csv", "'number' and 'Number' could both be the numbers"),
        (b"number,number\nINV-00001,INV-00002\n", "n.csv", "the column 'number' is a duplicate"),
        (b'[{"number": ["INV-00001"]}]', "n.json", "no values that are texts or numbers"),
        (b"[{}]", "n.json", "no values that are texts or numbers"),
        (
            b'{"items": [{"number": "INV-00001"}], "records": [{"number": "INV-00002"}]}',
            "n.json",
            "holds two lists of objects",
        ),
    ],
)
def test_what_could_mean_two_things_is_refused(invoices: Book, data: bytes, name: str, words: str) -> None:
    path = invoices.folder / name
    path.write_bytes(data)
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert words in error["message"]
    assert invoices.numbers() == []


def test_an_empty_list_beside_one_is_none(invoices: Book) -> None:
    data = '{"data": [], "items": [{"number": "INV-00001"}], "results": []}'
    assert _adopted(invoices, data, "n.json") == ["INV-00001"]


def test_a_workbook_without_headings_is_a_plain_list(invoices: Book) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("list", 0)
    for value in ("INV-00001", None, "INV-00002"):
        sheet.append([value])
    path = invoices.folder / "n.xlsx"
    workbook.save(path)
    invoices.run("adopt", "invoice", "--input", path)
    assert invoices.texts() == ["INV-00001", "INV-00002"]


def test_days_of_a_spreadsheet_are_told_as_what_they_are(invoices: Book) -> None:
    path = invoices.file("number,date\nINV-00001,46027\nINV-00002,202611\n", "n.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert "'46027', which is 2026-01-05 as spreadsheets count days" in error["problems"][0]
    assert "'202611', which is not a date" in error["problems"][1]


def test_columns_that_differ_in_case_can_be_told_apart(invoices: Book) -> None:
    data = "number,Number\nINV-00001,INV-00002\n"
    assert _adopted(invoices, data, "n.csv", "--column", "Number") == ["INV-00002"]
    path = invoices.file("NUMBER,Number\nINV-00001,INV-00002\n", "m.csv")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path, "--column", "number")
    assert "there are 2 columns for 'number'" in error["message"]
