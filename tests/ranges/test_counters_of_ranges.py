"""Where the counters of ranges stand, carried from book to book: each is compared with its range's first."""

import pytest

from tests.book import Book

THREE = """
[sequences.f]
pattern = "F{number}"
reset = "range"
step = 2
[ranges."A/1"]
sequence = "f"
first = 501
last = 509
[ranges.B]
sequence = "f"
first = 601
last = 603
[ranges.C]
sequence = "f"
first = 701
[ranges.D]
sequence = "f"
first = 1
last = 9
valid_until = 2020-12-31
"""
WHY = ("--reason", "so it is")


def told(book: Book) -> dict[str, object]:
    """The counters that an export tells of; releasing and annulling leave numbers behind, which it says."""
    exported = book.run("export", "--with-counters", "--to-format", "json").json
    counters: dict[str, object] = exported["sequences"]["f"].get("counters", {})
    return counters


def test_a_range_that_stands_at_its_first_is_not_told(book: Book) -> None:
    book.load(THREE)
    assert told(book) == {}
    assert book.next("f", "--range", "A/1") == ["F501"]
    assert told(book) == {"A%2F1": 503}
    # Annulled and opened again, an unused range has a counter that stands at its first.
    book.ok("range", "annul", "D", *WHY)
    book.ok("range", "reopen", "D", *WHY)
    assert told(book) == {"A%2F1": 503}
    assert book.next("f", "--range", "D", "--date", "2020-05-05") == ["F1"]
    # The first of another range, or the start of a plain sequence, is no place to leave out.
    book.ok("sequence", "set-next", "f", "705", "--period", "C", *WHY)
    assert told(book) == {"A%2F1": 503, "C": 705, "D": 3}


@pytest.mark.parametrize("to_format", ["toml", "json"])
def test_an_export_with_counters_comes_back_in_equal_and_goes_on_alike(book: Book, to_format: str) -> None:
    book.load(THREE)
    book.next("f", "-n", "2", "--range", "A/1")
    book.next("f", "-n", "2", "--range", "B")
    book.next("f", "--range", "C")
    exported = book.ok("export", "--with-counters", "--to-format", to_format).out
    assert told(book) == {"A%2F1": 505, "B": "exhausted", "C": 703}
    path = book.file(exported, f"carried.{to_format}")
    other = ("--db", book.folder / "other.db")
    assert {row["action"] for row in book.ok(*other, "import", path).rows} == {"created", "unchanged"}
    assert book.ok(*other, "export", "--with-counters", "--to-format", to_format).out == exported
    assert {row["action"] for row in book.ok(*other, "import", path).rows} == {"unchanged"}
    assert book.ok(*other, "next", "f", "--range", "A/1").lines == ["F505"]
    book.fails(5, "exhausted", *other, "next", "f", "--range", "B")
    assert book.ok(*other, "next", "f", "--range", "C").lines == ["F703"]
    assert book.ok(*other, "next", "f", "--range", "D", "--date", "2020-05-05").lines == ["F1"]
    assert book.ok(*other, "audit", "verify").status == 0
