"""Sets on the command line: one default, one set for each owner, members that exist and fit."""

from typing import Any

import pytest

from tests.book import Book


@pytest.fixture
def two(book: Book) -> Book:
    """Two sequences of invoices, and two sets; `one` is the default."""
    for name in ("a", "b"):
        book.made("sequence", "add", name, "--document-type", "invoice", "--prefix", f"{name}-")
    book.ok("set", "add", "one", "invoice=a", "--default")
    book.ok("set", "add", "two", "invoice=b")
    return book


def sets(book: Book) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in book.ok("set", "list", "--json").json}


def test_a_new_default_takes_the_place_of_the_old_one(two: Book) -> None:
    changes = two.ok("set", "edit", "two", "--default", "--json").json
    assert {item["name"]: item["fields"]["default"] for item in changes} == {
        "two": [False, True],
        "one": [True, False],
    }
    assert {name: item["default"] for name, item in sets(two).items()} == {"one": False, "two": True}
    assert two.next("invoice") == ["b-1"]


def test_a_set_that_is_added_as_default_moves_it_too(two: Book) -> None:
    two.ok("set", "add", "three", "invoice=b", "--default")
    assert [name for name, item in sets(two).items() if item["default"]] == ["three"]


def test_the_default_set_stays_and_so_does_one_with_owners(two: Book) -> None:
    assert "default" in two.fails(5, "in_use", "set", "remove", "one", "--yes")["message"]
    two.ok("set", "assign", "two", "account:ACME")
    error = two.fails(5, "in_use", "set", "remove", "two", "--yes")
    assert "account:ACME" in error["message"]
    assert "unassign" in error["hint"]
    two.ok("set", "unassign", "account:ACME")
    assert two.ok("set", "remove", "two", "--yes").rows[0]["action"] == "removed"
    assert list(sets(two)) == ["one"]


def test_an_owner_has_one_set_and_moves_to_the_new_one(two: Book) -> None:
    two.ok("set", "assign", "one", "account:ACME", "account:B")
    two.ok("set", "assign", "two", "account:ACME")
    assert sets(two)["one"]["assignments"] == ["account:B"]
    assert sets(two)["two"]["assignments"] == ["account:ACME"]


def test_assigning_twice_changes_nothing_the_second_time(two: Book) -> None:
    two.ok("set", "assign", "two", "account:ACME")
    assert {row["action"] for row in two.ok("set", "assign", "two", "account:ACME").rows} == {"unchanged"}


def test_unassigning_a_stranger_is_not_found_and_changes_nothing(two: Book) -> None:
    two.ok("set", "assign", "two", "account:ACME")
    two.fails(4, "not_found", "set", "unassign", "account:ACME", "account:nobody")
    assert sets(two)["two"]["assignments"] == ["account:ACME"]


@pytest.mark.parametrize(
    "words", [("edit", "x", "invoice=a"), ("show", "x"), ("remove", "x", "--yes"), ("assign", "x", "a:b")]
)
def test_an_unknown_set_is_not_found(two: Book, words: tuple[str, ...]) -> None:
    two.fails(4, "not_found", "set", *words)


def test_members_are_added_replaced_and_taken_out(two: Book) -> None:
    two.ok("sequence", "add", "pay", "--document-type", "payment")
    two.ok("set", "edit", "two", "payment=pay", "invoice=a")
    assert sets(two)["two"]["members"] == {"invoice": "a", "payment": "pay"}
    two.ok("set", "edit", "two", "--without", "payment")
    assert sets(two)["two"]["members"] == {"invoice": "a"}
    two.fails(4, "not_found", "set", "edit", "two", "--without", "payment")


def test_editing_members_keeps_owners_and_default(two: Book) -> None:
    two.ok("set", "assign", "one", "account:ACME")
    two.ok("set", "edit", "one", "invoice=b")
    assert (sets(two)["one"]["default"], sets(two)["one"]["assignments"]) == (True, ["account:ACME"])


def test_a_member_must_exist_and_number_that_type(two: Book) -> None:
    assert "nowhere" in two.fails(6, "invalid_definition", "set", "add", "x", "invoice=nowhere")["message"]
    error = two.fails(6, "invalid_definition", "set", "add", "x", "payment=a")
    assert "invoice" in error["message"]
    assert sorted(sets(two)) == ["one", "two"]


def test_a_new_reference_to_an_inactive_sequence_is_refused(two: Book) -> None:
    two.ok("sequence", "add", "old", "--document-type", "invoice", "--prefix", "o-")
    two.ok("sequence", "deactivate", "old")
    result = two("set", "edit", "two", "invoice=old")
    assert result.status in (5, 6)
    assert "inactive" in result.err
    assert sets(two)["two"]["members"] == {"invoice": "b"}


def test_a_set_whose_member_went_inactive_can_still_be_edited(two: Book) -> None:
    two.ok("sequence", "deactivate", "b")
    two.ok("set", "assign", "two", "account:ACME")
    two.fails(5, "inactive", "next", "invoice", "--for", "account:ACME")


def test_a_name_that_is_taken_is_refused_with_the_way_to_change_it(two: Book) -> None:
    assert "set edit" in two.fails(5, "exists", "set", "add", "one", "invoice=a")["hint"]


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x", "invoice=a", "--default"),
        ("edit", "two", "--default"),
        ("edit", "two", "invoice=a"),
        ("remove", "two"),
        ("assign", "two", "account:Z"),
        ("unassign", "account:ACME"),
    ],
    ids=" ".join,
)
def test_a_dry_run_shows_the_change_and_makes_none(two: Book, words: tuple[str, ...]) -> None:
    two.ok("set", "assign", "one", "account:ACME")
    before = two.ok("export").out, two.ok("info", "--json").json["events"]
    assert len(two.ok("set", *words, "--dry-run").rows) >= 1
    assert (two.ok("export").out, two.ok("info", "--json").json["events"]) == before
