"""Which sequence serves a request: --sequence, --set, --for, the default set, a name, the only one."""

import pytest

from tests.book import Book

DEFINITIONS = """
[sequences.inv]
document_type = "invoice"
prefix = "I-"
[sequences.inv-eu]
document_type = "invoice"
prefix = "EU-"
[sequences.inv-us]
document_type = "invoice"
prefix = "US-"
[sequences.memo]
document_type = "credit_memo"
prefix = "CM-"
[sequences.lonely]
document_type = "refund"
prefix = "R-"
[sets.default]
default = true
members = { invoice = "inv", credit_memo = "memo" }
[sets.europe]
members = { invoice = "inv-eu" }
assignments = ["account:ACME", "branch:7"]
[sets.us]
members = { invoice = "inv-us" }
assignments = ["subscription:S-9"]
"""


@pytest.fixture
def sets(book: Book) -> Book:
    book.load(DEFINITIONS)
    return book


def chosen(book: Book, *words: str) -> tuple[str, str | None]:
    shown = book.ok("peek", *words, "--json").json
    return shown["sequence"], shown["set"]


def test_the_default_set_serves_a_document_type(sets: Book) -> None:
    assert chosen(sets, "invoice") == ("inv", "default")


def test_sequence_names_the_sequence(sets: Book) -> None:
    for target in ("invoice", "Invoice", "inv-us"):
        assert chosen(sets, target, "--sequence", "inv-us") == ("inv-us", None)


@pytest.mark.parametrize("lane", [(), ("--json",)], ids=["express", "full"])
@pytest.mark.parametrize("target", ["credit_memo", "memo", "inv", "no-such-target", "inv-U"])
def test_a_sequence_that_numbers_something_else_is_the_wrong_target(
    sets: Book, target: str, lane: tuple[str, ...]
) -> None:
    assert sets("next", target, "--sequence", "inv-us", *lane).status == 5
    error = sets.fails(5, "wrong_target", "next", target, "--sequence", "inv-us")
    assert "inv-us" in error["message"] and target in error["message"]
    for command in ("peek", "reserve"):
        sets.fails(5, "wrong_target", command, target, "--sequence", "inv-us")
    assert (
        sets.ok("explain", target, "--sequence", "inv-us", "--json").json["refused"]["code"] == "wrong_target"
    )
    words = ("--sequence", "inv-us", "--from", "2026-01-01", "--to", "2026-01-02")
    sets.fails(5, "wrong_target", "simulate", target, *words)
    assert sets.numbers() == []


@pytest.mark.parametrize("lane", [(), ("--json",)], ids=["express", "full"])
@pytest.mark.parametrize("also", [("--set", "us"), ("--for", "account:ACME")])
def test_sequence_beside_set_or_owner_is_wrong_usage(
    sets: Book, also: tuple[str, str], lane: tuple[str, ...]
) -> None:
    assert sets("next", "invoice", "--sequence", "inv", *also, *lane).status == 2
    for command in ("next", "peek", "reserve", "explain"):
        sets.fails(2, "usage", command, "invoice", "--sequence", "inv", *also)


def test_a_set_that_is_named_beats_an_owner(sets: Book) -> None:
    assert chosen(sets, "invoice", "--set", "us", "--for", "account:ACME") == ("inv-us", "us")


def test_what_a_named_set_lacks_comes_from_the_default_set(sets: Book) -> None:
    assert chosen(sets, "credit_memo", "--set", "us") == ("memo", "default")


def test_what_neither_has_is_not_found(sets: Book) -> None:
    assert "us" in sets.fails(4, "not_found", "next", "refund", "--set", "us")["message"]


def test_an_unknown_set_or_sequence_is_not_found_with_a_near_one(sets: Book) -> None:
    assert "europe" in sets.fails(4, "not_found", "next", "invoice", "--set", "europ")["hint"]
    assert "inv-eu" in sets.fails(4, "not_found", "next", "invoice", "--sequence", "inv-ue")["hint"]


def test_an_unknown_set_is_not_found_even_where_the_type_is_unknown_too(sets: Book) -> None:
    assert "nowhere" in sets.fails(4, "not_found", "next", "what", "--set", "nowhere")["message"]


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        (["account:ACME"], ("inv-eu", "europe")),
        (["subscription:S-9", "account:ACME"], ("inv-us", "us")),
        (["account:ACME", "subscription:S-9"], ("inv-eu", "europe")),
        (["account:unknown", "subscription:S-9"], ("inv-us", "us")),
        (["account:unknown"], ("inv", "default")),
        (["account:acme"], ("inv", "default")),
        (["branch:7"], ("inv-eu", "europe")),
    ],
    ids=str,
)
def test_the_first_owner_that_has_a_set_decides(
    sets: Book, owners: list[str], expected: tuple[str, str]
) -> None:
    assert chosen(sets, "invoice", *(f"--for={owner}" for owner in owners)) == expected


def test_what_the_set_of_an_owner_lacks_comes_from_the_default_set(sets: Book) -> None:
    assert chosen(sets, "credit_memo", "--for", "account:ACME") == ("memo", "default")


def test_an_owner_id_may_hold_a_colon(sets: Book) -> None:
    sets.ok("set", "assign", "us", "urn:a:b:c")
    sets.ok("set", "unassign", "urn:a:b:c")
    sets.ok("set", "assign", "us", "urn:a:b:c")
    assert chosen(sets, "invoice", "--for", "urn:a:b:c") == ("inv-us", "us")


def test_the_name_of_a_sequence_is_a_target(sets: Book) -> None:
    assert chosen(sets, "inv-us") == ("inv-us", None)


def test_a_set_beats_a_sequence_of_the_name_of_its_document_type(sets: Book) -> None:
    warned = sets.warned("sequence", "add", "invoice", "--prefix", "X-")
    assert "inv" in warned.err
    assert chosen(sets, "invoice") == ("inv", "default")
    assert chosen(sets, "invoice", "--sequence", "invoice") == ("invoice", None)


def test_the_only_active_sequence_of_a_type_serves_it(sets: Book) -> None:
    assert chosen(sets, "refund") == ("lonely", None)


def test_two_sequences_of_a_type_and_no_set_are_no_answer_but_named(sets: Book) -> None:
    sets.warned("sequence", "add", "second", "--document-type", "refund", "--prefix", "S-")
    error = sets.fails(5, "ambiguous_sequence", "next", "refund")
    assert "lonely" in error["message"]
    assert "second" in error["message"]
    assert "--sequence" in error["hint"]
    sets.ok("sequence", "deactivate", "second")
    assert chosen(sets, "refund") == ("lonely", None)


@pytest.mark.parametrize(
    "spelling", ["credit_memo", "creditMemo", "CreditMemo", "credit-memo", "Credit Memo"]
)
def test_a_document_type_has_many_spellings(sets: Book, spelling: str) -> None:
    assert chosen(sets, spelling) == ("memo", "default")
    assert sets.ok("next", spelling, "--json").json["document_type"] == "credit_memo"


def test_definitions_know_the_spellings_too(book: Book) -> None:
    book.ok("sequence", "add", "cm", "--document-type", "creditMemo")
    assert book.ok("sequence", "show", "cm", "--json").json["document_type"] == "credit_memo"
    book.ok("set", "add", "s", "CreditMemo=cm", "--default")
    assert book.ok("set", "show", "s", "--json").json["members"] == {"credit_memo": "cm"}


def test_a_type_that_only_some_set_has_never_falls_through_to_a_sequence(sets: Book) -> None:
    sets.ok("set", "edit", "us", "refund=lonely")
    assert chosen(sets, "refund", "--for", "subscription:S-9") == ("lonely", "us")
    sets.fails(4, "not_found", "next", "refund")
    sets.fails(4, "not_found", "next", "refund", "--for", "account:unknown")


def test_nothing_at_all_is_not_found_with_near_names(sets: Book) -> None:
    assert "invoice" in sets.fails(4, "not_found", "next", "invoic")["hint"]
    assert "sequence list" in sets.fails(4, "not_found", "next", "zzzzzz")["hint"]


def test_the_ledger_keeps_the_set_that_chose(sets: Book) -> None:
    sets.next("invoice", "--for", "account:ACME")
    sets.next("inv")
    assert [number["set"] for number in sets.numbers()] == ["europe", None]
