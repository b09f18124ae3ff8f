"""Numbers that a sequence with ranges printed by a former pattern are adopted as what they were."""

from tests.book import Book

TWO = """
[sequences.f]
pattern = "{p}{number}"
reset = "range"
manual = true
[ranges.A]
sequence = "f"
first = 1
last = 99
values = { p = "11" }
[ranges.B]
sequence = "f"
first = 1
last = 99
values = { p = "B" }
"""
WHY = ("--reason", "never sent")


def places(book: Book) -> dict[str, tuple[str, int]]:
    return {item["number"]: (item["period"], item["value"]) for item in book.numbers("f")}


def test_a_text_belongs_to_the_number_that_has_it_whatever_the_present_pattern_reads(book: Book) -> None:
    """1113 was the thirteenth of range A; the present pattern would read its third in it."""
    book.load(TWO)
    book.ok("adopt", "f", "1113", "B7")
    book.ok("sequence", "edit", "f", "--pattern", "{p}1{number}")
    book.ok("adopt", "f", "1113", "B7")
    assert places(book) == {"1113": ("A", 13), "B7": ("B", 7)}
    book.ok("release", "1113", "B7", *WHY)
    book.ok("adopt", "f", "1113", "B7")
    assert places(book) == {"1113": ("A", 13), "B7": ("B", 7)}
    assert book.next("f", "--range", "B") == ["B18"]
    assert book.ok("audit", "verify").status == 0


def test_a_missing_number_is_known_by_the_pattern_that_lists_show(book: Book) -> None:
    book.load(TWO)
    book.ok("adopt", "f", "B7", "B9")
    book.ok("sequence", "edit", "f", "--pattern", "{p}-{number:3}")
    (gap,) = book.ok("gaps", "f", "--json").json
    assert (gap["first_number"], gap["range"]) == ("B8", "B")
    book.ok("adopt", "f", "B8", "B-011")
    assert places(book) == {"B7": ("B", 7), "B9": ("B", 9), "B8": ("B", 8), "B-011": ("B", 11)}
    # What no former pattern gave out has the present one.
    book.fails(6, "invalid_input", "adopt", "f", "B12")
    assert book.ok("audit", "verify").status == 0
