"""`assign --policy|--set|--sequence`: what is named numbers all records; and amounts with a decimal comma."""

import pytest

from tests.book import Book

BOOK = """
format = 1
[sequences.small]
document_type = "invoice"
pattern = "S-{number}"
[sequences.big]
document_type = "invoice"
pattern = "B-{number}"
[sequences.memo]
document_type = "credit_memo"
pattern = "M-{number}"
[policies.large]
document_type = "invoice"
sequence = "big"
priority = 1
conditions = [{ id = 1, field = "Amount", operator = "greater", value = 1000 }]
[policies.rest]
document_type = "invoice"
sequence = "small"
[policies.memos]
document_type = "credit_memo"
sequence = "memo"
[sets.german.members]
invoice = "small"
"""


OWNED = """
format = 1
[sequences.other]
document_type = "refund"
pattern = "R-{number}"
[sequences.usual]
document_type = "refund"
pattern = "U-{number}"
[sets.special]
assignments = ["customer:ACME"]
members = { refund = "other" }
[sets.all]
default = true
members = { refund = "usual" }
"""


@pytest.fixture
def filled(book: Book) -> Book:
    book.load(BOOK)
    return book


def assign(book: Book, text: str, *words: str) -> list[list[str]]:
    result = book.ok("assign", "invoice", "--input", book.file(text, "orders.csv"), *words, "-o", "csv")
    return [[row["number"], row["sequence"], row["policy"]] for row in result.csv]


def test_a_policy_must_hold_for_each_record(filled: Book) -> None:
    path = filled.file("id,amount\nA,2000\nB,999\nC,\n", "orders.csv")
    words = ("assign", "invoice", "--input", path, "--policy", "large")
    error = filled.fails(5, "not_for", *words)
    assert "record 'B': not_for: the conditions of policy 'large' do not hold" in error["problems"][0]
    assert error["findings_count"] == 2
    result = filled.run(*words, "--partial", "-o", "csv")
    assert (result.status, [row["number"] for row in result.csv]) == (3, ["B-1"])
    assert filled.ok("check").out == ""


def test_a_policy_goes_before_one_that_would_match(filled: Book) -> None:
    assert assign(filled, "id,amount\nA,2000\n", "--policy", "rest") == [["S-1", "small", "rest"]]


@pytest.mark.parametrize(
    ("policy", "status", "code"), [("memos", 5, "wrong_target"), ("none", 4, "not_found")]
)
def test_a_policy_of_no_use_is_refused(filled: Book, policy: str, status: int, code: str) -> None:
    path = filled.file("id,amount\nA,2000\n", "orders.csv")
    filled.fails(status, code, "assign", "invoice", "--input", path, "--policy", policy)
    assert filled.numbers() == []


def test_a_set_or_a_sequence_numbers_all(filled: Book) -> None:
    assert assign(filled, "id,amount\nA,2000\nB,5\n", "--set", "german") == [
        ["S-1", "small", ""],
        ["S-2", "small", ""],
    ]
    assert assign(filled, "id,amount\nC,5\n", "--sequence", "big") == [["B-1", "big", ""]]
    path = filled.file("id\nD\n", "orders.csv")
    filled.fails(5, "wrong_target", "assign", "invoice", "--input", path, "--sequence", "memo")
    filled.fails(2, "usage", "assign", "invoice", "--input", path, "--sequence", "big", "--set", "german")


def test_amounts_with_a_decimal_comma(filled: Book) -> None:
    text = 'id;Amount\nA;1.234,50\nB;999,99\nC;"1000,01"\nD;1000\n'
    told = assign(filled, text, "--decimal", "comma")
    assert [number for number, _, _ in told] == ["B-1", "S-1", "B-2", "S-2"]
    path = filled.file("id;Amount\nE;1.5\n", "other.csv")
    words = ("assign", "invoice", "--input", path)
    error = filled.fails(6, "invalid_input", *words, "--decimal", "comma")
    assert "holds '1.5', which is not a number with a decimal comma" in error["message"]
    new = filled.file("id;Amount\nF;1.234,50\n", "o.csv")
    filled.fails(5, "unreadable_attribute", "assign", "invoice", "--input", new, "--policy", "large")


def test_a_column_names_the_policy_of_each_record(filled: Book) -> None:
    text = "id,amount,rule\nA,2000,rest\nB,2000,\nC,2000,large\nD,5, rest \n"
    assert assign(filled, text, "--policy-column", "Rule") == [
        ["S-1", "small", "rest"],
        ["B-1", "big", "large"],
        ["B-2", "big", "large"],
        ["S-2", "small", "rest"],
    ]
    path = filled.file("id,amount,rule\nE,5,large\nF,5,larg\nG,5,memos\n", "orders.csv")
    words = ("assign", "invoice", "--input", path, "--policy-column", "rule")
    error = filled.fails(5, "not_for", *words)
    assert [item["code"] for item in error["findings"]] == ["not_for", "not_found", "wrong_target"]
    filled.fails(2, "usage", *words, "--set", "german")
    filled.fails(6, "invalid_input", *words[:-1], "nothing")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("o.csv", "ID;When;Customer\nA;2026-05-01;ACME\n"),
        ("o.jsonl", '{"ID": "A", "When": "2026-05-01", "Customer": "ACME"}\n'),
    ],
)
def test_columns_are_found_whatever_their_capital_letters(filled: Book, name: str, text: str) -> None:
    """One that was not found would choose another set in silence."""
    filled.load(OWNED)
    columns = ("--id-column", "id", "--date-column", "when", "--for-column", "customer=CUSTOMER")
    filled.ok("assign", "refund", "--input", filled.file(text, name), *columns)
    assert [(row["number"], row["date"]) for row in filled.numbers()] == [("R-1", "2026-05-01")]


def test_a_date_that_could_be_two_days_is_told_with_the_format_that_the_others_have(filled: Book) -> None:
    path = filled.file("id,when\n1,05/01/2026\n2,13/01/2026\n", "orders.csv")
    words = ("assign", "credit_memo", "--input", path, "--date-column", "when")
    error = filled.fails(6, "invalid_input", *words)
    assert "could be 2026-01-05" in error["message"]
    assert error["hint"] == "try again with: --date-format DD/MM/YYYY"
    filled.ok(*words, "--date-format", "DD/MM/YYYY")
    assert [row["date"] for row in filled.numbers()] == ["2026-01-05", "2026-01-13"]
