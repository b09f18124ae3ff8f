"""What a range supplies must stand in the numbers of its sequence, and in their payment references."""

import pytest

from tests.book import Book

PORTAL = '[sequences.portal]\npattern = "{prefix}{number}"\nreset = "range"\ncharacters = "[A-Z0-9]"\n'
PAID = (
    '[sequences.paid]\npattern = "{prefix}-{number}"\nreset = "range"\n'
    'reference = "kid10"\nreference_base = "{prefix}{number:4}"\n'
)


def added(book: Book, sequence: str, prefix: str, last: str = "9") -> tuple[str, ...]:
    """The words that add a range with a prefix."""
    return ("range", "add", "R1", sequence, "--first", "1", "--last", last, "--value", f"prefix={prefix}")


@pytest.mark.parametrize(
    ("definition", "prefix", "words"),
    [
        (PORTAL, "Fa", "'Fa' for 'prefix' holds 'a', which is none of [A-Z0-9]"),
        (PORTAL, "F-", "'F-' for 'prefix' holds '-', which is none of [A-Z0-9]"),
        (PAID, "A1", "'A1' for 'prefix' holds 'A', which the reference kid10 cannot read"),
        (PAID.replace("{prefix}{", "{prefix:3}{"), "12", "'12' for 'prefix' has 2 characters"),
        (PAID, "1" * 24, "has more characters than sequence 'paid' has room for"),
    ],
)
def test_a_value_that_no_number_could_show_is_refused_when_the_range_is_added(
    book: Book, definition: str, prefix: str, words: str
) -> None:
    assert book("import", book.file(definition)).status == 0
    sequence = "portal" if definition is PORTAL else "paid"
    error = book.fails(6, "invalid_definition", *added(book, sequence, prefix))
    assert words in error["message"]
    assert book.ok("range", "list", "--json").json == []


def test_a_sequence_that_is_narrowed_later_refuses_what_its_ranges_hold(book: Book) -> None:
    book.load(PORTAL.replace("A-Z0-9", "A-Za-z0-9"))
    book.ok(*added(book, "portal", "Fa"))
    error = book.fails(
        6, "invalid_definition", "sequence", "edit", "portal", "--characters", "[A-Z0-9]", "--dry-run"
    )
    assert "ranges.R1.values: 'Fa' for 'prefix' holds 'a'" in error["message"]


def test_a_reference_is_made_of_what_the_range_supplies(book: Book) -> None:
    assert book("import", book.file(PAID)).status == 0
    assert book(*added(book, "paid", "12", "11000")).status == 0
    assert book.ok("next", "paid", "--reference").lines == ["12-1\t1200013"]
    assert book.ok("next", "paid", "--of", "12-1", "--reference").lines == ["12-2\t1200021"]
    assert book.ok("reference", "12-1").out == "1200013\n"
    assert [item["reference"] for item in book.numbers()] == ["1200013", "1200021"]
    book.ok("void", "12-1", "--reason", "spoilt")
    assert book.ok("audit", "verify").err == ""


def test_the_first_number_of_a_range_whose_reference_does_not_fit_is_exhausted(book: Book) -> None:
    """A Belgian reference is made of ten digits: six of the prefix leave four to count."""
    text = (
        '[sequences.paid]\npattern = "{prefix}-{number}"\nreset = "range"\n'
        'reference = "ogm"\nreference_base = "{prefix}{number}"\n'
        '[ranges.R1]\nsequence = "paid"\nfirst = 9998\nvalues = { prefix = "123456" }\n'
    )
    assert book("import", book.file(text)).status == 0
    assert book.ok("next", "paid", "-n", "2", "--reference").lines[1] == "123456-9999\t+++123/4569/99974+++"
    book.fails(5, "exhausted", "next", "paid")
