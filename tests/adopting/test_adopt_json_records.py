"""One record that holds a list of objects is not taken for the list."""

import json

import pytest

from tests.book import Book

RECORD = {"number": "INV-00001", "items": [{"number": "INV-00009"}]}


@pytest.mark.parametrize("indent", [None, 1])
def test_one_record_that_holds_a_list_is_asked_about(invoices: Book, indent: int | None) -> None:
    path = invoices.file(json.dumps(RECORD, indent=indent) + "\n", "one.json")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert "'number' stands beside the list and in its objects" in str(error)
    assert invoices.numbers() == []
    array = invoices.file(json.dumps([RECORD]), "array.json")
    assert invoices("adopt", "invoice", "--input", array).status == 0
    assert invoices.texts() == ["INV-00001"]


def test_records_a_line_each_are_no_lists_either(invoices: Book) -> None:
    lines = [{"number": f"INV-0000{at}", "items": [{"number": "INV-00009"}]} for at in (1, 2)]
    path = invoices.file("\n".join(map(json.dumps, lines)) + "\n", "two.jsonl")
    error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path)
    assert "'items' holds a list" in str(error)
    assert invoices.numbers() == []


def test_what_an_interface_says_of_its_list_is_no_record(invoices: Book) -> None:
    page = {"id": "list-7", "note": "x", "items": [{"number": "INV-00001"}, {"number": "INV-00002"}]}
    assert invoices("adopt", "invoice", "--input", invoices.file(json.dumps(page), "page.json")).status == 0
    assert invoices.texts() == ["INV-00001", "INV-00002"]
