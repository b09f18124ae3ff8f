"""`lint`: its output, its exit status, and files held against the book."""

import json

import pytest

from tests.book import Book

CLASH = """
[sequences.invoice]
pattern = "2{number:9}"
[sequences.other]
document_type = "invoice"
pattern = "23{number:8}"
[sets.main]
default = true
members = { invoice = "invoice" }
"""
FINE = '[sequences.invoice]\npattern = "INV-{number:5}"\n'


def test_nothing_is_printed_when_all_is_well(invoices: Book) -> None:
    assert invoices.ok("lint").out == ""
    assert invoices.ok("lint", "--json").json == []
    assert invoices.ok("lint", "-o", "tsv").lines == ["severity\tcode\tsubject\tmessage\thint"]


def test_findings_are_a_list_and_exit_3(book: Book) -> None:
    book("sequence", "add", "digits", "--pattern", "{number:5}")
    result = book("lint")
    assert (result.status, result.err) == (3, "")
    (row,) = result.rows
    assert list(row) == ["severity", "code", "subject", "message", "hint"]
    assert (row["severity"], row["code"], row["subject"]) == ("warning", "leading_zeros", "sequences.digits")
    assert "00001" in row["message"]
    told = book("lint", "--json")
    assert told.status == 3
    (finding,) = told.json
    assert list(finding) == ["code", "severity", "subject", "message", "hint"]
    assert finding == {**finding, **row}


def test_collisions_that_were_allowed_are_still_found_with_an_example(book: Book) -> None:
    assert book("import", book.file(CLASH), "--allow-collisions").status == 0
    result = book("lint", "--json")
    assert result.status == 3
    collision = result.json[0]
    assert (collision["code"], collision["severity"]) == ("collision", "error")
    example = collision["message"].split("'")[1]
    assert example.startswith("23")
    assert "allow" not in collision["hint"]


def test_a_counter_near_its_end_is_told_with_what_is_left(book: Book) -> None:
    book.load('[sequences.r]\npattern = "R-{number}"\nend = 20\n')
    book.next("r", "-n", "18")
    assert book.ok("lint").out == ""
    book.next("r")
    (row,) = book("lint").rows
    assert (row["code"], row["severity"]) == ("near_end", "warning")
    assert row["message"] == "has 1 number left"
    book.next("r")
    (row,) = book("lint").rows
    assert (row["severity"], row["message"]) == ("error", "has no number left")


def test_a_scope_is_named_and_its_length_counts(book: Book) -> None:
    book.load('[sequences.s]\npattern = "{entity}-{number}"\nscope = ["entity"]\nmax_length = 4\n')
    book.next("s", "-n", "95", "--attr", "entity=A")
    book.next("s", "-n", "9", "--attr", "entity=BB")
    assert {row["message"] for row in book("lint").rows} == {
        "has 4 numbers left for entity=A",
        "has no number left for entity=BB",
    }


def test_files_are_looked_at_as_an_import_would_leave_the_book(invoices: Book) -> None:
    text = '[sequences.a]\ndocument_type = "invoice"\npattern = "INV-1{number:4}"\n'
    path = invoices.file(text)
    result = invoices("lint", path, "--json")
    assert result.status == 3
    finding, _ = result.json
    assert (finding["code"], finding["subject"]) == ("collision", "sequences.a")
    assert finding["place"] == f"{path}:1"
    assert "INV-1" in finding["message"]
    assert [item["name"] for item in invoices.ok("sequence", "list", "--json").json] == ["invoice"]


def test_a_file_mends_what_the_book_has_wrong(book: Book) -> None:
    book("sequence", "add", "digits", "--pattern", "{number:5}")
    assert book("lint").status == 3
    mended = book.file('[sequences.digits]\npattern = "D{number:5}"\n')
    assert book.ok("lint", mended).out == ""
    assert book("lint").status == 3


def test_the_place_in_the_file_is_named(nowhere: Book) -> None:
    path = nowhere.file(FINE + '[sequences.digits]\npattern = "{number:5}"\n')
    (row,) = nowhere("lint", path).rows
    assert row["place"] == f"{path}:4"
    assert not nowhere.path.exists()


def test_a_file_needs_no_book_and_no_file_needs_one(nowhere: Book) -> None:
    assert nowhere.ok("lint", nowhere.file(FINE)).out == ""
    nowhere.fails(4, "not_found", "lint")
    nowhere.fails(4, "not_found", "lint", "missing.toml")


def test_an_invalid_file_is_refused_as_an_import_would_refuse_it(book: Book) -> None:
    error = book.fails(6, "invalid_definition", "lint", book.file("[sequences.x]\npatern = 1\n"))
    assert "patern" in error["message"]
    book.fails(2, "usage", "lint", book.file(FINE), "--from", "sap")


def test_payloads_of_other_systems_are_read(nowhere: Book) -> None:
    payload = {"name": "EU", "invoice": {"prefix": "EU", "startNumber": 1}}
    result = nowhere("lint", "--from", "zuora", nowhere.file(json.dumps(payload), "set.json"))
    assert result.status in (0, 3), result
    assert "error" not in result.err


def test_nothing_is_written(invoices: Book) -> None:
    before = invoices.path.read_bytes()
    invoices("lint", invoices.file(CLASH))
    invoices("lint")
    assert invoices.path.read_bytes() == before


@pytest.mark.parametrize("name", ["[bold]x[/]", "=1+1", 'a"b', "ß ü"])
def test_odd_names_stay_what_they_are(book: Book, name: str) -> None:
    book.ok("sequence", "add", name, "--pattern", "{number:5}")
    (finding,) = book("lint", "--json").json
    assert finding["subject"] == f"sequences.{name}"
    assert name in book("lint", "-o", "table").out
