"""Every list in every format: valid JSON, JSON Lines, CSV and TSV; empty lists; nothing on stderr."""

import json

import pytest

from tests.book import Book

LISTS = {
    ("sequence", "list"): "name",
    ("set", "list"): "name",
    ("calendar", "list"): "name",
    ("numbers",): "number",
}
FIRST_COLUMNS = {
    ("sequence", "list"): ["name", "document_type", "pattern"],
    ("set", "list"): ["name", "default", "members", "assignments"],
    ("calendar", "list"): ["name", "start", "named_by"],
    ("numbers",): ["number", "sequence", "period"],
}
NUMBER_FIELDS = [
    "number",
    "value",
    "sequence",
    "document_type",
    "period",
    "scope",
    "date",
    "state",
    "key",
    "record",
    "policy",
    "set",
    "reused",
    "issued_at",
    "actor",
    "reference",
]


@pytest.fixture
def filled(book: Book) -> Book:
    """A book with two entries in each list."""
    book.load(
        """
        [calendars.india]
        start = "04-01"
        [calendars.uk]
        start = "04-06"
        [sequences.invoice]
        prefix = "INV-"
        [sequences.memo]
        prefix = "CM-"
        document_type = "credit_memo"
        [sets.main]
        default = true
        members = { invoice = "invoice", credit_memo = "memo" }
        assignments = ["account:ACME"]
        [sets.other]
        members = { invoice = "invoice" }
        """
    )
    book.next("invoice", "-n", "2", "--date", "2026-05-04", "--key", "k")
    return book


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
@pytest.mark.parametrize("spelling", [("--json",), ("-o", "json")], ids=" ".join)
def test_json_is_one_array(filled: Book, words: tuple[str, ...], spelling: tuple[str, ...]) -> None:
    items = filled.ok(*words, *spelling).json
    assert len(items) == 2
    assert len({item[LISTS[words]] for item in items}) == 2


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_json_lines_hold_the_same_objects(filled: Book, words: tuple[str, ...]) -> None:
    lines = filled.ok(*words, "-o", "jsonl").lines
    assert [json.loads(line) for line in lines] == filled.ok(*words, "--json").json


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_csv_and_tsv_have_a_header_and_the_same_cells(filled: Book, words: tuple[str, ...]) -> None:
    tsv, csv = filled.ok(*words, "-o", "tsv").rows, filled.ok(*words, "-o", "csv").csv
    assert tsv == csv
    assert len(tsv) == 2
    assert list(tsv[0])[: len(FIRST_COLUMNS[words])] == FIRST_COLUMNS[words]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_list_that_goes_into_a_pipe_is_tsv(filled: Book, words: tuple[str, ...]) -> None:
    assert filled.ok(*words) == filled.ok(*words, "-o", "tsv")


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_table_shows_every_row_without_escapes_where_there_is_no_terminal(
    filled: Book, words: tuple[str, ...]
) -> None:
    shown = filled(*words, "-o", "table")
    assert shown.status == 0
    assert "\x1b" not in shown.out
    for item in filled.ok(*words, "--json").json:
        assert item[LISTS[words]] in shown.out
    assert len(shown.lines) == 3


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_an_empty_list_is_an_empty_array_or_just_the_header(book: Book, words: tuple[str, ...]) -> None:
    assert book.ok(*words, "--json").json == []
    assert book.ok(*words, "-o", "jsonl").out == ""
    assert book.ok(*words, "-o", "tsv").lines[0].split("\t")[:3] == FIRST_COLUMNS[words][:3]
    assert len(book.ok(*words, "-o", "tsv").lines) == len(book.ok(*words, "-o", "csv").lines) == 1
    assert len(book.ok(*words, "-o", "table").lines) == 1


def test_an_empty_selection_is_an_empty_list(filled: Book) -> None:
    assert filled.ok("numbers", "--state", "void", "--json").json == []
    assert filled.ok("numbers", "memo", "--json").json == []
    assert len(filled.ok("numbers", "--limit", "0").lines) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("sequence", "show", "invoice"),
        ("set", "show", "main"),
        ("calendar", "show", "india"),
        ("show", "INV-1"),
    ],
    ids=" ".join,
)
def test_one_record_is_an_object_and_in_rows_its_fields(filled: Book, words: tuple[str, ...]) -> None:
    shown = filled.ok(*words, "--json").json
    assert json.loads(filled.ok(*words, "-o", "jsonl").out) == shown
    rows = filled.ok(*words).rows
    assert [row["field"] for row in rows[:2]] == list(shown)[:2]
    assert rows == filled.ok(*words, "-o", "csv").csv


def test_json_of_an_issued_number_has_the_promised_fields(invoices: Book) -> None:
    issued = invoices.ok(
        "next", "invoice", "--date", "2026-05-04", "--key", "k", "--record", "R-1", "--json"
    ).json
    assert list(issued) == NUMBER_FIELDS
    expected = {
        **{"number": "INV-00001", "value": 1, "sequence": "invoice", "document_type": "invoice"},
        **{"period": "all", "scope": {}, "date": "2026-05-04", "state": "issued", "key": "k"},
        **{"record": "R-1", "policy": None, "set": None, "reused": False},
    }
    assert {name: issued[name] for name in expected} == expected
    names = ("reason", "note", "source_actor", "source_at", "reason_by", "reason_at")
    told = dict.fromkeys(names)
    assert invoices.numbers() == [issued | {"cursor": 1} | told]
    shown = invoices.ok("show", "INV-00001", "--json").json
    assert {name: shown[name] for name in issued} == issued
    assert shown["reason"] is None
    assert [event["action"] for event in shown["events"]] == ["issue"]


def test_a_batch_is_always_an_array(invoices: Book) -> None:
    assert [item["value"] for item in invoices.ok("next", "invoice", "-n", "2", "--json").json] == [1, 2]
    assert [item["value"] for item in invoices.ok("peek", "invoice", "-n", "2", "--json").json] == [3, 4]
    assert isinstance(invoices.ok("next", "invoice", "-n", "1", "--json").json, dict)


@pytest.mark.parametrize("command", ["next", "peek"])
def test_numbers_are_bare_unless_an_output_is_given(invoices: Book, command: str) -> None:
    assert invoices.ok(command, "invoice").out == "INV-00001\n"
    assert invoices.ok(command, "invoice", "-o", "tsv").rows[0]["number"].startswith("INV-")
    assert invoices.ok(command, "invoice", "-o", "csv").csv[0]["number"].startswith("INV-")
    assert json.loads(invoices.ok(command, "invoice", "-o", "jsonl").out)["number"].startswith("INV-")


def test_numbers_in_lists_keep_their_leading_zeros(book: Book) -> None:
    book.ok("sequence", "add", "a", "--width", "8")
    book.next("a")
    for output in ("tsv", "csv", "json", "table"):
        assert "00000001" in book.ok("numbers", "-o", output).out


@pytest.mark.parametrize("words", [("info",), ("init",), ("sequence", "edit", "invoice", "--title", "x")])
def test_other_commands_know_json_too(filled: Book, words: tuple[str, ...]) -> None:
    assert filled.ok(*words, "--json").json
