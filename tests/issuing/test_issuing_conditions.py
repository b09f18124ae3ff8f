"""What a request must fulfil: an active sequence, its window of dates, its attributes."""

import pytest

from tests.book import Book


def test_an_inactive_sequence_issues_nothing_until_it_is_activated(invoices: Book) -> None:
    changed = invoices.ok("sequence", "deactivate", "invoice", "--json").json
    assert changed[0]["fields"] == {"status": ["active", "inactive"]}
    assert "activate" in invoices.fails(5, "inactive", "next", "invoice", "--sequence", "invoice")["hint"]
    invoices.fails(5, "inactive", "peek", "invoice", "--sequence", "invoice")
    invoices.ok("sequence", "activate", "invoice")
    assert invoices.next("invoice") == ["INV-00001"]


def test_a_target_of_the_name_of_an_inactive_sequence_is_inactive_too(invoices: Book) -> None:
    invoices.ok("sequence", "deactivate", "invoice")
    invoices.fails(5, "inactive", "next", "invoice")


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_activating_what_is_active_changes_nothing(invoices: Book, words: tuple[str, ...]) -> None:
    assert invoices.ok("sequence", "activate", "invoice", *words).rows[0]["action"] == "unchanged"


WINDOW = ("--effective-from", "2026-01-01", "--effective-until", "2026-01-31")


@pytest.mark.parametrize("date", ["2026-01-01", "2026-01-31", "2026-01-31T23:59"])
def test_both_ends_of_the_window_are_included(book: Book, date: str) -> None:
    book.ok("sequence", "add", "a", *WINDOW)
    assert book.next("a", "--date", date) == ["1"]


@pytest.mark.parametrize("date", ["2025-12-31", "2026-02-01", "2026-02-01T00:00"])
def test_a_date_outside_the_window_is_refused_and_named(book: Book, date: str) -> None:
    book.ok("sequence", "add", "a", *WINDOW)
    error = book.fails(5, "not_effective", "next", "a", "--date", date)
    for part in ("2026-01-01", "2026-01-31", date[:10]):
        assert part in error["message"]
    assert book.numbers() == []


def test_half_a_window_is_open_on_the_other_side(book: Book) -> None:
    book.ok("sequence", "add", "a", "--effective-from", "2026-01-01")
    book.fails(5, "not_effective", "next", "a", "--date", "2025-12-31")
    assert book.warned("next", "a", "--date", "2098-01-01", "--yes").lines == ["1"]


@pytest.mark.parametrize(
    "given", [(), ("--attr", "entity=AT"), ("--attr", "entity=de"), ("--attr", "entity=")]
)
def test_requires_refuses_another_value_or_none_and_says_what_it_is_for(
    book: Book, given: tuple[str, ...]
) -> None:
    book.ok("sequence", "add", "a", "--requires", "entity=DE,FR")
    error = book.fails(5, "not_for", "next", "a", *given)
    assert "entity=DE" in error["message"]
    assert "entity=FR" in error["message"]


def test_requires_is_met_by_one_of_its_values(book: Book) -> None:
    book.ok("sequence", "add", "a", "--requires", "entity=DE,FR")
    assert book.next("a", "--attr", "entity=FR", "--attr", "other=x") == ["1"]


def test_requires_without_values_wants_any(book: Book) -> None:
    book.ok("sequence", "add", "a", "--requires", "entity")
    book.fails(5, "not_for", "next", "a")
    assert book.next("a", "--attr", "entity=anything") == ["1"]


def test_each_scope_value_has_a_counter(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{entity}-{number}", "--scope", "entity")
    given = ["DE", "FR", "DE", "AT", "FR"]
    numbers = [book.next("a", "--attr", f"entity={value}")[0] for value in given]
    assert numbers == ["DE-1", "FR-1", "DE-2", "AT-1", "FR-2"]


def test_an_attribute_that_is_not_in_scope_only_decorates(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{branch}-{number}")
    assert book.next("a", "--attr", "branch=N") + book.next("a", "--attr", "branch=S") == ["N-1", "S-2"]


def test_a_missing_attribute_is_named_with_the_way_to_give_it(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{entity}-{branch}-{number}", "--scope", "entity")
    error = book.fails(5, "missing_attribute", "next", "a", "--attr", "entity=DE")
    assert "branch" in error["message"]
    assert "--attr branch=" in error["hint"]


def test_a_scope_value_that_is_not_listed_is_refused_with_those_that_are(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{entity}-{number}", "--scope", "entity=DE,FR")
    assert book.next("a", "--attr", "entity=DE") == ["DE-1"]
    error = book.fails(5, "scope_value", "next", "a", "--attr", "entity=XX")
    assert "XX" in error["message"]
    assert "DE" in error["hint"]
    book.ok("sequence", "edit", "a", "--scope", "entity=DE,FR,XX")
    assert book.next("a", "--attr", "entity=XX") == ["XX-1"]


@pytest.mark.parametrize(
    ("pattern", "value", "allowed"),
    [
        ("{a}{number}", "A1", False),
        ("{a}{number}", "A", True),
        ("{a}{number}", "1A", True),
        ("{number}{a}", "1A", False),
        ("{number}{a}", "A1", True),
        ("{YYYY}{a}-{number}", "1A", True),
        ("{YYYY}{a}-{number}", "A1", True),
        ("{a}-{number}", "A1", True),
        ("{a}{number}", "A\u0663", True),
    ],
)
def test_a_value_may_not_touch_what_could_own_its_end(
    book: Book, pattern: str, value: str, allowed: bool
) -> None:
    book.ok("sequence", "add", "x", "--pattern", pattern)
    words = ("next", "x", "--attr", f"a={value}", "--date", "2026-05-04")
    if allowed:
        number = book.ok(*words).lines[0]
        assert book.ok("show", number, "--json").json["value"] == 1
    else:
        assert value in book.fails(5, "ambiguous_attribute", *words)["message"]
        assert book.numbers() == []


@pytest.mark.parametrize("value", ["a\nb", "a\tb", "\x1b[31m", "\u202e"])
def test_a_value_that_cannot_be_printed_does_not_get_into_a_number(book: Book, value: str) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{a}-{number}")
    book.fails(2, "usage", "next", "x", f"--attr=a={value}")
    assert book.numbers() == []


def test_a_number_of_more_than_255_characters_is_refused(book: Book) -> None:
    book.ok("sequence", "add", "x", "--pattern", "{a}-{number}")
    assert len(book.next("x", "--attr", "a=" + "y" * 253)[0]) == 255
    result = book("next", "x", "--attr", "a=" + "y" * 254)
    assert result.status == 5
    assert len(book.numbers()) == 1


REQUESTS = [
    ("a",),
    ("a", "-n", "3"),
    ("a", "--date", "2025-05-04"),
    ("scoped", "--attr", "entity=DE"),
    ("memo",),
    ("memo", "--for", "account:ACME"),
    ("memo", "--sequence", "memo"),
]


@pytest.mark.parametrize("request_words", REQUESTS, ids=" ".join)
def test_peek_says_what_next_then_says_and_consumes_nothing(
    book: Book, request_words: tuple[str, ...]
) -> None:
    book.ok("sequence", "add", "a", "--pattern", "A{YYYY}-{number}", "--reset", "year")
    book.ok("sequence", "add", "scoped", "--pattern", "{entity}-{number}", "--scope", "entity")
    book.ok("sequence", "add", "memo", "--prefix", "M")
    for _ in range(2):
        before = book.ok("info", "--json").json["events"]
        seen = book.ok("peek", *request_words)
        assert seen == book.ok("peek", *request_words)
        shown = book.ok("peek", *request_words, "--json").json
        assert book.ok("info", "--json").json["events"] == before
        assert book.ok("next", *request_words) == seen
        last = shown[-1] if isinstance(shown, list) else shown
        assert (last["issued_at"], last["actor"]) == (None, None)
        assert last["number"] == seen.lines[-1]
