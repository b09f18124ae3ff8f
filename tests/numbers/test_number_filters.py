"""`numbers` and `gaps` narrowed by what their columns hold, on both engines."""

import pytest

from tests.book import Book


@pytest.fixture
def filled(book: Book) -> Book:
    """INV-1 void, INV-2 given out twice, INV-3 with a note, INV-7 adopted, 4 to 6 missing."""
    book.ok("sequence", "add", "invoice", "--pattern", "INV-{number}", "--manual")
    book.next("invoice", "-n", "3", "--date", "2026-01-05")
    book.ok("void", "INV-1", "--reason", "Wrong customer")
    book.ok("release", "INV-2", "--reason", "never sent")
    book.next("invoice", "--date", "2026-01-05")
    book.ok("record", "INV-3", "--note", "Paid twice")
    path = book.file("number,actor,reason\nINV-7,ada,from the old system\n", "old.csv")
    assert book.run("adopt", "invoice", "--input", path).status == 0
    book.ok("gaps", "block", "invoice", "INV-4", "--reason", "a torn page")
    return book


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--reason", "CUSTOMER"), ["INV-1"]),
        (("--reason", "o"), ["INV-1", "INV-7"]),
        (("--reason", "o", "--last", "1"), ["INV-7"]),
        (("--reason", "%"), []),
        (("--note", "paid"), ["INV-3"]),
        (("--reused",), ["INV-2"]),
        (("--value", "3"), ["INV-3"]),
        (("--source-actor", "ada"), ["INV-7"]),
        (("--source-actor", "bob"), []),
        (("--issued-from", "2001-01-01"), ["INV-1", "INV-3", "INV-2", "INV-7"]),
        (("--issued-to", "2001-01-01"), []),
        (("--issued-from", "2001-01-01", "--reused", "--limit", "5"), ["INV-2"]),
    ],
)
def test_a_list_is_narrowed(filled: Book, words: tuple[str, ...], expected: list[str]) -> None:
    assert filled.texts(*words) == expected
    assert filled.texts("invoice", *words) == expected


def test_a_window_of_issue_that_ends_before_it_begins(filled: Book) -> None:
    filled.fails(2, "usage", "numbers", "--issued-from", "2026-02-01", "--issued-to", "2026-01-01")
    filled.fails(2, "usage", "numbers", "--issued-from", "soon")


@pytest.mark.parametrize("words", [("numbers",), ("audit", "list"), ("numbers", "invoice")])
def test_a_cursor_or_a_limit_beyond_everything(filled: Book, words: tuple[str, ...]) -> None:
    most = "99999999999999999999"
    assert filled.ok(*words, "--after", most, "--json").json == []
    assert filled.ok(*words, "--last", most, "--json").json == filled.ok(*words, "--json").json
    assert filled.ok(*words, "--limit", most, "--json").json == filled.ok(*words, "--json").json
    filled.fails(2, "usage", "numbers", "--value", most)


def test_gaps_are_narrowed_by_their_reason(filled: Book) -> None:
    listed = filled.ok("gaps", "--reason", "TORN", "--json").json
    assert [gap["first_number"] for gap in listed] == ["INV-4"]
    assert filled.ok("gaps", "--reason", "nothing", "--json").json == []


def test_a_void_number_names_who_voided_it_beside_the_reason(filled: Book) -> None:
    """Its actor is who issued it. A reason from elsewhere has nobody in this book who gave it."""
    filled.ok("void", "INV-3", "--reason", "Entered twice", "--actor", "ben")
    filled.ok("record", "INV-3", "--note", "Seen by the auditor", "--actor", "eve")
    rows = {row["number"]: row for row in filled.ok("numbers", "--json").json}
    void, voided = rows["INV-3"], filled.ok("show", "INV-3", "--json").json["events"][-2]
    assert (voided["action"], voided["actor"]) == ("void", "ben")
    assert (void["reason_by"], void["reason_at"]) == ("ben", voided["at"])
    assert void["actor"] not in ("ben", "eve")
    assert (rows["INV-7"]["reason"], rows["INV-7"]["reason_by"]) == ("from the old system", None)
    filled.ok("reinstate", "INV-3", "--reason", "It was two orders", "--actor", "cleo")
    (again,) = filled.ok("numbers", "--value", "3", "--json").json
    assert (again["state"], again["reason"], again["reason_by"]) == ("issued", "It was two orders", "cleo")
    assert filled.ok("numbers", "--columns", "number,reason_by", "--value", "3").rows == [
        {"number": "INV-3", "reason_by": "cleo"}
    ]
