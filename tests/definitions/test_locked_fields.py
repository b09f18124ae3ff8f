"""What is fixed once a number was issued, and what stays free."""

import pytest

from tests.book import Book

LOCKED = [
    ("--document-type", "payment", "invoice", "payment"),
    ("--kind", "alpha", "numeric", "alpha"),
    ("--start", "2", "1", "2"),
    ("--step", "2", "1", "2"),
    ("--reset", "year", "never", "year"),
    ("--mode", "standard", "gapless", "standard"),
    ("--unique", "period", "always", "period"),
    ("--scope", "entity", "[]", "entity"),
    ("--end", "11", "was not given", "11"),
    ("--max-width", "1", "was not given", "1"),
    ("--max-length", "12", "was not given", "12"),
]


@pytest.fixture
def used(book: Book) -> Book:
    """A sequence that issued INV-2026-x-1 to INV-2026-x-12."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{entity}-{number}")
    book.next("invoice", "-n", "12", "--attr", "entity=x", "--date", "2026-05-04")
    return book


@pytest.mark.parametrize(("option", "value", "old", "new"), LOCKED)
def test_a_fixed_field_names_both_values(used: Book, option: str, value: str, old: str, new: str) -> None:
    error = used.fails(5, "locked_field", "sequence", "edit", "invoice", option, value)
    told = error["message"] + "".join(error.get("problems", ()))
    assert option[2:].replace("-", "_") in told
    assert old in told
    assert new in told
    assert used.ok("sequence", "edit", "invoice", "--title", "x").rows[0]["fields"] == "title:  -> x"


@pytest.mark.parametrize(("option", "value", "old", "new"), LOCKED)
def test_before_the_first_number_the_same_field_is_free(
    book: Book, option: str, value: str, old: str, new: str
) -> None:
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{YYYY}-{entity}-{number}")
    assert book.ok("sequence", "edit", "invoice", option, value).rows[0]["action"] == "changed"


@pytest.mark.parametrize(
    "words",
    [
        ("--title", "New"),
        ("--description", "What for"),
        ("--pattern", "R{number:3}"),
        ("--prefix", "R-"),
        ("--end", "12"),
        ("--end", "99999"),
        ("--max-width", "2"),
        ("--max-length", "13"),
        ("--timezone", "Asia/Tokyo"),
        ("--requires", "entity=x"),
        ("--date-order", "refuse"),
        ("--manual",),
        ("--warn-at", "90%", "--end", "99"),
        ("--reservation-ttl", "2h"),
        ("--effective-from", "2026-01-01"),
        ("--effective-until", "2026-01-01"),
    ],
    ids=" ".join,
)
def test_these_fields_stay_free(used: Book, words: tuple[str, ...]) -> None:
    result = used("sequence", "edit", "invoice", *words)
    if words[0] == "--prefix":
        assert (result.status, "--pattern" in result.err) == (2, True)
    else:
        assert (result.status, result.err) == (0, "")
        assert result.rows[0]["action"] == "changed"


def test_a_new_pattern_renders_the_next_number_and_keeps_the_old_texts(used: Book) -> None:
    used.ok("sequence", "edit", "invoice", "--pattern", "R{number:3}")
    assert used.next("invoice") == ["R013"]
    assert used.texts()[0] == "INV-2026-x-1"
    assert used.ok("show", "INV-2026-x-1", "--json").json["value"] == 1


def test_letters_keep_their_width(book: Book) -> None:
    book.ok("sequence", "add", "a", "--kind", "alpha", "--pattern", "{number:2}")
    book.next("a")
    book.fails(5, "locked_field", "sequence", "edit", "a", "--pattern", "{number:3}")
    assert book.ok("sequence", "edit", "a", "--pattern", "X-{number:2}").rows[0]["action"] == "changed"


def test_the_names_of_a_scope_are_fixed_and_its_values_may_grow(book: Book) -> None:
    book.ok("sequence", "add", "a", "--pattern", "{entity}-{number}", "--scope", "entity=DE,FR")
    book.next("a", "--attr", "entity=DE")
    book.ok("sequence", "edit", "a", "--scope", "entity=DE,FR,AT")
    book.fails(5, "locked_field", "sequence", "edit", "a", "--scope", "entity=DE")
    book.ok("sequence", "edit", "a", "--scope", "entity")
    book.fails(5, "locked_field", "sequence", "edit", "a", "--scope", "entity=DE,FR")


def test_a_calendar_by_which_numbers_were_issued_is_fixed(book: Book) -> None:
    book.ok("calendar", "add", "india", "--start", "04-01")
    words = ("--pattern", "{FY}-{number}", "--reset", "fiscal-year", "--calendar", "india")
    book.ok("sequence", "add", "a", *words)
    book.ok("calendar", "edit", "india", "--named-by", "end")
    book.ok("calendar", "edit", "india", "--start", "05-01", "--named-by", "start")
    book.next("a", "--date", "2026-05-04")
    error = book.fails(5, "locked_field", "calendar", "edit", "india", "--start", "04-01")
    assert "05-01" in error["message"]
    assert "04-01" in error["message"]
    assert book.ok("calendar", "show", "india", "--json").json["start"] == "05-01"


def test_an_import_refuses_locked_fields_with_the_line_and_applies_nothing(used: Book) -> None:
    path = used.file('[sequences.new]\nprefix = "N"\n[sequences.invoice]\npattern = "I{number}"\nstep = 2\n')
    error = used.fails(5, "locked_field", "import", path)
    assert error["message"].startswith(f"{path}:5: sequences.invoice.step: ")
    assert len(used.ok("sequence", "list", "--json").json) == 1


def test_an_invalid_definition_comes_before_a_refused_one(used: Book) -> None:
    path = used.file('[sequences.new]\nfoo = 1\n[sequences.invoice]\npattern = "I{number}"\nstep = 2\n')
    error = used.fails(6, "invalid_definition", "import", path)
    assert len(error["problems"]) == 2


def test_an_end_below_what_is_held_names_how_far_the_numbers_reach(used: Book) -> None:
    assert "12" in used.fails(5, "locked_field", "sequence", "edit", "invoice", "--end", "3")["message"]
    used.ok("sequence", "edit", "invoice", "--end", "12")
    used.fails(5, "exhausted", "next", "invoice", "--attr", "entity=x")
    used.ok("sequence", "edit", "invoice", "--end", "")
    assert len(used.next("invoice", "--attr", "entity=x")) == 1


def test_edit_takes_a_value_away_with_an_empty_text(used: Book) -> None:
    used.ok("sequence", "edit", "invoice", "--title", "T", "--end", "99")
    used.ok("sequence", "edit", "invoice", "--title", "", "--end", "")
    shown = used.ok("sequence", "show", "invoice", "--json").json
    assert (shown["title"], shown["end"]) == (None, None)


def test_an_unknown_sequence_cannot_be_edited(used: Book) -> None:
    assert "invoice" in used.fails(4, "not_found", "sequence", "edit", "invoise", "--end", "9")["hint"]


def test_the_effective_end_of_one_edit_is_checked_against_the_other_fields(used: Book) -> None:
    used.ok("sequence", "edit", "invoice", "--effective-from", "2026-02-01")
    used.fails(6, "invalid_definition", "sequence", "edit", "invoice", "--effective-until", "2026-01-01")
