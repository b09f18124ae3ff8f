"""An attribute that does not read as its condition's type is refused where the choice hangs on it."""

import pytest

from tests.book import Book

BOOK = """
[sequences.big]
document_type = "invoice"
prefix = "BIG-"
[sequences.german]
document_type = "invoice"
prefix = "DE-"
[sequences.plain]
document_type = "invoice"
prefix = "I-"
[sets.default]
default = true
members = { invoice = "plain" }
[policies.german]
document_type = "invoice"
sequence = "german"
priority = 5
conditions = [{ field = "country", operator = "equals", value = "DE" }]
[policies.big]
document_type = "invoice"
sequence = "big"
logic = "1 AND (2 OR 3)"
conditions = [
  { field = "channel", operator = "equals", value = "web" },
  { field = "amount", operator = "greater", value = 100000 },
  { field = "due", operator = "less", value = 2026-01-01 },
]
"""


@pytest.fixture
def policies(book: Book) -> Book:
    book.load(BOOK)
    return book


@pytest.mark.parametrize("lane", [(), ("--actor=ada",)], ids=["express", "full"])
def test_it_names_policy_condition_attribute_and_value(policies: Book, lane: tuple[str, ...]) -> None:
    words = ("invoice", "--attr", "channel=web", "--attr", "amount=250.000,00")
    assert policies(*lane, "next", *words).status == 5
    error = policies.fails(5, "unreadable_attribute", "next", *words)
    for part in ("'big'", "condition 2", "'amount'", "'250.000,00'", "a number"):
        assert part in error["message"]
    explained = policies.ok("explain", *words, "--json").json
    assert explained["refused"]["code"] == "unreadable_attribute"
    assert [item["matches"] for item in explained["policies"]] == [False, None]
    assert "cannot be decided, decided by 2" in policies.ok("explain", *words).out
    assert policies.numbers() == []


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (["channel=shop", "amount=1,5"], "I-1"),
        (["amount=1,5"], "I-1"),
        (["channel=web", "amount=1,5", "due=2025-05-04"], "BIG-1"),
        (["channel=web", "amount=200000", "due=4.5.2025"], "BIG-1"),
        (["channel=web", "amount=1,5", "country=DE"], "DE-1"),
        (["channel=web", "amount="], "I-1"),
    ],
)
def test_it_is_let_be_where_nothing_hangs_on_it(policies: Book, given: list[str], number: str) -> None:
    assert policies.next("invoice", *[f"--attr={pair}" for pair in given]) == [number]


def test_a_policy_of_the_same_or_a_higher_priority_that_cannot_be_decided_is_no_guess(policies: Book) -> None:
    policies.ok("policy", "edit", "big", "--priority", "5")
    words = ("next", "invoice", "--attr", "channel=web", "--attr", "amount=1,5", "--attr", "country=DE")
    policies.fails(5, "unreadable_attribute", *words)
    policies.ok("policy", "edit", "big", "--priority", "9")
    policies.fails(5, "unreadable_attribute", *words)
    policies.ok("policy", "edit", "big", "--effective-until", "2020-01-01")
    assert policies.ok(*words).lines == ["DE-1"]


def test_records_are_refused_one_by_one(policies: Book) -> None:
    path = policies.file('id,channel,amount\n1,web,"1,5"\n2,shop,"1,5"\n3,web,200000\n', "r.csv")
    result = policies("assign", "invoice", "--input", path, "--partial")
    assert [row["number"] for row in result.rows] == ["I-1", "BIG-1"]
    assert "unreadable_attribute" in result.err


def test_the_order_of_a_text_that_is_a_number_is_warned_of(book: Book) -> None:
    book.ok("sequence", "add", "a")
    words = ("--document-type", "a", "--sequence", "a", "--when", 'amount greater "100000"')
    assert "letter by letter" in book.warned("policy", "add", "p", *words).err
    assert [item["code"] for item in book("lint", "--json").json] == ["text_comparison"]
    book.ok("policy", "edit", "p", "--when", "amount greater 100000")
    assert book.ok("lint", "--json").json == []
