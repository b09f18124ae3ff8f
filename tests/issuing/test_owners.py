"""Owners of a request: the first whose set has the type decides, slips are refused, strangers warned of."""

import pytest

from tests.book import Book, Result

BOOK = """
[book]
owner_kinds = ["plant"]
known_owners = ["company"]
[sequences.invoice]
prefix = "I"
[sequences.payment]
prefix = "P"
[sequences.air-invoice]
document_type = "invoice"
prefix = "AIR"
[sequences.fr-payment]
document_type = "payment"
prefix = "FR"
[sets.default]
default = true
members = { invoice = "invoice", payment = "payment" }
[sets.AIRBUS]
members = { invoice = "air-invoice" }
assignments = ["account:AIRBUS"]
[sets.FR]
members = { payment = "fr-payment" }
assignments = ["company:FR"]
"""
LANES = pytest.mark.parametrize("lane", [(), ("--json",)], ids=["express", "full"])


@pytest.fixture
def owned(book: Book) -> Book:
    book.load(BOOK)
    return book


def test_an_owner_whose_set_lacks_the_type_passes_on(owned: Book) -> None:
    both = ("--for", "account:AIRBUS", "--for", "company:FR")
    assert owned.ok("peek", "payment", *both).lines == ["FR1"]
    assert owned.ok("peek", "invoice", *both).lines == ["AIR1"]
    assert owned.ok("peek", "payment", "--for", "account:AIRBUS").lines == ["P1"]
    assert owned.ok("peek", "invoice", "--for", "company:FR").lines == ["I1"]


@LANES
@pytest.mark.parametrize(
    ("owner", "near"),
    [
        ("compani:FR", "company"),
        ("comapny:FR", "company"),
        ("company s:FR", "company"),
        ("compny:FR", "company"),
        ("cmpani:FR", "company"),
        ("Account:ACME", "account"),
        ("COMPANY:FR", "company"),
        ("acount:AIRBUS", "account"),
        ("orderline:7", "order_line"),
        ("subscriptions:7", "subscription"),
        ("plan:7", "plant"),
    ],
)
def test_a_kind_that_is_a_slip_is_refused_with_the_near_one(
    owned: Book, owner: str, near: str, lane: tuple[str, ...]
) -> None:
    result = owned("next", "payment", "--for", owner, *lane)
    assert result.status == 5
    assert repr(near) in result.err
    assert repr(near) in owned.fails(5, "unknown_owner", "peek", "payment", "--for", owner)["hint"]
    assert owned.numbers() == []


@LANES
@pytest.mark.parametrize("owner", ["region:EU", "kompanie:FR", "till:1", "pla:1"])
def test_a_kind_that_nobody_knows_is_passed_over_with_a_warning(
    owned: Book, owner: str, lane: tuple[str, ...]
) -> None:
    warned = owned.warned("next", "payment", "--for", owner, *lane)
    assert "P1" in warned.out
    assert owner in warned.err


@pytest.mark.parametrize(
    "owner", ["account:X", "customer:X", "subscription:X", "order_line:X", "invoice:X", "plant:X"]
)
def test_a_kind_that_is_known_is_passed_over_in_silence(owned: Book, owner: str) -> None:
    assert owned.ok("peek", "payment", "--for", owner).lines == ["P1"]


def test_an_owner_of_a_kind_that_must_have_a_set(owned: Book) -> None:
    error = owned.fails(5, "unknown_owner", "next", "payment", "--for", "company:FRR")
    assert "FR" in error["hint"]
    assert "set assign" in owned.fails(5, "unknown_owner", "next", "payment", "--for", "company:ZZZZ")["hint"]


def test_taking_away_the_last_assignment_of_a_kind_stops_nobody(owned: Book) -> None:
    owned.ok("set", "assign", "FR", "branch:7")
    owned.ok("set", "unassign", "branch:7")
    assert owned.ok("next", "payment", "--for", "branch:7").lines == ["P1"]
    # And what is near it is a slip still.
    owned.fails(5, "unknown_owner", "next", "payment", "--for", "brnach:7")
    owned.ok("set", "assign", "FR", "cabin:7")
    owned.ok("set", "remove", "FR", "--yes") if owned.run(
        "set", "unassign", "cabin:7", "company:FR"
    ).status else None
    owned.ok("set", "remove", "FR", "--yes")
    assert owned.ok("next", "payment", "--for", "cabin:7").lines == ["P2"]


@LANES
@pytest.mark.parametrize(
    "owner",
    [
        "company:FR ",
        " company:FR",
        "company :FR",
        "company: FR",
        "company:FR\u00a0",
        "company:FR\u200b",
        "company:FR\u3164",
        "company:FR\ufe0f",
        "company:\u2800FR",
        "company:F\tR",
        "company:",
        ":FR",
        "company",
    ],
    ids=ascii,
)
def test_blanks_and_invisible_characters_at_the_ends_are_wrong_usage(
    owned: Book, owner: str, lane: tuple[str, ...]
) -> None:
    assert owned("next", "payment", "--for", owner, *lane).status == 2
    owned.fails(2, "usage", "peek", "payment", "--for", owner)
    owned.fails(2, "usage", "set", "assign", "FR", owner)
    assert owned.numbers() == []


def test_a_slip_is_refused_also_where_something_else_decides(owned: Book) -> None:
    first = ("--for", "account:AIRBUS")
    owned.fails(5, "unknown_owner", "next", "invoice", *first, "--for", "compani:FR")
    owned.fails(5, "unknown_owner", "next", "invoice", "--set", "FR", "--for", "compani:FR")


def test_explain_names_every_owner_that_was_passed_over(owned: Book) -> None:
    words = ("payment", "--for", "account:AIRBUS", "--for", "account:none", "--for", "region:EU")
    told = owned.warned("explain", *words).out
    assert "the set 'AIRBUS' of account:AIRBUS has no 'payment'" in told
    assert "account:none has no set" in told
    assert "region:EU has no set" in told
    passed = owned.warned("explain", *words, "--json").json["passed_over"]
    assert [item["name"] for item in passed] == ["account:AIRBUS", "account:none", "region:EU"]
    assert [item["reason"] for item in passed] == ["owner_lacks", "owner_without_set", "owner_without_set"]


def records(book: Book, text: str, *words: str) -> Result:
    return book("assign", "payment", "--input", book.file(text, "r.csv"), *words)


def test_records_pass_on_as_requests_do(owned: Book) -> None:
    text = "id,key account,firm\n1,AIRBUS,FR\n2,AIRBUS,\n3,,FR\n4,nobody,\n"
    words = ("--for-column", "account=key account", "--for-column", "company=firm")
    result = records(owned, text, *words)
    assert (result.status, result.err) == (0, "")
    assert [row["number"] for row in result.rows] == ["FR1", "P1", "FR2", "P2"]


def test_the_kinds_of_columns_are_looked_at_once(owned: Book) -> None:
    text = "id,firm\n1,FR\n2,FR\n"
    assert "'company'" in records(owned, text, "--for-column", "compani=firm").err
    assert records(owned, text, "--for-column", "compani=firm", "--partial").status == 5
    warned = records(owned, text, "--for-column", "region=firm")
    assert (warned.status, warned.err.count("\n")) == (0, 1)


def test_owners_of_records_that_must_have_a_set_and_those_that_nobody_sees(owned: Book) -> None:
    words = ("--for-column", "company=firm", "--partial")
    result = records(owned, "id,firm\n1,FR\n2,FRR\n3,FR \n4,\n", *words)
    assert result.status == 3
    assert [row["number"] for row in result.rows] == ["FR1", "P1"]
    assert "unknown_owner" in result.err and "invalid_input" in result.err
