"""`adopt` of numbers of several document types that share a counter: each line, or its code, says its own."""

from json import loads

import pytest

from tests.book import Book


@pytest.fixture
def shared(book: Book) -> Book:
    """Invoices and credit memos on one counter, which the numbers do not show."""
    types = ("--document-type", "invoice", "--document-type", "credit_memo")
    book.ok("sequence", "add", "sales", *types, "--pattern", "S-{number:3}", "--manual")
    return book


@pytest.fixture
def coded(book: Book) -> Book:
    """The same, which the numbers show by a code."""
    types = ("--document-type", "invoice", "--document-type", "credit_memo")
    codes = ("--type-code", "invoice=FA", "--type-code", "credit_memo=AV")
    book.ok("sequence", "add", "sales", *types, *codes, "--pattern", "{type}-{number:3}", "--manual")
    return book


def types(book: Book) -> dict[str, str]:
    return {number["number"]: number["document_type"] for number in book.numbers()}


ORDER = "has the document type 'order', and its sequence numbers invoice, credit_memo"
MIXED = "number,document_type,date\nS-001,invoice,2026-01-05\nS-002,creditMemo,2026-01-06\nS-003,Invoice,\n"
HELD = {"S-001": "invoice", "S-002": "credit_memo", "S-003": "invoice"}


@pytest.mark.parametrize("words", [("sales",), ("sales", "--type-column", "document_type")])
def test_a_column_says_the_type_of_each_number(shared: Book, words: tuple[str, ...]) -> None:
    path = shared.file(MIXED, "mixed.csv")
    answer = shared.run("adopt", *words, "--input", path, "--json")
    assert (answer.status, answer.json["adopted"]) == (0, 3)
    assert types(shared) == HELD
    event = shared.ok("audit", "list", "--action", "adopt", "--json").json[-1]
    assert loads(event["detail"])["type"] == "credit_memo, invoice"
    shared.ok("audit", "verify")
    assert shared("check").status == 0
    # The same again is unchanged, in any order.
    again = shared.file(MIXED, "again.csv")
    assert shared.run("adopt", "sales", "--input", again, "--json").json["unchanged"] == 3
    assert shared.next("sales", "--type", "credit_memo", "--date", "2026-02-01") == ["S-004"]


def test_a_number_that_is_held_with_another_type_is_not_unchanged(shared: Book) -> None:
    shared.run("adopt", "sales", "--input", shared.file(MIXED, "m.csv"))
    path = shared.file("number,document_type\nS-001,credit_memo\nS-002,credit_memo\n", "other.csv")
    error = shared.fails(6, "invalid_input", "adopt", "sales", "--input", path)
    assert [(item["line"], item["message"]) for item in error["findings"]] == [
        (2, "'S-001' is held with the document type 'invoice', not 'credit_memo'")
    ]
    # Also where the command says the type of all.
    error = shared.fails(6, "invalid_input", "adopt", "credit_memo", "S-002", "S-003")
    assert "S-003" in error["message"] and "S-002" not in error["message"]
    assert types(shared) == HELD


def test_everything_that_is_wrong_with_types_is_told_at_once(shared: Book) -> None:
    rows = "S-001,invoice\nS-002,\nS-003,order\nS-004,credit_memo\nX-5,invoice\n"
    path = shared.file(f"number,document_type\n{rows}", "wrong.csv")
    error = shared.fails(6, "invalid_input", "adopt", "sales", "--input", path)
    assert [(item["line"], item["column"], item["message"]) for item in error["findings"]] == [
        (3, "document_type", "'S-002' has no document type"),
        (4, "document_type", f"'S-003' {ORDER}"),
        (6, "number", "'X-5' does not fit the pattern S-{number:3}"),
    ]
    assert shared.numbers() == []
    result = shared.run("adopt", "sales", "--input", path, "--skip-invalid")
    assert result.status == 3
    assert types(shared) == {"S-001": "invoice", "S-004": "credit_memo"}
    shared.ok("audit", "verify")


def test_a_type_for_all_must_not_gainsay_a_line(shared: Book) -> None:
    path = shared.file(MIXED, "m.csv")
    error = shared.fails(6, "invalid_input", "adopt", "sales", "--type", "invoice", "--input", path)
    assert [item["line"] for item in error["findings"]] == [3]
    # A blank cell means the type of the command.
    path = shared.file("number,document_type\nS-001,\nS-002,credit_memo\n", "b.csv")
    shared.run("adopt", "sales", "--type", "credit_memo", "--input", path)
    assert types(shared) == {"S-001": "credit_memo", "S-002": "credit_memo"}


def test_nothing_that_says_a_type_is_refused_as_before(shared: Book) -> None:
    shared.fails(5, "ambiguous_type", "adopt", "sales", "S-001")
    shared.fails(5, "ambiguous_type", "adopt", "sales", "--input", shared.file("S-001\nS-002\n", "l.txt"))
    assert shared.numbers() == []


def test_codes_say_it_without_a_column(coded: Book) -> None:
    coded.ok("adopt", "sales", "FA-001", "AV-002", "FA-003")
    assert types(coded) == {"FA-001": "invoice", "AV-002": "credit_memo", "FA-003": "invoice"}
    path = coded.file("number,document_type\nAV-004,invoice\nAV-005,credit_memo\n", "c.csv")
    error = coded.fails(6, "invalid_input", "adopt", "sales", "--input", path)
    assert [item["message"] for item in error["findings"]] == [
        "'AV-004' has the document type 'invoice', and its number shows 'credit_memo'"
    ]
    coded.ok("audit", "verify")


def test_a_list_of_seqctl_moves_the_types_with_the_numbers(shared: Book) -> None:
    for kind in ("invoice", "credit_memo", "credit_memo", "invoice"):
        shared.next("sales", "--type", kind, "--date", "2026-01-05")
    shared.ok("void", "S-002", "--reason", "torn")
    listed = shared.ok("numbers", "-o", "csv").out
    before = types(shared)
    shared.ok(
        "sequence",
        "add",
        "copies",
        "--document-type",
        "c1",
        "--document-type",
        "c2",
        "--pattern",
        "S-{number:3}",
    )
    text = listed.replace(",sales,", ",copies,").replace(",invoice,", ",c1,").replace(",credit_memo,", ",c2,")
    assert shared.run("adopt", "--input", shared.file(text, "all.csv")).status == 0
    moved = {number["number"]: number["document_type"] for number in shared.numbers("copies")}
    assert moved == {text: {"invoice": "c1", "credit_memo": "c2"}[kind] for text, kind in before.items()}
    shared.ok("audit", "verify")


def test_a_former_text_keeps_the_type_that_its_line_says(shared: Book) -> None:
    shared.next("sales", "-n", "3", "--type", "invoice", "--date", "2026-01-05")
    shared.ok("release", "S-002", "--reason", "x")
    shared.ok("sequence", "edit", "sales", "--pattern", "T-{number:3}")
    path = shared.file("number,document_type\nS-002,credit_memo\n", "f.csv")
    shared.run("adopt", "sales", "--input", path)
    assert types(shared)["S-002"] == "credit_memo"
    shared.ok("audit", "verify")


def test_a_line_of_another_type_is_no_number_of_a_sequence_of_one_type(invoices: Book) -> None:
    for heading, options in (("kind", ("--type-column", "kind")), ("document_type", ())):
        path = invoices.file(f"number,{heading}\nINV-00001,invoice\nINV-00002,credit_memo\n", "k.csv")
        error = invoices.fails(6, "invalid_input", "adopt", "invoice", "--input", path, *options)
        assert "has the document type 'credit_memo', and its sequence numbers invoice" in error["message"]
    right = invoices.file("number,document_type\nINV-00001,invoice\nINV-00002,\n", "r.csv")
    assert invoices("adopt", "invoice", "--input", right).status == 0
    assert [number["document_type"] for number in invoices.numbers()] == ["invoice", "invoice"]
    assert invoices("adopt", "invoice", "--input", right, "--json").json["unchanged"] == 2
