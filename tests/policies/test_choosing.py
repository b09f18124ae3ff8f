"""Policies at work: which one serves a request, windows, locks, and what `explain` says of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from seqctl.model.time.window import in_window, moment_of
from tests.book import Book

BOOK = """
[book]
timezone = "UTC"
[sequences.invoice-de]
document_type = "invoice"
pattern = "DE-{number}"
[sequences.invoice-big]
document_type = "invoice"
pattern = "BIG-{number}"
[sequences.invoice]
pattern = "INV-{number}"
[policies.german]
document_type = "invoice"
sequence = "invoice-de"
priority = 10
conditions = [{ field = "country", operator = "equals", value = "DE" }]
[policies.big]
document_type = "invoice"
sequence = "invoice-big"
priority = 5
conditions = [{ field = "total", operator = "greater", value = 1000 }]
"""
DEFAULT = '[sets.default]\ndefault = true\nmembers = { invoice = "invoice" }\n'


@pytest.fixture
def policies(book: Book) -> Book:
    book.load(BOOK + DEFAULT)
    return book


def test_the_only_match_serves_and_the_highest_priority_wins(policies: Book) -> None:
    assert policies.next("invoice", "--attr", "country=DE") == ["DE-1"]
    assert policies.next("invoice", "--attr", "total=2000") == ["BIG-1"]
    assert policies.next("invoice", "--attr", "total=2000", "--attr", "country=DE") == ["DE-2"]
    assert policies.next("invoice", "--attr", "total=1000") == ["INV-1"]


def test_two_matches_of_one_priority_are_refused_and_nothing_is_consumed(policies: Book) -> None:
    policies.ok("policy", "edit", "big", "--priority", "10")
    error = policies.fails(
        5, "ambiguous_policy", "next", "invoice", "--attr", "country=DE", "--attr", "total=2000"
    )
    assert "'big'" in error["message"]
    assert "'german'" in error["message"]
    assert policies.next("invoice", "--attr", "country=DE") == ["DE-1"]


def test_without_a_match_and_without_a_set_nothing_is_guessed(book: Book) -> None:
    book.load(BOOK)
    error = book.fails(4, "not_found", "next", "invoice")
    assert "explain" in error["hint"]
    book.fails(5, "wrong_target", "next", "anything", "--sequence", "invoice")
    assert book.next("invoice", "--sequence", "invoice") == ["INV-1"]


def test_a_set_that_was_named_comes_before_policies(policies: Book) -> None:
    assert policies.next("invoice", "--set", "default", "--attr", "country=DE") == ["INV-1"]
    assert policies.next("invoice", "--sequence", "invoice-big", "--attr", "country=DE") == ["BIG-1"]


def test_inactive_policies_choose_nothing_but_still_bar_the_lone_sequence(book: Book) -> None:
    book.load(BOOK)
    book.ok("policy", "deactivate", "german")
    book.ok("policy", "deactivate", "big")
    book.fails(4, "not_found", "next", "invoice", "--attr", "country=DE")


def test_the_issued_number_names_its_policy(policies: Book) -> None:
    issued = json.loads(policies.ok("next", "invoice", "--attr", "country=DE", "--json").out)
    assert (issued["policy"], issued["set"]) == ("german", None)
    assert json.loads(policies.ok("show", "DE-1", "--json").out)["policy"] == "german"


def test_a_policy_that_issued_keeps_its_sequence_while_active(policies: Book) -> None:
    policies.ok("policy", "edit", "german", "--sequence", "invoice")
    policies.next("invoice", "--attr", "country=DE")
    error = policies.fails(5, "locked_field", "policy", "edit", "german", "--sequence", "invoice-de")
    assert "'invoice'" in error["message"]
    policies.fails(5, "in_use", "policy", "remove", "german", "--yes")
    policies.ok("policy", "edit", "german", "--priority", "11")
    policies.ok("policy", "deactivate", "german")
    policies.ok("policy", "edit", "german", "--sequence", "invoice-de")
    policies.ok("policy", "remove", "big", "--yes")


def test_a_sequence_that_a_policy_names_stays(policies: Book) -> None:
    policies.fails(5, "in_use", "sequence", "remove", "invoice-big", "--yes")


def test_a_policy_needs_an_active_sequence_of_its_type(policies: Book) -> None:
    policies.ok("sequence", "add", "memo", "--document-type", "credit_memo")
    wrong = ("policy", "add", "p", "--document-type", "invoice", "--sequence")
    policies.fails(6, "invalid_definition", *wrong, "memo")
    policies.fails(6, "invalid_definition", *wrong, "nobody")
    policies.ok("sequence", "add", "old", "--document-type", "invoice", "--prefix", "OLD")
    policies.ok("sequence", "deactivate", "old")
    policies.fails(6, "invalid_definition", *wrong, "old")


def test_conditions_from_the_command_line_are_typed_as_toml_types_them(policies: Book) -> None:
    when = [
        "total greater 100",
        "paid equals true",
        "due less 2026-12-01",
        "channel in web,shop",
        "note is_set",
    ]
    words = [word for text in when for word in ("--when", text)]
    policies.ok("policy", "add", "p", "--document-type", "invoice", "--sequence", "invoice", *words)
    text = policies.ok("export").out
    for line in ("value = 100", "value = true", "value = 2026-12-01", '"web",'):
        assert line in text
    policies.load(text)
    assert policies.ok("export").out == text


@pytest.mark.parametrize(
    ("zone", "moment", "inside"),
    [
        ("Asia/Tokyo", "2026-02-28T15:00:00+00:00", True),
        ("Asia/Tokyo", "2026-02-28T14:59:59+00:00", False),
        ("America/Los_Angeles", "2026-03-01T08:00:00+00:00", True),
        ("America/Los_Angeles", "2026-03-01T07:59:59+00:00", False),
        ("Asia/Tokyo", "2026-03-31T14:59:59+00:00", True),
        ("Asia/Tokyo", "2026-03-31T15:00:00+00:00", False),
        ("America/Los_Angeles", "2026-04-01T06:59:59+00:00", True),
        ("America/Los_Angeles", "2026-04-01T07:00:00+00:00", False),
        ("Asia/Tokyo", "2026-03-01", True),
        ("Asia/Tokyo", "2026-03-31", True),
        ("Asia/Tokyo", "2026-04-01", False),
        ("Asia/Tokyo", "2026-03-01T00:00:00", True),
    ],
)
def test_a_window_decides_by_the_policys_own_midnight(
    policies: Book, zone: str, moment: str, inside: bool
) -> None:
    policies.ok(
        *("policy", "edit", "german", "--timezone", zone),
        *("--effective-from", "2026-03-01", "--effective-until", "2026-03-31"),
    )
    expected = "DE-1" if inside else "INV-1"
    assert policies.next("invoice", "--attr", "country=DE", "--date", moment) == [expected]


def test_a_window_of_instants() -> None:
    begins, ends = "2026-03-01T00:00:00+00:00", "2026-04-01T00:00:00+00:00"
    zone = "America/Los_Angeles"
    assert in_window(begins, ends, zone, moment_of("2026-04-01T00:00:00+00:00", zone))
    assert not in_window(begins, ends, zone, moment_of("2026-04-01T00:00:01+00:00", zone))
    assert in_window(begins, ends, zone, date(2026, 2, 28)), "the first instant is the evening before there"
    assert not in_window(begins, ends, zone, date(2026, 2, 27))


def test_explain_tells_the_condition_that_decided_and_what_it_saw(policies: Book) -> None:
    words = policies.ok("explain", "invoice", "--attr", "country=FR", "--attr", "total=50").out
    assert "german (priority 10): does not match, decided by 1: country equals DE (saw 'FR')" in words
    assert "set       default: it is the default set" in words
    assert "number    INV-1" in words
    assert policies.next("invoice", "--attr", "country=FR") == ["INV-1"]


def test_explain_as_json_is_complete_and_a_refusal_is_part_of_it(policies: Book) -> None:
    policies.ok("policy", "edit", "big", "--priority", "10")
    both = ("--attr", "country=DE", "--attr", "total=2000")
    explained = json.loads(policies.ok("explain", "invoice", *both, "--json").out)
    assert [(item["name"], item["matches"]) for item in explained["policies"]] == [
        ("big", True),
        ("german", True),
    ]
    assert explained["refused"]["code"] == "ambiguous_policy"
    one = json.loads(policies.ok("explain", "invoice", "--attr", "country=DE", "--json").out)
    assert (one["policy"], one["sequence"], one["period"], one["number"]) == (
        "german",
        "invoice-de",
        "all",
        "DE-1",
    )
    assert one["policies"][0]["conditions"][0] == {
        "id": 1,
        "condition": "total greater 1000",
        "saw": None,
        "holds": False,
    }


def test_what_peek_says_next_does_and_keys_bind_the_attributes(policies: Book) -> None:
    words = ("invoice", "--attr", "country=DE", "--key", "k")
    assert policies.ok("peek", *words).lines == ["DE-1"]
    assert policies.next(*words) == policies.next(*words) == ["DE-1"]
    policies.fails(5, "key_reused", "next", "invoice", "--attr", "country=FR", "--key", "k")


def test_problems_of_policies_in_a_file_have_their_line(book: Book, place: Path) -> None:
    text = (
        BOOK.replace('value = "DE"', 'valu = "DE"')
        + '[policies.x]\ndocument_type = "invoice"\nsequence = "no"\n'
    )
    path = place / "bad.toml"
    path.write_text(text)
    error = book.fails(6, "invalid_definition", "import", str(path))
    assert len(error["problems"]) == 3
    line = text.splitlines().index("[policies.x]") + 3
    assert any(problem.startswith(f"{path}:{line}: policies.x.sequence: ") for problem in error["problems"])
