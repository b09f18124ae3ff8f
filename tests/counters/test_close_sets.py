"""`close --set` and `reopen --set`: a company at a time, never another company's sequences in silence."""

import pytest

from tests.book import Book

THROUGH = ("--through", "2026-05-31", "--reason", "filed")


@pytest.fixture
def companies(book: Book) -> Book:
    """Two companies, each with a set: sequences of their own, and one for refunds that both use."""
    for name, kind in (("inv-a", "invoice"), ("inv-b", "invoice"), ("memo-a", "memo"), ("refund", "refund")):
        book.made("sequence", "add", name, "--document-type", kind, "--pattern", name + "-{number}")
    book.ok("set", "add", "a", "invoice=inv-a", "memo=memo-a", "--default")
    book.ok("set", "add", "b", "invoice=inv-b", "refund=refund")
    book.ok("set", "add", "c", "refund=refund")
    for name in ("inv-a", "inv-b", "memo-a", "refund"):
        book.next(name, "--date", "2026-05-10")
    return book


def closed(book: Book) -> dict[str, str | None]:
    return {item["name"]: item["closed_through"] for item in book.ok("sequence", "list", "--json").json}


def test_the_sequences_of_a_set_are_closed_and_named(companies: Book) -> None:
    told = companies.ok("close", "--set", "a", *THROUGH).rows
    assert [(row["sequence"], row["closed_through"]) for row in told] == [
        ("inv-a", "2026-05-31"),
        ("memo-a", "2026-05-31"),
    ]
    both = {"inv-a": "2026-05-31", "memo-a": "2026-05-31"}
    assert closed(companies) == {"inv-b": None, "refund": None, **both}
    companies.ok("reopen", "--set", "a", "--from", "2026-05-01", "--reason", "corrected")
    assert closed(companies) == {"inv-b": None, "refund": None, **dict.fromkeys(both, "2026-04-30")}


def test_a_set_narrows_a_target(companies: Book) -> None:
    companies.ok("close", "invoice", "--set", "b", *THROUGH)
    assert [name for name, day in closed(companies).items() if day] == ["inv-b"]
    companies.ok("close", "--type", "memo", "--set", "a", *THROUGH)
    assert [name for name, day in closed(companies).items() if day] == ["inv-b", "memo-a"]
    companies.fails(2, "usage", "close", "memo", "--set", "b", *THROUGH)
    companies.fails(2, "usage", "close", "--sequence", "inv-a", "--set", "b", *THROUGH)
    companies.fails(4, "not_found", "close", "--set", "d", *THROUGH)
    companies.fails(2, "usage", "close", *THROUGH)


def test_a_sequence_of_two_sets_is_refused_without_yes(companies: Book) -> None:
    error = companies.fails(5, "shared", "close", "--set", "b", *THROUGH)
    assert "sequence 'refund': set 'c' uses it too" in error["message"]
    assert closed(companies) == dict.fromkeys(("inv-a", "inv-b", "memo-a", "refund"))
    companies.fails(5, "shared", "close", "--set", "b", *THROUGH, "--dry-run")
    assert [row["sequence"] for row in companies.ok("close", "--set", "b", *THROUGH, "--yes").rows] == [
        "inv-b",
        "refund",
    ]
    # What is closed already is taken from nobody.
    companies.ok("close", "--set", "b", *THROUGH)


def test_sequences_that_policies_choose_are_told(companies: Book) -> None:
    companies.made("sequence", "add", "large", "--document-type", "invoice", "--pattern", "L-{number}")
    companies.ok(
        *("policy", "add", "big", "--document-type", "invoice", "--sequence", "large"),
        *("--when", "amount greater 1000"),
    )
    told = companies.warned("close", "--set", "a", *THROUGH)
    assert told.err == (
        "seqctl: warning: policy 'big' gives 'invoice' to sequence 'large', which is not of set 'a' and stays"
        " as it is\n"
    )
    assert closed(companies)["large"] is None


def test_a_check_of_one_set_tells_of_its_counters_alone(companies: Book) -> None:
    companies.ok("reserve", "inv-b", "--date", "2026-05-10")
    for name in ("memo-a", "inv-b"):
        companies.next(name, "--date", "2026-05-10")
    companies.ok("release", "inv-b-3", "--reason", "never sent")
    companies.ok("gaps", "review", "inv-b", "inv-b-3", "--reason", "asked")
    for quick in ((), ("--quick",)):
        assert companies("check", *quick).status == 3
        assert companies("check", "--set", "b", *quick).rows[0]["code"] == "unexplained_gap"
        assert companies.ok("check", "--set", "a", *quick).out == ""
    companies.fails(4, "not_found", "check", "--set", "d")
