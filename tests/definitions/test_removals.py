"""Removing definitions: only what nothing uses, only with --yes where nobody can be asked."""

import pytest

from tests.book import Book


@pytest.fixture
def linked(book: Book) -> Book:
    """A calendar used by a sequence, which a set names; and one free one of each kind."""
    book.load(
        """
        [calendars.india]
        start = "04-01"
        [calendars.free]
        start = "01-01"
        [sequences.invoice]
        pattern = "{FY}-{number}"
        reset = "fiscal-year"
        calendar = "india"
        [sequences.free]
        [sets.s]
        members = { invoice = "invoice" }
        [sets.free]
        members = { free = "free" }
        """
    )
    return book


@pytest.mark.parametrize(("kind", "name"), [("calendar", "free"), ("set", "free")])
def test_what_is_free_goes_with_yes_and_without_it_the_flag_is_named(
    linked: Book, kind: str, name: str
) -> None:
    error = linked.fails(2, "confirmation_needed", kind, "remove", name)
    assert "--yes" in error["hint"]
    assert name in error["message"]
    linked.ok(kind, "show", name)
    linked.ok(kind, "remove", name, "--dry-run")
    linked.ok(kind, "show", name)
    assert linked.ok(kind, "remove", name, "--yes").rows[0]["action"] == "removed"
    linked.fails(4, "not_found", kind, "show", name)


@pytest.mark.parametrize(
    ("kind", "name", "by"), [("calendar", "india", "invoice"), ("sequence", "invoice", "'s'")]
)
@pytest.mark.parametrize("words", [("--yes",), (), ("--dry-run",)], ids=" ".join)
def test_what_is_named_elsewhere_is_in_use_and_says_where(
    linked: Book, kind: str, name: str, by: str, words: tuple[str, ...]
) -> None:
    assert by in linked.fails(5, "in_use", kind, "remove", name, *words)["message"]
    linked.ok(kind, "show", name)


def test_a_sequence_that_issued_numbers_stays(book: Book) -> None:
    book.ok("sequence", "add", "a")
    book.next("a")
    assert "deactivate" in book.fails(5, "in_use", "sequence", "remove", "a", "--yes")["hint"]


def test_a_sequence_whose_set_is_gone_can_go_and_come_again(linked: Book) -> None:
    linked.ok("set", "remove", "free", "--yes")
    linked.ok("sequence", "remove", "free", "--yes")
    linked.ok("sequence", "add", "free", "--prefix", "F")
    assert linked.next("free") == ["F1"]


def test_a_sequence_with_a_counter_that_was_only_set_can_go(book: Book) -> None:
    book.ok("sequence", "add", "a")
    book.ok("sequence", "set-next", "a", "5", "--reason", "migration")
    book.ok("sequence", "remove", "a", "--yes")
    book.ok("sequence", "add", "a")
    assert book.next("a") == ["1"]


@pytest.mark.parametrize("kind", ["sequence", "set", "calendar"])
def test_what_does_not_exist_is_not_found_with_a_near_name(linked: Book, kind: str) -> None:
    assert "free" in linked.fails(4, "not_found", kind, "remove", "fre", "--yes")["hint"]


def test_a_name_that_is_taken_is_refused(linked: Book) -> None:
    assert "edit" in linked.fails(5, "exists", "sequence", "add", "invoice")["hint"]
    assert "edit" in linked.fails(5, "exists", "calendar", "add", "india", "--start", "05-01")["hint"]


@pytest.mark.parametrize(
    "words", [("--start", "13-01"), ("--start", "02-29"), ("--start", "4-1"), ("--start", "")]
)
def test_a_calendar_that_cannot_be_is_refused(book: Book, words: tuple[str, str]) -> None:
    book.fails(6, "invalid_definition", "calendar", "add", "c", *words)
    book.fails(6, "invalid_definition", "calendar", "add", "c", "--start", "04-01", "--named-by", "middle")


def test_a_dry_run_of_add_defines_nothing_and_makes_no_database(nowhere: Book) -> None:
    assert nowhere.ok("sequence", "add", "a", "--dry-run").rows[0]["action"] == "created"
    assert nowhere.ok("calendar", "add", "a", "--start", "04-01", "--dry-run").rows[0]["action"] == "created"
    assert list(nowhere.path.parent.iterdir()) == []
