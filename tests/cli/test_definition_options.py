"""What is wrong with a definition names options at the command line, and keys in a file."""

import pytest

from seqctl.cli.definitions.flags import with_options
from tests.book import Book

CASES = [
    (
        ("sequence", "add", "x", "--pattern", "{FY}-{number}", "--reset", "fiscal-year"),
        'pattern = "{FY}-{number}"\nreset = "fiscal-year"',
        ("name one: --calendar NAME", 'name one: calendar = "NAME"'),
    ),
    (
        ("sequence", "add", "x", "--pattern", "X{number}", "--reset", "year"),
        'pattern = "X{number}"\nreset = "year"',
        ("or say --unique period", 'or say unique = "period"'),
    ),
    (
        ("sequence", "add", "x", "--warn-at", "90%"),
        'warn_at = "90%"',
        ("give --end VALUE or --max-width VALUE as well", "give end = VALUE or max_width = VALUE as well"),
    ),
    (
        ("sequence", "add", "x", "--calendar", "india"),
        'calendar = "india"',
        ("define it with: seqctl calendar add NAME", "define it under [calendars.NAME]"),
    ),
]


@pytest.mark.parametrize(("words", "lines", "hints"), CASES)
def test_a_hint_is_in_the_words_of_where_it_is_read(
    book: Book, words: tuple[str, ...], lines: str, hints: tuple[str, str]
) -> None:
    assert hints[0] in book.fails(6, "invalid_definition", *words)["hint"]
    told = book.fails(6, "invalid_definition", "import", book.file(f"format = 1\n[sequences.x]\n{lines}\n"))
    assert hints[1] in told["hint"]


def test_several_problems_and_warnings_name_options_too(book: Book) -> None:
    words = ("--warn-at", "90%", "--effective-from", "2026-02-01", "--effective-until", "2026-01-01")
    problems = book.fails(6, "invalid_definition", "sequence", "add", "x", *words)["problems"]
    # The place stays that of the definition; what is said of it names options.
    assert any(problem.startswith("sequences.x.effective_until: ") for problem in problems)
    assert any("lies before --effective-from 2026-02-01" in problem for problem in problems)
    book.ok("sequence", "add", "a", "--document-type", "memo", "--pattern", "A{number}")
    told = book.warned("sequence", "add", "b", "--document-type", "memo", "--pattern", "B{number}")
    assert "(--effective-until, --effective-from)" in told.err


def test_names_of_a_book_stay_as_they_are(book: Book) -> None:
    error = book.fails(6, "invalid_definition", "set", "add", "s", "invoice=max_width")
    assert "there is no sequence 'max_width'" in error["message"]
    assert error["hint"] == "define it with: seqctl sequence add NAME"


def test_what_a_message_quotes_stays_as_it_was_given(book: Book) -> None:
    error = book.fails(
        6, "invalid_definition", "sequence", "add", "x", "--pattern", "date_order {number} {number}"
    )
    assert "--date-order" not in str(error)
    quoted = "the value 'a date_order' of date_order; see: seqctl sequence edit date_order --end VALUE"
    assert with_options(quoted) == quoted.replace("of date_order", "of --date-order")
